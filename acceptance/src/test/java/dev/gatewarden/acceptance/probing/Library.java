package dev.gatewarden.acceptance.probing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An API as people write them who never heard of bindings: its contract says little of what comes
/// back and nothing of owners.
final class Library implements AutoCloseable {
  static final String CONTRACT =
      """
      openapi: 3.0.1
      info: {title: library, version: '1'}
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        schemas:
          member: {type: object, properties: {username: {type: string}, email: {type: string}}}
          loan: {type: object, properties: {id: {type: integer}, user_id: {type: integer}, note: {type: string}}}
      paths:
        /members:
          get:
            operationId: members
            responses:
              '200':
                description: ok
                content:
                  application/json:
                    schema:
                      type: array
                      items: {$ref: '#/components/schemas/member'}
        /members/{username}:
          get:
            operationId: member
            parameters: [{name: username, in: path, required: true, schema: {type: string}}]
            responses:
              '200':
                description: ok
                content: {application/json: {schema: {$ref: '#/components/schemas/member'}}}
              '404': {description: none}
        /members/{username}/password:
          put:
            operationId: setPassword
            security: [{token: []}]
            parameters: [{name: username, in: path, required: true, schema: {type: string}}]
            requestBody:
              required: true
              content: {application/json: {schema: {type: object, required: [password], properties: {password: {type: string}}}}}
            responses:
              '204': {description: set}
        /register:
          post:
            operationId: register
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [username, password]
                    properties: {username: {type: string}, password: {type: string}, email: {type: string}}
            responses:
              '201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/member'}}}}
        /login:
          post:
            operationId: login
            requestBody:
              required: true
              content:
                application/json:
                  schema: {type: object, properties: {username: {type: string}, password: {type: string}}}
            responses:
              '201': {description: in, content: {application/json: {schema: {type: object, properties: {token: {type: string}}}}}}
              '401': {description: wrong}
        /forgot:
          post:
            operationId: forgot
            requestBody:
              required: true
              content: {application/json: {schema: {type: object, required: [username], properties: {username: {type: string}}}}}
            responses: {'202': {description: sent}, '429': {description: too many}}
        /forgot/again:
          post:
            operationId: resetPassword
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [username, reset_code, password]
                    properties: {username: {type: string}, reset_code: {type: string}, password: {type: string}}
            responses: {'204': {description: set}, '400': {description: wrong}, '429': {description: too many}}
        /me:
          get:
            operationId: me
            security: [{token: []}]
            responses:
              '200':
                description: ok
                content:
                  application/json:
                    schema: {type: object, properties: {username: {type: string}, email: {type: string}, role: {type: string}}}
          patch:
            operationId: change
            security: [{token: []}]
            requestBody:
              required: true
              content: {application/json: {schema: {type: object, properties: {username: {type: string}, email: {type: string}}}}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: object}}}}
        /dump:
          get:
            operationId: dump
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: array, items: {type: object}}}}}
        /books:
          get:
            operationId: books
            responses:
              '200':
                description: ok
                content: {application/json: {schema: {type: object, properties: {Books: {type: array, items: {type: object}}}}}}
        /books/{title}:
          get:
            operationId: book
            security: [{token: []}]
            parameters: [{name: title, in: path, required: true, schema: {type: string}}]
            responses:
              '200':
                description: ok
                content:
                  application/json:
                    schema:
                      type: array
                      items: {type: object, properties: {title: {type: string}, owner: {type: string}, secret: {type: string}}}
              '404': {description: none}
        /loans:
          get:
            operationId: loans
            security: [{token: []}]
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/loan'}}}}}
          post:
            operationId: lend
            security: [{token: []}]
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [note]
                    properties: {note: {type: string}, voucherId: {type: integer}}
            responses:
              '201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/loan'}}}}
        /loans/{loan_id}:
          get:
            operationId: loan
            security: [{token: []}]
            parameters: [{name: loan_id, in: path, required: true, schema: {type: integer}}]
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/loan'}}}}
              '404': {description: none}
      """;

