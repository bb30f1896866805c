package dev.gatewarden.acceptance.unfamiliar;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/// What VAmPI's contract promises, with the faults it is known for: secrets of books for everybody
/// who knows the title, passwords that anybody changes, admins by registration, and everything
/// about
/// everybody at an address for debugging.
final class Shelf implements Loopback.Service, AutoCloseable {
  final Map<String, String> books = new ConcurrentSkipListMap<>();
  final Map<String, Boolean> users = new ConcurrentSkipListMap<>();
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private final Loopback server;

  Shelf() throws IOException {
    server = Loopback.start(0, this);
  }

  URI uri() {
    return server.uri();
  }

  List<String> takeWrites() {
    List<String> all = new ArrayList<>(writes);
    writes.clear();
    return all;
  }

  @Override
  public Answer answer(Incoming request) {
    String path = request.path();
    String what = request.method() + " " + path;
    boolean absent = path.startsWith("/users/v1/" + Matrix.GHOST);
    if (!absent && !request.method().equals("GET") || path.equals("/createdb")) {
      writes.add(what + " " + request.text());
    }
    return switch (what) {
      case "GET /createdb", "GET /" -> json(200, Map.of("message", "done"));
      case "GET /users/v1" -> json(200, Map.of("users", all(false)));
      case "GET /users/v1/_debug" -> json(200, Map.of("users", all(true)));
      case "GET /me" -> json(200, Map.of("status", "success", "data", user(Blog.caller(request))));
      case "POST /users/v1/login" -> json(200, Map.of("status", "success", "auth_token", "t"));
      case "POST /users/v1/register" -> registered(Blog.JSON.readTree(request.text()));
      case "GET /books/v1" -> titles();
      case "POST /books/v1" -> {
        books.put(
            Blog.JSON.readTree(request.text()).path("book_title").asString(""),
            Blog.caller(request));
        yield json(200, Map.of("status", "success"));
      }
      default -> path.startsWith("/books/") ? book(path) : someone(request, path);
    };
  }

  private Answer registered(JsonNode said) {
    users.put(said.path("username").asString(""), said.path("admin").asBoolean(false));
    return json(200, Map.of("status", "success"));
  }

  private Answer titles() {
    List<Object> all = new ArrayList<>();
    books.forEach((title, owner) -> all.add(Map.of("book_title", title, "user", owner)));
    return json(200, Map.of("Books", all));
  }

  private Answer book(String path) {
    String title = path.substring(path.lastIndexOf('/') + 1);
    String owner = books.get(title);
    return owner == null
        ? json(404, Map.of("status", "fail", "message", "Book not found!"))
        : Answer.json(
            200,
            Blog.JSON.writeValueAsString(
                List.of(
                    Map.of("book_title", title, "owner", owner, "secret", "secret-of-" + owner))));
  }

  private Answer someone(Incoming request, String path) {
    String name = path.split("/", -1)[3];
    if (!users.containsKey(name)) {
      return json(404, Map.of("status", "fail", "message", "User not found"));
    }
    return switch (request.method()) {
      case "GET" -> json(200, Map.of("username", name, "email", name + "@mail.example"));
      case "DELETE" -> {
        users.remove(name);
        yield json(200, Map.of("status", "success"));
      }
      default -> Answer.empty(204);
    };
  }

  private List<Object> all(boolean debugging) {
    List<Object> all = new ArrayList<>();
    for (String name : users.keySet()) {
      all.add(debugging ? user(name) : Map.of("username", name, "email", name + "@mail.example"));
    }
    return all;
  }

  private static Map<String, Object> user(String name) {
    return Map.of(
        "username",
        name,
        "email",
        name + "@mail.example",
        "admin",
        false,
        "password",
        "secret-of-" + name);
  }

  private static Answer json(int status, Map<String, Object> body) {
    return Answer.json(status, Blog.JSON.writeValueAsString(body));
  }

  @Override
  public void close() {
    server.close();
  }
}
