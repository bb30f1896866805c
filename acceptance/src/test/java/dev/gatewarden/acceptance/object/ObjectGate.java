package dev.gatewarden.acceptance.object;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.Signed;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A gate before a store, for callers of tenants; what a test class shares.
final class ObjectGate implements AutoCloseable {
  private static final Signed CORP = Signed.of("corp").to("https://objects.example");

  private final Loopback service;
  private final Opened gate;
  private final Map<Caller, String> tokens = new ConcurrentHashMap<>();

  private ObjectGate(Loopback service, Opened gate) {
    this.service = service;
    this.gate = gate;
  }

  /// Starts one.
  ///
  /// @param overlay what is laid over the contract; empty where nothing is
  static ObjectGate start(Path folder, Store store, String contract, String overlay, String limit)
      throws IOException {
    Loopback service = Loopback.start(0, store);
    Files.writeString(folder.resolve("contract.yaml"), contract);
    Files.writeString(folder.resolve("overlay.yaml"), overlay);
    CORP.publish(folder);
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen: {public: {port: 0}, admin: {port: 0}}
        issuers:
          corp: %s
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
                CORP.section(""),
                overlay.isEmpty() ? "" : "overlay: overlay.yaml",
                service.uri(),
                limit.isEmpty() ? "{rate: 1000000/1s, burst: 1000000}" : limit));
    return new ObjectGate(service, Opened.over(folder));
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
    return Opened.to(gate.uri().resolve(path));
  }

  HttpResponse<String> send(Caller caller, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (caller != Caller.NOBODY) {
      request.header(
          "Authorization", "Bearer " + tokens.computeIfAbsent(caller, ObjectGate::token));
    }
    return Opened.send(request);
  }

  /// The decision lines so far; all of them once the gate is closed.
  String decisions() {
    return gate.decisions();
  }

  static String token(Caller caller) {
    Map<String, Object> more = Map.of("staff", Map.of("number", "staff-" + caller.subject()));
    return CORP.token(caller.subject(), caller.tenant(), more, caller.roles());
  }

  @Override
  public void close() {
    gate.close();
    service.close();
  }
}
