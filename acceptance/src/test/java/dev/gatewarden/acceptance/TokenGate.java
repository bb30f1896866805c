package dev.gatewarden.acceptance;

import dev.gatewarden.app.serving.Options;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A gate in front of a service whose one operation wants a token of the issuer `corp`.
final class TokenGate implements AutoCloseable {
  /// What stands in the file `shared.secret` of each gate.
  static final String SHARED = "both sides hold these 256 bits !!";

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

  private final Opened gate;

  private TokenGate(Opened gate) {
    this.gate = gate;
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
    return new TokenGate(
        Opened.over(
            folder,
            plain ->
                new Options(
                    plain.environment(), plain.without(), clock, plain.lines(), plain.notices())));
  }

  Path folder() {
    return gate.folder();
  }

  int port() {
    return gate.port();
  }

  int adminPort() {
    return gate.adminPort();
  }

  /// What a caller with a token is told.
  HttpResponse<String> get(@Nullable String token, String... headers) throws Exception {
    HttpRequest.Builder request = Opened.to(gate.uri().resolve("/things"));
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return Opened.send(request);
  }

  /// What the admin port answers.
  HttpResponse<String> admin(String path, @Nullable String token) throws Exception {
    if (token == null) {
      return gate.admin(path);
    }
    return Opened.send(
        Opened.to(gate.admin().resolve(path)).header("authorization", "Bearer " + token));
  }

  /// Stops the gate and gives all it decided.
  String stopped() {
    gate.close();
    return gate.decisions();
  }

  @Override
  public void close() throws IOException {
    gate.close();
    Opened.delete(gate.folder());
  }
}
