package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.configuration.Default;
import dev.gatewarden.app.configuration.Key;
import dev.gatewarden.app.configuration.Location;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The file that says who a probing run may be.
///
/// A credential is `env:NAME`, `file:path`, or the value itself, for environments that are thrown
/// away; a file with values in it does not belong into a repository.
///
/// @param identities by the names the tester gives them
/// @param keys the issuer's public keys as a JSON Web Key Set (RFC 7517), so that they can be tried
///     as shared secrets
/// @param mint what signs tokens for testers, so that those can be tried that say something wrong
///     under a good signature
/// @param oauth how people get tokens at an authorization server, so that it can be tried as well
/// @param senders who signs webhooks, by name
public record IdentitiesFile(
    Map<String, Player> identities,
    @Nullable Location keys,
    @Nullable Mint mint,
    @Nullable Flow oauth,
    @Default("{}") Map<String, Sender> senders) {

  /// One identity. What it presents is any of `token`, `key`, `login`, `basic`, `headers`,
  /// `cookies`, `query` and `from`; who it is stands in the token, or is said beside it.
  ///
  /// @param token sent as `Authorization: Bearer`
  /// @param key sent where the contract's `apiKey` scheme says
  /// @param login how a token or a cookie is got
  /// @param basic sent as `Authorization: Basic` (RFC 7617)
  /// @param user and `password`, for the `login` of the section `oauth`
  /// @param headers by name
  /// @param from an environment of Postman that fills the `auth` of the collection that was given
  ///     as
  ///     contract, or a collection or a recording (HAR) with a credential of its own: that one
  /// @param subject who it is, where the token has no `sub` that says it; else the identity's name
  /// @param roles what the user may be
  /// @param scopes what the client was granted, `[]` where nothing; where neither it nor the token
  ///     says, nothing is concluded from scopes
  /// @param owns ids of objects that are theirs, by the object's type
  public record Player(
      @Nullable String token,
      @Nullable String key,
      @Nullable Login login,
      @Nullable Basic basic,
      @Nullable String user,
      @Nullable String password,
      @Default("{}") Map<String, String> headers,
      @Default("{}") Map<String, String> cookies,
      @Default("{}") Map<String, String> query,
      @Nullable Location from,
      @Nullable String subject,
      @Nullable String tenant,
      @Nullable String client,
      @Default("[]") List<String> roles,
      @Nullable List<String> scopes,
      @Default("{}") Map<String, List<ObjectId>> owns) {}

  /// An id as the API writes it, a text or a number.
  public record ObjectId(String text) {
    public static ObjectId parse(String text) {
      return new ObjectId(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// A user and a password.
  public record Basic(String user, String password) {}

  /// A request that answers with a token or sets a cookie.
  ///
  /// @param path below the target; or `url`, an address that `--allow` names
  /// @param json the members of its body
  /// @param form the same as a form
  /// @param token the pointer of the token in the answer; where it is not said, the cookies that
  ///     are
  ///     set are the credential
  /// @param cookie the one that is the credential; all that are set where it is not said
  /// @param csrf how the token of forms is got
  public record Login(
      @Nullable String path,
      @Nullable String url,
      @Default("POST") String method,
      @Default("{}") Map<String, String> json,
      @Default("{}") Map<String, String> form,
      @Nullable String token,
      @Nullable String cookie,
      @Nullable Csrf csrf) {}

  /// A request, sent with the new cookie, whose answer holds the token that the forms of a session
  /// carry. It is added to whatever the identity changes something with.
  ///
  /// @param at the pointer of the token in the answer
  /// @param field its name in forms and JSON bodies; or `header`, the name of a header
  public record Csrf(String path, String at, @Nullable String field, @Nullable String header) {}

  /// The endpoints of an authorization server, as paths below the target or as addresses that
  /// `--allow` names, and clients of the tester's own there.
  ///
  /// @param login how somebody with `user` and `password` begins a session there
  /// @param issuer whose metadata names the endpoints that are not said here (RFC 8414)
  /// @param callback where the API is itself a client of that server
  public record Flow(
      FlowLogin login,
      @Nullable String issuer,
      @Nullable String authorize,
      @Nullable String token,
      @Nullable String revoke,
      @Default("{}") Map<String, Client> clients,
      @Nullable Callback callback) {}

  /// A request that begins a session at the authorization server.
  ///
  /// @param path below the target; or `url`, an address that `--allow` names
  /// @param json the names of the members for the user and for the password, in this order
  /// @param form the same in a form
  /// @param cookie what it sets
  public record FlowLogin(
      @Nullable String path,
      @Nullable String url,
      @Default("POST") String method,
      @Default("[]") List<String> json,
      @Default("[]") List<String> form,
      @Nullable String cookie) {}

  /// How a browser is logged in at an API that is a client itself; identities with `user` and
  /// `password` and no credential get theirs by it.
  ///
  /// @param start where a login begins, as a path below the target or an address that `--allow`
  ///     names; where it is not said, an operation of the contract that leads to the server
  /// @param path where the browser comes back, where it is not what the server's answer says
  /// @param next the parameters of `start` that say where to lead after the login
  public record Callback(
      @Nullable String start, @Nullable String path, @Default("[]") List<String> next) {}

  /// A client; a public one where it has neither `secret` nor `key`.
  ///
  /// @param secret what it proves itself by
  /// @param key its private key in PEM, for `private_key_jwt`
  /// @param keyId the id by which the server knows that key
  /// @param authentication `none`, `client_secret_basic`, `client_secret_post` or
  ///     `private_key_jwt`;
  ///     what fits where it is not said
  public record Client(
      @Key("redirect_uri") String redirectUri,
      @Nullable String secret,
      @Nullable String key,
      @Key("key_id") @Nullable String keyId,
      @Nullable String authentication) {}

  /// A request that answers with a signed token for the claims in its body; a claim that is null is
  /// taken away.
  ///
  /// @param json the claims of a good token
  public record Mint(
      String url, @Default("POST") String method, @Default("{}") Map<String, String> json) {}

  /// Who signs webhooks.
  ///
  /// @param secret by the Standard Webhooks, `whsec_…`
  public record Sender(String secret) {}
}
