package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.OwnGate.Told;
import dev.gatewarden.testkit.Requirement;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// There is one reading of a request, and the service gets the request that was read.
class OneReadingTest {
  private static final String PATHS =
      """
      /files/{name}:
        get:
          operationId: getFile
          x-gatewarden-object: {none: files of everybody}
          parameters:
          - {name: name, in: path, required: true, schema: {type: string, maxLength: 200}}
          - {name: q, in: query, schema: {type: string, maxLength: 200}}
          - {name: tag, in: query, schema: {type: array, items: {type: string, maxLength: 20}}}
          - {name: X-Tenant, in: header, schema: {type: string, maxLength: 20}}
          responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
      /notes:
        post:
          operationId: addNote
          x-gatewarden-object: {none: notes of everybody}
          requestBody:
            required: true
            content:
              application/json:
                schema:
                  type: object
                  additionalProperties: false
                  properties:
                    title: {type: string, maxLength: 40}
                    open: {type: boolean}
                    count: {type: integer}
                    tags: {type: array, items: {type: string}}
          responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
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
            "guards: {source-limit: {rate: 1000000/1s, burst: 1000000},"
                + " principal-limit: {rate: 1000000/1s}}",
            "");
    line = gate.line();
  }

  @AfterAll
  static void close() throws Exception {
    line.close();
    gate.close();
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/a%252fb",
        "/files/%252e%252e",
        "/files/a;v=1",
        "/files/a%3Bb",
        "/files/..;",
        "/files/a%5Cb",
        "/files/%C0%AE%C0%AE",
        "/files/%E0%80%AE",
        "/files/%ED%A0%80",
        "/files/%FF",
        "/files/a%00b",
        "/files/a%0Ab",
        "/files/a.",
        "/files/a%20",
        "/files/e%CC%81",
        "/files/%EF%BC%8E%EF%BC%8E",
        "/files/a%EF%BC%8Fb",
        "/files/a%E2%88%95b",
        "/files/a%C2%A5b",
        "/files/%E2%80%A5",
        "/files/a%E2%80%8Bb",
        "/files/%EF%BB%BFa",
        "/files/a?q=1;q=2",
        "/files/a?q=%FF",
        "/files/a?q=%C0%AF",
        "/files/a?q=e%CC%81",
        "/files/a?q=%00"
      })
  @Requirement(id = "SCH-3", without = "canonicalizer")
  void what_could_be_read_in_two_ways_is_refused(String target) throws Exception {
    int before = service.count();
    Told told = line.get(target);

    assertThat(told.status()).isEqualTo(400);
    assertThat(service.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/../notes",
        "/files/./a",
        "/files//a",
        "//files/a",
        "/files/a/..",
        "/files/%2e%2e/notes",
        "/files/a%2fb",
        "/x/..%2ffiles/a"
      })
  void paths_that_servers_resolve_differently_are_refused(String target) throws Exception {
    int before = service.count();

    assertThat(line.get(target).status()).isEqualTo(400);
    assertThat(service.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X_Tenant: a",
        "X_Forwarded_For: 10.0.0.1",
        "Content_Length: 5",
        "X-HTTP-Method-Override: DELETE",
        "X-Original-URL: /admin",
        "X-Rewrite-URL: /admin",
        "Connection: close, X-Tenant",
        "X-Tenant: \u00e9",
        "Origin: https://a.example\r\nOrigin: https://b.example",
        "Cookie: a=b\r\nCookie: a=c",
        "X_Any: 1\r\nX-Any: 2"
      })
  @Requirement(id = "SCH-3", without = "canonicalizer")
  void fields_with_two_readings_are_refused(String fields) throws Exception {
    int before = service.count();
    Told told = line.get("/files/a", fields);

    assertThat(told.status()).isEqualTo(400);
    assertThat(service.count()).isEqualTo(before);
  }

  @Test
  void who_called_is_told_by_the_gate_alone() throws Exception {
    line.get(
        "/files/a",
        "True-Client-IP: 10.0.0.1",
        "X-Client-IP: 10.0.0.1",
        "CF-Connecting-IP: 10.0.0.1",
        "X-Original-Host: admin.example",
        "X-Host: admin.example");

    assertThat(service.last().lines().toString()).doesNotContain("10.0.0.1", "admin.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "/files/%61%7e | /files/a~",
        "/files/a+b | /files/a%2Bb",
        "/files/%c3%a9 | /files/%C3%A9",
        "/files/a?q=b+c | /files/a?q=b%20c",
        "/files/a?q=%62&&tag=x | /files/a?q=b&tag=x",
        "/files/a?q=%2Fb | /files/a?q=/b"
      })
  void several_spellings_of_one_meaning_arrive_in_one(String sent, String arrived)
      throws Exception {
    assertThat(line.get(sent).status()).isEqualTo(200);
    assertThat(service.last().target()).isEqualTo(arrived);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"title\":\"a\",\"title\":\"b\"}",
        "{\"title\":\"a\",\"\\u0074itle\":\"b\"}",
        "{\"Title\":\"a\"}",
        "{\"title\":\"\\ud800\"}",
        "\uFEFF{\"title\":\"a\"}",
        "{\"title\":\"a\"} {}",
        "{\"title\":\"a\",}",
        "{\"count\":01}",
        "{\"count\":1/**/}"
      })
  void bodies_with_two_readings_are_refused(String body) throws Exception {
    int before = service.count();

    assertThat(line.post("/notes", body).status()).isEqualTo(400);
    assertThat(service.count()).isEqualTo(before);
  }

  private static final String[] PIECES = {
    "a",
    "Z",
    "9",
    "-",
    "_",
    "~",
    ".",
    "..",
    "%2e",
    "%2E%2e",
    "%2F",
    "%5c",
    "%61",
    "%C3%A9",
    "é",
    "e%CC%81",
    "%E2%82%AC",
    "%25",
    "%2525",
    "%",
    "+",
    "%2B",
    "%20",
    " ",
    ";",
    "%3b",
    "&",
    "=",
    "%26",
    "%3D",
    "?",
    "#",
    "%23",
    ",",
    "%2C",
    "/",
    "//",
    "%00",
    "%0d%0a",
    "%FF",
    "%c0%af",
    "%EF%BC%8F",
    "%E2%80%8B",
    "q=",
    "tag=",
    "&q=x",
    "&tag=y",
    "[",
    "|",
    "\\",
    "'",
    "\"",
    "<",
    "%uff0e",
    "@",
    ":",
    "!",
    "$",
    "(",
    "*"
  };
  private static final Pattern NAME = Pattern.compile("/files/([^/?]+)(\\?.*)?");

  /// What arrives has only one reading left: decoded once it is what the contract allows, decoded
  /// again it is the same, and there is nothing in it that a server would cut, join or resolve.
  @Test
  @Requirement(id = "SCH-3")
  void whatever_arrives_means_the_same_to_every_reader() throws Exception {
    Random random = new Random(20261122);
    int tries = Boolean.getBoolean("gatewarden.nightly") ? 200_000 : 6_000;
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      String sent = target(random);
      int before = service.count();
      Told told = line.get(sent, "X-Try: " + i);
      if (told.status() != 200) {
        assertThat(service.count()).as(sent).isEqualTo(before);
        continue;
      }
      passed++;
      String arrived = service.last().target();
      assertThat(service.last().field("x-try")).as(sent).containsExactly("" + i);
      assertThat(arrived).as(sent).matches(NAME);
      assertThat(arrived).as(sent).doesNotContainAnyWhitespaces().isASCII();
      int mark = arrived.indexOf('?');
      String path = mark < 0 ? arrived : arrived.substring(0, mark);
      String once = decoded(path);
      assertThat(once).as(sent).doesNotContainPattern("%[0-9A-Fa-f]{2}");
      assertThat(once.substring(7)).as(sent).doesNotContain("/", "\\", ";", "\u0000");
      assertThat(once).as(sent).doesNotEndWith(".");
      assertThat(values(sent)).as(sent).isEqualTo(values(arrived));
    }
    assertThat(passed).isGreaterThan(tries / 20);
  }

  private static String target(Random random) {
    StringBuilder target = new StringBuilder("/files/");
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      target.append(PIECES[random.nextInt(random.nextBoolean() ? 6 : PIECES.length)]);
    }
    if (random.nextBoolean()) {
      target.append(random.nextBoolean() ? "?q=" : "?tag=");
      for (int i = random.nextInt(4); i > 0; i--) {
        target.append(PIECES[random.nextInt(PIECES.length)]);
      }
    }
    return target.toString().replace(" ", "%20").replace("é", "%C3%A9").replace("#", "%23");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// The names and values of a query, as forms are read.
  private static List<String> values(String target) {
    List<String> values = new ArrayList<>();
    int mark = target.indexOf('?');
    for (String pair : (mark < 0 ? "" : target.substring(mark + 1)).split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.add(
            URLDecoder.decode(name, StandardCharsets.UTF_8)
                + "="
                + URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return values;
  }

  private static final String[] JSON = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"title\"",
    "\"\\u0074itle\"",
    "\"tags\"",
    "\"open\"",
    "\"count\"",
    "\"a\"",
    "\"é\"",
    "\"\\u00e9\"",
    "1",
    "1.0",
    "1e2",
    "-0",
    "01",
    "true",
    "null",
    " ",
    "\n",
    "\t",
    "\"\\ud83d\\ude00\"",
    "\"\\ud800\"",
    "/**/",
    "\uFEFF"
  };

  @Test
  @Requirement(id = "SCH-3")
  void bodies_arrive_byte_for_byte_as_they_were_judged() throws Exception {
    Random random = new Random(20261122);
    int tries = Boolean.getBoolean("gatewarden.nightly") ? 100_000 : 4_000;
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      String body = body(random);
      int before = service.count();
      Told told = line.post("/notes", body);
      if (told.status() == 200) {
        passed++;
        assertThat(service.last().body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
      } else {
        assertThat(service.count()).as(body).isEqualTo(before);
      }
    }
    assertThat(passed).isGreaterThan(tries / 20);
  }

  /// A sound note, or one in which a piece was changed.
  private static String body(Random random) {
    List<String> members =
        new ArrayList<>(
            List.of(
                "\"title\" : \"a" + random.nextInt(99) + "\"",
                "\"open\":true",
                "\"count\":\t1",
                "\"tags\":[ \"x\",\"y\" ]"));
    java.util.Collections.shuffle(members, random);
    String body = "{" + String.join(" ,\n", members.subList(0, random.nextInt(5))) + "}";
    if (random.nextBoolean()) {
      int at = random.nextInt(body.length() + 1);
      body = body.substring(0, at) + JSON[random.nextInt(JSON.length)] + body.substring(at);
    }
    return body;
  }
}
