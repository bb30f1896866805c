package dev.gatewarden.core.identity;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of one API key: whose it is, where it opens what, and until when; never its text.
///
/// @param id what it is called
/// @param ring the key ring of the configuration that it belongs to
/// @param environment the environment it opens something in
/// @param name who calls with it: the client; a successor keeps it
/// @param owner who answers for it
/// @param operations what it opens: `shop.getOrder`, or `shop.*` for all of one API; never empty
/// @param tenant the tenant it belongs to, or null
/// @param expires from when it opens nothing; pulled nearer when a successor is made
/// @param state whether it was ended before
/// @param ended when it was, or null
/// @param successor the id of the key that takes its place, or null
public record ApiKey(
    String id,
    String ring,
    String environment,
    String name,
    String owner,
    List<String> operations,
    Set<String> scopes,
    Set<String> roles,
    @Nullable String tenant,
    Instant created,
    Instant expires,
    State state,
    @Nullable Instant ended,
    @Nullable String successor) {

  /// Whether a key was ended by somebody.
  public enum State {
    ACTIVE,
    /// Somebody took it back.
    REVOKED,
    /// It stood in an address, where logs and histories keep it: it opens nothing and wants a
    /// successor.
    LEAKED
  }

  public ApiKey {
    operations = List.copyOf(operations);
    scopes = Set.copyOf(scopes);
    roles = Set.copyOf(roles);
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("a key names what it opens");
    }
  }

  /// The same key, ended.
  public ApiKey ended(State how, Instant at) {
    return new ApiKey(
        id,
        ring,
        environment,
        name,
        owner,
        operations,
        scopes,
        roles,
        tenant,
        created,
        expires,
        how,
        at,
        successor);
  }

  /// The same key with a successor, good until an instant at most.
  public ApiKey succeeded(String by, Instant until) {
    return new ApiKey(
        id,
        ring,
        environment,
        name,
        owner,
        operations,
        scopes,
        roles,
        tenant,
        created,
        until.isBefore(expires) ? until : expires,
        state,
        ended,
        by);
  }

  /// Whether it opens anything of an API.
  public boolean opens(String api) {
    for (int i = 0; i < operations.size(); i++) {
      String pattern = operations.get(i);
      if (pattern.startsWith(api)
          && pattern.length() > api.length()
          && pattern.charAt(api.length()) == '.') {
        return true;
      }
    }
    return false;
  }

  /// Whether it opens an operation.
  public boolean opens(String api, String operation) {
    for (int i = 0; i < operations.size(); i++) {
      String pattern = operations.get(i);
      int dot = api.length();
      if (pattern.startsWith(api) && pattern.length() > dot + 1 && pattern.charAt(dot) == '.') {
        boolean all = pattern.length() == dot + 2 && pattern.charAt(dot + 1) == '*';
        if (all || pattern.startsWith(operation, dot + 1) && ends(pattern, dot + 1, operation)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean ends(String pattern, int from, String operation) {
    return pattern.length() - from == operation.length();
  }
}
