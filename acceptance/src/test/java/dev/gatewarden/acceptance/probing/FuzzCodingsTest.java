package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import dev.gatewarden.testkit.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The same requests in other codings: percent signs, charsets, packed bodies.
class FuzzCodingsTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Notes, version: 1.0.0}
      servers: [{url: /}]
      security: []
      paths:
        /notes:
          get:
            operationId: findNotes
            x-gatewarden-object: {none: they are nobody's}
            parameters:
              - {name: tag, in: query, schema: {type: string, minLength: 1}}
            responses:
              '200': {description: all, content: {application/json: {schema: {type: object}}}}
          post:
            operationId: note
            x-gatewarden-object: {none: they are nobody's}
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [text]
                    properties:
                      text: {type: string, minLength: 1}
            responses:
              '200': {description: noted, content: {application/json: {schema: {type: object}}}}
              '400': {description: refused}
      """;

  @TempDir Path folder;

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void finds_a_value_that_is_decoded_twice() throws IOException {
    try (Loopback service = Loopback.start(0, request -> notes(request, 2))) {
      assertThat(
              FuzzRun.of(folder, CONTRACT, service)
                  .messages("--fuzz", "60", "--operation", "findNotes"))
          .containsExactly(
              "a value is decoded once too often: `percent-twice`, it is answered like the plain"
                  + " one");
    }
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void finds_a_value_that_is_not_decoded() throws IOException {
    try (Loopback service = Loopback.start(0, request -> notes(request, 0))) {
      assertThat(
              FuzzRun.of(folder, CONTRACT, service)
                  .messages("--fuzz", "60", "--operation", "findNotes"))
          .singleElement()
          .asString()
          .startsWith("the same request is read otherwise: `percent-");
    }
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void finds_bodies_that_are_unpacked_or_read_carelessly() throws IOException {
    try (Loopback service = Loopback.start(0, FuzzCodingsTest::careless)) {
      assertThat(
              FuzzRun.of(folder, CONTRACT, service)
                  .messages("--fuzz", "120", "--operation", "note"))
          .anyMatch(each -> each.equals("a body that ends too early is answered 500: `gzip-cut`"))
          .anyMatch(each -> each.startsWith("a body that is no UTF-8 is taken: `utf-8-"))
          .anyMatch(
              each -> each.startsWith("the same request is read otherwise: `charset-latin-1`"));
    }
  }

  @Test
  void is_silent_where_odd_codings_are_refused_or_read_rightly() throws IOException {
    try (Loopback service = Loopback.start(0, FuzzCodingsTest::careful)) {
      assertThat(FuzzRun.of(folder, CONTRACT, service).messages("--fuzz", "150")).isEmpty();
    }
  }

  private static Answer notes(Incoming request, int decodings) {
    if (!request.method().equals("GET")) {
      return Answer.empty(404);
    }
    int at = request.target().indexOf("tag=");
    String tag = at < 0 ? "all" : request.target().substring(at + 4);
    try {
      for (int i = 0; i < decodings; i++) {
        tag = URLDecoder.decode(tag, StandardCharsets.UTF_8);
      }
    } catch (IllegalArgumentException broken) {
      return Answer.empty(400);
    }
    return Answer.json(200, "{\"tag\":" + JsonMapper.shared().writeValueAsString(tag) + "}");
  }

  /// Unpacks what says that it is packed and fails where it is cut; replaces what is no UTF-8.
  private static Answer careless(Incoming request) {
    byte[] body = request.body();
    if ("gzip".equals(request.header("content-encoding"))) {
      try {
        body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      } catch (java.util.zip.ZipException none) {
        return Answer.empty(400);
      } catch (IOException cut) {
        return Answer.empty(500);
      }
    }
    return echoed(new String(body, StandardCharsets.UTF_8));
  }

  private static Answer careful(Incoming request) {
    if (request.method().equals("GET")) {
      return notes(request, 1);
    }
    String type = request.header("content-type");
    if (request.header("content-encoding") != null
        || type == null
        || !type.strip().equals("application/json")) {
      return Answer.empty(415);
    }
    try {
      return echoed(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(java.nio.ByteBuffer.wrap(request.body()))
              .toString());
    } catch (java.nio.charset.CharacterCodingException broken) {
      return Answer.empty(400);
    }
  }

  private static Answer echoed(String text) {
    try {
      JsonNode body =
          JsonMapper.builder()
              .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .build()
              .readTree(text);
      return body.path("text").isString() && !body.path("text").asString().isEmpty()
          ? Answer.json(200, "{\"text\":" + body.path("text") + "}")
          : Answer.empty(400);
    } catch (JacksonException broken) {
      return Answer.empty(400);
    }
  }
}
