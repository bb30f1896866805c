package dev.gatewarden.acceptance.object;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.TunableGuards;
import dev.gatewarden.app.serving.Gatewarden;
import dev.gatewarden.app.serving.Options;
import dev.gatewarden.demo.http.Loopback;
import dev.gatewarden.testkit.WithoutControl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// A gate before a store, for callers of tenants; what a test class shares.
final class ObjectGate implements AutoCloseable {
  private static final String AUDIENCE = "https://objects.example";
  private static final ECKey KEY = key();

  private final Loopback service;
  private final Gatewarden gate;
  private final ByteArrayOutputStream decisions;
  private final Map<Caller, String> tokens = new ConcurrentHashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ObjectGate(Loopback service, Gatewarden gate, ByteArrayOutputStream decisions) {
    this.service = service;
    this.gate = gate;
    this.decisions = decisions;
  }

  /// Starts one.
  ///
  /// @param overlay what is laid over the contract; empty where nothing is
  static ObjectGate start(Path folder, Store store, String contract, String overlay, String limit)
      throws IOException {
    Loopback service = Loopback.start(0, store);
    Files.writeString(folder.resolve("contract.yaml"), contract);
    Files.writeString(folder.resolve("overlay.yaml"), overlay);
    Files.writeString(folder.resolve("keys.json"), new JWKSet(KEY.toPublicJWK()).toString());
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen: {public: {port: 0}, admin: {port: 0}}
        issuers:
          corp: {url: 'https://corp.example.com', audience: '%s', algorithms: [ES256], keys: keys.json, tenant: /org, roles: /roles}
        apis:
          api:
            contract: contract.yaml
            %s
            at: {path: /}
            upstream: {to: ['%s'], identity: signed}
            security: {token: corp}
            tenancy: token
            guards:
              principal-limit: %s
              source-limit: {rate: 1000000/1s, burst: 1000000}
        decisions: stdout
        store: none
        """
            .formatted(
                AUDIENCE,
                overlay.isEmpty() ? "" : "overlay: overlay.yaml",
                service.uri(),
                limit.isEmpty() ? "{rate: 1000000/1s, burst: 1000000}" : limit));
    ByteArrayOutputStream decisions = new ByteArrayOutputStream();
    String without = WithoutControl.named();
    return new ObjectGate(
        service,
        Gatewarden.start(
            new ConfigurationReader(TunableGuards.all())
                .read(folder.resolve("gatewarden.yaml"), LocalDate.now(ZoneOffset.UTC)),
            Options.plain()
                .withoutControl(without.isEmpty() ? Set.of() : Set.of(without))
                .telling(decisions, _ -> {})),
        decisions);
  }

  int port() {
    return gate.port();
  }

  /// A request to a path, with a body in JSON unless it is empty.
  HttpRequest.Builder json(String method, String path, String body) {
    return body.isEmpty()
        ? to(path).method(method, BodyPublishers.noBody())
        : typed(method, path, "application/json", body);
  }

  HttpRequest.Builder typed(String method, String path, String type, String body) {
    return to(path).header("Content-Type", type).method(method, BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(Caller caller, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (caller != Caller.NOBODY) {
      request.header(
          "Authorization", "Bearer " + tokens.computeIfAbsent(caller, ObjectGate::token));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// The decision lines so far; all of them once the gate is closed.
  String decisions() {
    return decisions.toString(StandardCharsets.UTF_8);
  }

  static String token(Caller caller) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "https://corp.example.com");
    claims.put("aud", AUDIENCE);
    claims.put("sub", caller.subject());
    claims.put("client_id", "web");
    claims.put("roles", caller.roles());
    claims.put("org", caller.tenant());
    claims.put("staff", Map.of("number", "staff-" + caller.subject()));
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now - 5);
    claims.put("exp", now + 600);
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType("at+jwt"))
                  .keyID(KEY.getKeyID())
                  .build(),
              JWTClaimsSet.parse(claims));
      token.sign(new ECDSASigner(KEY));
      return token.serialize();
    } catch (JOSEException | java.text.ParseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    gate.close();
    service.close();
    client.shutdownNow();
  }
}
