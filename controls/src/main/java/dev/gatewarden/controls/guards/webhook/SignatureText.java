package dev.gatewarden.controls.guards.webhook;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.exchange.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Digests as they are written in headers.
final class SignatureText {
  private static final int LONGEST = 256;

  private SignatureText() {}

  /// The bytes that a text spells from an index on, or null when it spells none.
  static byte @Nullable [] decode(String text, int from, boolean hex) {
    String rest = text.substring(from);
    if (rest.isEmpty() || rest.length() > LONGEST) {
      return null;
    }
    try {
      return hex ? HexFormat.of().parseHex(rest) : Base64.getDecoder().decode(rest);
    } catch (IllegalArgumentException noDigest) {
      return null;
    }
  }

  /// `sha256:` and the digest of a body in hexadecimal digits.
  static String sha256(Bytes body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(body.array(), body.from(), body.length());
      return "sha256:" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new GatewardenBug("no SHA-256", e);
    }
  }
}
