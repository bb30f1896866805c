package dev.gatewarden.demo.issuer;

import java.time.Duration;
import java.util.List;

/// What a token shall say; everything in it can be a lie.
///
/// @param expires from now; negative when it has passed
/// @param typ the header's `typ`
public record TokenWish(
    String subject,
    String tenant,
    List<String> roles,
    List<String> scopes,
    String issuer,
    String audience,
    Duration expires,
    Signing signing,
    String typ) {

  /// Whom the shop's tokens are for.
  public static final String AUDIENCE = "https://shop.example";

  private static final Duration LIFETIME = Duration.ofMinutes(30);

  public TokenWish {
    roles = List.copyOf(roles);
    scopes = List.copyOf(scopes);
  }

  /// An honest token.
  public static TokenWish of(Person person, String issuer) {
    return new TokenWish(
        person.subject(),
        person.tenant(),
        person.roles(),
        person.scopes(),
        issuer,
        AUDIENCE,
        LIFETIME,
        Signing.RS256,
        "at+jwt");
  }

  public TokenWish audience(String other) {
    return new TokenWish(subject, tenant, roles, scopes, issuer, other, expires, signing, typ);
  }

  public TokenWish issuer(String other) {
    return new TokenWish(subject, tenant, roles, scopes, other, audience, expires, signing, typ);
  }

  public TokenWish expires(Duration other) {
    return new TokenWish(subject, tenant, roles, scopes, issuer, audience, other, signing, typ);
  }

  public TokenWish signing(Signing other) {
    return new TokenWish(subject, tenant, roles, scopes, issuer, audience, expires, other, typ);
  }

  public TokenWish scopes(List<String> other) {
    return new TokenWish(subject, tenant, roles, other, issuer, audience, expires, signing, typ);
  }

  public TokenWish roles(List<String> other) {
    return new TokenWish(subject, tenant, other, scopes, issuer, audience, expires, signing, typ);
  }

  public TokenWish tenant(String other) {
    return new TokenWish(subject, other, roles, scopes, issuer, audience, expires, signing, typ);
  }

  public TokenWish typ(String other) {
    return new TokenWish(subject, tenant, roles, scopes, issuer, audience, expires, signing, other);
  }
}
