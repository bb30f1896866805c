package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.core.probe.OAuth.Authentication;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client proves itself by in one request: a credential, or fields of the form.
record Proof(Identity as, Map<String, String> fields) {
  private static final long LIFE = 60;

  Proof {
    fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /// The client's own.
  static Proof of(Flow flow) {
    return switch (flow.registered().authentication()) {
      case Authentication.None() -> id(flow.client());
      case Authentication.Basic(String secret) -> basic(flow.client(), secret);
      case Authentication.Post(String secret) -> post(flow.client(), secret);
      case Authentication.Key(PrivateKey key, String id) -> signed(flow, key, id);
    };
  }

  /// One like it, with another secret.
  static Proof wrong(Flow flow) {
    String other = Flow.verifier(flow.scene());
    return flow.registered().authentication() instanceof Authentication.Basic
        ? basic(flow.client(), other)
        : post(flow.client(), other);
  }

  /// The name alone.
  static Proof id(String client) {
    return new Proof(Identity.NOBODY, Map.of("client_id", client));
  }

  /// RFC 6749, section 2.3.1.
  private static Proof basic(String client, String secret) {
    String pair = Draft.encoded(client) + ":" + Draft.encoded(secret);
    String coded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Identity as =
        Identity.NOBODY.presenting(
            client, List.of(new Presented(Where.HEADER, "Authorization", "Basic ", coded)));
    return new Proof(as, Map.of());
  }

  private static Proof post(String client, String secret) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("client_id", client);
    fields.put("client_secret", secret);
    return new Proof(Identity.NOBODY, fields);
  }

  /// RFC 7523, section 2.2.
  private static Proof signed(Flow flow, PrivateKey key, @Nullable String id) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("client_id", flow.client());
    fields.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    fields.put("client_assertion", assertion(flow, key, id));
    return new Proof(Identity.NOBODY, fields);
  }

  private static String assertion(Flow flow, PrivateKey key, @Nullable String id) {
    boolean curve = key.getAlgorithm().equals("EC");
    Map<String, Node> header = new LinkedHashMap<>();
    header.put("alg", Json.of(curve ? "ES256" : "RS256"));
    if (id != null) {
      header.put("kid", Json.of(id));
    }
    Instant now = flow.scene().now();
    Map<String, Node> claims = new LinkedHashMap<>();
    claims.put("iss", Json.of(flow.client()));
    claims.put("sub", Json.of(flow.client()));
    claims.put("aud", Json.of(flow.oauth().token().address()));
    claims.put("jti", Json.of(flow.scene().marker()));
    claims.put("iat", Json.of(now.getEpochSecond()));
    claims.put("exp", Json.of(now.getEpochSecond() + LIFE));
    String text = coded(header) + "." + coded(claims);
    try {
      Signature signature =
          Signature.getInstance(curve ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("a key was read that signs nothing", e);
    }
  }

  private static String coded(Map<String, Node> members) {
    byte[] text = Json.text(Json.of(members)).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }
}
