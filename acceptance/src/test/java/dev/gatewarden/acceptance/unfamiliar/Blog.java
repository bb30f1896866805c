package dev.gatewarden.acceptance.unfamiliar;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Conduit's contract promises below `/api`, by a service that asks nobody whose an article, a
/// comment or
/// an
/// account is, takes whatever owner it is told, and shows more than it promised.
final class Blog implements Loopback.Service, AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  /// The author of each article and of each comment.
  final Map<String, String> articles = new ConcurrentSkipListMap<>();

  final Map<String, String> comments = new ConcurrentSkipListMap<>();

  /// Whose account is shown to everybody; empty for the caller's own.
  volatile String confused = "";

  private final List<String> writes = new CopyOnWriteArrayList<>();
  private final AtomicInteger next = new AtomicInteger(100);
  private final Loopback server;

  Blog() throws IOException {
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
    String[] at = request.path().substring("/api/".length()).split("/", -1);
    boolean absent = at.length > 1 && at[0].equals("articles") && !articles.containsKey(at[1]);
    if (!absent && !request.method().equals("GET")) {
      writes.add(request.method() + " " + request.path() + " " + request.text());
    }
    return switch (at[0]) {
      case "users" -> json(at.length > 1 ? 200 : 201, Map.of("user", user("somebody")));
      case "user" -> account(request);
      case "profiles" -> json(200, Map.of("profile", leaking(at[1])));
      case "tags" -> json(200, Map.of("tags", List.of("words")));
      default -> at.length > 2 ? below(request, at) : article(request, at.length > 1 ? at[1] : "");
    };
  }

  private Answer account(Incoming request) {
    String who = confused.isEmpty() ? caller(request) : confused;
    if (request.method().equals("PUT")) {
      who = JSON.readTree(request.text()).path("user").path("username").asString(who);
    }
    return json(200, Map.of("user", user(who)));
  }

  private Answer article(Incoming request, String slug) {
    if (slug.equals("feed") || slug.isEmpty() && request.method().equals("GET")) {
      List<Object> all = new ArrayList<>();
      articles.keySet().forEach(each -> all.add(shown(each)));
      return json(200, Map.of("articles", all, "articlesCount", all.size()));
    }
    if (slug.isEmpty()) {
      String made = "made-" + next.getAndIncrement();
      articles.put(made, author(request, caller(request)));
      return json(201, Map.of("article", shown(made)));
    }
    if (!articles.containsKey(slug)) {
      return json(404, Map.of("errors", Map.of("body", List.of("none"))));
    }
    switch (request.method()) {
      case "DELETE" -> {
        articles.remove(slug);
        return Answer.empty(204);
      }
      case "PUT" -> articles.put(slug, author(request, String.valueOf(articles.get(slug))));
      default -> {}
    }
    return json(200, Map.of("article", shown(slug)));
  }

  private Answer below(Incoming request, String[] at) {
    if (at[2].equals("favorite")) {
      return articles.containsKey(at[1])
          ? json(200, Map.of("article", shown(at[1])))
          : json(404, Map.of("errors", Map.of("body", List.of("none"))));
    }
    switch (request.method()) {
      case "POST" -> {
        String id = Integer.toString(next.getAndIncrement());
        comments.put(id, caller(request));
        return json(200, Map.of("comment", comment(id)));
      }
      case "DELETE" -> {
        comments.remove(at[3]);
        return Answer.empty(204);
      }
      default -> {
        List<Object> all = new ArrayList<>();
        comments.keySet().forEach(each -> all.add(comment(each)));
        return json(200, Map.of("comments", all));
      }
    }
  }

  /// Believes whoever says whose an article is.
  private static String author(Incoming request, String otherwise) {
    JsonNode said = JSON.readTree(request.text()).path("article").path("author");
    return said.path("username").asString(otherwise);
  }

  static String caller(Incoming request) {
    String token = String.valueOf(request.bearer());
    String claims =
        new String(
            Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    return JSON.readTree(claims).path("sub").asString("");
  }

  private Map<String, Object> shown(String slug) {
    return Map.of(
        "slug",
        slug,
        "title",
        "T",
        "description",
        "D",
        "body",
        "B",
        "tagList",
        List.of(),
        "createdAt",
        "2026-01-01T00:00:00Z",
        "updatedAt",
        "2026-01-01T00:00:00Z",
        "favorited",
        false,
        "favoritesCount",
        0,
        "author",
        profile(String.valueOf(articles.get(slug))));
  }

  private Map<String, Object> comment(String id) {
    return Map.of(
        "id", Integer.parseInt(id),
        "createdAt", "2026-01-01T00:00:00Z",
        "updatedAt", "2026-01-01T00:00:00Z",
        "body", "B",
        "author", profile(String.valueOf(comments.get(id))));
  }

  private static Map<String, Object> profile(String name) {
    return Map.of("username", name, "bio", "", "image", "", "following", false);
  }

  /// More than the contract promises of anybody.
  private static Map<String, Object> leaking(String name) {
    return Map.of(
        "username", name, "bio", "", "image", "", "following", false, "email", "secret-of-" + name);
  }

  private static Map<String, Object> user(String name) {
    return Map.of(
        "email", "secret-of-" + name, "token", "t", "username", name, "bio", "", "image", "");
  }

  private static Answer json(int status, Map<String, Object> body) {
    return Answer.json(status, JSON.writeValueAsString(body));
  }

  @Override
  public void close() {
    server.close();
  }
}
