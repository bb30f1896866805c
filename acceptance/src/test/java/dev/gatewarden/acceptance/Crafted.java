package dev.gatewarden.acceptance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/// Tokens put together part by part, so that each part can lie.
final class Crafted {
  private static final JsonMapper JSON = new JsonMapper();

  private Crafted() {}

  static String json(Map<String, ?> value) {
    return JSON.writeValueAsString(value);
  }

  static String part(String text) {
    return part(text.getBytes(StandardCharsets.UTF_8));
  }

  static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// A token signed with a key, whatever its header says.
  static String signed(JWK key, JWSAlgorithm by, String header, String claims)
      throws JOSEException {
    return signed(key, by, header, claims.getBytes(StandardCharsets.UTF_8));
  }

  static String signed(JWK key, JWSAlgorithm by, String header, byte[] claims)
      throws JOSEException {
    JWSSigner signer =
        key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey());
    String input = part(header) + "." + part(claims);
    return input + "." + signer.sign(new JWSHeader(by), input.getBytes(StandardCharsets.US_ASCII));
  }

  /// A token with a keyed digest.
  static String digested(byte[] secret, String header, String claims)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    String input = part(header) + "." + part(claims);
    return input + "." + part(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
  }
}
