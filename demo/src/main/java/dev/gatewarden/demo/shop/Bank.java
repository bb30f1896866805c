package dev.gatewarden.demo.shop;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The bank's side of a webhook: signs events as Standard Webhooks has it.
public final class Bank {

  private static final String PREFIX = "whsec_";

  private final byte[] secret;

  /// @param secret as Standard Webhooks writes it: `whsec_` and base64
  public Bank(String secret) {
    this.secret = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
  }

  /// A new secret of 256 bits.
  public static String freshSecret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /// The value of `webhook-signature`.
  public String sign(String id, Instant sent, String body) {
    String signed = id + "." + sent.getEpochSecond() + "." + body;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return "v1,"
          + Base64.getEncoder()
              .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HMAC", e);
    }
  }

  /// Whether the bank signed this.
  public boolean signed(String id, Instant sent, String body, String signature) {
    return MessageDigest.isEqual(
        sign(id, sent, body).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }
}
