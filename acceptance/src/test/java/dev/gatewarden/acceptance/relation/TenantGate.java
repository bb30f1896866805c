package dev.gatewarden.acceptance.relation;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.Signed;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A gate in a folder of its own whose callers are of tenants, as the issuers `corp` and `partner`
/// say.
final class TenantGate implements AutoCloseable {
  private static final Signed CORP = Signed.of("corp").to("https://notes.example");

  final Path folder;
  private final Opened gate;

  private TenantGate(Path folder, Opened gate) {
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
    CORP.publish(folder);
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen:
          public: {port: 0}
          admin: {port: 0}
        issuers:
          corp: %s
        apis:
          notes:
            contract: notes.yaml
            at: {path: /}
            upstream: {to: ['%s'], identity: none}
            security: {token: corp}
        %sdecisions: none
        %s
        """
            .formatted(CORP.section(""), service, api.indent(4), more));
    return folder;
  }

  static TenantGate start(Path folder, URI service, String contract, String api, String more)
      throws IOException {
    write(folder, service, contract, api, more);
    return new TenantGate(folder, Opened.over(folder));
  }

  /// Starts one over a configuration that is written already.
  static TenantGate over(Path folder) throws IOException {
    return new TenantGate(folder, Opened.over(folder));
  }

  void stop() {
    gate.close();
  }

  void restart() throws IOException {
    gate.restart();
  }

  int adminPort() {
    return gate.adminPort();
  }

  HttpResponse<String> send(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    return gate.send(method, path, token, body);
  }

  HttpResponse<String> send(String method, String path, String token, String body, String type)
      throws IOException, InterruptedException {
    return gate.send(method, path, token, body, "Content-Type", type);
  }

  static HttpResponse<String> send(URI gate, String method, String path, String token, String body)
      throws IOException, InterruptedException {
    return Opened.send(gate, method, path, token, body);
  }

  int status(String method, String path, String token) throws IOException, InterruptedException {
    return send(method, path, token, "").statusCode();
  }

  /// What a request in so many bytes is told.
  ///
  /// @param fields header lines; none is added but the token and an end of the connection
  int raw(String line, String token, String... fields) throws IOException {
    try (Socket socket = gate.socket()) {
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

  /// What an operator posts to the admin port.
  HttpResponse<String> admin(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return gate.admin(path, json, headers);
  }

  String metrics() throws IOException, InterruptedException {
    return gate.admin("/metrics").body();
  }

  static String issuer(String name) {
    return Signed.of(name).issuer();
  }

  /// A token of `corp`.
  static String token(String subject, String tenant, String... roles) {
    return CORP.token(subject, tenant, roles);
  }

  /// A token.
  ///
  /// @param tenant what its claim `org` says; empty where it has none
  static String tokenOf(String issuer, String subject, String tenant, String... roles) {
    return Signed.of(issuer).to(CORP.audience()).token(subject, tenant, roles);
  }

  @Override
  public void close() {
    gate.close();
  }
}
