package dev.gatewarden.app.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who issues tokens that callers may bring. One without algorithms does not load; one without
/// audience, or with a shared secret, only by an exception.
///
/// @param url the issuer exactly as its tokens name it in `iss`; also where its metadata is found
/// @param issuer what its tokens write into `iss`, in place of `url`, where that is a mere word or
///     an
///     address at which nothing is found; `keys` or `secret` say then by what they are checked
/// @param audience what `aud` must contain: one value, or several of which one must be there; may
///     be left out only under an exception that allows `no-audience`
/// @param clients whose tokens count where a token has no `aud` at all: names of clients at the
///     issuer; every token needs an `aud` when it is not set
/// @param algorithms the signature algorithms that are accepted (RFC 7518); no other, and never
///     `none`; left out only where every token is asked about, by `introspection`
/// @param keys where its key set is: a URL or a file; found through its metadata when absent
/// @param secret the secret that both sides hold, for `HS256`, `HS384` and `HS512` alone; only
///     under
///     an exception that allows `shared-secret`
/// @param tenant where a token names the tenant, as JSON pointer into its claims
/// @param tenants the tenants whose users it may name; a token that names another, or none, is
///     refused. Needed where callers of several tenants come by several issuers
/// @param roles where a token names the user's roles
/// @param scopes where a token names the client's scopes; `scope` and `scp` when absent
/// @param types what `typ` may be in the header; both when it is not set, and `jwt` is what a token
///     without a type counts as
/// @param lifetime the longest time between `iat` and `exp`
/// @param clockSkew how far its clock may lie from ours, either way
/// @param requireIat whether a token must say when it was issued
/// @param decrypt the private keys that open encrypted tokens, PKCS #8 PEM or JWK, several while
///     they
///     rotate; encrypted tokens are refused where it is absent
/// @param profile a security profile whose demands all hold: `fapi-2.0`
/// @param bound what every token must be bound to; a bound one is always held to it, this demands
///     that one is
/// @param once whether each token may be used once, by its `jti`, at all gates that share a state
/// @param status whether tokens are looked up in the status list they name; `required` refuses
///     those that name none
/// @param introspection how it is asked about tokens that nobody else can read
/// @param crossing which roles of its users cross tenants; nobody where it is not said
public record Issuer(
    @Nullable URI url,
    @Nullable String issuer,
    @Default("[]") @OneOrMany List<String> audience,
    @Default("[]") List<String> clients,
    @Default("[]") List<Algorithm> algorithms,
    @Nullable String keys,
    @Nullable SecretReference secret,
    @Nullable String tenant,
    @OneOrMany @Default("[]") List<String> tenants,
    @Default("/roles") String roles,
    @Nullable String scopes,
    @Default("[]") List<TokenType> types,
    @Default("24h") Duration lifetime,
    @Default("30s") Duration clockSkew,
    @Default("true") boolean requireIat,
    @Nullable Bound bound,
    @OneOrMany @Default("[]") List<SecretReference> decrypt,
    @Nullable Profile profile,
    @Default("false") boolean once,
    @Default("checked") Status status,
    @Nullable Introspection introspection,
    @Nullable Crossing crossing) {

  /// Which roles of an issuer's users cross tenants, where the contract grants it to them by
  /// `role:support@any-tenant`.
  ///
  /// @param roles for which the issuer vouches
  /// @param tenants of which tenants its users have to be: those of the provider. Needed where its
  ///     tokens name a tenant, so that no other tenant can make one of its own users cross
  public record Crossing(
      @OneOrMany List<String> roles, @OneOrMany @Default("[]") List<String> tenants) {}

  /// What its tokens write into `iss`.
  public String named() {
    String word = issuer;
    return word != null ? word : url == null ? "" : url.toString();
  }

  /// A set of demands that somebody else wrote down.
  @Verbatim
  public enum Profile {
    /// The FAPI 2.0 Security Profile, as far as a resource server keeps it.
    FAPI_2_0("fapi-2.0");

    private final String word;

    Profile(String word) {
      this.word = word;
    }

    /// As the file writes it.
    @Override
    public String toString() {
      return word;
    }
  }

  /// What `typ` may be, as far as that is said.
  public List<TokenType> acceptedTypes() {
    return profile != null && types.isEmpty() ? List.of(TokenType.AT_JWT) : types;
  }

  /// The longest time between `iat` and `exp` that is accepted.
  public Duration longest() {
    boolean shorter = profile != null && lifetime.compareTo(FapiProfile.LONGEST) > 0;
    return shorter ? FapiProfile.LONGEST : lifetime;
  }

  /// What a token is bound to, so that whoever steals it cannot use it.
  public enum Bound {
    /// A key or a certificate.
    ANY,
    /// A key whose holder proves it on each request (RFC 9449).
    DPOP,
    /// The certificate of the caller's TLS connection (RFC 8705).
    MTLS
  }

  /// What becomes of an issuer's status lists (Token Status List).
  public enum Status {
    /// Nobody looks at them.
    IGNORED,
    /// A token that names its place in one is looked up there.
    CHECKED,
    /// The same, and a token that names none is refused.
    REQUIRED
  }

  /// A signature algorithm (RFC 7518, RFC 8037); the words are those of the `alg` header.
  @Verbatim
  public enum Algorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
    EdDSA,
    HS256,
    HS384,
    HS512;

    /// Whether both sides hold the same secret.
    public boolean isShared() {
      return this == HS256 || this == HS384 || this == HS512;
    }
  }

  /// What a token says it is (RFC 9068, section 2.1).
  @Verbatim
  public enum TokenType {
    AT_JWT("at+jwt"),
    JWT("jwt");

    private final String word;

    TokenType(String word) {
      this.word = word;
    }

    /// As the header writes it.
    @Override
    public String toString() {
      return word;
    }
  }
}
