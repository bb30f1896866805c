import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// A service that asks the gate before it shows an order.
final class Orders {
  private static final Map<String, Map<String, Object>> ORDERS = new ConcurrentHashMap<>();

  /// What is answered in place of what was asked for.
  static final class Refused extends Exception {
    final int status;

    Refused(int status) {
      super(String.valueOf(status));
      this.status = status;
    }
  }

  /// Who calls, as the gate says.
  record Caller(String token, String subject, String tenant) {}

  /// Lets a request in once the gate's word for its caller is verified, and asks it what they may.
  static final class AskingTheGate extends Filter {
    private final HttpClient http =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final DefaultJWTProcessor<SecurityContext> tokens = new DefaultJWTProcessor<>();
    private final URI evaluations;
    private final String apiKey;
    private final Duration deadline;

    AskingTheGate(Map<String, String> env) throws IOException {
      deadline = Duration.ofMillis(Long.parseLong(env.getOrDefault("GATE_DEADLINE", "500")));
      apiKey = env.getOrDefault("GATE_API_KEY", "");
      evaluations =
          URI.create(
              env.getOrDefault("GATE_DECISIONS", "http://127.0.0.1:8082")
                  + "/access/v1/evaluations");
      URI keys =
          URI.create(
              env.getOrDefault("GATE_KEYS", "http://127.0.0.1:8081/.well-known/jwks.json"));
      tokens.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT));
      tokens.setJWSKeySelector(
          new JWSVerificationKeySelector<>(
              JWSAlgorithm.ES256, JWKSourceBuilder.create(keys.toURL()).build()));
      var claims =
          new DefaultJWTClaimsVerifier<SecurityContext>(
              env.getOrDefault("GATE_AUDIENCE", "shop"),
              new JWTClaimsSet.Builder().issuer("gatewarden").build(),
              Set.of("sub", "origin", "iat", "exp", "jti"));
      claims.setMaxClockSkew(5);
      tokens.setJWTClaimsSetVerifier(claims);
    }

    @Override
    public String description() {
      return "asks the gate";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      try {
        exchange.setAttribute("caller", caller(exchange));
        chain.doFilter(exchange);
      } catch (Refused refused) {
        answer(exchange, refused.status, Map.of());
      }
    }

    private Caller caller(HttpExchange exchange) throws Refused {
      String line = exchange.getRequestHeaders().getFirst("Authorization");
      if (line == null || !line.startsWith("Bearer ")) {
        throw new Refused(401);
      }
      try {
        String token = line.substring(7);
        JWTClaimsSet claims = tokens.process(token, null);
        return new Caller(token, claims.getSubject(), claims.getStringClaim("tenant"));
      } catch (Exception notTheGates) {
        throw new Refused(401);
      }
    }

    /// What the gate says of each object: 200, or the status to answer.
    List<Integer> ask(Caller who, String action, List<String> ids) throws Refused {
      if (ids.isEmpty()) {
        return List.of();
      }
      List<Object> questions = new ArrayList<>();
      ids.forEach(id -> questions.add(Map.of("resource", Map.of("type", "order", "id", id))));
      Map<String, Object> subject =
          Map.of("type", "user", "id", who.subject(), "properties", Map.of("token", who.token()));
      Map<String, Object> question =
          Map.of("subject", subject, "action", Map.of("name", action), "evaluations", questions);
      HttpRequest request =
          HttpRequest.newBuilder(evaluations)
              .timeout(deadline)
              .header("Content-Type", "application/json")
              .header("X-API-Key", apiKey)
              .POST(HttpRequest.BodyPublishers.ofString(JSONObjectUtils.toJSONString(question)))
              .build();
      List<Integer> said = new ArrayList<>();
      try {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new Refused(503);
        }
        Object[] told =
            JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(answer.body()), "evaluations");
        for (Object each : told == null ? new Object[0] : told) {
          said.add(status((Map<?, ?>) each));
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new Refused(503);
      } catch (IOException | java.text.ParseException | ClassCastException noAnswer) {
        throw new Refused(503);
      }
      if (said.size() != ids.size()) {
        throw new Refused(503);
      }
      return said;
    }

    private static int status(Map<?, ?> told) {
      if (Boolean.TRUE.equals(told.get("decision"))) {
        return 200;
      }
      Object status = told.get("context") instanceof Map<?, ?> context ? context.get("status") : 0;
      return status instanceof Number number && Set.of(401, 403, 404).contains(number.intValue())
          ? number.intValue()
          : 503;
    }
  }

  static void serve(HttpExchange exchange, AskingTheGate gate) throws IOException {
    Caller who = (Caller) exchange.getAttribute("caller");
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    try {
      if (path.equals("/orders") && method.equals("POST")) {
        Map<String, Object> made =
            Map.of(
                "id",
                UUID.randomUUID().toString(),
                "customerId",
                who.subject(),
                "tenantId",
                String.valueOf(who.tenant()));
        ORDERS.put(String.valueOf(made.get("id")), made);
        answer(exchange, 201, made);
      } else if (path.equals("/orders") && method.equals("GET")) {
        List<String> ids = ORDERS.keySet().stream().limit(100).toList();
        List<Integer> said = gate.ask(who, "getOrder", ids);
        List<Object> own = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
          if (said.get(i) == 200) {
            own.add(ORDERS.get(ids.get(i)));
          }
        }
        answer(exchange, 200, Map.of("data", own));
      } else if (path.startsWith("/orders/") && method.equals("GET")) {
        String id = path.substring("/orders/".length());
        int said = gate.ask(who, "getOrder", List.of(id)).getFirst();
        Map<String, Object> order = ORDERS.get(id);
        answer(
            exchange,
            said == 200 && order == null ? 404 : said,
            said == 200 && order != null ? order : Map.of());
      } else {
        answer(exchange, 404, Map.of());
      }
    } catch (Refused refused) {
      answer(exchange, refused.status, Map.of());
    }
  }

  static void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = JSONObjectUtils.toJSONString(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "0"));
    AskingTheGate gate = new AskingTheGate(System.getenv());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> serve(exchange, gate)).getFilters().add(gate);
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }
}
