package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.LoginGate.Line;
import dev.gatewarden.acceptance.LoginGate.Told;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever guesses passwords, codes and tokens is slowed, and nobody is locked out by it. Nothing
/// is
/// configured but who stands before the gate.
class LoginLimitTest {
  private static final String VICTIM = "victim@example.com";
  private static final String HOME = "203.0.113.5";
  private static final String AWAY = "192.0.2.77";
  private static final String FLOODS =
      "principal-limit: {rate: 100000/1s}, source-limit: {rate:" + " 100000/1s, burst: 100000}";

  private LoginGate gate;

  @BeforeEach
  void open() throws IOException {
    // What bounds every request alike must not be taken for what bounds logins.
    gate = LoginGate.start("trust: [127.0.0.0/8]", LoginGate.CONTRACT, FLOODS);
  }

  @AfterEach
  void close() throws IOException {
    gate.close();
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void ten_thousand_pairs_from_one_network_are_tried_a_few_times() throws Exception {
    try (Line line = gate.line()) {
      assertThat(line.login(HOME, VICTIM, "right")).isEqualTo(200);
      for (int i = 0; i < 10_000; i++) {
        line.login("198.51.100.9", "user" + i + "@example.com", "stolen" + i);
      }

      assertThat(gate.service.wrong()).isBetween(60, 70);
      assertThat(line.login(HOME, VICTIM, "right")).isEqualTo(200);
      assertThat(line.login(AWAY, "somebody@example.com", "right")).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void ten_thousand_pairs_from_a_thousand_networks_are_slowed_together() throws Exception {
    try (Line line = gate.line()) {
      assertThat(line.login(HOME, VICTIM, "right")).isEqualTo(200);
      for (int i = 0; i < 10_000; i++) {
        line.login(network(i % 1000), "user" + i + "@example.com", "stolen" + i);
      }

      assertThat(gate.service.wrong()).isBetween(1000, 4000);
      assertThat(line.login(HOME, VICTIM, "right")).isEqualTo(200);
      // A colleague who was never seen, from a network from where somebody logged in before.
      assertThat(line.login(HOME, "colleague@example.com", "right")).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void a_thousand_networks_that_guess_at_one_account_do_not_lock_its_owner_out() throws Exception {
    try (Line line = gate.line()) {
      assertThat(line.login(HOME, VICTIM, "right")).isEqualTo(200);
      for (int i = 0; i < 1000; i++) {
        line.login(network(i), VICTIM, "guess" + i);
      }

      assertThat(gate.service.wrong(VICTIM)).isBetween(10, 12);
      assertThat(line.login(HOME, VICTIM, "mistyped")).isEqualTo(401);
      assertThat(line.login(HOME, VICTIM, "right")).isEqualTo(200);
      assertThat(line.login("203.0.113.99", VICTIM, "right")).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void own_logins_in_between_buy_no_guesses_at_others() throws Exception {
    try (Line line = gate.line()) {
      for (int i = 0; i < 50; i++) {
        line.login("198.51.100.9", VICTIM, "guess" + i);
        assertThat(line.login("198.51.100.9", "mallory@example.com", "right")).isEqualTo(200);
      }
      assertThat(gate.service.wrong(VICTIM)).isBetween(5, 7);
      for (int i = 0; i < 200; i++) {
        line.login("198.51.100.9", "user" + i + "@example.com", "guess");
        line.login("198.51.100.9", "mallory@example.com", "right");
      }

      assertThat(gate.service.wrong()).isBetween(60, 70);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void an_account_in_a_hundred_spellings_is_one_account() throws Exception {
    List<String> spellings =
        List.of(
            "victim@example.com",
            "VICTIM@EXAMPLE.COM",
            "Victim@Example.Com",
            " victim@example.com",
            "victim@example.com ",
            "\\tvictim@example.com",
            "\uff56ictim@example.com",
            "vict\u0131m@example.com",
            "v\u00edctim@example.com",
            "vic\u200btim@example.com",
            "victim\u00ad@example.com",
            "victim+1@example.com",
            "victim+news@example.com",
            "victim@example.com.",
            "\ud835\udc2fictim@example.com",
            "\\u0076ictim@example.com");
    try (Line line = gate.line()) {
      for (int i = 0; i < 160; i++) {
        line.login(network(i), spellings.get(i % spellings.size()), "guess" + i);
      }

      assertThat(gate.service.wrong()).isBetween(10, 12);
      for (int i = 0; i < 40; i++) {
        String dotted = i % 2 == 0 ? "j.doe@gmail.com" : "jd.o.e+" + i + "@googlemail.com";
        line.login(network(1000 + i), dotted, "guess" + i);
      }
      assertThat(gate.service.wrong()).isBetween(20, 24);
    }
  }

  @Test
  @Requirement(id = "JWT-13")
  void an_account_that_is_hidden_from_the_gate_is_counted_all_the_same() throws Exception {
    String twice =
        "{\"email\":\"user%d@example.com\",\"email\":\"" + VICTIM + "\",\"password\":\"x\"}";
    String form = "email=user%d%%40example.com&email=victim%%40example.com&password=x";
    String listed = "{\"email\":[\"" + VICTIM + "\"],\"password\":\"x%d\"}";
    String nested = "{\"user\":{\"email\":\"" + VICTIM + "\"},\"password\":\"x%d\"}";
    try (Line line = gate.line()) {
      for (int i = 0; i < 50; i++) {
        line.post("/login", network(i), twice.formatted(i));
        line.post("/login", network(i), listed.formatted(i));
        line.post("/login", network(i), twice.formatted(i), "Content-Type: text/plain");
        line.post(
            "/login",
            network(i),
            form.formatted(i),
            "Content-Type: application/x-www-form-urlencoded");
        line.post(
            "/login",
            network(i),
            twice.formatted(i),
            "Content-Type: application/x-www-form-urlencoded");
      }
      assertThat(gate.service.wrong()).isLessThanOrEqualTo(12);
      for (int i = 0; i < 300; i++) {
        line.post("/login", network(i), nested.formatted(i));
        line.post("/login?email=" + VICTIM, network(i), "{\"password\":\"x\"}");
      }
      assertThat(gate.service.wrong()).isLessThanOrEqualTo(110);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void guesses_in_forms_and_in_json_are_counted_together() throws Exception {
    try (Line line = gate.line()) {
      for (int i = 0; i < 30; i++) {
        line.login(network(i), VICTIM, "guess" + i);
        line.post(
            "/login",
            network(i),
            "email=Victim%40example.com&password=guess" + i,
            "Content-Type: application/x-www-form-urlencoded");
      }

      assertThat(gate.service.wrong(VICTIM)).isBetween(10, 12);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void a_burst_at_once_gets_no_more_than_one_after_another() throws Exception {
    List<Callable<Integer>> guesses = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      String from = network(i);
      guesses.add(
          () -> {
            try (Line line = gate.line()) {
              return line.login(from, VICTIM, "guess");
            }
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> guess : threads.invokeAll(guesses)) {
        assertThat(guess.get()).isIn(401, 429);
      }
    }

    assertThat(gate.service.wrong(VICTIM)).isLessThanOrEqualTo(12).isPositive();
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void hanging_up_before_the_answer_takes_no_guess_back() throws Exception {
    gate.service.patience = new CountDownLatch(1);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      lines.add(gate.line());
      lines.getLast().whisper(network(i), VICTIM, "guess");
    }
    Waiting.until("the guesses reach it", () -> gate.service.wrong(VICTIM) == 10);
    for (Line line : lines) {
      line.close();
    }
    gate.service.patience.countDown();
    try (Line line = gate.line()) {
      for (int i = 0; i < 30; i++) {
        line.login(network(100 + i), VICTIM, "guess");
      }
    }

    assertThat(gate.service.wrong(VICTIM)).isBetween(10, 12);
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void headers_that_nobody_vouches_for_make_no_new_network() throws Exception {
    try (LoginGate alone = LoginGate.start("", LoginGate.CONTRACT, FLOODS);
        Line line = alone.line()) {
      for (int i = 0; i < 300; i++) {
        line.post(
            "/login",
            network(i),
            LoginGate.login("user" + i + "@example.com", "x"),
            "X-Real-IP: " + network(i),
            "True-Client-IP: " + network(i),
            "CF-Connecting-IP: " + network(i),
            "Forwarded: for=" + network(i));
      }

      assertThat(alone.service.wrong()).isBetween(60, 70);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void a_login_that_goes_well_begins_anew_what_its_owner_may_mistype() throws Exception {
    try (Line line = gate.line()) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 4; i++) {
          assertThat(line.login(AWAY, VICTIM, "mistyped")).isEqualTo(401);
        }
        assertThat(line.login(AWAY, VICTIM, "right")).isEqualTo(200);
      }
      for (int i = 0; i < 100; i++) {
        line.login(AWAY, VICTIM, "guess");
      }

      assertThat(gate.service.wrong(VICTIM)).isBetween(28, 30);
      Told refused = line.post("/login", AWAY, LoginGate.login(VICTIM, "right"));
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.head()).contains("retry-after: ").doesNotContain("q=20", "q=10;", "q=60");
      assertThat(refused.body()).contains("too many attempts").doesNotContain(VICTIM);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void a_login_that_is_begun_anew_buys_no_more_codes() throws Exception {
    try (Line line = gate.line()) {
      assertThat(code(line, HOME, begun(line, HOME), "424242")).isEqualTo(200);
      for (int i = 0; i < 40; i++) {
        String from = network(i);
        String pending = begun(line, from);
        for (int j = 0; j < 3; j++) {
          code(line, from, pending, "00000" + j);
        }
      }

      assertThat(gate.service.codes()).isBetween(10, 12);
      assertThat(code(line, HOME, begun(line, HOME), "424242")).isEqualTo(200);
      // A password alone, right as it may be, makes nobody known to the second step.
      assertThat(code(line, network(1), begun(line, network(1)), "424242")).isEqualTo(429);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void codes_of_one_login_that_was_begun_are_few() throws Exception {
    try (Line line = gate.line()) {
      String pending = begun(line, HOME);
      for (int i = 0; i < 100; i++) {
        code(line, network(i), pending, "111111");
      }

      assertThat(gate.service.codes()).isBetween(5, 6);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void a_mailbox_is_not_filled_and_nobody_learns_who_has_one() throws Exception {
    try (Line line = gate.line()) {
      assertThat(line.login(HOME, VICTIM, "right")).isEqualTo(200);
      List<Told> known = new ArrayList<>();
      List<Told> unknown = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        known.add(mail(line, network(i), i % 2 == 0 ? VICTIM : "Victim+" + i + "@example.com"));
        unknown.add(mail(line, network(i), "nobody@elsewhere.example"));
      }

      assertThat(known.stream().filter(each -> each.status() == 202)).hasSize(5);
      assertThat(known.stream().map(Told::status).toList())
          .isEqualTo(unknown.stream().map(Told::status).toList());
      assertThat(known.getLast().head().lines().filter(line1 -> line1.startsWith("retry")).toList())
          .isEqualTo(
              unknown.getLast().head().lines().filter(line1 -> line1.startsWith("retry")).toList());
      assertThat(mail(line, HOME, VICTIM).status()).isEqualTo(202);
      assertThat(gate.service.mails(VICTIM)).isLessThanOrEqualTo(6);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void tokens_that_renew_are_not_guessed() throws Exception {
    try (Line line = gate.line()) {
      int passed = 0;
      for (int i = 0; i < 200; i++) {
        Told told = line.post("/auth/refresh", AWAY, "{\"refresh_token\":\"guess" + i + "\"}");
        passed += told.status() == 401 ? 1 : 0;
      }
      assertThat(passed).isBetween(60, 70);
      passed = 0;
      for (int i = 0; i < 100; i++) {
        Told told = line.post("/auth/refresh", network(i), "{\"refresh_token\":\"one\"}");
        passed += told.status() == 401 ? 1 : 0;
      }
      assertThat(passed).isBetween(30, 40);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void guesses_by_http_basic_are_counted_by_user() throws Exception {
    try (Line line = gate.line()) {
      for (int i = 0; i < 50; i++) {
        line.get("/basic", network(i), "Authorization: Basic " + basic("victim:" + i));
      }
      assertThat(gate.service.wrong()).isBetween(10, 12);
      for (int i = 0; i < 200; i++) {
        String right = "Authorization: Basic " + basic("machine:right");
        assertThat(line.get("/basic", HOME, right).status()).isEqualTo(200);
      }
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void a_service_that_says_no_with_200_is_understood() throws Exception {
    gate.service.always200 = true;
    try (Line line = gate.line()) {
      for (int i = 0; i < 50; i++) {
        line.login(network(i), VICTIM, "guess" + i);
      }

      assertThat(gate.service.wrong(VICTIM)).isBetween(10, 12);
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void how_a_service_says_no_can_be_told() throws Exception {
    String told =
        LoginGate.CONTRACT
            .replace("success:", "fine:")
            .replace(
                "    operationId: logIn",
                "    operationId: logIn\n      x-gatewarden-login: {does: login, account:"
                    + " body#/email, failed: {without: response.body#/mfa_token}}");
    try (LoginGate other = LoginGate.start("trust: [127.0.0.0/8]", told, FLOODS);
        Line line = other.line()) {
      other.service.always200 = true;
      for (int i = 0; i < 50; i++) {
        line.login(network(i), VICTIM, "guess" + i);
      }

      assertThat(other.service.wrong(VICTIM)).isBetween(10, 12);
    }
  }

  @Test
  @Requirement(id = "JWT-13")
  void who_is_known_is_known_after_a_restart_and_stands_nowhere_in_clear() throws Exception {
    try (Line line = gate.line()) {
      assertThat(line.login(HOME, VICTIM, "right")).isEqualTo(200);
      for (int i = 0; i < 40; i++) {
        line.login(network(i), VICTIM, "guess" + i);
      }
    }
    gate.opened().restart();
    try (Line line = gate.line()) {
      for (int i = 0; i < 40; i++) {
        line.login(network(i), VICTIM, "guess" + i);
      }
      assertThat(line.login(HOME, VICTIM, "right")).isEqualTo(200);
      assertThat(line.login(AWAY, VICTIM, "right")).isEqualTo(429);
    }
    gate.opened().close();
    assertThat(gate.opened().decisions()).contains("login-limit").doesNotContain("victim");
    try (Stream<Path> files = Files.walk(gate.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text).as(file.toString()).doesNotContain("victim@").doesNotContain("VICTIM@");
      }
    }
  }

  @Test
  @Requirement(id = "JWT-13", without = "login-limit")
  void gates_that_share_a_redis_count_and_know_together() throws Exception {
    try (Redis redis = Redis.start();
        LoginGate one = shared(redis);
        LoginGate other = shared(redis);
        Line line = one.line();
        Line far = other.line()) {
      assertThat(line.login(HOME, VICTIM, "right")).isEqualTo(200);
      for (int i = 0; i < 40; i++) {
        (i % 2 == 0 ? line : far).login(network(i), VICTIM, "guess" + i);
      }

      assertThat(one.service.wrong() + other.service.wrong()).isBetween(10, 12);
      assertThat(far.login(HOME, VICTIM, "right")).isEqualTo(200);
      assertThat(far.login(AWAY, VICTIM, "right")).isEqualTo(429);
    }
  }

  private static LoginGate shared(Redis redis) throws IOException {
    return LoginGate.start(
        "trust: [127.0.0.0/8]",
        LoginGate.CONTRACT,
        FLOODS,
        "state: {redis: '" + redis.uri() + "', pepper: file:pepper}");
  }

  @Test
  @Requirement(id = "JWT-13")
  void gates_that_would_share_a_redis_and_count_apart_do_not_start() throws Exception {
    Path file = gate.folder().resolve("gatewarden.yaml");
    Files.writeString(
        file, Files.readString(file) + "\nstate: {redis: 'redis://127.0.0.1:6379'}\n");

    Cli checked = Cli.run(gate.folder(), "check-config");

    assertThat(checked.out() + checked.err())
        .contains("`state` has no `pepper`, and callers log in at `people`");
  }

  @Test
  @Requirement(id = "LIM-1")
  void presets_are_shown_with_what_was_recognized() {
    String told = Cli.run(gate.folder(), "check-config", "--effective").out();

    assertThat(told)
        .contains(
            "logIn: login by body#/email (by its name): account 10/15m, source 60/15m, pair 5/5m,"
                + " known 20/15m, all 1000/1m, reserve 500/1m")
        .contains("forgotPassword: reset by body#/email (by its name)")
        .contains("verifyCode: mfa within body#/mfa_token (by its name)")
        .contains("refresh: refresh by body#/refresh_token (by its name)")
        .contains("basic: login by basic");
  }

  private String begun(Line line, String from) throws IOException {
    String body = line.post("/login", from, LoginGate.login(VICTIM, "right")).body();
    int at = body.indexOf("pending-");
    assertThat(at).as(body).isPositive();
    return body.substring(at, body.indexOf('"', at));
  }

  private static int code(Line line, String from, String pending, String code) throws IOException {
    String json = "{\"mfa_token\":\"" + pending + "\",\"code\":\"" + code + "\"}";
    return line.post("/mfa/verify", from, json).status();
  }

  private static Told mail(Line line, String from, String email) throws IOException {
    return line.post("/password/forgot", from, "{\"email\":\"" + email + "\"}");
  }

  private static String basic(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String network(int number) {
    return "198." + (18 + number / 60_000) + "." + number / 250 % 250 + "." + (1 + number % 250);
  }
}
