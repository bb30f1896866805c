package dev.gatewarden.acceptance.probing;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A small API in the manner of frameworks that other people use: it refuses with 200, ignores
/// bodies of other types, and says little in its contract. Each of its flaws is a word.
final class StrangeApi {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TRACE =
      "SyntaxError: Unexpected end of JSON input\\n    at parse"
          + " (/srv/api/node_modules/body-parser/lib/types/json.js:92:19)";

  static final String CONTRACT =
      """
      openapi: 3.0.3
      info: {title: Orders, version: '1'}
      components:
        securitySchemes:
          bearer: {type: http, scheme: bearer, bearerFormat: JWT}
        schemas:
          Order:
            type: object
            properties: {id: {type: string, format: uuid}, quantity: {type: integer}}
          Post:
            type: object
            properties: {id: {type: integer}, author: {type: string}, text: {type: string}}
      security: [{bearer: []}]
      paths:
        /accounts:
          post:
            operationId: openAccount
            security: []
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [username, email, password]
                    properties:
                      username: {type: string, example: alice}
                      email: {type: string}
                      password: {type: string}
            responses: {'201': {description: opened}}
        /orders:
          post:
            operationId: order
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [quantity]
                    properties: {quantity: {type: integer, minimum: 1, example: 1}}
            responses:
              '201':
                description: ordered
                content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
        /orders/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
          get:
            operationId: readOrder
            responses:
              '200':
                description: an order
                content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
          patch:
            operationId: changeOrder
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    properties: {quantity: {type: integer, minimum: 1, example: 1}}
            responses: {'200': {description: changed}}
          delete:
            operationId: cancelOrder
            responses: {'204': {description: cancelled}}
        /posts:
          get:
            operationId: listPosts
            responses:
              '200':
                description: what everybody wrote
                content:
                  application/json:
                    schema: {type: array, items: {$ref: '#/components/schemas/Post'}}
          post:
            operationId: post
            requestBody:
              required: true
              content:
                application/json:
                  schema: {type: object, properties: {text: {type: string}}}
            responses:
              '201':
                description: posted
                content: {application/json: {schema: {$ref: '#/components/schemas/Post'}}}
        /posts/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
          get:
            operationId: readPost
            responses:
              '200':
                description: a post
                content: {application/json: {schema: {$ref: '#/components/schemas/Post'}}}
          delete:
            operationId: deletePost
            responses: {'204': {description: gone}}
        /whoami:
          get:
            operationId: whoami
            responses: {'200': {description: it is you}}
        /staff:
          get:
            operationId: listStaff
            responses: {'200': {description: the staff}}
        /report:
          get:
            operationId: report
            parameters: [{name: from, in: query, required: true, schema: {type: string}}]
            responses: {'200': {description: a report}}
        /banks:
          get:
            operationId: listBanks
            parameters:
              - {name: country, in: query, schema: {type: string, default: de}}
              - {name: size, in: query, schema: {type: integer, default: 10}}
            responses: {'200': {description: the banks of a country}}
        /feedback:
          post:
            operationId: sendFeedback
            requestBody:
              required: true
              content:
                application/json:
                  schema: {type: object, properties: {text: {type: string}}}
            responses: {'200': {description: thanks}}
      """;

  private record Order(String id, String owner, int quantity) {}

  private final Set<String> flaws;
  private final Map<String, Order> orders = new LinkedHashMap<>();
  private final Map<Integer, String> posts = new TreeMap<>(Map.of(1, "alice", 2, "bob"));
  private int lastPost = 2;
  private final Set<String> names = new HashSet<>(Set.of("alice", "bob"));

  StrangeApi(Set<String> flaws) {
    this.flaws = Set.copyOf(flaws);
  }

