package dev.gatewarden.acceptance.session;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.app.serving.Options;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A gate whose users sign in at the authorization server, in front of a small service.
final class SignInGate implements AutoCloseable {
  static final String CLIENT = "browser";

  /// The client whose users sign out at the provider too; a test registers it.
  static final String ENDING = "browser-ending";

  /// Where the gate takes browsers back; any port of 127.0.0.1 will do.
  static final URI CALLBACK = URI.create("http://127.0.0.1/auth/callback");

  /// The servers that know the client.
  private static final Set<URI> KNOWN = ConcurrentHashMap.newKeySet();

  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Orders, version: 1.0.0}
      servers: [{url: /}]
      security: [{web: []}]
      paths:
        /orders:
          get: {operationId: listOrders, x-gatewarden-object: {none: a test}, responses: &ok {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {ok: {type: boolean}}}}}}}}
          post: {operationId: createOrder, x-gatewarden-object: {none: a test}, responses: *ok}
        /both:
          get: {operationId: both, security: [{web: [], token: []}], x-gatewarden-object: {none: a test}, responses: *ok}
        /mine:
          get: {operationId: mine, security: [{token: ['orders:read']}], x-gatewarden-object: {none: a test}, responses: *ok}
        /open:
          get: {operationId: open, security: [], x-gatewarden-object: {none: a test}, responses: *ok}
        /socket:
          get: {operationId: socket, x-gatewarden-object: {none: a test}, responses: {'101': {description: a socket}}}
        /pay:
          post: {operationId: pay, x-gatewarden-step-up: {max-age: 5m}, x-gatewarden-object: {none: a test}, responses: *ok}
        /seal:
          post: {operationId: seal, x-gatewarden-step-up: {acr: [urn:example:mfa]}, x-gatewarden-object: {none: a test}, responses: *ok}
      components:
        securitySchemes:
          web: {type: apiKey, in: cookie, name: __Host-web}
          token: {type: openIdConnect, openIdConnectUrl: 'https://id.example/.well-known/openid-configuration'}
      """;

  private static final String CONFIGURATION =
      """
      gatewarden: 1
      listen:
        public: {port: 0}
        admin: {port: 0}
      issuers:
        corp: {url: '%1$s', audience: '%2$s', algorithms: [RS256], tenant: /org, roles: /roles}
      sessions:
        web: {issuer: corp, client: %6$s, scopes: [openid, 'orders:read'], idle: 30m, absolute: 2h%3$s}
      apis:
        orders:
          contract: orders.yaml
          at: {path: /}
          upstream: {to: ['%4$s'], identity: %7$s}
          tenancy: single
          security: {web: web, token: corp}
          guards:
            browser-session: {failures: 100000/1s}
            source-limit: {rate: 100000/1s, burst: 100000}
      decisions: stdout
      %5$s
      """;

  private final Opened gate;
  private final AtomicLong ahead;

  private SignInGate(Opened gate, AtomicLong ahead) {
    this.gate = gate;
    this.ahead = ahead;
  }

  static SignInGate start(AuthorizationServer server, URI service) throws IOException {
    return start(server, service, "");
  }

  /// @param more further settings of the section, beginning with a comma
  static SignInGate start(AuthorizationServer server, URI service, String more) throws IOException {
    return start(server, service, more, "store: none");
  }

  /// @param kept what the configuration says of where things are kept
  static SignInGate start(AuthorizationServer server, URI service, String more, String kept)
      throws IOException {
    if (KNOWN.add(server.issuer())) {
      server.register(CLIENT, CALLBACK);
    }
    return start(server, service, more, kept, "{id: " + CLIENT + ", secret: env:WEB}");
  }

  /// @param client how the gate proves itself; the secret of `AuthorizationServer` for `CLIENT` is
  ///     in `WEB`, that of `ENDING` in `ENDING`
  static SignInGate start(
      AuthorizationServer server, URI service, String more, String kept, String client)
      throws IOException {
    return start(server, service, more, kept, client, "signed");
  }

  /// @param identity what the service learns of the caller; the secret of the client `gate` is in
  ///     `GATE`
  static SignInGate start(
      AuthorizationServer server,
      URI service,
      String more,
      String kept,
      String client,
      String identity)
      throws IOException {
    Path folder = Files.createTempDirectory("gatewarden-sign-in");
    Files.writeString(folder.resolve("orders.yaml"), CONTRACT);
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        CONFIGURATION.formatted(
            server.issuer(), AuthorizationServer.AUDIENCE, more, service, kept, client, identity));
    AtomicLong ahead = new AtomicLong();
    Map<String, String> secrets =
        Map.of(
            "GATE",
            AuthorizationServer.secret(AuthorizationServer.GATE),
            "WEB",
            AuthorizationServer.secret(CLIENT),
            "ENDING",
            AuthorizationServer.secret(ENDING));
    return new SignInGate(
        Opened.over(
            folder,
            plain ->
                new Options(
                    secrets,
                    plain.without(),
                    () -> Instant.now().plusMillis(ahead.get()),
                    plain.lines(),
                    plain.notices())),
        ahead);
  }

  /// Stops the gate and starts it again over what it kept.
  void restart() throws IOException {
    gate.restart();
  }

  URI at(String path) {
    return gate.uri().resolve(path);
  }

  Socket socket() throws IOException {
    return gate.socket();
  }

  String origin() {
    return gate.uri().toString();
  }

  /// Lets the gate's time run ahead of everybody else's.
  void ahead(Duration by) {
    ahead.addAndGet(by.toMillis());
  }

  /// Every decision line; the gate is stopped for it.
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
