package dev.gatewarden.core.probe;

import dev.gatewarden.core.probe.OAuth.Endpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a browser is logged in at an API that is itself a client of an authorization server: it is
/// led there, and comes back with a code (RFC 6749, section 4.1.2).
///
/// @param root what stands before the API's paths
/// @param start where the API leads to the authorization server, or null where nobody says
/// @param callback where the browser comes back, or null where the authorization server's answer
///     tells it
/// @param next the names of the parameters of `start` that say where to lead after the login; none
///     where nobody says
/// @param people how identities begin a session at the authorization server, by their names
public record SignIn(
    String root,
    @Nullable Endpoint start,
    @Nullable Endpoint callback,
    List<String> next,
    Map<String, Identity.Login> people) {

  public SignIn {
    next = List.copyOf(next);
    people = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(people));
  }

  /// The same at the API behind another address.
  public SignIn below(String other) {
    return new SignIn(other, moved(start, other), moved(callback, other), next, people);
  }

  private static @Nullable Endpoint moved(@Nullable Endpoint endpoint, String root) {
    return endpoint == null || endpoint.path().isEmpty()
        ? endpoint
        : new Endpoint(endpoint.path(), root + endpoint.path());
  }
}
