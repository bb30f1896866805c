package dev.gatewarden.acceptance.state;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.Signed;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A gate in front of `Things` that lets in who brings a token of one issuer, in a folder of its
/// own, so that it can be stopped and started again.
final class GuardedGate implements AutoCloseable {
  static final Signed CORP = Signed.of("id").to("https://things.example");
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
  private final Opened gate;

  private GuardedGate(Path folder, Opened gate) {
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
    CORP.publish(folder);
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen:
          public: {port: 0}
          admin: {port: 0}
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
            .formatted(CORP.issuer(), CORP.audience(), issuer, service, guards, more));
    return new GuardedGate(folder, Opened.over(folder));
  }

  void restart() throws IOException {
    gate.restart();
  }

  URI uri() {
    return gate.uri();
  }

  Socket socket() throws IOException {
    return gate.socket();
  }

  HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
    return gate.get(path, token);
  }

  int status(String token) throws IOException, InterruptedException {
    return get("/thing", token).statusCode();
  }

  /// What an operator asks of the admin port.
  HttpResponse<String> revoke(String json, String... headers)
      throws IOException, InterruptedException {
    return gate.admin("/revocations", json, headers);
  }

  /// Puts in force what the files say now.
  HttpResponse<String> reload() throws IOException, InterruptedException {
    return gate.admin("/reload", "{}");
  }

  HttpResponse<String> admin(String path) throws IOException, InterruptedException {
    return gate.admin(path);
  }

  URI admin() {
    return gate.admin();
  }

  /// The claims of an honest token, to be changed.
  static Map<String, Object> claims(String subject) {
    return CORP.claims(subject);
  }

  static String token(Map<String, Object> claims) {
    return CORP.token(claims);
  }

  static String signed(String type, Map<String, Object> claims) {
    return CORP.signed(type, claims);
  }

  @Override
  public void close() {
    gate.close();
  }
}
