package dev.gatewarden.gateway.identity.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What token an upstream is to get in place of the caller's.
///
/// @param issuer the name of the issuer whose tokens are exchanged, and who exchanges them
/// @param url what it writes into `iss`
/// @param here the audiences of the gate itself, which no exchanged token may name
/// @param audience whom the token is for, or null
/// @param resource the address of whom it is for (RFC 8707), or null
/// @param scopes what it may be used for; empty for what the server gives
/// @param deepest how many may act for the caller, the gate's own client included
/// @param acting whether the gate names itself as who acts
/// @param others whether callers without a token are called for by a token of the gate's own
public record ExchangeSettings(
    String issuer,
    String url,
    List<String> here,
    @Nullable String audience,
    @Nullable String resource,
    List<String> scopes,
    int deepest,
    boolean acting,
    boolean others) {
  private static final int DEEPEST = 8;

  public ExchangeSettings {
    here = List.copyOf(here);
    scopes = List.copyOf(scopes);
    if (audience == null && resource == null) {
      throw new IllegalArgumentException("`exchange` needs an `audience` or a `resource`");
    }
    if ((audience != null && here.contains(audience))
        || (resource != null && here.contains(resource))) {
      throw new IllegalArgumentException(
          "`exchange` for the gate's own audience would change nothing");
    }
    if (deepest < 1 || deepest > DEEPEST) {
      throw new IllegalArgumentException("`actors` lies between 1 and 8");
    }
  }
}
