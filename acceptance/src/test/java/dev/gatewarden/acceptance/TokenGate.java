package dev.gatewarden.acceptance;

import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.TunableGuards;
import dev.gatewarden.app.serving.Gatewarden;
import dev.gatewarden.app.serving.Options;
import dev.gatewarden.testkit.WithoutControl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A gate in front of a service whose one operation wants a token of the issuer `corp`.
final class TokenGate implements AutoCloseable {
  /// What stands in the file `shared.secret` of each gate.
  static final String SHARED = "both sides hold these 256 bits !!";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Things, version: 1.0.0}
      servers: [{url: /}]
      security: [{bearerAuth: ['orders:read']}]
      components:
        securitySchemes:
          bearerAuth: {type: http, scheme: bearer}
      paths:
        /things:
          get:
            operationId: listThings
            parameters:
              - {name: X-User-Note, in: header, schema: {type: string}}
            responses:
              '200':
                description: Things
                content: {application/json: {schema: {type: object}}}
      """;

  private final Path folder;
  private final Gatewarden gate;
  private final ByteArrayOutputStream decisions;

  private TokenGate(Path folder, Gatewarden gate, ByteArrayOutputStream decisions) {
    this.folder = folder;
    this.gate = gate;
    this.decisions = decisions;
  }

  /// Starts one.
  ///
  /// @param service where it forwards to
  /// @param upstream what else `upstream` says: `identity: none`
  /// @param issuer what `corp` says, in YAML
  /// @param more further top-level keys
  static TokenGate start(URI service, String upstream, String issuer, String more)
      throws IOException {
    return start(service, upstream, issuer, more, "{port: 0}");
  }

  /// Starts one whose admin port is set up so.
  static TokenGate start(URI service, String upstream, String issuer, String more, String admin)
      throws IOException {
    return start(service, upstream, issuer, more, admin, InstantSource.system());
  }

  /// Starts one by a clock.
  static TokenGate start(
      URI service, String upstream, String issuer, String more, String admin, InstantSource clock)
      throws IOException {
    Path folder = Files.createTempDirectory("gatewarden-token");
    Files.writeString(folder.resolve("things.yaml"), CONTRACT);
    for (String client : Stream.of("gate", "machine").toList()) {
      Files.writeString(
          folder.resolve(client + ".secret"),
          dev.gatewarden.acceptance.provider.AuthorizationServer.secret(client));
    }
    Files.writeString(folder.resolve("shared.secret"), SHARED);
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        "gatewarden: 1\nlisten:\n  public: {port: 0}\n  admin: "
            + admin
            + "\nissuers:\n  corp:\n"
            + issuer.indent(4)
            + "apis:\n  things:\n    contract: things.yaml\n    at: {path: /}\n"
            + "    upstream:\n      to: ['"
            + service
            + "']\n"
            + upstream.indent(6)
            + "    security: {bearerAuth: corp}\n    tenancy: single\n"
            + "decisions: stdout\nstore: none\n"
            + more);
    ByteArrayOutputStream decisions = new ByteArrayOutputStream();
    String without = WithoutControl.named();
    Options options =
        new Options(
            System.getenv(),
            without.isEmpty() ? Set.of() : Set.of(without),
            clock,
            decisions,
            _ -> {});
    return new TokenGate(
        folder,
        Gatewarden.start(
            new ConfigurationReader(TunableGuards.all())
                .read(
                    folder.resolve("gatewarden.yaml"),
                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)),
            options),
        decisions);
  }

  Path folder() {
    return folder;
  }

  int port() {
    return gate.port();
  }

  int adminPort() {
    return gate.adminPort();
  }

  /// What a caller with a token is told.
  HttpResponse<String> get(@Nullable String token, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.port() + "/things"));
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// What the admin port answers.
  HttpResponse<String> admin(String path, @Nullable String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.adminPort() + path));
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// Stops the gate and gives all it decided.
  String stopped() {
    gate.close();
    return decisions.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    gate.close();
    try (Stream<Path> left = Files.walk(folder)) {
      for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
