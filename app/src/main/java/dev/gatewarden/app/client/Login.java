package dev.gatewarden.app.client;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody logged in as, and the tokens that came of it. It cannot be printed.
///
/// @param client the client's name at the issuer
/// @param secret where a confidential client's secret is kept, `env:NAME` or `file:path`; null for
/// a
///     public client
/// @param access the access token
/// @param until when it ends, in milliseconds since 1970
/// @param refresh what gets the next one, or null
public record Login(
    URI issuer,
    String client,
    @Nullable String secret,
    List<String> scopes,
    String access,
    long until,
    @Nullable String refresh) {

  public Login {
    scopes = List.copyOf(scopes);
  }

  /// Nothing of the tokens.
  @Override
  public String toString() {
    return "Login";
  }
}
