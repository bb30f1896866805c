package dev.gatewarden.acceptance.session;

import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.TunableGuards;
import dev.gatewarden.app.serving.Gatewarden;
import dev.gatewarden.app.serving.Options;
import dev.gatewarden.testkit.WithoutControl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

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

  private final Path folder;
  private final Options options;
  private final AtomicLong ahead;
  private final ByteArrayOutputStream decisions;
  private Gatewarden gate;

  private SignInGate(
      Path folder, Options options, AtomicLong ahead, ByteArrayOutputStream decisions)
      throws IOException {
    this.folder = folder;
    this.options = options;
    this.gate = open(folder, options);
    this.ahead = ahead;
    this.decisions = decisions;
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
    ByteArrayOutputStream decisions = new ByteArrayOutputStream();
    String without = WithoutControl.named();
    Options options =
        new Options(
            Map.of(
                "GATE",
                AuthorizationServer.secret(AuthorizationServer.GATE),
                "WEB",
                AuthorizationServer.secret(CLIENT),
                "ENDING",
                AuthorizationServer.secret(ENDING)),
            without.isEmpty() ? Set.of() : Set.of(without),
            () -> Instant.now().plusMillis(ahead.get()),
            decisions,
            _ -> {});
    return new SignInGate(folder, options, ahead, decisions);
  }

  private static Gatewarden open(Path folder, Options options) throws IOException {
    return Gatewarden.start(
        new ConfigurationReader(TunableGuards.all())
            .read(folder.resolve("gatewarden.yaml"), LocalDate.now(ZoneOffset.UTC)),
        options);
  }

  /// Stops the gate and starts it again over what it kept.
  void restart() throws IOException {
    gate.close();
    gate = open(folder, options);
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + gate.port() + path);
  }

  Socket socket() throws IOException {
    return new Socket("127.0.0.1", gate.port());
  }

  String origin() {
    return "http://127.0.0.1:" + gate.port();
  }

  /// Lets the gate's time run ahead of everybody else's.
  void ahead(Duration by) {
    ahead.addAndGet(by.toMillis());
  }

  /// Every decision line; the gate is stopped for it.
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
