package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.OwnGate.Line;
import dev.gatewarden.acceptance.OwnGate.Told;
import dev.gatewarden.acceptance.state.OpenSocket;
import dev.gatewarden.acceptance.state.Things;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.identity.KeyText;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// API keys: issued once, kept as digests, good for what they were issued for and nothing else.
class ApiKeyTest {
  private static final String PATHS =
      """
      /orders:
        get:
          operationId: listOrders
          security: [{key: []}]
          responses: {'200': {description: all, content: {application/json: {schema: {type: object}}}}}
      /reports:
        get:
          operationId: listReports
          security: [{key: []}]
          responses: {'200': {description: all, content: {application/json: {schema: {type: object}}}}}
      /notes/{note}:
        get:
          operationId: readNote
          security: []
          x-gatewarden-object: {none: notes are public}
          parameters:
          - {name: note, in: path, required: true, schema: {type: string, maxLength: 200}}
          - {name: q, in: query, schema: {type: string, maxLength: 200}}
          responses: {'200': {description: one, content: {application/json: {schema: {type: object}}}}}
      """;
  private static final String SCHEMES =
      """
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Api-Key}
      """;
  private static final String EITHER =
      """
      openapi: 3.1.0
      info: {title: Own, version: 1.0.0}
      servers: [{url: /}]
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Api-Key}
          token: {type: http, scheme: bearer}
      security: [{key: []}, {token: []}]
      paths:
        /orders:
          get:
            operationId: listOrders
            x-gatewarden-object: {none: orders of nobody}
            responses: {'200': {description: all}}
          post:
            operationId: placeOrder
            x-gatewarden-object: {none: orders of nobody}
            responses: {'200': {description: placed}}
      """;
  private static final String RING = "api-keys: {partners: {environment: live}}\n";

  private Echo service;
  private OwnGate gate;

  @BeforeEach
  void open() throws IOException {
    service = Echo.answering(_ -> Answer.json(200, "{}"));
    gate = OwnGate.start(service.uri(), PATHS, SCHEMES, "security: {key: partners}", RING);
  }

  @AfterEach
  void close() throws IOException {
    gate.close();
    service.close();
  }

  @Test
  @Requirement(id = "JWT-10")
  void who_brings_no_key_or_a_made_up_one_reaches_nothing() throws Exception {
    try (Line line = gate.line()) {
      assertThat(line.get("/orders").status()).isEqualTo(401);
      assertThat(line.get("/orders", "X-Api-Key: anything").status()).isEqualTo(401);
    }
    assertThat(service.seen()).isEmpty();
  }

  @Test
  @Requirement(id = "JWT-10", without = "api-key")
  void a_key_issued_beside_the_running_gate_opens_what_it_was_issued_for() throws Exception {
    String key = issued("--for", "own.listOrders");

    try (Line line = gate.line()) {
      awaited(() -> line.get("/orders", "X-Api-Key: " + key).status() == 200);

      assertThat(line.get("/reports", "X-Api-Key: " + key).status()).isEqualTo(401);
      assertThat(service.last().headers().toString().toLowerCase(java.util.Locale.ROOT))
          .doesNotContain("gwk_")
          .doesNotContain("x-api-key");
    }
    gate.stop();
    assertThat(gate.decisions())
        .contains("\"client\":\"acme\"")
        .contains("api-key.OTHER_OPERATION")
        .doesNotContain(key);
  }

