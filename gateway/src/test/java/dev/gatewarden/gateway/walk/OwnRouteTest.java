package dev.gatewarden.gateway.walk;

import static dev.gatewarden.gateway.walk.ShopGate.bytes;
import static dev.gatewarden.gateway.walk.ShopGate.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.policy.Lookups;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OwnRouteTest {
  private static final Lookups NOTHING = (_, _, _, _) -> Lookups.absent();

  private enum Why implements Reason {
    SAID,
    TOO_OFTEN;

    @Override
    public String control() {
      return "own";
    }

    @Override
    public int status() {
      return this == SAID ? 200 : 429;
    }

    @Override
    public String summary() {
      return "said";
    }
  }

  /// Says back what it was sent.
  private static class Echoing implements OwnRoute {
    private final String path;
    final AtomicInteger asked = new AtomicInteger();

    Echoing(String path) {
      this.path = path;
    }

    @Override
    public String name() {
      return "own.echo";
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public Set<String> methods() {
      return Set.of("GET", "POST");
    }

    @Override
    public long mostBody() {
      return 8;
    }

    @Override
    public Verdict.Answer answer(Request request, Bytes body) {
      asked.incrementAndGet();
      return new Verdict.Answer(
          Why.SAID, Reply.text(200, "text/plain", request.method() + " " + body.utf8()));
    }
  }

  @Test
  void answers_in_place_of_the_contract_and_is_recorded_by_its_name() {
    ShopGate shop = new ShopGate(NOTHING, new Echoing("/auth/echo"));
    Walk walk = shop.request("POST", "/auth/echo?x=1", "broken", 2);
    assertThat(walk.admit()).isEqualTo(new Walk.Admission.Admitted(new Walk.BodyPlan(true, 8)));
    assertThat(answered(walk.judge(bytes("hi")))).isEqualTo("200 POST hi");
    walk.end(200, 2, 7);
    shop.close();
    assertThat(shop.lines.toString(StandardCharsets.UTF_8))
        .contains("\"operation\":\"own.echo\"")
        .contains("\"own.SAID\"");
  }

  @Test
  void names_the_methods_it_takes_to_a_caller_with_another() {
    try (ShopGate shop = new ShopGate(NOTHING, new Echoing("/auth/echo"))) {
      assertThat(shop.request("DELETE", "/auth/echo", "alice", 0).admit())
          .isInstanceOfSatisfying(
              Walk.Admission.Answered.class,
              told -> {
                assertThat(told.reply().status()).isEqualTo(405);
                assertThat(told.reply().headers()).contains(new Reply.Line("allow", "GET, POST"));
              });
    }
  }

  @Test
  void answers_nowhere_but_at_its_very_path() {
    try (ShopGate shop = new ShopGate(NOTHING, new Echoing("/auth/echo"))) {
      for (String near : List.of("/auth/echo/", "/auth", "/AUTH/echo", "/auth/echo/x")) {
        assertThat(shop.get(near, "alice").admit())
            .as(near)
            .isInstanceOfSatisfying(
                Walk.Admission.Answered.class,
                told -> assertThat(told.reply().status()).isEqualTo(404));
      }
    }
  }

  @Test
  void takes_its_claims_once_though_it_had_to_wait() {
    Echoing waiting =
        new Echoing("/auth/echo") {
          @Override
          public List<Claim> claims(Request request) {
            return List.of(
                Claim.take("own/x", 1, 2, Duration.ofHours(1), Why.TOO_OFTEN).keptAlways());
          }

          @Override
          public Verdict.Answer answer(Request request, Bytes body) {
            if (asked.get() % 2 == 0) {
              asked.incrementAndGet();
              throw WouldWait.INSTANCE;
            }
            return super.answer(request, body);
          }
        };
    try (ShopGate shop = new ShopGate(NOTHING, waiting)) {
      for (int i = 0; i < 2; i++) {
        Walk walk = shop.get("/auth/echo", "alice");
        walk.admit();
        assertThatThrownBy(() -> walk.judge(Bytes.NONE)).isSameAs(WouldWait.INSTANCE);
        assertThat(answered(walk.judge(Bytes.NONE))).isEqualTo("200 GET ");
        walk.end(200, 0, 0);
      }
      Walk third = shop.get("/auth/echo", "alice");
      third.admit();
      assertThat(answered(third.judge(Bytes.NONE))).startsWith("429 ");
      assertThat(waiting.asked).hasValue(4);
    }
  }

  @Test
  void does_not_load_where_the_contract_promises_the_path_with_any_method() {
    for (String taken : List.of("/v1/orders", "/v1/profile")) {
      assertThatThrownBy(() -> new ShopGate(NOTHING, new Echoing(taken)).close())
          .isInstanceOf(ProblemsException.class)
          .hasMessageContaining("where the gate itself answers");
    }
  }

  @Test
  void gives_way_to_the_contract_where_it_says_so() {
    Echoing yielding =
        new Echoing("/v1/orders") {
          @Override
          public boolean yields() {
            return true;
          }
        };
    try (ShopGate shop = new ShopGate(NOTHING, yielding)) {
      Walk walk = shop.get("/v1/orders", "alice");
      walk.admit();
      walk.judge(Bytes.NONE);
      assertThat(yielding.asked).hasValue(0);
    }
  }

  @Test
  void does_not_load_where_two_would_answer() {
    assertThatThrownBy(
            () -> new ShopGate(NOTHING, new Echoing("/auth/x"), new Echoing("/auth/x")).close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("would answer at `/auth/x`");
  }

  @Test
  void tells_of_itself_in_challenges_for_tokens() {
    Echoing announcing =
        new Echoing("/auth/echo") {
          @Override
          public String announced(Request request) {
            return "resource_metadata=\"https://" + request.host() + "/auth/echo\"";
          }
        };
    try (ShopGate shop = new ShopGate(NOTHING, announcing)) {
      assertThat(shop.get("/v1/orders", "broken").admit())
          .isInstanceOfSatisfying(
              Walk.Admission.Answered.class,
              told ->
                  assertThat(told.reply().headers())
                      .contains(
                          new Reply.Line(
                              "www-authenticate",
                              "Bearer realm=\"shop\", error=\"invalid_token\","
                                  + " resource_metadata=\"https://localhost/auth/echo\"")));
    }
  }

  private static String answered(Walk.Judgement judgement) {
    return text(((Walk.Judgement.Answered) judgement).reply());
  }
}
