package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.app.serving.Options;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Business flows keep their order and their volume, whoever tries to get around them.
@Timeout(120)
class FlowTest {
  private static final Signed CORP = Signed.of("corp");
  private static final String ALICE = token("alice");
  private static final String MALLORY = token("mallory");

  private static final String SHOP =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      components: {securitySchemes: {token: {type: http, scheme: bearer}}}
      paths:
        /products/{product}:
          get:
            operationId: view
            x-gatewarden-flow: purchase.view
            x-gatewarden-object: {none: a test}
            parameters: [{name: product, in: path, required: true, schema: {type: string}}]
            responses: {'200': {description: it}, 4XX: {description: no}, 5XX: {description: no}}
        /carts/{cart}:
          put:
            operationId: fill
            x-gatewarden-flow: {step: purchase.cart, same: {cart: path.cart}}
            x-gatewarden-object: {none: a test}
            parameters: [{name: cart, in: path, required: true, schema: {type: string}}]
            responses: {'200': {description: it}, 4XX: {description: no}, 5XX: {description: no}}
        /payments:
          post:
            operationId: pay
            x-gatewarden-flow: {step: purchase.pay, same: {cart: body#/cart}}
            x-gatewarden-object: {none: a test}
            requestBody:
              required: true
              content:
                application/json:
                  schema: {type: object, required: [cart], additionalProperties: false, properties: {cart: {type: string}, card: {type: string}}}
            responses: {'200': {description: paid}, 4XX: {description: no}, 5XX: {description: no}}
      """;

  /// The same shop where one may pay at once.
  private static final String AT_ONCE =
      SHOP.replace("same: {cart: body#/cart}", "pace: 0s, same: {cart: body#/cart}");

  @TempDir private Path folder;

  /// A token that outlives what these tests wait for.
  private static String token(String who) {
    Map<String, Object> claims = CORP.claims(who);
    claims.put("exp", Instant.now().plusSeconds(50_000).getEpochSecond());
    return CORP.token(claims);
  }

  private final FakeClock clock = new FakeClock(Instant.now());

  /// The service does what the last part of a path or the card says.
  private static Answer answer(Incoming asked) {
    String text = asked.path() + asked.text();
    if (text.contains("declined")) {
      return Answer.problem(402, "declined");
    }
    if (text.contains("broken")) {
      return Answer.problem(500, "broken");
    }
    return Answer.json(200, "{\"id\":\"c9\"}");
  }

  private Opened gate(Echo service, String contract, String api, String more) throws Exception {
    return gate(folder, service, contract, api, more, options -> options);
  }

  private Opened gate(
      Path at, Echo service, String contract, String api, String more, UnaryOperator<Options> as)
      throws Exception {
    String text = Opened.before(service.uri(), CORP, "tenancy: single\n" + api, more);
    text = text.replace("admin: {port: 0}}", "admin: {port: 0}, trust: [127.0.0.0/8]}");
    Opened.write(at, text, contract);
    return Opened.over(
        at,
        options -> {
          Options with = as.apply(options);
          return new Options(
              with.environment(), with.without(), clock, with.lines(), with.notices());
        });
  }

  private int view(Opened gate, String token) throws Exception {
    return gate.status("GET", "/products/p1", token);
  }

  private static int fill(Opened gate, String token, String cart) throws Exception {
    return gate.status("PUT", "/carts/" + cart, token);
  }

  private static HttpResponse<String> pay(Opened gate, String token, String cart, String... headers)
      throws Exception {
    return gate.send("POST", "/payments", token, "{\"cart\":\"" + cart + "\"}", headers);
  }

  private void walk(Opened gate, String token, String cart) throws Exception {
    assertThat(view(gate, token)).isEqualTo(200);
    assertThat(fill(gate, token, cart)).isEqualTo(200);
    clock.advance(Duration.ofSeconds(2));
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void whoever_walks_through_the_shop_pays_and_who_skips_a_step_does_not() throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, SHOP, "", "")) {
      assertThat(fill(gate, ALICE, "c1")).isEqualTo(409);
      HttpResponse<String> skipped = pay(gate, ALICE, "c1");
      assertThat(skipped.statusCode()).isEqualTo(409);
      assertThat(skipped.body())
          .contains("a step that comes before this one has not been done")
          .contains("`purchase.cart` comes first");
      assertThat(service.seen()).isEmpty();

      walk(gate, ALICE, "c1");
      assertThat(pay(gate, ALICE, "c1").statusCode()).isEqualTo(200);
      assertThat(gate.lines().getLast()).contains("\"flow.STEP\"").contains("\"purchase.pay\"");
    }
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void what_was_put_into_the_cart_is_what_is_paid_and_by_whom() throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, SHOP, "", "")) {
      walk(gate, ALICE, "cheap");

      HttpResponse<String> other = pay(gate, ALICE, "dear");
      assertThat(other.statusCode()).isEqualTo(409);
      assertThat(other.body())
          .contains("the step before this one was about something else")
          .doesNotContain("dear");
      assertThat(pay(gate, MALLORY, "cheap").statusCode()).isEqualTo(409);
      assertThat(service.seen()).noneMatch(each -> each.path().equals("/payments"));
      assertThat(pay(gate, ALICE, "cheap").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void a_cart_is_paid_once_also_of_many_payments_at_the_same_moment() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    try (Echo service =
            Echo.answering(
                asked -> {
                  if (asked.path().equals("/payments") && first.getAndSet(false)) {
                    arrived.countDown();
                    await(answers);
                  }
                  return answer(asked);
                });
        Opened gate =
            gate(
                service,
                SHOP.replace("{cart: body#/cart}", "{cart: body#/cart}, pace: 0s"),
                "",
                "");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      walk(gate, ALICE, "c1");
      Future<HttpResponse<String>> paid = callers.submit(() -> pay(gate, ALICE, "c1"));
      await(arrived);
      List<Future<HttpResponse<String>>> others = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        others.add(callers.submit(() -> pay(gate, ALICE, "c1")));
      }
      for (Future<HttpResponse<String>> other : others) {
        assertThat(other.get().statusCode()).isEqualTo(409);
        assertThat(other.get().body()).contains("this is being done");
      }
      answers.countDown();
      assertThat(paid.get().statusCode()).isEqualTo(200);

      assertThat(pay(gate, ALICE, "c1").body()).contains("this has been done already");
      assertThat(service.seen()).filteredOn(each -> each.path().equals("/payments")).hasSize(1);
      // who fills the cart once more may pay for it once more
      assertThat(fill(gate, ALICE, "c1")).isEqualTo(200);
      assertThat(pay(gate, ALICE, "c1").statusCode()).isEqualTo(200);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void a_step_counts_only_if_the_service_answered_it_well() throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, AT_ONCE, "", "")) {
      assertThat(gate.status("GET", "/products/declined", ALICE)).isEqualTo(402);
      assertThat(fill(gate, ALICE, "c1")).isEqualTo(409);
      assertThat(gate.status("GET", "/products/broken", ALICE)).isGreaterThanOrEqualTo(500);
      assertThat(fill(gate, ALICE, "c1")).isEqualTo(409);
      assertThat(gate.status("HEAD", "/products/p1", ALICE)).isBetween(200, 405);
      assertThat(fill(gate, ALICE, "c1")).isEqualTo(409);
      assertThat(gate.status("GET", "/Products/p1", ALICE)).isEqualTo(404);
      assertThat(fill(gate, ALICE, "c1")).isEqualTo(409);

      walk(gate, ALICE, "c1");
      // the card was declined: nothing was paid, and another card may be tried
      assertThat(
              gate.send("POST", "/payments", ALICE, "{\"cart\":\"c1\",\"card\":\"declined\"}")
                  .statusCode())
          .isEqualTo(402);
      clock.advance(Duration.ofSeconds(2));
      assertThat(pay(gate, ALICE, "c1").statusCode()).isEqualTo(200);
      // nobody knows what a service did that broke on the way: it is not done twice
      assertThat(fill(gate, ALICE, "c2")).isEqualTo(200);
      clock.advance(Duration.ofSeconds(2));
      assertThat(
              gate.send("POST", "/payments", ALICE, "{\"cart\":\"c2\",\"card\":\"broken\"}")
                  .statusCode())
          .isGreaterThanOrEqualTo(500);
      clock.advance(Duration.ofSeconds(2));
      assertThat(pay(gate, ALICE, "c2").body()).contains("this has been done already");
    }
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void a_step_comes_neither_too_soon_nor_too_late_nor_before_its_time_once_a_clock_went_back()
      throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, SHOP, "", "")) {
      assertThat(view(gate, ALICE)).isEqualTo(200);
      assertThat(fill(gate, ALICE, "c1")).isEqualTo(200);
      HttpResponse<String> soon = pay(gate, ALICE, "c1");
      assertThat(soon.statusCode()).isEqualTo(429);
      assertThat(soon.body()).contains("this step follows too soon");
      assertThat(soon.headers().firstValue("retry-after")).contains("1");

      clock.advance(Duration.ofMinutes(61));
      assertThat(pay(gate, ALICE, "c1").body())
          .contains("a step that comes before this one has not been done");

      assertThat(fill(gate, ALICE, "c1")).isEqualTo(200);
      clock.advance(Duration.ofSeconds(-10));
      assertThat(pay(gate, ALICE, "c1").body())
          .contains("a step that comes before this one has not been done");
      walk(gate, ALICE, "c1");
      assertThat(pay(gate, ALICE, "c1").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void many_at_the_same_moment_follow_one_step_at_its_pace() throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate =
            gate(
                service,
                SHOP.replace("same: {cart: body#/cart}", "once: false, same: {cart: body#/cart}"),
                "",
                "");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      walk(gate, ALICE, "c1");
      List<Future<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(callers.submit(() -> pay(gate, ALICE, "c1")));
      }
      int paid = 0;
      for (Future<HttpResponse<String>> each : all) {
        paid += each.get().statusCode() == 200 ? 1 : 0;
      }
      assertThat(paid).isEqualTo(1);
    }
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void nobody_buys_more_than_the_volume_by_account_by_source_or_by_network() throws Exception {
    String contract =
        SHOP.replace(
            "same: {cart: body#/cart}",
            "pace: 0s, same: {cart: body#/cart},"
                + " most: {caller: 2/1d, source: 3/1d, network: 4/1d}");
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, contract, "", "")) {
      // one account, from wherever
      assertThat(bought(gate, "u1", "198.51.100.1")).isTrue();
      assertThat(bought(gate, "u1", "203.0.113.1")).isTrue();
      assertThat(bought(gate, "u1", "192.0.2.1")).isFalse();
      // many accounts from one place
      assertThat(bought(gate, "u2", "198.51.100.1")).isTrue();
      assertThat(bought(gate, "u3", "198.51.100.1")).isTrue();
      assertThat(bought(gate, "u4", "198.51.100.1")).isFalse();
      // many accounts from many places of one network
      assertThat(bought(gate, "u5", "198.51.100.2")).isTrue();
      assertThat(bought(gate, "u6", "198.51.100.3")).isFalse();
      assertThat(bought(gate, "u6", "203.0.113.9")).isTrue();
    }
  }

  private boolean bought(Opened gate, String who, String from) throws Exception {
    String token = token(who);
    walk(gate, token, "c-" + who);
    HttpResponse<String> told = pay(gate, token, "c-" + who, "X-Forwarded-For", from);
    if (told.statusCode() != 200) {
      assertThat(told.body()).contains("this has been done too often");
    }
    return told.statusCode() == 200;
  }

  private static final String CARDS =
      """
      openapi: 3.1.0
      info: {title: Cards, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      components: {securitySchemes: {token: {type: http, scheme: bearer}}}
      paths:
        /cards/{code}:
          get:
            operationId: check
            x-gatewarden-flow: {step: gift-card.check, same: {card: path.code}}
            x-gatewarden-object: {none: a test}
            parameters: [{name: code, in: path, required: true, schema: {type: string}}]
            responses: {'200': {description: it}, 4XX: {description: no}}
        /redemptions:
          post:
            operationId: redeem
            x-gatewarden-flow: {step: gift-card.redeem, same: {card: body#/code}}
            x-gatewarden-object: {none: a test}
            requestBody: {required: true, content: {application/json: {schema: {type: object, required: [code], properties: {code: {type: string}}}}}}
            responses: {'200': {description: it}, 4XX: {description: no}}
      """;

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void who_guesses_gift_cards_is_stopped_and_who_has_one_redeems_it() throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, CARDS, "", "")) {
      for (int i = 0; i < 5; i++) {
        assertThat(gate.status("GET", "/cards/declined-" + i, MALLORY)).isEqualTo(402);
      }
      HttpResponse<String> stopped = gate.get("/cards/declined-5", MALLORY);
      assertThat(stopped.statusCode()).isEqualTo(429);
      assertThat(stopped.body()).contains("this has failed too often").doesNotContain("declined-5");
      // for an hour, even if the next one were right
      assertThat(gate.status("GET", "/cards/right", MALLORY)).isEqualTo(429);
      assertThat(Long.parseLong(stopped.headers().firstValue("retry-after").orElse("0")))
          .isGreaterThan(3000);

      assertThat(gate.status("GET", "/cards/own", ALICE)).isEqualTo(200);
      assertThat(gate.send("POST", "/redemptions", ALICE, "{\"code\":\"other\"}").statusCode())
          .isEqualTo(409);
      assertThat(gate.send("POST", "/redemptions", ALICE, "{\"code\":\"own\"}").statusCode())
          .isEqualTo(200);
      assertThat(gate.send("POST", "/redemptions", ALICE, "{\"code\":\"own\"}").statusCode())
          .isEqualTo(409);
      assertThat(gate.decisions()).doesNotContain("declined-5");
    }
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void many_different_cards_are_too_many_also_where_each_is_right() throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, CARDS, "", "")) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 10; i++) {
          assertThat(gate.status("GET", "/cards/right-" + i, MALLORY)).isEqualTo(200);
        }
      }
      assertThat(gate.get("/cards/right-10", MALLORY).body())
          .contains("too many different ones have been tried");
    }
  }

  private static final String RESET =
      """
      openapi: 3.1.0
      info: {title: Reset, version: 1.0.0}
      servers: [{url: /}]
      security: []
      components: {securitySchemes: {token: {type: http, scheme: bearer}}}
      paths:
        /reset:
          post:
            operationId: ask
            x-gatewarden-flow: {step: password-reset.ask, same: {account: body#/email}}
            requestBody: {required: true, content: {application/json: {schema: {type: object, required: [email], properties: {email: {type: string}}}}}}
            responses: {'200': {description: it}, 4XX: {description: no}}
        /reset/confirm:
          post:
            operationId: confirm
            x-gatewarden-flow: {step: password-reset.confirm, same: {account: body#/email}}
            requestBody: {required: true, content: {application/json: {schema: {type: object, required: [email], properties: {email: {type: string}, code: {type: string}}}}}}
            responses: {'200': {description: it}, 4XX: {description: no}}
      """;

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void an_account_is_one_however_its_name_is_written() throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, RESET, "", "")) {
      List<String> spellings =
          List.of(
              "bob@x.example",
              "Bob@x.example",
              "BOB@X.example",
              "bob+1@x.example",
              "bob@x.EXAMPLE");
      for (int i = 0; i < spellings.size(); i++) {
        assertThat(reset(gate, "/reset", spellings.get(i), "", "203.0.113." + i)).isEqualTo(200);
      }
      assertThat(reset(gate, "/reset", "bOb@x.example", "", "203.0.113.9")).isEqualTo(429);
      assertThat(reset(gate, "/reset", "rob@x.example", "", "203.0.113.9")).isEqualTo(200);
    }
  }

  /// Four steps of which one is soon forgotten and another is not.
  private static final String LONG =
      SHOP.substring(0, SHOP.indexOf("  /products"))
          + """
            /a: {put: {operationId: a, x-gatewarden-flow: x.a, x-gatewarden-object: {none: a test}, responses: {'200': {description: it}}}}
            /b: {put: {operationId: b, x-gatewarden-flow: x.b, x-gatewarden-object: {none: a test}, responses: {'200': {description: it}}}}
            /y: {put: {operationId: y, x-gatewarden-flow: {step: x.y, after: a, within: 10m}, x-gatewarden-object: {none: a test}, responses: {'200': {description: it}}}}
            /z: {put: {operationId: z, x-gatewarden-flow: {step: x.z, after: b, within: 2h}, x-gatewarden-object: {none: a test}, responses: {'200': {description: it}}}}
          """;

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void a_step_is_known_as_long_as_one_may_follow_it_whatever_came_first() throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, LONG, "", "")) {
      assertThat(gate.status("PUT", "/z", ALICE)).isEqualTo(409);
      assertThat(gate.status("PUT", "/a", ALICE)).isEqualTo(200);
      assertThat(gate.status("PUT", "/b", ALICE)).isEqualTo(200);
      clock.advance(Duration.ofHours(1));
      assertThat(gate.status("PUT", "/y", ALICE)).isEqualTo(409);
      assertThat(gate.status("PUT", "/z", ALICE)).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void a_reset_is_confirmed_from_another_device_but_never_unasked_or_guessed() throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, RESET, "", "")) {
      assertThat(reset(gate, "/reset/confirm", "a@x.example", "1", "198.51.100.1")).isEqualTo(409);
      assertThat(reset(gate, "/reset", "a@x.example", "", "198.51.100.1")).isEqualTo(200);
      assertThat(reset(gate, "/reset/confirm", "b@x.example", "1", "198.51.100.1")).isEqualTo(409);
      // five wrong codes for one account, each from elsewhere
      for (int i = 0; i < 5; i++) {
        assertThat(reset(gate, "/reset/confirm", "a@x.example", "declined" + i, "203.0.113." + i))
            .isEqualTo(402);
      }
      assertThat(reset(gate, "/reset/confirm", "a@x.example", "1", "192.0.2.7")).isEqualTo(429);
      // what one account's guesser has spent is not spent for others, wherever they confirm
      assertThat(reset(gate, "/reset", "b@x.example", "", "198.51.100.1")).isEqualTo(200);
      assertThat(reset(gate, "/reset/confirm", "b@x.example", "1", "192.0.2.7")).isEqualTo(200);
      assertThat(reset(gate, "/reset/confirm", "b@x.example", "1", "192.0.2.7")).isEqualTo(409);
      // which accounts there are is not found out by the thousand
      for (int i = 0; i < 10; i++) {
        assertThat(reset(gate, "/reset", "n" + i + "@x.example", "", "192.0.2.50")).isEqualTo(200);
      }
      assertThat(reset(gate, "/reset", "n10@x.example", "", "192.0.2.50")).isEqualTo(429);
    }
  }

  private static int reset(Opened gate, String path, String email, String code, String from)
      throws Exception {
    String body =
        code.isEmpty()
            ? "{\"email\":\"" + email + "\"}"
            : "{\"email\":\"" + email + "\",\"code\":\"" + code + "\"}";
    return gate.send("POST", path, "", body, "X-Forwarded-For", from).statusCode();
  }

  private static final String SEATS =
      """
      openapi: 3.1.0
      info: {title: Seats, version: 1.0.0}
      servers: [{url: /}]
      security: []
      components: {securitySchemes: {token: {type: http, scheme: bearer}}}
      paths:
        /holds:
          post:
            operationId: hold
            x-gatewarden-flow: {step: seat.hold, by: cookie.sid, same: {seat: response.body#/id}}
            responses: {'200': {description: it, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}
        /holds/{seat}/confirmation:
          post:
            operationId: confirm
            x-gatewarden-flow: {step: seat.confirm, after: hold, once: seat, same: {seat: path.seat}}
            x-gatewarden-object: {none: a test}
            parameters: [{name: seat, in: path, required: true, schema: {type: string}}]
            responses: {'200': {description: it}}
      """;

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void what_the_service_answered_is_what_the_next_step_is_about_for_whoever_has_the_cookie()
      throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, SEATS, "", "")) {
      assertThat(confirmed(gate, "c9", "s1")).isEqualTo(409);
      assertThat(gate.send("POST", "/holds", "", "", "Cookie", "sid=s1").body()).contains("c9");
      assertThat(confirmed(gate, "c8", "s1")).isEqualTo(409);
      assertThat(confirmed(gate, "c9", "s2")).isEqualTo(409);
      assertThat(confirmed(gate, "c9", "s1")).isEqualTo(200);
      // whoever holds it next: a seat is confirmed once
      assertThat(gate.send("POST", "/holds", "", "", "Cookie", "sid=s2").body()).contains("c9");
      assertThat(confirmed(gate, "c9", "s2")).isEqualTo(409);
    }
  }

  private static int confirmed(Opened gate, String seat, String session) throws Exception {
    return gate.send("POST", "/holds/" + seat + "/confirmation", "", "", "Cookie", "sid=" + session)
        .statusCode();
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void two_gates_that_share_a_redis_know_of_one_flow_and_neither_lets_on_without_it()
      throws Exception {
    Path there = folder.resolve("there");
    Redis redis = Redis.start();
    try (Echo service = Echo.answering(FlowTest::answer)) {
      String state = "state: {redis: '" + redis.uri() + "', pepper: 'env:PEPPER'}";
      UnaryOperator<Options> secret = each -> each.in(Map.of("PEPPER", "0123456789abcdef-shared"));
      String shop = SHOP.replace("same: {cart: body#/cart}", "pace: 0s, same: {cart: body#/cart}");
      try (Opened one = gate(folder.resolve("here"), service, shop, "", state, secret);
          Opened other = gate(there, service, shop, "", state, secret)) {
        assertThat(view(one, ALICE)).isEqualTo(200);
        assertThat(fill(other, ALICE, "c1")).isEqualTo(200);
        clock.advance(Duration.ofSeconds(2));
        assertThat(pay(one, ALICE, "c1").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(2));
        assertThat(pay(other, ALICE, "c1").body()).contains("this has been done already");

        walk(one, ALICE, "c2");
        redis.close();
        assertThat(pay(other, ALICE, "c2").statusCode()).isEqualTo(503);
        assertThat(pay(one, ALICE, "c2").statusCode()).isEqualTo(503);
      }
    } finally {
      redis.close();
    }
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void who_is_in_the_middle_goes_on_once_the_gate_has_started_anew() throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, SHOP, "", "")) {
      walk(gate, ALICE, "c1");
      gate.restart();
      assertThat(pay(gate, ALICE, "c1").statusCode()).isEqualTo(200);
      gate.restart();
      clock.advance(Duration.ofSeconds(2));
      assertThat(pay(gate, ALICE, "c1").body()).contains("this has been done already");
    }
  }

  @Test
  @Requirement(id = "LIM-8", without = "flow")
  void who_kept_nothing_is_forgotten_and_begins_anew() throws Exception {
    try (Echo service = Echo.answering(FlowTest::answer);
        Opened gate = gate(service, SHOP, "", "store: none")) {
      walk(gate, ALICE, "c1");
      gate.restart();
      assertThat(pay(gate, ALICE, "c1").body())
          .contains("a step that comes before this one has not been done");
    }
  }
}
