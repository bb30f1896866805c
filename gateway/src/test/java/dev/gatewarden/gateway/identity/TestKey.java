package dev.gatewarden.gateway.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A key pair of an issuer in a test, and tokens signed with it by the JDK alone.
record TestKey(String kid, Algorithm algorithm, KeyPair pair) {

  /// RSA keys cost a second each to make, so a few are handed out in turn: one is never that
  /// before.
  private static final int RSA_PAIRS = 4;

  private static final List<KeyPair> RSA = new ArrayList<>();
  private static int next;

  static TestKey of(String kid, Algorithm algorithm) {
    return switch (algorithm.family()) {
      case RSA -> new TestKey(kid, algorithm, nextRsa());
      case P256 -> ec(kid, algorithm, "secp256r1");
      case P384 -> ec(kid, algorithm, "secp384r1");
      case P521 -> ec(kid, algorithm, "secp521r1");
      case ED25519 -> new TestKey(kid, algorithm, generate("Ed25519"));
      case SECRET -> throw new IllegalArgumentException("no pair");
    };
  }

  private static synchronized KeyPair nextRsa() {
    if (RSA.size() < RSA_PAIRS) {
      RSA.add(rsa("", Algorithm.RS256, 2048).pair());
      return RSA.getLast();
    }
    return RSA.get(next++ % RSA_PAIRS);
  }

  /// One that nobody else is given.
  static TestKey rsa(String kid, Algorithm algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new TestKey(kid, algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static TestKey ec(String kid, Algorithm algorithm, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return new TestKey(kid, algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair generate(String name) {
    try {
      return KeyPairGenerator.getInstance(name).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  Map<String, Object> jwk() {
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kid", kid);
    jwk.put("use", "sig");
    switch (pair.getPublic()) {
      case RSAPublicKey key -> {
        jwk.put("kty", "RSA");
        jwk.put("n", Base64Url.encode(unsigned(key.getModulus(), 0)));
        jwk.put("e", Base64Url.encode(unsigned(key.getPublicExponent(), 0)));
      }
      case ECPublicKey key -> {
        int size = algorithm.length() / 2;
        jwk.put("kty", "EC");
        jwk.put("crv", size == 32 ? "P-256" : size == 48 ? "P-384" : "P-521");
        jwk.put("x", Base64Url.encode(unsigned(key.getW().getAffineX(), size)));
        jwk.put("y", Base64Url.encode(unsigned(key.getW().getAffineY(), size)));
      }
      default -> {
        byte[] encoded = pair.getPublic().getEncoded();
        jwk.put("kty", "OKP");
        jwk.put("crv", "Ed25519");
        jwk.put("x", Base64Url.encode(Arrays.copyOfRange(encoded, 12, 44)));
      }
    }
    return jwk;
  }

  private static byte[] unsigned(BigInteger number, int size) {
    byte[] bytes = number.toByteArray();
    int extra = bytes[0] == 0 ? 1 : 0;
    byte[] out = new byte[Math.max(size, bytes.length - extra)];
    System.arraycopy(bytes, extra, out, out.length - (bytes.length - extra), bytes.length - extra);
    return out;
  }

  String token(Map<String, ?> claims) {
    return token(Map.of("alg", algorithm.jose(), "kid", kid, "typ", "at+jwt"), claims);
  }

  String token(Map<String, ?> header, Map<String, ?> claims) {
    return token(JsonWriter.write(header), JsonWriter.write(claims));
  }

  String token(String header, String claims) {
    String input = part(header) + "." + part(claims);
    return input + "." + Base64Url.encode(sign(input));
  }

  static String part(String text) {
    return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] sign(String input) {
    try {
      Signature signature = Signature.getInstance(algorithm.jca());
      if (algorithm.isPss()) {
        signature.setParameter(
            new PSSParameterSpec(
                algorithm.digest(),
                "MGF1",
                new MGF1ParameterSpec(algorithm.digest()),
                algorithm.length(),
                1));
      }
      signature.initSign(pair.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
