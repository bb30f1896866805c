package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ADMIN;
import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;
import static dev.gatewarden.demo.issuer.Person.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.shop.Shelves;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nobody reaches what is somebody else's, and nobody learns that it exists.
class ObjectAccessTest {

  private static final String OF_ALICE = "/v1/orders/" + Shelves.OF_ALICE;
  private static final String OF_NOBODY = "/v1/orders/00000000-0000-4000-8000-000000000000";

  private static ShopAtTheGate shop;
  private static Side side;

  @BeforeAll
  static void open() throws Exception {
    shop = ShopAtTheGate.start();
    side = shop.side();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @BeforeEach
  void tidy() {
    side.reset();
  }

  @Test
  void does_not_release_a_foreign_order() throws Exception {
    Seen seen = side.get(OF_ALICE, side.token(BOB));

    assertThat(seen.status()).isEqualTo(404);
    assertThat(seen.text()).doesNotContain("Harbour").doesNotContain("alice");
    assertThat(shop.reason(seen)).startsWith("object-");
  }

  @Test
  void answers_a_foreign_and_an_absent_order_alike() throws Exception {
    Seen foreign = side.get(OF_ALICE, side.token(BOB));
    Seen absent = side.get(OF_NOBODY, side.token(BOB));

    assertThat(foreign.status()).isEqualTo(absent.status());
    assertThat(shape(foreign)).isEqualTo(shape(absent));
    assertThat(foreign.response().headers().map().keySet())
        .isEqualTo(absent.response().headers().map().keySet());
  }

  @Test
  void does_not_change_a_foreign_order() throws Exception {
    Seen seen = side.patch(OF_ALICE, side.token(BOB), "{\"shipTo\":\"1 Bob's Yard\"}");

    assertThat(seen.status()).isEqualTo(404);
    assertThat(shop.shelves().order(Shelves.OF_ALICE).shipTo()).isEqualTo(Shelves.ALICES_ADDRESS);
  }

  @Test
  void does_not_delete_a_foreign_order() throws Exception {
    Seen seen = side.delete(OF_ALICE, side.token(BOB));

    assertThat(seen.status()).isEqualTo(404);
    assertThat(shop.shelves().order(Shelves.OF_ALICE)).isNotNull();
  }

  @Test
  void does_not_let_a_reading_role_write() throws Exception {
    assertThat(side.delete(OF_ALICE, side.token(ADMIN)).status()).isEqualTo(404);
    assertThat(shop.shelves().order(Shelves.OF_ALICE)).isNotNull();
  }

  @Test
  void cuts_foreign_orders_out_of_a_list_and_withholds_their_count() throws Exception {
    Seen seen = side.get("/v1/orders", side.token(BOB));

    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.json().path("data").size()).isEqualTo(1);
    assertThat(seen.json().path("data").path(0).path("customerId").asString()).isEqualTo("bob");
    assertThat(seen.json().has("total")).isFalse();
  }

  @Test
  void keeps_tenants_apart_whatever_the_role() throws Exception {
    assertThat(side.get(OF_ALICE, side.token(ADMIN)).status()).isEqualTo(200);
    assertThat(side.get(OF_ALICE, side.token(PARTNER)).status()).isEqualTo(404);
    assertThat(side.get("/v1/orders", side.token(PARTNER)).text()).doesNotContain("north");
  }

  @Test
  void does_not_take_the_word_of_another_issuer_of_the_same_subject() throws Exception {
    String south = side.token(side.wish(ALICE).tenant("south"));

    assertThat(side.get(OF_ALICE, south).status()).isEqualTo(404);
  }

  @Test
  void answers_head_as_it_answers_get() throws Exception {
    Seen foreign =
        side.send(
            side.request(OF_ALICE, side.token(BOB))
                .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));

    assertThat(foreign.status()).isIn(404, 405);
  }

  @Test
  void ids_are_compared_by_what_they_mean() throws Exception {
    String shouted = "/v1/orders/" + Shelves.OF_ALICE.toString().toUpperCase(java.util.Locale.ROOT);

    assertThat(side.get(shouted, side.token(BOB)).status()).isEqualTo(404);
    assertThat(side.delete(shouted, side.token(BOB)).status()).isEqualTo(404);
    assertThat(shop.shelves().order(Shelves.OF_ALICE)).isNotNull();
  }

  /// The problem without the decision's own name.
  private static Map<String, String> shape(Seen seen) {
    Map<String, String> shape = new TreeMap<>();
    seen.json()
        .properties()
        .forEach(
            each ->
                shape.put(
                    each.getKey(),
                    each.getKey().equals("instance") ? "" : each.getValue().toString()));
    return shape;
  }
}
