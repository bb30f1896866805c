package dev.gatewarden.gateway.session;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.gateway.identity.Base64Url;
import dev.gatewarden.gateway.identity.JsonWriter;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The gate as a client of an identity provider, and how it proves that it is (RFC 6749, section
/// 2.3).
///
/// @param id its name at the provider
public record Client(String id, Proof proof) {

  /// What proves it.
  public sealed interface Proof {
    /// A secret that both sides hold.
    record Shared(Secret secret) implements Proof {}

    /// A key of its own, by which it signs an assertion (RFC 7523, section 2.2).
    ///
    /// @param key RSA, or a key on P-256
    /// @param kid what the provider calls the key; empty for nothing
    record Signing(PrivateKey key, String kid) implements Proof {
      /// Nothing of the key.
      @Override
      public String toString() {
        return "Signing[" + kid + "]";
      }
    }
  }

  /// A key for one purpose that every gate with the same proof of itself has.
  byte[] keyFor(String purpose) {
    Secret root =
        switch (proof) {
          case Proof.Shared(Secret secret) -> secret;
          case Proof.Signing(PrivateKey key, var _) -> Secret.of(key.getEncoded());
        };
    return root.mac("HmacSHA256", ByteBuffer.wrap(purpose.getBytes(StandardCharsets.UTF_8)));
  }

  /// Adds to a form, or gives as the value of `Authorization`, what proves the client.
  ///
  /// @param post whether the provider wants a shared secret in the form
  /// @param audience whom an assertion is for
  /// @return the value of `Authorization`; empty for none
  String prove(
      Map<String, String> form,
      boolean post,
      String audience,
      Instant now,
      RandomGenerator random) {
    switch (proof) {
      case Proof.Shared(Secret secret) -> {
        String text = new String(secret.revealed(), StandardCharsets.UTF_8);
        if (!post) {
          String pair = encoded(id) + ":" + encoded(text);
          return "Basic "
              + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        form.put("client_id", id);
        form.put("client_secret", text);
      }
      case Proof.Signing(PrivateKey key, String kid) -> {
        form.put("client_id", id);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion(key, kid, audience, now, random));
      }
    }
    return "";
  }

  private String assertion(
      PrivateKey key, String kid, String audience, Instant now, RandomGenerator random) {
    boolean curve = key instanceof ECPrivateKey;
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", curve ? "ES256" : "RS256");
    header.put("typ", "JWT");
    if (!kid.isEmpty()) {
      header.put("kid", kid);
    }
    byte[] id = new byte[16];
    random.nextBytes(id);
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", this.id);
    claims.put("sub", this.id);
    claims.put("aud", audience);
    claims.put("jti", Base64Url.encode(id));
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + 60);
    String input = part(header) + "." + part(claims);
    try {
      Signature signature =
          Signature.getInstance(curve ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64Url.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("the client's key cannot sign", e);
    }
  }

  private static String part(Map<String, Object> object) {
    return Base64Url.encode(JsonWriter.write(object).getBytes(StandardCharsets.UTF_8));
  }

  /// As a form encodes it, which RFC 6749, section 2.3.1, asks for before the pair is put together.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
