package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.TokenVerifier.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A compact JSON Web Signature taken apart (RFC 7515, section 7.1); nothing of it is proved.
///
/// @param kid the header's key id, or the empty text; an opaque word to look a key up by
/// @param typ the header's type, lower case and without `application/`, or the empty text
/// @param input what the signature covers
record Jws(
    Algorithm algorithm, String kid, String typ, byte[] input, byte[] payload, byte[] signature) {

  /// What comes of taking a text apart.
  sealed interface Parsed {
    record Whole(Jws jws) implements Parsed {}

    record Broken(Fault fault) implements Parsed {}
  }

  private static final int LONGEST_KID = 512;
  private static final Parsed MALFORMED = new Parsed.Broken(Fault.MALFORMED);
  private static final Parsed ALGORITHM = new Parsed.Broken(Fault.ALGORITHM);

  /// Takes a token apart.
  ///
  /// Refused beside what is malformed: `none` and algorithms unknown here; a header that asks for
  /// what is not understood (`crit`, `b64`, `zip`, `enc`); one that brings its own key (`jwk`); a
  /// nested token (`cty: JWT`). Where a header says keys or certificates could be found (`jku`,
  /// `x5u`, `x5c`, `x5t`), which honest issuers do, nobody looks.
  static Parsed parse(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first <= 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      return MALFORMED;
    }
    byte[] head = Base64Url.decode(token, 0, first);
    byte[] payload = Base64Url.decode(token, first + 1, second);
    byte[] signature = Base64Url.decode(token, second + 1, token.length());
    if (head == null || payload == null || signature == null) {
      return MALFORMED;
    }
    Map<String, Object> header = StrictJson.object(head);
    if (header == null || !(header.get("alg") instanceof String name)) {
      return MALFORMED;
    }
    Algorithm algorithm = Algorithm.of(name);
    if (algorithm == null) {
      return ALGORITHM;
    }
    if (asksTooMuch(header)
        || !(header.getOrDefault("kid", "") instanceof String kid)
        || kid.length() > LONGEST_KID
        || !(header.getOrDefault("typ", "") instanceof String typ)
        || signature.length == 0) {
      return MALFORMED;
    }
    byte[] input = token.substring(0, second).getBytes(StandardCharsets.ISO_8859_1);
    return new Parsed.Whole(new Jws(algorithm, kid, plain(typ), input, payload, signature));
  }

  private static boolean asksTooMuch(Map<String, Object> header) {
    return header.containsKey("crit")
        || header.containsKey("b64")
        || header.containsKey("zip")
        || header.containsKey("enc")
        || header.containsKey("jwk")
        || (header.get("cty") instanceof String cty && plain(cty).equals("jwt"));
  }

  /// A media type without the prefix that may be left out (RFC 7515, section 4.1.9).
  static String plain(String type) {
    String lower = type.toLowerCase(java.util.Locale.ROOT);
    return lower.startsWith("application/") ? lower.substring(12) : lower;
  }
}
