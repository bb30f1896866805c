package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;
import static dev.gatewarden.demo.issuer.Person.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.issuer.Person;
import dev.gatewarden.testkit.Requirement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void a_tenant_has_a_share_and_each_user_a_smaller_one_of_it() throws Exception {
    String shares =
        "share-limit: {shares: {all: {per: tenant, rate: 5/1h}, each: {per: tenant+user, rate:"
            + " 3/1h}}}";
    try (ShopAtTheGate shop = limited(shares)) {
      Side side = shop.side();
      String orders = "/v1/orders";
      assertThat(statuses(side, orders, ALICE, 4)).containsExactly(200, 200, 200, 429);
      assertThat(statuses(side, orders, BOB, 3)).containsExactly(200, 200, 429);
      assertThat(statuses(side, orders, PARTNER, 3)).containsExactly(200, 200, 200);
    }
  }

  @Test
  void operations_share_what_they_are_named_in() throws Exception {
    try (ShopAtTheGate shop =
        limited("share-limit: {shares: {some: {rate: 2/1h, operations: [getProfile]}}}")) {
      Side side = shop.side();
      String alice = side.token(ALICE);

      assertThat(statuses(side, "/v1/profile", ALICE, 3)).containsExactly(200, 200, 429);
      assertThat(side.get("/v1/orders", alice).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bucket", "sliding", "fixed"})
  @Requirement(id = "LIM-2", without = "share-limit")
  void a_share_is_held_whichever_way_it_is_counted(String window) throws Exception {
    try (ShopAtTheGate shop =
        limited("share-limit: {shares: {all: {rate: 2/400d, window: " + window + "}}}")) {
      Side side = shop.side();
      String alice = side.token(ALICE);
      assertThat(statuses(side, "/v1/profile", ALICE, 2)).containsExactly(200, 200);
      Seen refused = side.get("/v1/profile", alice);

      assertThat(refused.status()).isEqualTo(429);
      assertThat(Long.parseLong(refused.header("retry-after"))).isPositive();
    }
  }

  @Test
  void a_quota_is_spent_for_the_month_and_dear_operations_take_more_of_it() throws Exception {
    try (ShopAtTheGate shop =
        limited("share-limit: {shares: {plan: {quota: 5/month, cost: {getProfile: 2}}}}")) {
      Side side = shop.side();
      String alice = side.token(ALICE);
      assertThat(statuses(side, "/v1/profile", ALICE, 3)).containsExactly(200, 200, 429);
      assertThat(side.get("/v1/orders", alice).status()).isEqualTo(200);
      Seen refused = side.get("/v1/orders", alice);

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.text()).contains("begins anew");
    }
  }

  @Test
  void a_page_has_no_more_items_than_it_may() throws Exception {
    try (ShopAtTheGate shop = limited("page-size: {most: 10}")) {
      Side side = shop.side();
      String alice = side.token(ALICE);

      assertThat(side.get("/v1/orders?limit=10", alice).status()).isEqualTo(200);
      assertThat(side.get("/v1/orders?limit=11", alice).status()).isEqualTo(400);
      assertThat(side.get("/v1/orders", alice).status()).isEqualTo(200);
    }
  }

  @Test
  void a_wish_for_too_many_is_cut_where_it_is_told_to() throws Exception {
    try (ShopAtTheGate shop = limited("page-size: {most: 1, then: clamp}")) {
      Side side = shop.side();
      Seen cut = side.get("/v1/orders?limit=50", side.token(ALICE));

      assertThat(cut.status()).isEqualTo(200);
      assertThat(cut.json().findValues("id")).hasSizeLessThanOrEqualTo(1);
    }
  }

  private static List<Integer> statuses(Side side, String path, Person caller, int times)
      throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      statuses.add(side.get(path, side.token(caller)).status());
    }
    return statuses;
  }

  private static ShopAtTheGate limited(String limit) throws Exception {
    return ShopAtTheGate.start(
        EnumSet.noneOf(dev.gatewarden.demo.shop.Fault.class),
        files -> ShopAtTheGate.guards(files, limit));
  }
}
