package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.TokenVerifier.Fault;
import java.util.Map;

/// A token taken apart, of which nothing is proved: one that could be good, or why it cannot.
sealed interface Unproved {

  /// Signed, by an accepted algorithm, and naming this issuer and API.
  record Signed(Jws jws, Map<String, Object> claims) implements Unproved {
    /// Whom it names, or the empty text.
    String subject() {
      return claims.get("sub") instanceof String text ? text : "";
    }
  }

  /// Encrypted for one of our keys.
  record Encrypted(Jwe jwe) implements Unproved {}

  record Refused(Fault fault) implements Unproved {}

  /// Takes a token apart as far as that is cheap.
  ///
  /// @param now in milliseconds since 1970
  static Unproved read(
      String token, IssuerSettings settings, ClaimRules rules, Decryption decryption, long now) {
    if (!Jwe.isOne(token)) {
      return signed(token, settings, rules, now);
    }
    if (!decryption.isPossible()) {
      return new Refused(Fault.DECRYPTION);
    }
    return switch (Jwe.parse(token)) {
      case Jwe.Parsed.Broken(Fault fault) -> new Refused(fault);
      case Jwe.Parsed.Whole(Jwe jwe) when !jwe.holdsToken() -> new Refused(Fault.MALFORMED);
      case Jwe.Parsed.Whole(Jwe jwe) when !decryption.fits(jwe) -> new Refused(Fault.DECRYPTION);
      case Jwe.Parsed.Whole(Jwe jwe) -> new Encrypted(jwe);
    };
  }

  /// Takes apart what must be signed: a token as it came, or what stood inside an encrypted one.
  static Unproved signed(String token, IssuerSettings settings, ClaimRules rules, long now) {
    return switch (Jws.parse(token)) {
      case Jws.Parsed.Broken(Fault fault) -> new Refused(fault);
      case Jws.Parsed.Whole(Jws jws) when !settings.algorithms().contains(jws.algorithm()) ->
          new Refused(Fault.ALGORITHM);
      case Jws.Parsed.Whole(Jws jws) -> {
        Map<String, Object> claims = StrictJson.object(jws.payload());
        if (claims == null) {
          yield new Refused(Fault.MALFORMED);
        }
        Fault misdirected = rules.misdirected(claims, now);
        yield misdirected == null ? new Signed(jws, claims) : new Refused(misdirected);
      }
    };
  }
}