  @Test
  @Requirement(id = "JWT-10")
  void each_fault_of_a_key_has_its_own_reason_and_one_answer() throws Exception {
    String key = issued("--for", "own.*");
    String test = KeyText.of("test", new byte[9], new byte[32]).text();
    String made = KeyText.of("live", new byte[9], new byte[32]).text();
    String torn = key.substring(0, key.length() - 1);
    String check = key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0");
    char[] swapped = key.toCharArray();
    int at = swapped.length - 10;
    swapped[at] =
        Character.isUpperCase(swapped[at])
            ? Character.toLowerCase(swapped[at])
            : swapped[at] == 'a' ? 'b' : Character.toUpperCase(swapped[at]);
    swapped[at] = swapped[at] == key.charAt(at) ? 'x' : swapped[at];

    try (Line line = gate.line()) {
      awaited(() -> line.get("/orders", "X-Api-Key: " + key).status() == 200);
      List<Told> answers =
          List.of(
              line.get("/orders", "X-Api-Key: " + test),
              line.get("/orders", "X-Api-Key: " + made),
              line.get("/orders", "X-Api-Key: " + torn),
              line.get("/orders", "X-Api-Key: " + check),
              line.get("/orders", "X-Api-Key: " + new String(swapped)),
              line.get("/orders", "X-Api-Key: " + key.toUpperCase(java.util.Locale.ROOT)));

      assertThat(answers).allSatisfy(each -> assertThat(each.status()).isEqualTo(401));
      assertThat(answers.stream().map(each -> each.body().replaceAll("[0-9a-f]{32}", "")))
          .containsOnly(answers.getFirst().body().replaceAll("[0-9a-f]{32}", ""));
      Told twice = line.get("/orders", "X-Api-Key: " + key, "X-Api-Key: " + key);
      assertThat(twice.status()).isEqualTo(400);
      assertThat(line.get("/orders", "X-Api-Key: " + key).status()).isEqualTo(200);
    }
    gate.stop();
    assertThat(gate.decisions())
        .contains("api-key.ENVIRONMENT")
        .contains("api-key.UNKNOWN")
        .contains("api-key.MALFORMED")
        .contains("api-key.CHECKSUM");
  }

  @Test
  @Requirement(id = "JWT-10")
  void revoking_ends_a_key_on_a_connection_that_is_open() throws Exception {
    String key = issued("--for", "own.*");
    try (Line line = gate.line()) {
      awaited(() -> line.get("/orders", "X-Api-Key: " + key).status() == 200);

      Cli revoked = Cli.run(gate.folder(), "keys", "revoke", id(key));
      assertThat(revoked.code()).as(revoked.err()).isZero();
      awaited(() -> line.get("/orders", "X-Api-Key: " + key).status() == 401);
    }
    gate.stop();
    assertThat(gate.decisions()).contains("api-key.REVOKED");
  }

  @Test
  @Requirement(id = "JWT-10", without = "api-key")
  void revoking_ends_an_open_socket_of_the_key_and_no_other() throws Exception {
    String socket =
        """
        /socket:
          get:
            operationId: talk
            security: [{key: []}]
            responses: {'101': {description: a socket}}
        """;
    gate.close();
    try (Things things = new Things()) {
      gate =
          OwnGate.start(things.uri(), PATHS + socket, SCHEMES, "security: {key: partners}", RING);
      String key = issued("--for", "own.*");
      String other = issuedAs("other", "--for", "own.*");
      try (Line line = gate.line()) {
        awaited(() -> line.get("/orders", "X-Api-Key: " + other).status() == 200);
      }
      try (OpenSocket ended = talking(key);
          OpenSocket going = talking(other)) {
        assertThat(Cli.run(gate.folder(), "keys", "revoke", id(key)).code()).isZero();
        assertThat(ended.goodbye()).isEqualTo(1008);

        Cli replaced = Cli.run(gate.folder(), "keys", "rotate", id(other), "--overlap", "0s");
        assertThat(replaced.code()).as(replaced.err()).isZero();
        assertThat(going.goodbye()).isEqualTo(1008);
      }
    }
  }