  /// A token as the service signs them.
  static String token(String name) {
    return encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
        + "."
        + encoded("{\"sub\":\"" + name + "\"}")
        + "."
        + encoded("signed for " + name);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  synchronized Answer answer(Incoming request) {
    return routed(request)
        .with("X-Content-Type-Options", "nosniff")
        .with("Cache-Control", "no-store");
  }

  private Answer routed(Incoming request) {
    String path = request.path();
    String type = String.valueOf(request.header("content-type"));
    if (request.body().length > 0
        && !type.startsWith("application/json")
        && !path.equals("/feedback")) {
      return Answer.problem(415, "JSON is taken here");
    }
    String caller = caller(request.bearer());
    return switch (request.method() + " " + (path.startsWith("/orders/") ? "/orders/*" : path)) {
      case "POST /accounts" -> open(request);
      case "POST /orders" -> caller == null ? stranger() : order(request, caller);
      case "GET /orders/*", "PATCH /orders/*", "DELETE /orders/*" ->
          caller == null ? stranger() : order(request, caller, path.substring(8));
      case "GET /posts", "POST /posts" -> caller == null ? stranger() : posts(request, caller);
      case "GET /whoami" -> whoami(request, caller);
      case "GET /staff" ->
          caller == null ? within("log in first") : Answer.json(200, "{\"staff\":2}");
      case "GET /banks" -> caller == null ? stranger() : banks(request.target());
      case "GET /report" -> caller == null ? stranger() : report(request.target());
      case "POST /feedback" -> caller == null ? stranger() : feedback(request);
      default ->
          path.matches("/posts/\\d{1,9}") && caller != null
              ? post(request.method(), caller, Integer.parseInt(path.substring(7)))
              : caller == null && path.startsWith("/posts/")
                  ? stranger()
                  : Answer.problem(404, "there is nothing");
    };
  }

  /// As a database would that gets the country as a part of its query.
  private Answer banks(String target) {
    String asked = URLDecoder.decode(target, StandardCharsets.UTF_8);
    String country = asked.contains("country=") ? asked.replaceAll(".*country=|&.*", "") : "de";
    boolean holds = country.equals("de");
    if (flaws.contains("filter")) {
      holds = country.matches("de(' AND '([0-9])'='\\2)?");
    }
    return Answer.json(200, holds ? "[{\"code\":\"10010010\"}]" : "[]");
  }

  private Answer posts(Incoming request, String caller) {
    if (request.method().equals("POST")) {
      if (body(request) == null) {
        return broken();
      }
      posts.put(++lastPost, caller);
      return Answer.json(201, post(lastPost));
    }
    return Answer.json(
        200, "[" + String.join(",", posts.keySet().stream().map(this::post).toList()) + "]");
  }

  private String post(int id) {
    return "{\"id\":" + id + ",\"author\":\"" + posts.get(id) + "\",\"text\":\"hello\"}";
  }

  /// Anybody reads, and only who wrote it deletes.
  private Answer post(String method, String caller, int id) {
    String author = posts.get(id);
    if (author == null) {
      return Answer.problem(404, "there is none");
    }
    if (method.equals("GET")) {
      return Answer.json(200, post(id));
    }
    if (!method.equals("DELETE")) {
      return Answer.problem(405, "not so");
    }
    if (!author.equals(caller) && !flaws.contains("delete")) {
      return Answer.problem(403, "not yours");
    }
    posts.remove(id);
    return Answer.empty(204);
  }

  private static @Nullable String caller(@Nullable String token) {
    return token == null
        ? null
        : token.equals(token("alice")) ? "alice" : token.equals(token("bob")) ? "bob" : null;
  }

  private static Answer stranger() {
    return Answer.problem(401, "who are you");
  }

  /// As services refuse that know one status.
  private static Answer within(String why) {
    return Answer.json(200, "{\"error\":\"" + why + "\"}");
  }

  private Answer open(Incoming request) {
    JsonNode body = body(request);
    if (body == null) {
      return broken();
    }
    String name = body.path("username").asString("");
    String mail = body.path("email").asString("");
    if (name.length() < 3 || !mail.contains("@") || !body.path("password").isString()) {
      return Answer.problem(400, "username, email and password are needed");
    }
    if (!names.add(name)) {
      return Answer.problem(400, "that name is taken");
    }
    boolean admin = flaws.contains("admin") && body.path("admin").asBoolean(false);
    return Answer.json(
        201, "{\"account\":{\"username\":\"" + name + "\",\"admin\":" + admin + "}}");
  }

  private Answer order(Incoming request, String caller) {
    JsonNode body = body(request);
    if (body == null) {
      return broken();
    }
    if (!body.path("quantity").isInt()) {
      return Answer.problem(400, "a quantity is needed");
    }
    Order made = new Order(UUID.randomUUID().toString(), caller, body.path("quantity").asInt());
    orders.put(made.id(), made);
    return shown(201, made);
  }

  private Answer order(Incoming request, String caller, String id) {
    Order order = orders.get(id);
    boolean read = request.method().equals("GET");
    if (order == null) {
      return Answer.problem(404, "there is none");
    }
    boolean open = request.method().equals("PATCH") && flaws.contains("patch");
    if (!order.owner().equals(caller) && !open) {
      // nobody guesses such ids: this tells nothing
      return Answer.problem(403, "not yours");
    }
    if (read) {
      return shown(200, order);
    }
    if (request.method().equals("DELETE")) {
      orders.remove(id);
      return Answer.empty(204);
    }
    JsonNode body = body(request);
    if (body == null) {
      return broken();
    }
    if (!body.path("quantity").isInt()) {
      return Answer.problem(400, "a quantity is needed");
    }
    Order changed = new Order(id, order.owner(), body.path("quantity").asInt());
    orders.put(id, changed);
    return shown(200, changed);
  }

  private Answer shown(int status, Order order) {
    String buyer = ",\"buyer\":{\"name\":\"x\",\"password\":\"5f4dcc3b5aa765d6\"}";
    return Answer.json(
        status,
        "{\"id\":\""
            + order.id()
            + "\",\"quantity\":"
            + order.quantity()
            + (flaws.contains("password") ? buyer : "")
            + "}");
  }

  private Answer whoami(Incoming request, @Nullable String caller) {
    String token = request.bearer();
    if (token == null || (caller == null && !flaws.contains("unverified"))) {
      return stranger();
    }
    return Answer.json(200, "{\"you\":true}");
  }

  private Answer report(String target) {
    boolean quoted = target.contains("%27") || target.contains("'");
    return flaws.contains("database") && quoted
        ? Answer.json(500, "{\"error\":\"SQLITE_ERROR: unrecognized token: \\\"'\\\"\"}")
        : Answer.json(200, "{\"rows\":0}");
  }

  private Answer feedback(Incoming request) {
    String type = String.valueOf(request.header("content-type"));
    if (!type.startsWith("application/json") && !flaws.contains("any-type")) {
      // a body parser that was told of one type leaves the others alone
      return Answer.json(200, "{\"thanks\":true}");
    }
    return body(request) == null ? broken() : Answer.json(200, "{\"thanks\":true}");
  }

  private Answer broken() {
    return flaws.contains("trace")
        ? Answer.of(400, "text/html", TRACE)
        : Answer.problem(400, "that is no JSON object");
  }

  private static @Nullable JsonNode body(Incoming request) {
    try {
      JsonNode body = JSON.readTree(request.body());
      return body.isObject() ? body : null;
    } catch (JacksonException broken) {
      return null;
    }
  }
}
