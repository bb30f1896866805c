package dev.gatewarden.gateway.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the operator says of the sessions of one section.
///
/// @param name the section's name in the configuration
/// @param issuer the identity provider, to the letter as its tokens name it in `iss`
/// @param at where the gate's own operations stand, `/auth`
/// @param cookie the cookie's name, `__Host-web`
/// @param strict whether browsers keep the cookie from requests that other sites start
/// @param scopes what is asked for, `openid` among them
/// @param parameters what else the authorization request says, `audience`
/// @param idle how long a session lives without being used
/// @param absolute how long it lives at most
/// @param skew how far the provider's clock may lie from ours
/// @param afterLogout where a browser goes after signing out: a path of the same host
/// @param hint whether the provider learns by the ID token whom to sign out, which the browser then
///     sees
public record SessionSettings(
    String name,
    String issuer,
    Client client,
    String at,
    String cookie,
    boolean strict,
    List<String> scopes,
    Map<String, String> parameters,
    Duration idle,
    Duration absolute,
    Duration skew,
    String afterLogout,
    boolean hint) {

  public SessionSettings {
    scopes = List.copyOf(scopes);
    parameters = Map.copyOf(parameters);
  }

  /// The path of one of the gate's own operations.
  String path(String operation) {
    return at.equals("/") ? "/" + operation : at + "/" + operation;
  }

  /// The cookie that carries a login on its way.
  String flowCookie() {
    return cookie + "-login";
  }
}