  @Test
  @Requirement(id = "JWT-10", without = "api-key")
  void gates_of_one_redis_share_their_keys_and_no_folder() throws Exception {
    Redis redis = Redis.start();
    Path pepper = Files.createTempFile("gatewarden", ".pepper");
    Files.writeString(pepper, "a pepper that all gates hold");
    String shared = "api-keys: {partners: {environment: live, pepper: 'file:" + pepper + "'}}\n";
    shared += "state: " + redis.uri() + "\n";
    String tuning = "security: {key: partners}";
    try (OwnGate one = OwnGate.start(service.uri(), PATHS, SCHEMES, tuning, shared);
        OwnGate two = OwnGate.start(service.uri(), PATHS, SCHEMES, tuning, shared);
        Line here = one.line();
        Line there = two.line()) {
      Cli made = issue(one.folder(), "--name", "acme", "--for", "own.*");
      assertThat(made.code()).as(made.err()).isZero();
      String key = "X-Api-Key: " + made.out().strip();
      awaited(() -> here.get("/orders", key).status() == 200);
      awaited(() -> there.get("/orders", key).status() == 200);

      redis.kill();
      assertThat(Cli.run(two.folder(), "keys", "revoke", id(made.out().strip())).err())
          .contains("does not answer");
      redis.revive();
      // It lost its memory: the gates tell it which keys there are.
      awaited(() -> Cli.run(two.folder(), "keys", "revoke", id(made.out().strip())).code() == 0);
      awaited(() -> here.get("/orders", key).status() == 401);
      awaited(() -> there.get("/orders", key).status() == 401);
      assertThat(Cli.run(one.folder(), "keys", "list").out()).contains("revoked");
    } finally {
      redis.kill();
      Files.delete(pepper);
    }
  }

  private OpenSocket talking(String key) throws IOException {
    return OpenSocket.on(
        new Socket("127.0.0.1", gate.uri().getPort()),
        "own.example",
        "/socket",
        "X-Api-Key: " + key);
  }

  @Test
  @Requirement(id = "JWT-10", without = "api-key")
  void a_key_in_a_cookie_does_not_reach_the_service_either() throws Exception {
    String inCookie = SCHEMES.replace("in: header, name: X-Api-Key", "in: cookie, name: partner");
    for (boolean forward : new boolean[] {false, true}) {
      gate.close();
      gate =
          OwnGate.start(
              service.uri(),
              forward ? "forward" : "none",
              PATHS,
              inCookie,
              "security: {key: partners}",
              RING);
      String key = issued("--for", "own.*");
      try (Line line = gate.line()) {
        awaited(() -> line.get("/orders", "Cookie: a=1; partner=" + key).status() == 200);
        assertThat(service.last().header("cookie"))
            .isEqualTo(forward ? "a=1; partner=" + key : "a=1");
        assertThat(line.get("/notes/a", "Cookie: partner=" + key + "; b=2").status())
            .isEqualTo(200);
        assertThat(service.last().header("cookie"))
            .isEqualTo(forward ? "partner=" + key + "; b=2" : "b=2");
        assertThat(line.get("/orders", "Cookie: partner=" + key).status()).isEqualTo(200);
        assertThat(service.last().header("cookie")).isEqualTo(forward ? "partner=" + key : null);
      }
    }
  }

