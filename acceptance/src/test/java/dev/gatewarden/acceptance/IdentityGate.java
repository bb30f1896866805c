package dev.gatewarden.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A gate in front of a service that says whom it was told of: one operation for each way of being
/// known.
final class IdentityGate implements AutoCloseable {
  static final String AUDIENCE = "https://api.example";

  private final Opened gate;
  private final Echo service;

  private IdentityGate(Opened gate, Echo service) {
    this.gate = gate;
    this.service = service;
  }

  /// Starts one.
  ///
  /// @param operations `/path: [scheme, scheme]` in order, of which any will do
  /// @param issuers what stands below `issuers`
  /// @param mapped `{scheme: issuer}`
  static IdentityGate start(Path folder, String operations, String issuers, String mapped)
      throws IOException {
    return start(folder, operations, issuers, mapped, "{rate: 1000000/1s, burst: 1000000}");
  }

  /// The same with a limit on sources.
  static IdentityGate start(
      Path folder, String operations, String issuers, String mapped, String sourceLimit)
      throws IOException {
    StringBuilder contract =
        new StringBuilder(
            "openapi: 3.1.0\ninfo: {title: Own, version: 1.0.0}\nservers: [{url: /}]\n"
                + "components:\n  securitySchemes:\n");
    for (String scheme : mapped.replaceAll("[{}]", "").split(",", -1)) {
      contract
          .append("    ")
          .append(scheme.split(":", -1)[0].strip())
          .append(": {type: http, scheme: bearer}\n");
    }
    contract.append("paths:\n");
    operations
        .lines()
        .forEach(
            line -> {
              String path = line.split(":", -1)[0].strip();
              String schemes = line.split(":", -1)[1].replaceAll("[\\[\\]\\s]", "");
              contract
                  .append("  " + path + ":\n    get:\n      operationId: " + path.substring(1))
                  .append("\n      x-gatewarden-object: {none: test}\n      security: [{")
                  .append(schemes.replace(",", ": [read]}, {"))
                  .append(": [read]}]\n      responses: {'200': {description: it, content:")
                  .append(" {application/json: {schema: {}}}}}\n");
            });
    Files.writeString(folder.resolve("own.yaml"), contract);
    Echo service = Echo.answering(_ -> dev.gatewarden.demo.http.Answer.json(200, "{}"));
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        "gatewarden: 1\nlisten:\n  public: {port: 0}\n  admin: {port: 0}\nissuers:\n"
            + issuers.indent(2)
            + "apis:\n  own:\n    contract: own.yaml\n    at: {path: /}\n    upstream: {to: ['"
            + service.uri()
            + "'], identity: signed}\n    tenancy: single\n    security: "
            + mapped
            + "\n    guards:\n      signed-token: {failures: 1000000/1s}\n"
            + "      source-limit: "
            + sourceLimit
            + "\n"
            + "      principal-limit: {rate: 1000000/1s}\n"
            + "decisions: none\nstore: none\n");
    return new IdentityGate(Opened.over(folder), service);
  }

  URI uri() {
    return gate.uri();
  }

  HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
    return get(path, "Bearer", token);
  }

  HttpResponse<String> get(String path, String scheme, String token)
      throws IOException, InterruptedException {
    return Opened.send(
        Opened.to(uri().resolve(path)).header("Authorization", scheme + " " + token));
  }

  int status(String path, String token) throws IOException, InterruptedException {
    return get(path, token).statusCode();
  }

  /// What the service was told of the caller, as JSON.
  String told() {
    String token = service.last().bearer();
    if (token == null) {
      return "";
    }
    return new String(
        java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  int served() {
    return service.seen().size();
  }

  @Override
  public void close() throws IOException {
    gate.close();
    service.close();
    try (Stream<Path> left = Files.walk(gate.folder())) {
      for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
        if (!each.equals(gate.folder())) {
          Files.delete(each);
        }
      }
    }
  }
}