  static final String IDENTITIES =
      """
      identities:
        ann: {login: {path: /login, json: {username: ann, password: pass-of-ann}, token: /token}}
        bob: {login: {path: /login, json: {username: bob, password: pass-of-bob}, token: /token}, roles: [clerk]}
      """;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> PEOPLE = List.of("ann", "bob");

  private final HttpServer server;
  private final Set<String> faults;
  private int guesses;
  private int forgotten;
  private int wrong;
  private final Map<Integer, Map<String, Object>> loans = new LinkedHashMap<>();

  /// By their names: password, email and role.
  private final Map<String, Map<String, String>> accounts = new LinkedHashMap<>();

  private Library(HttpServer server, Set<String> faults) {
    this.server = server;
    this.faults = faults;
    accounts.put("ann", account("pass-of-ann", "reader"));
    accounts.put("bob", account("pass-of-bob", "clerk"));
  }

  private static Map<String, String> account(String password, String role) {
    return new LinkedHashMap<>(Map.of("password", password, "email", "", "role", role));
  }

  /// @param faults of `books`, `loans`, `query`, `passwords`, `version`, `registration`, `role`,
  ///     `password`, `account`, `codes`
  static Library with(String... faults) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Library library = new Library(server, Set.of(faults));
    server.createContext("/", library::answer);
    server.start();
    return library;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body =
          new String(exchange.getRequestBody().readNBytes(65_536), StandardCharsets.UTF_8);
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      Object answer =
          body.isEmpty() || "application/json".equals(type)
              ? answer(exchange.getRequestMethod(), path, body, caller(exchange))
              : 415;
      int status =
          answer instanceof Integer code
              ? code
              : exchange.getRequestMethod().equals("POST") ? 201 : 200;
      byte[] text =
          answer instanceof Integer
              ? "{}".getBytes(StandardCharsets.UTF_8)
              : JSON.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      if (faults.contains("version")) {
        exchange.getResponseHeaders().set("X-Powered-By", "Shelves/3.1.4");
      }
      exchange.sendResponseHeaders(status, status == 204 ? -1 : text.length);
      if (status != 204) {
        exchange.getResponseBody().write(text);
      }
    }
  }

  private @Nullable String caller(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    String name =
        header != null && header.startsWith("Bearer token-number-of-")
            ? header.substring("Bearer token-number-of-".length())
            : "";
    return accounts.containsKey(name) ? name : null;
  }

  private Object entry(String path, JsonNode said) {
    String name = said.path("username").asString("");
    String password = said.path("password").asString("");
    if (path.equals("/login")) {
      guesses++;
      Map<String, String> account = accounts.get(name);
      boolean right = account != null && password.equals(account.get("password"));
      return right
          ? Map.of("token", "token-number-of-" + name)
          : guesses > 40 ? (Object) 429 : (Object) 401;
    }
    if (name.isEmpty() || password.isEmpty() || accounts.containsKey(name)) {
      return 409;
    }
    String role = faults.contains("registration") ? said.path("role").asString("reader") : "reader";
    accounts.put(name, account(password, role));
    return member(name);
  }

  /// A code is sent, and no guess is ever right.
  private Object forgotten(String path) {
    boolean again = path.endsWith("/again");
    forgotten += again ? 0 : 1;
    wrong += again ? 1 : 0;
    return again ? wrong > 5 && !faults.contains("codes") ? 429 : 400 : forgotten > 6 ? 429 : 202;
  }

  /// Writes of an account.
  private Object write(String path, JsonNode said, String caller) {
    if (path.startsWith("/members/")) {
      String named = path.split("/", -1)[2];
      String whose = faults.contains("password") ? named : caller;
      accounts
          .getOrDefault(whose, account("", ""))
          .put("password", said.path("password").asString(""));
      return 204;
    }
    String named = said.path("username").asString(caller);
    String whose = faults.contains("account") ? named : caller;
    Map<String, String> account = accounts.getOrDefault(whose, account("", ""));
    account.put("email", said.path("email").asString(""));
    if (faults.contains("role")) {
      account.put("role", said.path("role").asString(account.get("role")));
    }
    return shown(caller);
  }

  private Map<String, String> shown(String name) {
    Map<String, String> account = accounts.getOrDefault(name, account("", ""));
    return Map.of(
        "username",
        name,
        "email",
        account.getOrDefault("email", ""),
        "role",
        account.getOrDefault("role", ""));
  }

  /// A status, or what is answered.
  private Object answer(String method, String path, String body, @Nullable String caller) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (method.equals("POST")) {
      if (path.startsWith("/forgot")) {
        return forgotten(path);
      }
      return path.equals("/login") || path.equals("/register")
          ? entry(path, read(body))
          : !path.equals("/loans") ? 404 : caller == null ? 401 : lend(body, caller);
    }
    if (method.equals("PUT") && path.endsWith("/password")
        || method.equals("PATCH") && path.equals("/me")) {
      return caller == null ? 401 : write(path, read(body), caller);
    }
    if (!method.equals("GET")) {
      return 405;
    }
    return switch (path) {
      case "/me" -> caller == null ? 401 : shown(caller);
      case "/members" -> PEOPLE.stream().map(Library::member).toList();
      case "/dump" ->
          PEOPLE.stream()
              .map(
                  each ->
                      Map.of(
                          "username",
                          each,
                          "password",
                          faults.contains("passwords") ? "s3cret" : "****"))
              .toList();
      case "/books" ->
          Map.of(
              "Books",
              PEOPLE.stream()
                  .map(each -> Map.of("title", "tale of " + each, "user", each))
                  .toList());
      case "/loans" ->
          caller == null
              ? 401
              : loans.values().stream().filter(each -> owns(caller, each)).toList();
      default ->
          path.startsWith("/members/")
              ? asked(last)
              : caller == null && (path.startsWith("/books/") || path.startsWith("/loans/"))
                  ? 401
                  : path.startsWith("/books/")
                      ? book(last, String.valueOf(caller))
                      : path.startsWith("/loans/") ? loan(last, String.valueOf(caller)) : 404;
    };
  }

  private static Map<String, Object> member(String name) {
    return Map.of("username", name, "email", name + "@example.org");
  }

  /// As a database would that gets the name as a part of its query.
  private Object asked(String name) {
    List<String> conditions = new ArrayList<>(List.of(name.split("' AND ", -1)));
    String plain = faults.contains("query") ? conditions.removeFirst() : name;
    boolean holds =
        !faults.contains("query")
            || conditions.stream().noneMatch(each -> each.matches("'1'='2|'3'='4"));
    return PEOPLE.contains(plain) && holds ? member(plain) : 404;
  }

  private Object book(String title, String caller) {
    for (String each : PEOPLE) {
      if (title.equals("tale of " + each) && (each.equals(caller) || faults.contains("books"))) {
        return List.of(Map.of("title", title, "owner", each, "secret", "of " + each));
      }
    }
    return 404;
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (tools.jackson.core.JacksonException broken) {
      return JSON.createObjectNode();
    }
  }

  private Object lend(String body, String caller) {
    JsonNode read = read(body);
    if (read.has("voucherId")) {
      return 404;
    }
    int id = loans.size() + 1;
    loans.put(
        id, Map.of("id", id, "user_id", number(caller), "note", read.path("note").asString("")));
    return Map.copyOf(loans.get(id));
  }

  private Object loan(String id, String caller) {
    Map<String, Object> loan = id.matches("\\d{1,6}") ? loans.get(Integer.valueOf(id)) : null;
    return loan != null && (owns(caller, loan) || faults.contains("loans")) ? loan : 404;
  }

  private static boolean owns(String caller, Map<String, Object> loan) {
    return loan.get("user_id").equals(number(caller));
  }

  private static int number(String name) {
    return 40 + PEOPLE.indexOf(name);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