  @Test
  @Requirement(id = "JWT-10")
  void a_successor_takes_over_while_both_are_good() throws Exception {
    String old = issued("--for", "own.*");
    Cli rotated = Cli.run(gate.folder(), "keys", "rotate", id(old), "--overlap", "1h");
    String successor = rotated.out().strip();

    try (Line line = gate.line()) {
      awaited(() -> line.get("/orders", "X-Api-Key: " + successor).status() == 200);
      assertThat(line.get("/orders", "X-Api-Key: " + old).status()).isEqualTo(200);
    }
    assertThat(Cli.run(gate.folder(), "keys", "rotate", id(old)).err()).contains(id(successor));
    Cli ended = Cli.run(gate.folder(), "keys", "rotate", id(successor), "--overlap", "0s");
    try (Line line = gate.line()) {
      awaited(() -> line.get("/orders", "X-Api-Key: " + ended.out().strip()).status() == 200);
      assertThat(line.get("/orders", "X-Api-Key: " + successor).status()).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-10", without = "credential-in-url")
  void a_key_in_an_address_is_refused_and_good_for_nothing_from_then_on() throws Exception {
    String inQuery = issued("--for", "own.*");
    String inPath = issuedAs("other", "--for", "own.*");
    try (Line line = gate.line()) {
      awaited(() -> line.get("/orders", "X-Api-Key: " + inPath).status() == 200);

      assertThat(line.get("/notes/a?q=" + inQuery).status()).isEqualTo(400);
      assertThat(line.get("/notes/" + inPath).status()).isEqualTo(400);
      assertThat(line.get("/orders", "X-Api-Key: " + inQuery).status()).isEqualTo(401);
      assertThat(line.get("/orders", "X-Api-Key: " + inPath).status()).isEqualTo(401);
    }
    awaited(() -> Cli.run(gate.folder(), "keys", "list").out().split("leaked", -1).length == 3);
    Cli list = Cli.run(gate.folder(), "keys", "list");
    assertThat(list.code()).isEqualTo(1);
    assertThat(list.out()).doesNotContain(inQuery).doesNotContain(inPath);
    assertThat(metrics()).contains("gatewarden_api_keys{gatewarden_key_state=\"leaked\"} 2");

    String successor = Cli.run(gate.folder(), "keys", "rotate", id(inQuery)).out().strip();
    try (Line line = gate.line()) {
      awaited(() -> line.get("/orders", "X-Api-Key: " + successor).status() == 200);
    }
    gate.stop();
    assertThat(gate.decisions()).contains("credential-in-url.API_KEY").contains("api-key.LEAKED");
    nowhere(inQuery);
    nowhere(inPath);
    nowhere(successor);
  }

  @Test
  @Requirement(id = "JWT-10", without = "credential-in-url")
  void a_made_up_key_in_an_address_ends_nobodys() throws Exception {
    String key = issued("--for", "own.*");
    KeyText parsed = KeyText.parse(key);
    String forged = KeyText.of("live", new byte[9], new byte[32]).text();
    try (Line line = gate.line()) {
      awaited(() -> line.get("/orders", "X-Api-Key: " + key).status() == 200);

      assertThat(line.get("/notes/a?q=" + withId(forged, parsed.id())).status()).isEqualTo(400);
      assertThat(line.get("/notes/a?api_key=x").status()).isEqualTo(400);
      assertThat(line.get("/orders", "X-Api-Key: " + key).status()).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-10")
  void a_key_at_an_address_that_leads_nowhere_is_ended_too() throws Exception {
    String key = issued("--for", "own.*");
    try (Line line = gate.line()) {
      awaited(() -> line.get("/orders", "X-Api-Key: " + key).status() == 200);

      assertThat(line.get("/nowhere/" + key + "?a=b").status()).isEqualTo(404);
      assertThat(line.get("/orders", "X-Api-Key: " + key).status()).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-10")
  void a_contract_that_puts_keys_into_addresses_does_not_load_unless_excused() throws Exception {
    String inQuery = SCHEMES.replace("in: header", "in: query");
    Assertions.assertThatThrownBy(
            () ->
                OwnGate.start(service.uri(), PATHS, inQuery, "security: {key: partners}", RING)
                    .close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("takes the key from the address");

    String excuse =
        "exceptions:\n- {guard: credential-in-url, operation: own.*, mode: observe,"
            + " because: old clients, owner: team, until: "
            + LocalDate.now(java.time.ZoneOffset.UTC).plusDays(3)
            + "}\n";
    try (OwnGate old =
            OwnGate.start(
                service.uri(), PATHS, inQuery, "security: {key: partners}", RING + excuse);
        Line line = old.line()) {
      Cli made =
          Cli.run(old.folder(), "keys", "issue", "--name", "a", "--owner", "b", "--for", "own.*");
      String key = made.out().strip();
      awaited(() -> line.get("/orders?X-Api-Key=" + key).status() == 200);
      assertThat(line.get("/orders?X-Api-Key=" + key).status()).isEqualTo(200);
      assertThat(line.get("/orders").status()).isEqualTo(401);
      old.stop();
      assertThat(old.decisions()).doesNotContain(key);
    }
  }

  @Test
  @Requirement(id = "JWT-10", without = "principal-limit")
  void keys_have_a_smaller_share_than_tokens() throws Exception {
    Signed corp = Signed.of("corp");
    Path folder = Files.createTempDirectory("gatewarden-keys");
    String text =
        Opened.before(service.uri(), corp, "tenancy: single", RING)
            .replace("{token: corp}", "{token: corp, key: partners}");
    try (Opened both = Opened.gate(folder, text, EITHER)) {
      String key = issue(folder, "--name", "acme", "--for", "api.*").out().strip();
      String token = corp.token("alice");
      awaited(() -> byKey(both, "GET", key).statusCode() == 200);

      for (String method : List.of("GET", "POST")) {
        HttpResponse<String> own = both.send(method, "/orders", token, "");
        HttpResponse<String> keyed = byKey(both, method, key);
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(keyed.statusCode()).as(keyed.body()).isEqualTo(200);
        assertThat(share(keyed)).as(method).isPositive().isLessThan(share(own));
        // What is told is what counts: at most half of a token's share has passed by then.
        int passed = 0;
        while (passed < share(own) && byKey(both, method, key).statusCode() == 200) {
          passed++;
        }
        assertThat(passed).as(method).isLessThan((int) share(own));
        assertThat(both.status(method, "/orders", token)).isEqualTo(200);
      }
    } finally {
      Opened.delete(folder);
    }
  }

  private static HttpResponse<String> byKey(Opened gate, String method, String key)
      throws IOException, InterruptedException {
    return gate.send(method, "/orders", "", "", "X-Api-Key", key);
  }

  /// How much of a minute a caller is told to have.
  private static long share(HttpResponse<String> told) {
    Matcher found =
        Pattern.compile("\"caller\";q=(\\d+);w=60")
            .matcher(told.headers().firstValue("ratelimit-policy").orElse(""));
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  @Test
  @Requirement(id = "JWT-10")
  void the_commands_say_what_they_cannot_do() throws Exception {
    Path folder = gate.folder();
    issued("--for", "own.*");

    assertThat(issue(folder, "--name", "acme", "--for", "own.*").err()).contains("already");
    assertThat(issue(folder, "--name", "b", "--for", "own.listOrder").err()).contains("listOrders");
    assertThat(issue(folder, "--name", "b", "--for", "shop.*").err()).contains("no API");
    assertThat(issue(folder, "--name", "b", "--for", "own").err()).contains("own.*");
    assertThat(issue(folder, "--name", "b", "--for", "own.*", "--life", "91d").err())
        .contains("at most 90d");
    assertThat(issue(folder, "--name", "b", "--for", "own.*", "--ring", "staff").err())
        .contains("partners");
    assertThat(Cli.run(folder, "keys", "revoke", "nobody").code()).isEqualTo(2);
    assertThat(Cli.run(folder, "keys", "list", "--format", "json").out())
        .contains("\"state\": \"active\"")
        .contains("\"used\": null")
        .doesNotContain("digest");
  }

  private static Cli issue(Path folder, String... more) {
    return Cli.run(
        folder,
        Stream.concat(Stream.of("keys", "issue", "--owner", "team"), Stream.of(more))
            .toArray(String[]::new));
  }

  private String issued(String... more) {
    return issuedAs("acme", more);
  }

  private String issuedAs(String name, String... more) {
    Cli made =
        issue(
            gate.folder(),
            Stream.concat(Stream.of("--name", name), Stream.of(more)).toArray(String[]::new));
    assertThat(made.code()).as(made.err()).isZero();
    String key = made.out().strip();
    assertThat(key).matches(KeyText.EXPRESSION).startsWith("gwk_live_");
    return key;
  }

  private static String id(String key) {
    return KeyText.parse(key).id();
  }

  /// A text of another id, whose checksum fits.
  private static String withId(String forged, String id) {
    String open = "gwk_live_" + id + forged.substring(21, forged.length() - 6);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(open.getBytes(StandardCharsets.US_ASCII));
    String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    StringBuilder check = new StringBuilder();
    long rest = crc.getValue();
    for (int i = 0; i < 6; i++) {
      check.insert(0, digits.charAt((int) (rest % 62)));
      rest /= 62;
    }
    return open + check;
  }

  private String metrics() throws Exception {
    return gate.admin("/metrics");
  }

  /// No file of the gate, and no line, holds the text of a key.
  private void nowhere(String key) throws IOException {
    assertThat(gate.decisions()).doesNotContain(key);
    try (Stream<Path> files = Files.walk(gate.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(key.substring(22));
      }
    }
  }

  private static void awaited(Callable<Boolean> so) {
    Waiting.asking("it is so", so);
  }
}
