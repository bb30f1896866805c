package dev.gatewarden.acceptance.limit;

import dev.gatewarden.acceptance.Echo;
import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.Signed;
import dev.gatewarden.app.serving.Options;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.testkit.FakeClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A gate before a service of things and reports, with the guards that a test sets and a clock that
/// stands still. Alice owns the things whose ids begin with `a`, Bob all others, and those that
/// begin with `x` are not there.
final class Things implements AutoCloseable {
  static final Signed CORP = Signed.of("corp");

  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Things, version: 1.0.0}
      security: [{token: []}]
      paths:
        /things/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 40}}]
          get:
            operationId: getThing
            x-gatewarden-object: {type: thing, id: path.id}
            responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
        /picks:
          post:
            operationId: pickThings
            x-gatewarden-object: {type: thing, does: act, id: 'body#/*/id', batch: all}
            requestBody: {content: {application/json: {schema: {type: array, maxItems: 100, items: {$ref: '#/components/schemas/Thing'}}}}}
            responses: {'200': {description: x, content: {application/json: {schema: {type: object}}}}}
        /report:
          parameters:
          - {name: bytes, in: query, schema: {type: integer}}
          - {name: cost, in: query, schema: {type: string, maxLength: 40}}
          get:
            operationId: getReport
            x-gatewarden-object: {none: a report}
            responses: {'200': {description: x, content: {text/plain: {schema: {type: string}}}}}
          post:
            operationId: makeReport
            x-gatewarden-object: {none: a report}
            responses: {'200': {description: x, content: {text/plain: {schema: {type: string}}}}}
        /open:
          get:
            operationId: getOpen
            security: []
            x-gatewarden-object: {none: news}
            responses: {'200': {description: x, content: {text/plain: {schema: {type: string}}}}}
          post:
            operationId: postOpen
            security: []
            x-gatewarden-object: {none: news}
            responses: {'200': {description: x, content: {text/plain: {schema: {type: string}}}}}
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          thing: {id: {at: /id}, owner: {at: /by}, read-by: getThing}
        schemas:
          Thing: {type: object, properties: {id: {type: string, maxLength: 40}, by: {type: string, maxLength: 40}}}
      """;

  final FakeClock clock = new FakeClock(Instant.now());
  private final Echo service;
  private final Opened gate;

  private Things(Path folder, String guards, String listen, String more) throws IOException {
    service = Echo.answering(Things::answer);
    String text =
        Opened.before(
                service.uri(),
                CORP,
                "tenancy: single\n" + (guards.isEmpty() ? "" : "guards:\n" + guards.indent(2)),
                more)
            .replace("public: {port: 0}", "public: {port: 0}" + listen);
    Opened.write(folder, text, CONTRACT);
    gate = Opened.over(folder, this::standing);
  }

  private Options standing(Options as) {
    return new Options(as.environment(), as.without(), clock, as.lines(), as.notices());
  }

  /// Begins.
  ///
  /// @param guards what stands below `guards`; empty for nothing
  static Things behind(Path folder, String guards) throws IOException {
    return new Things(folder, guards, "", "store: none\n");
  }

  /// The same with what stands below `listen` besides, beginning with a comma, and with further
  /// top-level keys.
  static Things behind(Path folder, String guards, String listen, String more) throws IOException {
    return new Things(folder, guards, listen, more);
  }

  private static Answer answer(Incoming request) {
    String path = request.path();
    if (path.startsWith("/things/x")) {
      return Answer.json(404, "{}");
    }
    if (path.startsWith("/things/")) {
      String id = path.substring("/things/".length());
      String by = id.startsWith("a") ? "alice" : "bob";
      return Answer.json(200, "{\"id\":\"" + id + "\",\"by\":\"" + by + "\"}");
    }
    if (path.startsWith("/picks")) {
      return Answer.json(200, "{}");
    }
    String size = asked(request, "bytes");
    Answer answer =
        Answer.of(200, "text/plain", "r".repeat(size.isEmpty() ? 1 : Integer.parseInt(size)));
    String cost = asked(request, "cost");
    return cost.isEmpty() ? answer : answer.with("x-query-cost", cost);
  }

  private static String asked(Incoming request, String name) {
    String query = request.target().substring(request.path().length());
    for (String pair : query.replace("?", "").split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return "";
  }

  Opened gate() {
    return gate;
  }

  /// How many requests the service saw whose path begins so.
  long served(String path) {
    return service.seen().stream().filter(each -> each.path().startsWith(path)).count();
  }

  String alice() {
    return token("alice");
  }

  /// A token that is good by now.
  String token(String subject) {
    Map<String, Object> claims = CORP.claims(subject);
    long now = clock.instant().getEpochSecond();
    claims.put("iat", now - 5);
    claims.put("exp", now + 600);
    return CORP.token(claims);
  }

  String alice(Map<String, Object> more) {
    return CORP.token("alice", "", more, List.of());
  }

  HttpResponse<String> get(String path, String token, String... headers) throws Exception {
    return gate.send("GET", path, token, "", headers);
  }

  int status(String method, String path, String token) throws Exception {
    return gate.status(method, path, token);
  }

  /// What several requests alike are answered.
  List<Integer> statuses(int times, String method, String path, String token) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      statuses.add(gate.status(method, path, token));
    }
    return statuses;
  }

  static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Override
  public void close() {
    gate.close();
    service.close();
  }
}
