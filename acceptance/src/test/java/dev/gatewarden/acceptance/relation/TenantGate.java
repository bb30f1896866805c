package dev.gatewarden.acceptance.relation;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A gate in a folder of its own whose callers are of tenants, as the issuers `corp` and `partner`
/// say.
final class TenantGate implements AutoCloseable {
  private static final String AUDIENCE = "https://notes.example";
  private static final ECKey KEY = key();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final Path folder;
  private Gatewarden gate;

  private TenantGate(Path folder, Gatewarden gate) {
    this.folder = folder;
    this.gate = gate;
  }

  /// Writes a configuration and its contract.
  ///
  /// @param contract the API `notes`, whose scheme `token` is proved by `corp`
  /// @param api what stands below the API besides, `tenancy` above all
  /// @param more further top-level keys
  static Path write(Path folder, URI service, String contract, String api, String more)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("notes.yaml"), contract);
    Files.writeString(folder.resolve("keys.json"), new JWKSet(KEY.toPublicJWK()).toString());
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen:
          public: {port: 0}
          admin: {port: %d}
        issuers:
          corp: {url: '%s', audience: '%s', algorithms: [ES256], keys: keys.json, tenant: /org, roles: /roles}
        apis:
          notes:
            contract: notes.yaml
            at: {path: /}
            upstream: {to: ['%s'], identity: none}
            security: {token: corp}
        %sdecisions: none
        %s
        """
            .formatted(free(), issuer("corp"), AUDIENCE, service, api.indent(4), more));
    return folder;
  }

  static TenantGate start(Path folder, URI service, String contract, String api, String more)
      throws IOException {
    write(folder, service, contract, api, more);
    return new TenantGate(folder, open(folder));
  }

  /// Starts one over a configuration that is written already.
  static TenantGate over(Path folder) throws IOException {
    return new TenantGate(folder, open(folder));
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

  void stop() {
    gate.close();
  }

  void restart() throws IOException {
    gate.close();
    gate = open(folder);
  }

  int adminPort() {
    return gate.adminPort();
  }

  HttpResponse<String> send(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    return send(URI.create("http://127.0.0.1:" + gate.port()), method, path, token, body);
  }

  HttpResponse<String> send(String method, String path, String token, String body, String type)
      throws IOException, InterruptedException {
    return send(URI.create("http://127.0.0.1:" + gate.port()), method, path, token, body, type);
  }

  static HttpResponse<String> send(URI gate, String method, String path, String token, String body)
      throws IOException, InterruptedException {
    return send(gate, method, path, token, body, "application/json");
  }

  private static HttpResponse<String> send(
      URI gate, String method, String path, String token, String body, String type)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gate.resolve(path))
            .header("Authorization", "Bearer " + token)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", type);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  int status(String method, String path, String token) throws IOException, InterruptedException {
    return send(method, path, token, "").statusCode();
  }

  /// What a request in so many bytes is told.
  ///
  /// @param fields header lines; none is added but the token and an end of the connection
  int raw(String line, String token, String... fields) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", gate.port())) {
      socket.setSoTimeout(20_000);
      String request =
          line
              + " HTTP/1.1\r\nAuthorization: Bearer "
              + token
              + "\r\nConnection: close\r\n"
              + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n")
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  String metrics() throws IOException, InterruptedException {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.adminPort() + "/metrics"))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  static String issuer(String name) {
    return "https://" + name + ".example.com";
  }

  /// A token of `corp`.
  static String token(String subject, String tenant, String... roles) {
    return tokenOf("corp", subject, tenant, roles);
  }

  /// A token.
  ///
  /// @param tenant what its claim `org` says; empty where it has none
  static String tokenOf(String issuer, String subject, String tenant, String... roles) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer(issuer));
    claims.put("aud", AUDIENCE);
    claims.put("sub", subject);
    claims.put("client_id", "web");
    claims.put("roles", List.of(roles));
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now - 5);
    claims.put("exp", now + 600);
    if (!tenant.isEmpty()) {
      claims.put("org", tenant);
    }
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
  }
}
