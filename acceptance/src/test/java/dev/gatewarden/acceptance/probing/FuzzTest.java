package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A service that breaks above 50, takes -1, and refuses names that its contract permits.
class FuzzTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Things, version: 1.0.0}
      servers: [{url: /}]
      security: []
      paths:
        /things:
          get:
            operationId: listThings
            x-gatewarden-object: {none: they are nobody's}
            parameters:
              - {name: limit, in: query, schema: {type: integer, minimum: 0, maximum: 100}}
            responses:
              '200': {description: all, content: {application/json: {schema: {type: object}}}}
              '400': {description: refused}
          post:
            operationId: nameThing
            x-gatewarden-object: {none: they are nobody's}
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [name]
                    properties:
                      name: {type: string, minLength: 1, maxLength: 30}
                      count: {type: integer, minimum: 1, maximum: 9}
            responses:
              '200': {description: named, content: {application/json: {schema: {type: object}}}}
              '400': {description: refused}
      """;

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("things.yaml"), CONTRACT);
    Files.writeString(
        folder.resolve("identities.yaml"), "identities: {ann: {token: a-token}, ben: {token: b}}");
  }

  @Test
  void writes_down_what_fuzzing_found_as_a_test() throws IOException {
    try (Loopback service = Loopback.start(0, FuzzTest::broken)) {
      fuzz(service, "--fuzz", "60", "--emit-tests", "tests");
      Cli red = fuzz(service, "--test", "tests");

      assertThat(red.out()).contains("\"outcome\": \"there\"").doesNotContain("unknown");
      assertThat(red.code()).isOne();
    }
    try (Loopback service = Loopback.start(0, FuzzTest::sound)) {
      Cli green = fuzz(service, "--test", "tests");

      assertThat(green.out()).contains("\"outcome\": \"gone\"").doesNotContain("there", "unknown");
      assertThat(green.code()).isZero();
    }
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void finds_the_smallest_request_that_shows_a_fault() throws IOException {
    try (Loopback service = Loopback.start(0, FuzzTest::broken)) {
      JsonNode said = JsonMapper.shared().readTree(fuzz(service, "--fuzz", "60").out());

      assertThat(said.get("findings"))
          .as(said.toPrettyString())
          .anySatisfy(
              each ->
                  assertThat(each.get("attempts").get(0).get("curl").asString())
                      .contains("limit=51"))
          .anySatisfy(
              each ->
                  assertThat(each.get("message").asString())
                      .contains("`query.limit` is not checked: taken is a number below the least"))
          .anySatisfy(
              each ->
                  assertThat(each.get("message").asString())
                      .contains("what the contract permits at `body/name` is answered 400"));
    }
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void sends_the_same_in_every_run() throws IOException {
    try (Loopback service = Loopback.start(0, FuzzTest::broken)) {
      Cli one = fuzz(service, "--fuzz", "40");
      Cli other = fuzz(service, "--fuzz", "40");

      assertThat(one.code()).isOne();
      assertThat(other.out()).isEqualTo(one.out());
    }
  }

  @Test
  @Requirement(id = "TST-6")
  void keeps_what_showed_a_fault_and_sends_one_again() throws IOException {
    try (Loopback service = Loopback.start(0, FuzzTest::broken)) {
      fuzz(service, "--fuzz", "60", "--corpus", "kept.jsonl");
      String line =
          Files.readAllLines(folder.resolve("kept.jsonl")).stream()
              .filter(each -> each.contains("\"query.limit\":51"))
              .findFirst()
              .orElseThrow(AssertionError::new);
      String id = JsonMapper.shared().readTree(line).get("finding").asString();

      Cli again = fuzz(service, "--corpus", "kept.jsonl", "--replay", id);

      JsonNode said = JsonMapper.shared().readTree(again.out());
      assertThat(said.get("findings")).extracting(each -> each.get("id").asString()).contains(id);
      assertThat(said.get("requests").asInt()).isLessThan(20);
    }
  }

  @Test
  void is_silent_about_a_service_that_keeps_to_its_contract() throws IOException {
    try (Loopback service = Loopback.start(0, FuzzTest::sound)) {
      Cli cli = fuzz(service, "--fuzz", "100");

      assertThat(JsonMapper.shared().readTree(cli.out()).get("findings")).as(cli.out()).isEmpty();
      assertThat(cli.code()).isZero();
    }
  }

  private Cli fuzz(Loopback service, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "probe",
                "--contract",
                "things.yaml",
                "--identities",
                "identities.yaml",
                "--target",
                service.uri().toString(),
                "--rate",
                "10000",
                "--format",
                "json",
                "--probe",
                "foreign-read"));
    arguments.addAll(Arrays.asList(more));
    Cli cli = Cli.run(folder, arguments.toArray(new String[0]));
    assertThat(cli.code()).as(cli.out() + cli.err()).isNotEqualTo(2);
    return cli;
  }

  private static Answer broken(Incoming request) {
    if (request.method().equals("GET")) {
      Long limit = limit(request);
      return limit == null || limit > 1_000
          ? Answer.empty(400)
          : limit > 50 ? Answer.empty(500) : Answer.json(200, "{}");
    }
    boolean plain;
    try {
      plain = STRICT.readTree(request.text()).path("name").asString("").length() < 10;
    } catch (JacksonException broken) {
      return Answer.empty(400);
    }
    return plain ? Answer.json(200, "{}") : Answer.empty(400);
  }

  /// Reads bytes as UTF-8 and JSON as it is, and nothing else.
  private static Answer sound(Incoming request) {
    if (request.method().equals("GET")) {
      Long limit = limit(request);
      return limit == null || limit < 0 || limit > 100 ? Answer.empty(400) : Answer.json(200, "{}");
    }
    String type = request.header("content-type");
    if (type == null || !type.split(";", 2)[0].equals("application/json")) {
      return Answer.empty(415);
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body()));
      return named(STRICT.readTree(text.toString()));
    } catch (CharacterCodingException | JacksonException broken) {
      return Answer.empty(400);
    }
  }

  private static Answer named(JsonNode body) {
    JsonNode name = body.path("name");
    JsonNode count = body.path("count");
    int length = name.isString() ? name.asString().codePointCount(0, name.asString().length()) : 0;
    boolean counted =
        count.isMissingNode()
            || (count.isIntegralNumber()
                && count.canConvertToInt()
                && count.asInt() >= 1
                && count.asInt() <= 9);
    return length >= 1 && length <= 30 && counted ? Answer.json(200, "{}") : Answer.empty(400);
  }

  private static @Nullable Long limit(Incoming request) {
    int at = request.target().indexOf("limit=");
    String raw = at < 0 ? "0" : request.target().substring(at + 6);
    String text = URLDecoder.decode(raw, StandardCharsets.UTF_8);
    if (!text.matches("-?[0-9]{1,18}")) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException none) {
      return null;
    }
  }
}
