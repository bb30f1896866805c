package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.OwnGate.Told;
import dev.gatewarden.testkit.Requirement;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything in a message has a bound: the configuration's, the contract's, or the usual one.
class MessageBoundsTest {
  private static final String ANSWER =
      "responses: {'200': {description: it, content: {application/json: {schema: {}}}}}";
  private static final String OPEN =
      "requestBody: {content: {application/json: {schema: {}}, multipart/form-data: {schema: {type:"
          + " object, additionalProperties: {type: string}}}}}";
  private static final String PATHS =
      """
      /usual:
        post: {operationId: usual, x-gatewarden-object: {none: test}, OPEN, ANSWER}
      /tight:
        post: {operationId: tight, x-gatewarden-object: {none: test}, OPEN, ANSWER}
      /stated:
        post:
          operationId: stated
          x-gatewarden-object: {none: test}
          requestBody:
            content:
              application/json:
                schema:
                  type: object
                  maxProperties: 30
                  additionalProperties: true
                  properties:
                    list: {type: array, maxItems: 40}
                    text: {type: string, maxLength: 200}
          ANSWER
      /beyond:
        post:
          operationId: beyond
          x-gatewarden-object: {none: test}
          requestBody:
            content:
              application/json:
                schema: {type: array, maxItems: 20000, items: {type: integer}}
          ANSWER
      /closed:
        post:
          operationId: closed
          x-gatewarden-object: {none: test}
          requestBody: &body
            content:
              application/json:
                schema: {type: object, properties: {a: {type: integer}}}
          ANSWER
      /watched:
        post: {operationId: watched, x-gatewarden-object: {none: test}, requestBody: *body, ANSWER}
      /allowed:
        post: {operationId: allowed, x-gatewarden-object: {none: test}, requestBody: *body, ANSWER}
      /listed:
        get:
          operationId: listed
          x-gatewarden-object: {none: test}
          parameters:
          - {name: a, in: query, schema: {type: array, items: {type: integer}}}
          ANSWER
      """
          .replace("OPEN", OPEN)
          .replace("ANSWER", ANSWER);
  private static final String TUNING =
      """
      guards: {principal-limit: {rate: 1000000/1s}, source-limit: {rate: 1000000/1s, burst: 1000000}}
      operations:
        tight: {guards: {request-schema: {depth: 3, keys: 4, items: 5, string: 6B, digits: 7, parts: 2}}}
        watched: {guards: {request-schema: {unknown-fields: observe}}}
        allowed: {guards: {request-schema: {unknown-fields: allow}}}
      """;

  private static RawEcho service;
  private static OwnGate gate;
  private static OwnGate.Line line;

  @BeforeAll
  static void open() throws Exception {
    service = RawEcho.start();
    gate =
        OwnGate.start(
            service.uri(),
            PATHS,
            TUNING,
            "limits: {body: 2MiB, headers: 16KiB, header-lines: 30, parameters: 5}\n");
    line = gate.line();
  }

