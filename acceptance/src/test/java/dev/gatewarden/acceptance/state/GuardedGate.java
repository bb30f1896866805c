package dev.gatewarden.acceptance.state;

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
import dev.gatewarden.testkit.WithoutControl;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A gate in front of `Things` that lets in who brings a token of one issuer, in a folder of its
/// own, so that it can be stopped and started again.
final class GuardedGate implements AutoCloseable {
  static final String ISSUER = "https://id.example.com";
  static final String AUDIENCE = "https://things.example";
  static final ECKey KEY = key();

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Things, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      components: {securitySchemes: {token: {type: http, scheme: bearer}}}
      paths:
        /thing:
          get:
            operationId: thing
            responses:
              '200': {description: a thing, content: {application/json: {schema: {type: object}}}}
        /news:
          get:
            operationId: news
            responses:
              '200': {description: news, content: {text/event-stream: {schema: {type: string}}}}
        /socket:
          get:
            operationId: socket
            responses:
              '101': {description: a socket}
      """;

  final Path folder;
  private Gatewarden gate;

  private GuardedGate(Path folder, Gatewarden gate) {
    this.folder = folder;
    this.gate = gate;
  }

  /// Starts one.
  ///
  /// @param issuer what is said of the issuer besides, in flow style, beginning with a comma
  /// @param guards what is tuned, in flow style
  /// @param more further top-level keys
  static GuardedGate start(Path folder, URI service, String issuer, String guards, String more)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("things.yaml"), CONTRACT);
    Files.writeString(folder.resolve("keys.json"), new JWKSet(KEY.toPublicJWK()).toString());
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen:
          public: {port: 0}
          admin: {port: %d}
        issuers:
          corp: {url: '%s', audience: '%s', algorithms: [ES256], keys: keys.json%s}
        apis:
          things:
            contract: things.yaml
            at: {path: /}
            upstream: {to: ['%s'], identity: none}
            security: {token: corp}
            tenancy: single
            guards: {%s}
        decisions: none
        %s
        """
            .formatted(free(), ISSUER, AUDIENCE, issuer, service, guards, more));
    return new GuardedGate(folder, open(folder));
  }

  private static Gatewarden open(Path folder) throws IOException {
    String without = WithoutControl.named();
    return Gatewarden.start(
        new ConfigurationReader(TunableGuards.all())
            .read(folder.resolve("gatewarden.yaml"), LocalDate.now(ZoneOffset.UTC)),
        Options.plain().withoutControl(without.isEmpty() ? Set.of() : Set.of(without)));
  }

  /// The admin port is written down, for the command line.
  private static int free() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  void restart() throws IOException {
    gate.close();
    gate = open(folder);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + gate.port());
  }

  Socket socket() throws IOException {
    Socket socket = new Socket("127.0.0.1", gate.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri().resolve(path))
            .header("Authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  int status(String token) throws IOException, InterruptedException {
    return get("/thing", token).statusCode();
  }

  /// What an operator asks of the admin port.
  HttpResponse<String> revoke(String json, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(admin().resolve("/revocations"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> admin(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(admin().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  URI admin() {
    return URI.create("http://127.0.0.1:" + gate.adminPort());
  }

  /// The claims of an honest token, to be changed.
  static Map<String, Object> claims(String subject) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    claims.put("aud", AUDIENCE);
    claims.put("sub", subject);
    claims.put("client_id", "web");
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now - 5);
    claims.put("exp", now + 600);
    return claims;
  }

  static String token(Map<String, Object> claims) {
    return signed("at+jwt", claims);
  }

  static String signed(String type, Map<String, Object> claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType(type))
                  .keyID(KEY.getKeyID())
                  .build(),
              JWTClaimsSet.parse(claims));
      token.sign(new ECDSASigner(KEY));
      return token.serialize();
    } catch (JOSEException | java.text.ParseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// A key of the issuer's name that it does not publish.
  static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    gate.close();
  }
}
