package dev.gatewarden.app.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.identity.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The admin port: `/health`, `/ready`, `/metrics`, `/proposals`, `/decisions/<id>`,
/// `/.well-known/jwks.json`.
///
/// Without a token it answers only who calls it by an address or as `localhost`, so that no web
/// page can reach it by a name of its own
/// (DNS rebinding). With one, everything but health, readiness and the public keys asks for it.
public final class AdminServer implements AutoCloseable {
  private static final int MOST_ID = 64;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Views views;
  private final @Nullable Secret token;

  private AdminServer(HttpServer server, Views views, @Nullable Secret token) {
    this.server = server;
    this.views = views;
    this.token = token;
  }

  /// Opens the port.
  ///
  /// @param token what callers must bring; null on loopback only
  /// @throws java.net.BindException when somebody else has the port
  public static AdminServer open(InetSocketAddress address, Views views, @Nullable Secret token)
      throws IOException {
    HttpServer server = HttpServer.create(address, 64);
    AdminServer admin = new AdminServer(server, views, token);
    server.setExecutor(admin.threads);
    server.createContext("/", admin::answer);
    server.start();
    return admin;
  }

  /// The port in use.
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answerTo(exchange);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      if (answer.status() == 401) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"gatewarden admin\"");
      }
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
      if (!head && body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Answer answerTo(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getRawPath();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Answer.problem(405, "only GET and HEAD are answered here");
    }
    switch (path) {
      case "/health" -> {
        return Answer.text(200, "up\n");
      }
      case "/ready" -> {
        String obstacle = views.obstacle();
        return obstacle.isEmpty() ? Answer.text(200, "ready\n") : Answer.text(503, obstacle + "\n");
      }
      case "/.well-known/jwks.json" -> {
        return new Answer(200, "application/jwk-set+json", views.keys());
      }
      default -> {
        Answer refusal = refusal(exchange);
        return refusal == null ? behindTheDoor(exchange, path) : refusal;
      }
    }
  }

  private @Nullable Answer refusal(HttpExchange exchange) {
    Secret wanted = token;
    if (wanted != null) {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      boolean right =
          given != null
              && given.regionMatches(true, 0, "Bearer ", 0, 7)
              && wanted.matches(given.substring(7).strip().getBytes(StandardCharsets.UTF_8));
      return right ? null : Answer.problem(401, "the admin token is missing or wrong");
    }
    String host = exchange.getRequestHeaders().getFirst("Host");
    return host != null && isPlain(host)
        ? null
        : Answer.problem(403, "call the admin port by its address or as localhost");
  }

  private Answer behindTheDoor(HttpExchange exchange, String path) {
    if (path.equals("/metrics")) {
      return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", views.metrics());
    }
    if (path.equals("/proposals")) {
      return new Answer(200, "application/yaml; charset=utf-8", views.proposals());
    }
    String decisions = "/decisions/";
    if (path.startsWith(decisions)) {
      String id = path.substring(decisions.length());
      Answer answer = isId(id) ? decision(id) : Answer.problem(400, "this is no decision id");
      String from = exchange.getRemoteAddress().getAddress().getHostAddress();
      views.audit("decision", isId(id) ? id : "", from, answer.status());
      return answer;
    }
    return Answer.problem(404, "nothing is here");
  }

  private Answer decision(String id) {
    try {
      String line = views.decision(id);
      return line.isEmpty()
          ? Answer.problem(404, "no decision of the last day has this id")
          : new Answer(200, "application/json", line + "\n");
    } catch (IOException fault) {
      return Answer.problem(503, "the decision store cannot be read");
    }
  }

  private static boolean isId(String id) {
    boolean hex = !id.isEmpty() && id.length() <= MOST_ID;
    for (int i = 0; i < id.length(); i++) {
      hex &= Character.digit(id.charAt(i), 16) >= 0 && id.charAt(i) < 128;
    }
    return hex;
  }

  private static boolean isPlain(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    return name.equalsIgnoreCase("localhost") || Ip.parse(name) != null;
  }

  /// What is sent back.
  private record Answer(int status, String type, String body) {
    static Answer text(int status, String body) {
      return new Answer(status, "text/plain; charset=utf-8", body);
    }

    static Answer problem(int status, String detail) {
      return new Answer(
          status,
          "application/problem+json",
          "{\"status\":" + status + ",\"detail\":\"" + detail + "\"}\n");
    }
  }
}
