package dev.gatewarden.demo.broken.passport;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Jwt;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The one key that the authorization server signs with, made when the process begins.
final class PassportKeys {

  static final String KID = "passport-1";

  private static final KeyPair PAIR = made();

  private PassportKeys() {}

  static String sign(String type, ObjectNode claims) {
    ObjectNode header = Ask.json().put("alg", "RS256").put("typ", type).put("kid", KID);
    String unsigned = Jwt.unsigned(header, claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(PAIR.getPrivate());
      signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
      return unsigned + "." + Jwt.encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK signs no RSA", e);
    }
  }

  static boolean verifies(Jwt jwt, PublicKey key) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update(jwt.signed());
      return signature.verify(jwt.signature());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static PublicKey published() {
    return PAIR.getPublic();
  }

  /// The key set (RFC 7517).
  static ObjectNode set() {
    RSAPublicKey key = (RSAPublicKey) PAIR.getPublic();
    ObjectNode set = Ask.json();
    set.putArray("keys")
        .addObject()
        .put("kty", "RSA")
        .put("use", "sig")
        .put("alg", "RS256")
        .put("kid", KID)
        .put("n", number(key.getModulus()))
        .put("e", number(key.getPublicExponent()));
    return set;
  }

  /// The public key as a file of letters, as `openssl` writes it.
  static String pem() {
    String letters =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(PAIR.getPublic().getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + letters + "\n-----END PUBLIC KEY-----\n";
  }

  /// A key that stands in a token's header, or null.
  static @Nullable PublicKey embedded(JsonNode jwk) {
    try {
      BigInteger modulus = number(jwk.path("n").asString(""));
      BigInteger exponent = number(jwk.path("e").asString(""));
      return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    byte[] bare = new byte[bytes.length - sign];
    System.arraycopy(bytes, sign, bare, 0, bare.length);
    return Jwt.encoded(bare);
  }

  private static BigInteger number(String text) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(text));
  }

  private static KeyPair made() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK makes no RSA keys", e);
    }
  }
}
