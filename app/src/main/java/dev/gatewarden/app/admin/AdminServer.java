package dev.gatewarden.app.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin port: `/health`, `/ready`, `/metrics`, `/proposals`, `/decisions/<id>`,
/// `/.well-known/jwks.json`, and what an operator can do (`/revocations`, `/relations`).
///
/// Everything but health, readiness and the public keys asks for an operator's token, which no web
/// page has, by whatever name it reaches the port (DNS rebinding). What is done there is asked for
/// as JSON by no browser, which no web page can do. It is written to the audit log before it is
/// done, and is not done where it cannot be written.
public final class AdminServer implements AutoCloseable {
  private static final int MOST_ID = 64;
  private static final int MOST_FIELDS = 64 << 10;
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final Answer UNWRITTEN =
      Answer.problem(503, "the audit log cannot be written, so nothing was done");

  private static final Answer AWAY =
      Answer.problem(503, "what the gate keeps elsewhere cannot be reached now");
  private static final Answer FAILED =
      Answer.problem(500, "this has failed, and the gate's log says why");

  static {
    // The JDK's server takes these from the program: slow or idle callers hold nothing for long.
    bound("sun.net.httpserver.maxReqTime", "20");
    bound("sun.net.httpserver.maxRspTime", "60");
    bound("jdk.httpserver.maxConnections", "256");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Views views;
  private final Map<String, Action> actions = new HashMap<>();
  private final Door door;
  private final AuditLog log;
  private final InstantSource clock;
  private final Knocks knocks = new Knocks();

  private AdminServer(
      HttpServer server,
      Views views,
      List<Action> actions,
      Door door,
      AuditLog log,
      InstantSource clock) {
    this.server = server;
    this.views = views;
    actions.forEach(action -> this.actions.put(action.path(), action));
    this.door = door;
    this.log = log;
    this.clock = clock;
  }

  /// Opens the port.
  ///
  /// @param door who may use it
  /// @param log where what is done there is written
  /// @throws java.net.BindException when somebody else has the port
  public static AdminServer open(
      InetSocketAddress address,
      Views views,
      List<Action> actions,
      Door door,
      AuditLog log,
      InstantSource clock)
      throws IOException {
    HttpServer server = HttpServer.create(address, 64);
    AdminServer admin = new AdminServer(server, views, actions, door, log, clock);
    server.setExecutor(admin.threads);
    server.createContext("/", admin::answer);
    server.start();
    return admin;
  }

  private static void bound(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
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
      Answer answer;
      try {
        answer = answerTo(exchange);
      } catch (OutOfReach away) {
        answer = AWAY;
      } catch (RuntimeException wrong) {
        LOG.error("a question to the admin port could not be answered", wrong);
        answer = FAILED;
      }
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
    boolean acts = method.equals("POST") && actions.containsKey(path);
    if (!acts && !method.equals("GET") && !method.equals("HEAD")) {
      return Answer.problem(405, "only GET and HEAD are answered here");
    }
    switch (path) {
      case "/health" -> {
        return Answer.text(200, "up\n");
      }
      case "/ready" -> {
        String obstacle = views.obstacle();
        String remark = views.remark();
        return obstacle.isEmpty()
            ? Answer.text(200, "ready\n" + (remark.isEmpty() ? "" : remark + "\n"))
            : Answer.text(503, obstacle + "\n");
      }
      case "/.well-known/jwks.json" -> {
        return new Answer(200, "application/jwk-set+json", views.keys());
      }
      default -> {
        String operator = operator(exchange);
        if (operator == null) {
          return refused(exchange);
        }
        return acts ? acted(exchange, path, operator) : behindTheDoor(exchange, path, operator);
      }
    }
  }

  private @Nullable String operator(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    return given != null && given.regionMatches(true, 0, "Bearer ", 0, 7)
        ? door.operator(
            given.substring(7).strip(),
            Ip.of(exchange.getRemoteAddress().getAddress().getAddress()))
        : null;
  }

  private Answer refused(HttpExchange exchange) {
    long knocked = knocks.at(clock.instant());
    if (knocked > 0) {
      String subject = knocked == 1 ? "" : "the last of " + knocked;
      noted("", from(exchange), "refused", subject, "401");
    }
    return Answer.problem(
        401,
        "the admin token is missing or wrong; it is the one of `listen.admin`, or"
            + " `admin.token` in the state folder");
  }

  private Answer behindTheDoor(HttpExchange exchange, String path, String operator) {
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
      return answer.status() != 200 || noted(operator, from(exchange), "decision", id, "200")
          ? answer
          : UNWRITTEN;
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

  private Answer acted(HttpExchange exchange, String path, String operator) {
    String from = from(exchange);
    String word = path.substring(1);
    if (!noted(operator, from, word, "", "asked")) {
      return UNWRITTEN;
    }
    Answer answer;
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
    } catch (OutOfReach away) {
      answer = AWAY;
    } catch (RuntimeException wrong) {
      LOG.error("`{}` has failed, and may be done in part", word, wrong);
      answer = FAILED;
    }
    var unused = noted(operator, from, word, subject, String.valueOf(answer.status()));
    return answer;
  }

  private static String from(HttpExchange exchange) {
    return exchange.getRemoteAddress().getAddress().getHostAddress();
  }

  /// Whether it could be written down.
  private boolean noted(
      String operator, String from, String action, String subject, String outcome) {
    try {
      log.write(operator, from, action, subject, outcome);
      return true;
    } catch (IOException refused) {
      LOG.error("{}: {} of {} by {}", refused.getMessage(), action, subject, operator);
      return false;
    }
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
