package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ADMIN;
import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.shop.Shelves;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The good request of each operation passes.
class OperationsTest {

  private static final String NEW_ORDER =
      "{\"items\":[{\"sku\":\"BEANS-500\",\"quantity\":2}],\"shipTo\":\"12 Harbour Street\"}";

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
  void lists_orders() throws Exception {
    Seen seen = side.get("/v1/orders?status=open&limit=10", side.token(ALICE));

    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.json().path("data").size()).isEqualTo(2);
  }

  @Test
  void creates_an_order_and_its_maker_reads_changes_and_cancels_it() throws Exception {
    String alice = side.token(ALICE);
    Seen made = side.post("/v1/orders", alice, NEW_ORDER);
    assertThat(made.status()).isEqualTo(201);
    String path = "/v1/orders/" + made.json().path("id").asString();

    assertThat(side.get(path, alice).json().path("total").asInt()).isEqualTo(2900);
    Seen changed = side.patch(path, alice, "{\"note\":\"ring twice\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().path("note").asString()).isEqualTo("ring twice");
    assertThat(side.delete(path, alice).status()).isEqualTo(204);
    assertThat(side.get(path, alice).status()).isEqualTo(404);
  }

  @Test
  void reads_an_order() throws Exception {
    Seen seen = side.get("/v1/orders/" + Shelves.OF_ALICE, side.token(ALICE));

    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.json().path("id").asString()).isEqualTo(Shelves.OF_ALICE.toString());
    assertThat(seen.header("content-type")).startsWith("application/json");
  }

  @Test
  void reads_and_changes_the_profile() throws Exception {
    assertThat(side.get("/v1/profile", side.token(ALICE)).json().path("id").asString())
        .isEqualTo("alice");
    Seen changed =
        side.patch("/v1/profile", side.token(ALICE), "{\"email\":\"alice@north.example\"}");
    assertThat(changed.status()).isEqualTo(200);
  }

  @Test
  void lets_an_admin_set_what_admins_may_set() throws Exception {
    Seen seen = side.patch("/v1/profile", side.token(ADMIN), "{\"role\":\"admin\"}");

    assertThat(seen.status()).isEqualTo(200);
  }

  @Test
  void takes_an_event_of_the_bank() throws Exception {
    Seen seen =
        side.event(
            "evt_" + UUID.randomUUID(),
            side.now(),
            "{\"event\":\"payment.settled\",\"order\":\"" + Shelves.OF_ALICE + "\",\"amount\":1}");

    assertThat(seen.status()).isEqualTo(204);
    assertThat(shop.shelves().order(Shelves.OF_ALICE).paid()).isEqualTo(1);
  }
}
