package dev.gatewarden.demo.broken.passport;

import static dev.gatewarden.core.decision.Threat.API1_OBJECT_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API2_AUTHENTICATION;
import static dev.gatewarden.core.decision.Threat.API5_FUNCTION_AUTHORIZATION;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.demo.broken.Flaw;
import dev.gatewarden.demo.broken.Story;
import java.util.List;

/// What the authorization server and the API beside it can do wrong.
public enum PassportFault implements Flaw {
  REDIRECT_BY_PREFIX(
      "the redirect address is compared by its beginning",
      API2_AUTHENTICATION,
      601,
      "GET /authorize",
      "`redirect_uri=https://app.example.evil.example/` gets a 303 with a code to that host",
      "400 for any address but the registered one"),
  STATE_OPTIONAL(
      "the request may come without a state",
      API2_AUTHENTICATION,
      352,
      "GET /authorize",
      "a request without `state` gets a 303 with a code",
      "303 with `error=invalid_request`"),
  PKCE_OPTIONAL(
      "a public client needs no PKCE",
      API2_AUTHENTICATION,
      287,
      "GET /authorize",
      "a request without `code_challenge` gets a 303 with a code",
      "303 with `error=invalid_request`"),
  PKCE_NOT_COMPARED(
      "the code's challenge is never held against the verifier",
      API2_AUTHENTICATION,
      303,
      "POST /token",
      "a code is redeemed with a made-up `code_verifier`",
      "400 `invalid_grant`"),
  IMPLICIT_GRANT(
      "tokens are given in the address",
      API2_AUTHENTICATION,
      598,
      "GET /authorize",
      "`response_type=token` gets a 303 with `#access_token=`",
      "303 with `error=unsupported_response_type`"),
  PASSWORD_GRANT(
      "passwords may be exchanged for tokens",
      API2_AUTHENTICATION,
      522,
      "POST /token",
      "`grant_type=password` with bob's name and password gives a token",
      "400 `unsupported_grant_type`"),
  CODE_TWICE(
      "a code is good more than once",
      API2_AUTHENTICATION,
      294,
      "POST /token",
      "the same code is redeemed twice with 200",
      "400 `invalid_grant` the second time"),
  CODE_OF_OTHER_CLIENT(
      "one client redeems the code of another",
      API2_AUTHENTICATION,
      863,
      "POST /token",
      "a code for the client `web` is redeemed with `client_id=desk`",
      "400 `invalid_grant`"),
  REFRESH_TWICE(
      "a refresh token is good more than once",
      API2_AUTHENTICATION,
      294,
      "POST /token",
      "the same refresh token gives 200 twice",
      "400 `invalid_grant` the second time, and for its successors"),
  REFRESH_AS_ACCESS(
      "a refresh token opens the API",
      API2_AUTHENTICATION,
      287,
      "every operation with a token",
      "`/me` with a refresh token as bearer gives 200",
      "401"),
  ID_AS_ACCESS(
      "an identity token opens the API",
      API2_AUTHENTICATION,
      287,
      "every operation with a token",
      "`/me` with the `id_token` as bearer gives 200",
      "401"),
  REVOKED_ALIVE(
      "a token lives on after it was revoked",
      API2_AUTHENTICATION,
      613,
      "POST /revoke",
      "bob revokes his token, and `/me` still gives 200",
      "401 with that token"),
  LOGIN_UNLIMITED(
      "passwords may be guessed without end",
      API2_AUTHENTICATION,
      307,
      "POST /login",
      "ten wrong passwords for alice in a row give ten times 401",
      "429 with `Retry-After` from the sixth on"),
  EXPIRED_TOKEN(
      "tokens never end",
      API2_AUTHENTICATION,
      613,
      "every operation with a token",
      "a token whose `exp` has passed an hour ago is accepted",
      "401"),
  TOKEN_NOT_YET_GOOD(
      "tokens are accepted before their time",
      API2_AUTHENTICATION,
      613,
      "every operation with a token",
      "a token whose `nbf` is an hour ahead is accepted",
      "401"),
  AUDIENCE_IGNORED(
      "tokens for others are accepted",
      API2_AUTHENTICATION,
      287,
      "every operation with a token",
      "a token of the same issuer with `aud` `another-api` is accepted",
      "401"),
  ISSUER_IGNORED(
      "tokens of others are accepted",
      API2_AUTHENTICATION,
      345,
      "every operation with a token",
      "a token with the `iss` of somebody else, and a known key, is accepted",
      "401"),
  ALG_NONE(
      "tokens that say they are not signed are accepted",
      API2_AUTHENTICATION,
      347,
      "every operation with a token",
      "a token with `\"alg\":\"none\"` and an empty signature is accepted",
      "401: only RS256"),
  ALG_CONFUSED(
      "the public key serves as a secret",
      API2_AUTHENTICATION,
      347,
      "every operation with a token",
      "a token signed by HS256, whose secret is the published key as PEM, is accepted",
      "401: only RS256"),
  KEY_FROM_PATH(
      "the token says from which file its key is read",
      API2_AUTHENTICATION,
      22,
      "every operation with a token",
      "a token with the `kid` `../../../dev/null`, signed by HS256 with an empty secret, is"
          + " accepted",
      "401: a `kid` is one of the published ones"),
  KEY_IN_TOKEN(
      "the token brings its own key along",
      API2_AUTHENTICATION,
      347,
      "every operation with a token",
      "a token signed with a key of one's own, which stands in its header as `jwk`, is accepted",
      "401: keys come from the key set alone"),
  SIGNATURE_IGNORED(
      "nobody looks at the signature",
      API2_AUTHENTICATION,
      347,
      "every operation with a token",
      "a token with another `sub` and its old signature is accepted",
      "401"),
  SIGNATURE_STRIPPED(
      "a token without a signature needs none",
      API2_AUTHENTICATION,
      347,
      "every operation with a token",
      "a token whose signature was cut off behind the last dot is accepted",
      "401"),
  SCOPE_IGNORED(
      "a token may do more than it was given for",
      API5_FUNCTION_AUTHORIZATION,
      863,
      "POST /notes",
      "a token with the scope `notes:read` alone posts a note and gets 201",
      "403 `insufficient_scope`"),
  NOTE_READ(
      "notes of others can be read",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /notes/{noteId}",
      "bob gets `/notes/n1`, which is alice's, and reads it",
      "404, as for a note that is not there");

  private final Story story;

  PassportFault(String title, Threat threat, int cwe, String where, String shown, String repaired) {
    this.story = new Story(title, threat, cwe, where, shown, repaired);
  }

  @Override
  public Story story() {
    return story;
  }

  @Override
  public List<? extends Flaw> alsoShows() {
    if (this == SIGNATURE_IGNORED) {
      return List.of(ALG_NONE, ALG_CONFUSED, KEY_FROM_PATH, KEY_IN_TOKEN, SIGNATURE_STRIPPED);
    }
    return this == SIGNATURE_STRIPPED ? List.of(ALG_NONE) : List.of();
  }
}
