package dev.gatewarden.demo.broken;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A signed token in compact form (RFC 7515), taken apart and not yet believed.
///
/// @param signed what the signature is over
public record Jwt(ObjectNode header, ObjectNode claims, byte[] signed, byte[] signature) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /// The parts of a token, or null when it has not the form of one.
  public static @Nullable Jwt read(@Nullable String token) {
    String[] parts = token == null ? new String[0] : token.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
      byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      return header instanceof ObjectNode head && claims instanceof ObjectNode body
          ? new Jwt(head, body, signed, signature)
          : null;
    } catch (IllegalArgumentException | JacksonException e) {
      return null;
    }
  }

  /// Header and claims as they are signed.
  public static String unsigned(ObjectNode header, ObjectNode claims) {
    return encoded(header.toString().getBytes(StandardCharsets.UTF_8))
        + "."
        + encoded(claims.toString().getBytes(StandardCharsets.UTF_8));
  }

  public static String encoded(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  public static byte[] hmac(byte[] secret, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      // A key of no bytes is none to the JDK, and the same as one zero byte to the algorithm.
      mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HMAC", e);
    }
  }

  /// A claim or header parameter that is a text; empty when it is not.
  public static String text(ObjectNode of, String name) {
    JsonNode value = of.path(name);
    return value.isString() ? value.asString() : "";
  }

  /// A time in seconds; what is no number lies far away.
  public static long seconds(ObjectNode of, String name, long otherwise) {
    JsonNode value = of.path(name);
    return value.isIntegralNumber() && value.canConvertToLong() ? value.asLong() : otherwise;
  }

  /// Lays wishes over claims.
  public static ObjectNode wished(ObjectNode claims, ObjectNode wishes) {
    wishes
        .properties()
        .forEach(
            wish -> {
              if (wish.getValue().isNull()) {
                claims.remove(wish.getKey());
              } else {
                claims.set(wish.getKey(), wish.getValue());
              }
            });
    return claims;
  }
}
