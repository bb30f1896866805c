package dev.gatewarden.gateway.state.redis;

import dev.gatewarden.core.GatewardenBug;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names of what must not stand in a store as it is, or is too long to.
final class Digests {
  private Digests() {}

  /// The SHA-256 of a text, in hexadecimal digits.
  static String of(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new GatewardenBug("this Java has no SHA-256", impossible);
    }
  }
}
