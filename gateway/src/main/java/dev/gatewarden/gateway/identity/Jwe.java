package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.TokenVerifier.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A compact JSON Web Encryption taken apart (RFC 7516, section 7.1); nothing of it is opened.
///
/// @param kid the header's key id, or the empty text
/// @param ephemeral the sender's public key, for key agreement; null elsewhere
/// @param holdsToken whether the header says that a token is inside (`cty: JWT`; RFC 7519, section
///     5.2)
/// @param aad the header as it was written, which the tag covers
record Jwe(
    KeyWrapping wrapping,
    ContentCipher cipher,
    String kid,
    @Nullable VerificationKey ephemeral,
    byte[] partyU,
    byte[] partyV,
    boolean holdsToken,
    byte[] aad,
    byte[] encryptedKey,
    byte[] iv,
    byte[] ciphertext,
    byte[] tag) {

  /// What comes of taking a text apart.
  sealed interface Parsed {
    record Whole(Jwe jwe) implements Parsed {}

    record Broken(Fault fault) implements Parsed {}
  }

  private static final Parsed MALFORMED = new Parsed.Broken(Fault.MALFORMED);
  private static final Parsed ALGORITHM = new Parsed.Broken(Fault.ALGORITHM);
  private static final int PARTS = 5;
  private static final int LONGEST_WORD = 512;

  /// Whether a text has as many parts as an encrypted token.
  static boolean isOne(String token) {
    int dots = 0;
    for (int i = 0; i < token.length(); i++) {
      dots += token.charAt(i) == '.' ? 1 : 0;
    }
    return dots == PARTS - 1;
  }

  /// Takes an encrypted token apart.
  ///
  /// Refused beside what is malformed: algorithms unknown here, RSA with PKCS #1 padding and
  /// passwords among them; compressed content (`zip`), which may grow without bound; whatever must
  /// be understood (`crit`) and is not.
  static Parsed parse(String token) {
    byte[][] parts = new byte[PARTS][];
    int from = 0;
    for (int i = 0; i < PARTS; i++) {
      int dot = token.indexOf('.', from);
      int to = dot < 0 ? token.length() : dot;
      byte[] part = Base64Url.decode(token, from, to);
      if (part == null || (dot < 0) != (i == PARTS - 1)) {
        return MALFORMED;
      }
      parts[i] = part;
      from = to + 1;
    }
    Map<String, Object> header = StrictJson.object(parts[0]);
    if (header == null
        || !(header.get("alg") instanceof String alg)
        || !(header.get("enc") instanceof String enc)) {
      return MALFORMED;
    }
    KeyWrapping wrapping = KeyWrapping.of(alg);
    ContentCipher cipher = ContentCipher.of(enc);
    if (wrapping == null || cipher == null) {
      return ALGORITHM;
    }
    String first = token.substring(0, token.indexOf('.'));
    return whole(header, wrapping, cipher, first.getBytes(StandardCharsets.US_ASCII), parts);
  }

  private static Parsed whole(
      Map<String, Object> header,
      KeyWrapping wrapping,
      ContentCipher cipher,
      byte[] aad,
      byte[][] parts) {
    VerificationKey ephemeral =
        header.get("epk") instanceof Map<?, ?> jwk ? JwkReader.key(jwk) : null;
    byte[] partyU = party(header.getOrDefault("apu", ""));
    byte[] partyV = party(header.getOrDefault("apv", ""));
    boolean fits =
        parts[2].length == cipher.ivLength()
            && parts[4].length == cipher.tagLength()
            && (wrapping == KeyWrapping.ECDH_ES) == (parts[1].length == 0)
            && wrapping.isAgreement() == (ephemeral != null);
    if (!fits
        || asksTooMuch(header)
        || partyU == null
        || partyV == null
        || !(header.getOrDefault("kid", "") instanceof String kid)
        || kid.length() > LONGEST_WORD) {
      return MALFORMED;
    }
    boolean holdsToken = header.get("cty") instanceof String cty && Jws.plain(cty).equals("jwt");
    return new Parsed.Whole(
        new Jwe(
            wrapping,
            cipher,
            kid,
            ephemeral,
            partyU,
            partyV,
            holdsToken,
            aad,
            parts[1],
            parts[2],
            parts[3],
            parts[4]));
  }

  private static byte @Nullable [] party(Object value) {
    return value instanceof String text && text.length() <= LONGEST_WORD
        ? Base64Url.decode(text)
        : null;
  }

  private static boolean asksTooMuch(Map<String, Object> header) {
    return header.containsKey("crit")
        || header.containsKey("zip")
        || header.containsKey("b64")
        || header.containsKey("p2c")
        || header.containsKey("p2s")
        || header.containsKey("jwk");
  }
}
