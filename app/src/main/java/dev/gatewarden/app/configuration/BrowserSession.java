package dev.gatewarden.app.configuration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sessions that the gate keeps for browsers: users sign in at an identity provider, and the
/// browser
/// gets a cookie and never a token.
///
/// @param issuer where users sign in: the name of an issuer
/// @param client how the gate proves itself there
/// @param at where its own operations stand at the host: `login`, `callback`, `logout`, `session`
///     and `backchannel-logout` below this path
/// @param scopes what is asked for; `openid` is among them
/// @param parameters what else the authorization request says, such as `audience`
/// @param idle how long a session lives without being used
/// @param absolute how long it lives at most
/// @param cookie the cookie's name, which begins with `__Host-`; `__Host-` and the name of the
///     section when absent
/// @param sameSite whether browsers send the cookie with what other sites begin
/// @param afterLogout where a browser goes after signing out: a path of the same host
/// @param idTokenHint whether the provider learns by the ID token whom to sign out, for those that
///     insist; the browser sees that token then
public record BrowserSession(
    String issuer,
    Client client,
    @Default("/auth") String at,
    @Default("[openid]") @OneOrMany List<String> scopes,
    @Default("{}") Map<String, String> parameters,
    @Default("30m") Duration idle,
    @Default("12h") Duration absolute,
    @Nullable String cookie,
    @Default("lax") SameSite sameSite,
    @Default("/") String afterLogout,
    @Default("false") boolean idTokenHint) {

  /// How the gate proves itself at the provider: by a secret or by a key.
  ///
  /// @param id its name there
  /// @param secret a secret that both sides hold
  /// @param key a private key (PKCS #8 PEM; RSA, or EC on P-256), by which it signs assertions
  /// @param kid what the provider calls that key
  public record Client(
      String id,
      @Nullable SecretReference secret,
      @Nullable SecretReference key,
      @Nullable String kid) {}

  /// Whether browsers send the cookie with what other sites begin (RFC 6265bis).
  public enum SameSite {
    /// With links to the host, and with nothing else.
    LAX,
    /// With nothing.
    STRICT
  }

  /// The cookie's name where the section has this one.
  public String cookieNamed(String section) {
    String own = cookie;
    return own == null ? "__Host-" + section : own;
  }
}
