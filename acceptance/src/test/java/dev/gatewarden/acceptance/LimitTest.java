package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/// Nobody takes more than their share.
class LimitTest {

  @Test
  void the_request_after_the_last_is_told_when_to_come_again() throws Exception {
    try (ShopAtTheGate shop = limited("principal-limit: {reads: 3/1h, writes: 2/1h}")) {
      Side side = shop.side();
      String alice = side.token(ALICE);
      for (int i = 0; i < 3; i++) {
        Seen passed = side.get("/v1/profile", alice);
        assertThat(passed.status()).isEqualTo(200);
        assertThat(passed.header("ratelimit-remaining")).isEqualTo(Integer.toString(2 - i));
      }
      Seen refused = side.get("/v1/profile", alice);

      assertThat(refused.status()).isEqualTo(429);
      assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 3600);
    }
  }

  @Test
  void one_callers_share_is_not_anothers() throws Exception {
    try (ShopAtTheGate shop = limited("principal-limit: {reads: 2/1h, writes: 1/1h}")) {
      Side side = shop.side();
      for (int i = 0; i < 3; i++) {
        side.get("/v1/profile", side.token(ALICE));
      }

      assertThat(side.get("/v1/profile", side.token(ALICE)).status()).isEqualTo(429);
      assertThat(side.get("/v1/profile", side.token(BOB)).status()).isEqualTo(200);
    }
  }

  @Test
  void a_new_token_of_the_same_caller_brings_no_new_share() throws Exception {
    try (ShopAtTheGate shop = limited("principal-limit: {reads: 2/1h, writes: 1/1h}")) {
      Side side = shop.side();
      side.get("/v1/profile", side.token(ALICE));
      side.get("/v1/profile", side.token(ALICE));

      assertThat(side.get("/v1/profile", side.token(ALICE)).status()).isEqualTo(429);
    }
  }

  @Test
  void writes_have_a_tighter_share_than_reads() throws Exception {
    try (ShopAtTheGate shop = limited("principal-limit: {reads: 3/1h, writes: 1/1h}")) {
      Side side = shop.side();
      String alice = side.token(ALICE);
      String change = "{\"displayName\":\"A\"}";

      assertThat(side.patch("/v1/profile", alice, change).status()).isEqualTo(200);
      assertThat(side.patch("/v1/profile", alice, change).status()).isEqualTo(429);
      assertThat(side.get("/v1/profile", alice).status()).isEqualTo(200);
    }
  }

  @Test
  void a_request_that_is_refused_for_another_reason_costs_nothing() throws Exception {
    try (ShopAtTheGate shop = limited("principal-limit: {reads: 2/1h, writes: 1/1h}")) {
      Side side = shop.side();
      String alice = side.token(ALICE);
      side.get("/v1/profile", side.token(side.wish(ALICE).audience("https://mail.example")));
      side.get("/v1/profile", alice);

      assertThat(side.get("/v1/profile", alice).status()).isEqualTo(200);
    }
  }

  @Test
  void one_address_does_not_take_everything() throws Exception {
    try (ShopAtTheGate shop = limited("source-limit: {rate: 1/1h, burst: 5}")) {
      Side side = shop.side();
      for (int i = 0; i < 5; i++) {
        assertThat(side.get("/v1/profile", null).status()).isEqualTo(401);
      }

      assertThat(side.get("/v1/profile", null).status()).isEqualTo(429);
    }
  }

  private static ShopAtTheGate limited(String limit) throws Exception {
    return ShopAtTheGate.start(
        EnumSet.noneOf(dev.gatewarden.demo.shop.Fault.class),
        files -> ShopAtTheGate.guards(files, limit));
  }
}
