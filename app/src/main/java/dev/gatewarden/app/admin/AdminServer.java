package dev.gatewarden.app.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.identity.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The admin port: `/health`, `/ready`, `/metrics`, `/proposals`, `/decisions/<id>`,
/// `/.well-known/jwks.json`, and what an operator can do (`/revocations`, `/relations`).
///
/// Without a token it answers only who calls it by an address or as `localhost`, so that no web
/// page can reach it by a name of its own
/// (DNS rebinding). What is done there is asked for as JSON by no browser, which no web page can
/// do. With one, everything but health, readiness and the public keys asks for it.
public final class AdminServer implements AutoCloseable {
  private static final int MOST_ID = 64;
  private static final int MOST_FIELDS = 64 << 10;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Views views;
  private final Map<String, Action> actions = new HashMap<>();
  private final @Nullable Door door;

  private AdminServer(HttpServer server, Views views, List<Action> actions, @Nullable Door door) {
    this.server = server;
    this.views = views;
    actions.forEach(action -> this.actions.put(action.path(), action));
    this.door = door;
  }

  /// Opens the port.
  ///
  /// @param token what callers must bring; null on loopback only
  /// @throws java.net.BindException when somebody else has the port
  public static AdminServer open(
      InetSocketAddress address, Views views, List<Action> actions, @Nullable Secret token)
      throws IOException {
    return behind(address, views, actions, token == null ? null : Door.of(token));
  }

  /// Opens the port.
  ///
  /// @param door who may use it; null on loopback only
  /// @throws java.net.BindException when somebody else has the port
  public static AdminServer behind(
      InetSocketAddress address, Views views, List<Action> actions, @Nullable Door door)
      throws IOException {
    HttpServer server = HttpServer.create(address, 64);
    AdminServer admin = new AdminServer(server, views, actions, door);
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
    if (method.equals("POST") && actions.containsKey(path)) {
      Answer refusal = refusal(exchange);
      return refusal == null ? acted(exchange, path) : refusal;
    }
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
    Door shut = door;
    if (shut != null) {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      boolean right =
          given != null
              && given.regionMatches(true, 0, "Bearer ", 0, 7)
              && shut.opens(
                  given.substring(7).strip(),
                  Ip.of(exchange.getRemoteAddress().getAddress().getAddress()));
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
    Action action = actions.get(path);
    if (action != null) {
      return told(action);
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

  private static Answer told(Action action) {
    try {
      return new Answer(200, "application/json", action.told());
    } catch (IOException fault) {
      return Answer.problem(503, String.valueOf(fault.getMessage()));
    }
  }

  private Answer acted(HttpExchange exchange, String path) {
    String from = exchange.getRemoteAddress().getAddress().getHostAddress();
    Answer answer;
    String word = path.substring(1);
    String subject = "";
    try {
      Action.Done done = java.util.Objects.requireNonNull(actions.get(path)).act(fields(exchange));
      word = done.action();
      subject = done.subject();
      answer = new Answer(200, "application/json", done.json());
    } catch (IllegalArgumentException wrong) {
      answer = Answer.problem(400, String.valueOf(wrong.getMessage()));
    } catch (IOException | UncheckedIOException fault) {
      answer = Answer.problem(503, String.valueOf(fault.getMessage()));
    }
    views.audit(word, subject, from, answer.status());
    return answer;
  }

  /// The texts of a flat JSON object.
  ///
  /// @throws IllegalArgumentException when something else was sent, or a browser sent it
  private static Map<String, String> fields(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw new IllegalArgumentException("send `application/json`");
    }
    if (exchange.getRequestHeaders().containsKey("Origin")
        || exchange.getRequestHeaders().containsKey("Sec-Fetch-Site")) {
      throw new IllegalArgumentException("a web page may not ask for this");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_FIELDS + 1);
    if (body.length > MOST_FIELDS) {
      throw new IllegalArgumentException("that is too much");
    }
    try {
      Node node =
          new DocumentReader(Bounds.DEFAULT)
              .read(new Place.Origin(URI.create("gatewarden:request.json"), "request"), body);
      Map<String, String> fields = new LinkedHashMap<>();
      if (node instanceof Node.Obj object) {
        for (Node.Member member : object.entries()) {
          if (!(member.value() instanceof Node.Text text)) {
            throw new IllegalArgumentException("every value is a text");
          }
          fields.put(member.name(), text.value());
        }
        return fields;
      }
    } catch (ProblemsException malformed) {
      throw new IllegalArgumentException("the body is no JSON", malformed);
    }
    throw new IllegalArgumentException("the body is no JSON object");
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
          "{\"status\":" + status + ",\"detail\":" + Json.line(detail) + "}\n");
    }
  }
}
