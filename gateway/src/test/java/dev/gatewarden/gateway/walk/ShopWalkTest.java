package dev.gatewarden.gateway.walk;

import static dev.gatewarden.gateway.walk.ShopGate.ALICES;
import static dev.gatewarden.gateway.walk.ShopGate.bytes;
import static dev.gatewarden.gateway.walk.ShopGate.cleared;
import static dev.gatewarden.gateway.walk.ShopGate.order;
import static dev.gatewarden.gateway.walk.ShopGate.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.gateway.pipeline.Cleared;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShopWalkTest {
  private final ShopGate shop = new ShopGate((_, _, _, _) -> Lookups.absent());

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void releases_the_callers_own_order() {
    Walk walk = shop.get("/v1/orders/" + ALICES, "alice");
    Cleared cleared = cleared(walk, Bytes.NONE);
    assertThat(cleared.target()).isEqualTo("/v1/orders/" + ALICES);
    Walk.Release release = answer(walk, 200, order(ALICES, "alice"));
    assertThat(release)
        .isInstanceOfSatisfying(
            Walk.Release.Send.class,
            sent -> assertThat(sent.body().utf8()).isEqualTo(order(ALICES, "alice")));
  }

  @Test
  void keeps_somebody_elses_order_back_as_if_it_were_absent() {
    Walk walk = shop.get("/v1/orders/" + ALICES, "bob");
    cleared(walk, Bytes.NONE);
    Walk.Release foreign = answer(walk, 200, order(ALICES, "alice"));
    Walk other = shop.get("/v1/orders/" + ALICES, "bob");
    cleared(other, Bytes.NONE);
    Walk.Release absent = answer(other, 404, "{\"status\":404}");
    assertThat(reply(foreign)).startsWith("404 ");
    assertThat(withoutId(reply(foreign))).isEqualTo(withoutId(reply(absent)));
  }

  @Test
  void puts_a_token_of_its_own_in_the_callers_place() {
    Cleared cleared = cleared(shop.get("/v1/orders/" + ALICES, "alice"), Bytes.NONE);
    List<String> lines = new ArrayList<>();
    cleared.headers().each((name, value) -> lines.add(name + ": " + value));
    assertThat(lines)
        .contains("authorization: Bearer of-alice")
        .doesNotContain("Authorization: Bearer alice");
  }

  @Test
  void refuses_a_property_that_only_an_admin_may_write() {
    String body = "{\"role\":\"admin\"}";
    Walk walk = shop.request("PATCH", "/v1/profile", "alice", body.length());
    walk.admit();
    assertThat(walk.judge(bytes(body)))
        .isInstanceOfSatisfying(
            Walk.Judgement.Answered.class,
            answered -> assertThat(answered.reply().status()).isEqualTo(403));
  }

  @Test
  void refuses_a_field_that_the_contract_does_not_declare() {
    String body = "{\"displayName\":\"Alice\",\"credit\":1000}";
    Walk walk = shop.request("PATCH", "/v1/profile", "alice", body.length());
    walk.admit();
    assertThat(walk.judge(bytes(body)))
        .isInstanceOfSatisfying(
            Walk.Judgement.Answered.class,
            answered -> assertThat(text(answered.reply())).startsWith("400 ").contains("/credit"));
  }

  @Test
  void answers_nothing_to_who_proves_nothing() {
    Walk walk = shop.get("/v1/orders/" + ALICES, "broken");
    assertThat(walk.admit())
        .isInstanceOfSatisfying(
            Walk.Admission.Answered.class,
            answered -> assertThat(answered.reply().status()).isEqualTo(401));
  }

  @Test
  void runs_a_stage_that_had_to_wait_again_without_taking_twice() {
    AtomicInteger asked = new AtomicInteger();
    try (ShopGate waiting =
        new ShopGate(
            (_, _, _, _) -> {
              if (asked.getAndIncrement() == 0) {
                throw WouldWait.INSTANCE;
              }
              return Lookups.absent();
            })) {
      Walk walk = waiting.request("DELETE", "/v1/orders/" + ALICES, "bob", 0);
      walk.admit();
      assertThat(catchWait(walk)).isTrue();
      assertThat(walk.judge(Bytes.NONE))
          .isInstanceOfSatisfying(
              Walk.Judgement.Answered.class,
              answered -> assertThat(answered.reply().status()).isEqualTo(404));
    }
  }

  @Test
  void writes_one_line_that_names_the_reason_and_no_token() {
    Walk walk = shop.get("/v1/orders/" + ALICES, "bob");
    cleared(walk, Bytes.NONE);
    answer(walk, 200, order(ALICES, "alice"));
    walk.end(404, 0, 100);
    shop.close();
    String lines = shop.lines.toString(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(lines.lines().toList()).hasSize(1);
    assertThat(lines)
        .contains("\"object-release.FOREIGN\"")
        .contains("\"operation\":\"shop.getOrder\"")
        .contains("\"subject\":\"bob\"")
        .containsPattern("\"scopes\":\\[(\"[a-z:]+\",?){4}]")
        .doesNotContain("Bearer")
        .doesNotContain(ALICES);
  }

  private static boolean catchWait(Walk walk) {
    try {
      walk.judge(Bytes.NONE);
      return false;
    } catch (WouldWait detour) {
      return true;
    }
  }

  private static Walk.Release answer(Walk walk, int status, String body) {
    Walk.Reception reception =
        walk.receive(
            new ResponseHead(
                status,
                TestHeaders.of(
                    "content-type", status < 400 ? "application/json" : "application/problem+json"),
                body.length()));
    assertThat(reception).isInstanceOf(Walk.Reception.Hold.class);
    return walk.release(bytes(body));
  }

  private static String reply(Walk.Release release) {
    return text(((Walk.Release.Answered) release).reply());
  }

  private static String withoutId(String text) {
    return text.replaceAll("decision:[0-9a-f]+", "decision");
  }
}
