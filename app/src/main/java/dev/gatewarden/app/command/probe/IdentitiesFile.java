package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.configuration.Default;
import dev.gatewarden.app.configuration.Location;
import dev.gatewarden.app.configuration.SecretReference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The file that says who a probing run may be: credentials are references, never values.
///
/// @param identities by the names the tester gives them
/// @param keys the issuer's public keys as a JSON Web Key Set (RFC 7517), so that they can be tried
///     as shared secrets
public record IdentitiesFile(Map<String, Player> identities, @Nullable Location keys) {

  /// One identity. What it presents is any of `token`, `login`, `basic`, `headers`, `cookies` and
  /// `query`; who it is stands in the token, or is said beside it.
  ///
  /// @param token sent as `Authorization: Bearer`
  /// @param login how a token or a cookie is got
  /// @param basic sent as `Authorization: Basic` (RFC 7617)
  /// @param headers by name, such as an API key's
  /// @param subject who it is, where the token has no `sub` that says it
  /// @param roles what the user may be
  /// @param scopes what the client was granted
  /// @param owns ids of objects that are theirs, by the object's type
  public record Player(
      @Nullable SecretReference token,
      @Nullable Login login,
      @Nullable Basic basic,
      @Default("{}") Map<String, SecretReference> headers,
      @Default("{}") Map<String, SecretReference> cookies,
      @Default("{}") Map<String, SecretReference> query,
      @Nullable String subject,
      @Nullable String tenant,
      @Nullable String client,
      @Default("[]") List<String> roles,
      @Default("[]") List<String> scopes,
      @Default("{}") Map<String, List<String>> owns) {}

  /// A user and a password.
  public record Basic(String user, SecretReference password) {}

  /// A request that answers with a token or sets a cookie.
  ///
  /// @param post where it is sent: a path below the target, or an address that `--allow` names
  /// @param json its members; `env:NAME` and `file:path` are replaced by what they refer to
  /// @param form the same as a form
  /// @param token the pointer of the token in the answer; where it is not said, the cookies that
  ///     are
  ///     set are the credential
  public record Login(
      String post,
      @Default("{}") Map<String, String> json,
      @Default("{}") Map<String, String> form,
      @Nullable String token) {}
}
