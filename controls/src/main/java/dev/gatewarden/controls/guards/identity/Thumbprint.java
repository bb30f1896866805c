package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.core.GatewardenBug;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The SHA-256 of something in base64url, as `ath` (RFC 9449, section 4.2) and `x5t#S256` (RFC
/// 8705,
/// section 3.1) write it.
final class Thumbprint {
  private Thumbprint() {}

  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static String of(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new GatewardenBug("no SHA-256", e);
    }
  }
}