  @AfterAll
  static void close() throws Exception {
    line.close();
    gate.close();
    service.close();
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        bound("/tight", "depth", "[[[1]]]", "[[[[1]]]]"),
        bound("/tight", "keys", object(4), object(5)),
        bound("/tight", "items", array(5), array(6)),
        bound("/tight", "text", text(6), text(7)),
        bound("/tight", "escaped text", "\"\\u0041\"", "\"\\u0041B\""),
        bound("/tight", "name", "{" + text(6) + ":1}", "{" + text(7) + ":1}"),
        bound("/tight", "digits", "1234567", "12345678"),
        bound("/usual", "usual depth", nested(64), nested(65)),
        bound("/usual", "usual keys", object(1000), object(1001)),
        bound("/usual", "usual items", array(10_000), array(10_001)),
        bound("/usual", "usual text", text(1 << 20), text((1 << 20) + 1)),
        bound("/usual", "usual digits", "1".repeat(512), "1".repeat(513)),
        bound("/usual", "exponent", "1e1000", "1e1001"),
        bound("/stated", "stated keys", object(30), object(31)),
        bound("/stated", "stated items", of("list", array(40)), of("list", array(41))),
        bound("/stated", "stated text", of("text", text(200)), of("text", text(201))),
        bound("/beyond", "stated beyond the usual", array(20_000), array(20_001)));
  }

  private static Arguments bound(String path, String title, String last, String next) {
    return Arguments.argumentSet(path + " " + title, path, last, next);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  @Requirement(id = "SCH-4", without = "request-schema")
  void the_last_passes_and_the_next_is_refused(String path, String last, String next)
      throws Exception {
    assertThat(line.post(path, last).status()).isEqualTo(200);
    assertThat(service.last().text()).isEqualTo(last);

    int before = service.count();
    Told told = line.post(path, next);
    assertThat(told.status()).isEqualTo(400);
    assertThat(told.body()).contains("instanceLocation");
    assertThat(service.count()).isEqualTo(before);
  }

  @Test
  @Requirement(id = "SCH-4")
  void a_body_has_a_length() throws Exception {
    String json = "[" + text(1 << 20) + "," + text((1 << 20) - 7) + "]";
    assertThat(json).hasSize((2 << 20));
    assertThat(line.post("/usual", json).status()).isEqualTo(200);
    assertThat(line.post("/usual", json + " ").status()).isEqualTo(413);
  }

  @Test
  @Requirement(id = "SCH-4")
  void a_head_has_so_many_lines_and_so_many_bytes() throws Exception {
    assertThat(line.get("/listed", filler(29, 1)).status()).isEqualTo(200);
    assertThat(line.get("/listed", filler(30, 1)).status()).isEqualTo(431);
    assertThat(line.get("/listed", filler(15, 1_000)).status()).isEqualTo(200);
    assertThat(line.get("/listed", filler(17, 1_000)).status()).isEqualTo(431);
  }

  private static String[] filler(int lines, int length) {
    return IntStream.range(0, lines)
        .mapToObj(i -> "X-F" + i + ": " + "x".repeat(length))
        .toArray(String[]::new);
  }

  @Test
  @Requirement(id = "SCH-4")
  void a_query_has_so_many_parameters() throws Exception {
    assertThat(line.get("/listed?a=1&a=2&a=3&a=4&a=5").status()).isEqualTo(200);
    assertThat(line.get("/listed?a=1&a=2&a=3&a=4&a=5&a=6").status()).isEqualTo(400);
  }

  @Test
  @Requirement(id = "SCH-4")
  void unknown_fields_are_refused_watched_or_allowed_as_each_operation_says() throws Exception {
    assertThat(line.post("/closed", "{\"a\":1}").status()).isEqualTo(200);
    assertThat(line.post("/closed", "{\"a\":1,\"b\":1}").status()).isEqualTo(400);
    assertThat(line.post("/watched", "{\"a\":1,\"b\":1}").status()).isEqualTo(200);
    assertThat(service.last().text()).isEqualTo("{\"a\":1,\"b\":1}");
    assertThat(line.post("/watched", "{\"a\":\"x\",\"b\":1}").status()).isEqualTo(400);
    assertThat(line.post("/allowed", "{\"a\":1,\"b\":1}").status()).isEqualTo(200);
    assertThat(line.post("/allowed", "{\"a\":1,\"b\":1,\"b\":2}").status()).isEqualTo(400);
  }

  @Test
  void what_is_only_watched_is_told_as_what_would_be_refused() throws Exception {
    try (RawEcho other = RawEcho.start();
        OwnGate watching = OwnGate.start(other.uri(), PATHS, TUNING, "");
        OwnGate.Line caller = watching.line()) {
      caller.post("/watched", "{\"a\":1,\"b\":1}");
      caller.post("/watched", "{\"a\":1}");
      caller.post("/allowed", "{\"a\":1,\"b\":1}");
      watching.stop();
      List<String> told =
          watching.decisions().lines().filter(each -> each.contains("UNKNOWN_FIELD")).toList();
      assertThat(told).hasSize(1);
      assertThat(told.getFirst()).contains("watched");
    }
  }

  /// What a caller can make the gate hold is bounded, however the bytes are arranged.
  @Test
  @Requirement(id = "SCH-4")
  void memory_stays_bounded_under_hostile_bodies() throws Exception {
    List<String> hostile =
        List.of(
            "[".repeat(1 << 20),
            "{\"a\":".repeat(200_000),
            object(100_000),
            array(900_000),
            "[" + "\"\\u0041\",".repeat(100_000) + "1]",
            "1".repeat(1 << 20),
            "{" + text(1 << 20) + ":1}",
            "\"" + "é".repeat(600_000) + "\"");
    for (int round = 0; round < 3; round++) {
      for (String body : hostile) {
        assertThat(line.post("/tight", body).status()).isIn(400, 413);
      }
    }
    System.gc();
    long before = used();
    for (int round = 0; round < 20; round++) {
      for (String body : hostile) {
        assertThat(line.post("/tight", body).status()).isIn(400, 413);
      }
    }
    System.gc();
    assertThat(used() - before).isLessThan(48L << 20);
    assertThat(line.post("/tight", "[1]").status()).isEqualTo(200);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static String of(String name, String value) {
    return "{\"" + name + "\":" + value + "}";
  }

  private static String object(int keys) {
    StringBuilder object = new StringBuilder("{");
    for (int i = 0; i < keys; i++) {
      object.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
    }
    return object.append('}').toString();
  }

  private static String array(int items) {
    return "[" + String.join(",", Collections.nCopies(items, "1")) + "]";
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static String text(int length) {
    return "\"" + "x".repeat(length) + "\"";
  }
}
