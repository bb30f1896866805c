package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.shop.Shelves;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nobody writes a property that is not theirs to write, or sees one that was not promised.
class PropertyTest {

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
  void a_customer_does_not_become_admin() throws Exception {
    Seen seen =
        side.patch("/v1/profile", side.token(ALICE), "{\"displayName\":\"A\",\"role\":\"admin\"}");

    assertThat(seen.status()).isEqualTo(403);
    assertThat(shop.reason(seen)).startsWith("writable-fields.");
    assertThat(seen.json().path("errors").path(0).path("instanceLocation").asString())
        .isEqualTo("/role");
    assertThat(shop.shelves().profile("alice").role()).isEqualTo("customer");
    assertThat(shop.shelves().profile("alice").displayName()).isEqualTo("Alice");
  }

  @Test
  void writing_the_name_in_another_way_is_no_way_around() throws Exception {
    side.patch("/v1/profile", side.token(ALICE), "{\"r\\u006fle\":\"admin\"}");
    side.patch("/v1/profile", side.token(ALICE), "{\"role\":\"customer\",\"role\":\"admin\"}");
    side.patch("/v1/profile", side.token(ALICE), "{\"Role\":\"admin\"}");

    assertThat(shop.shelves().profile("alice").role()).isEqualTo("customer");
  }

  @Test
  void what_is_read_only_is_not_written() throws Exception {
    Seen seen =
        side.post(
            "/v1/orders",
            side.token(ALICE),
            "{\"id\":\""
                + Shelves.OF_BOB
                + "\",\"items\":[{\"sku\":\"CUP-6\",\"quantity\":1}],\"shipTo\":\"x\"}");

    assertThat(seen.status()).isBetween(400, 403);
    assertThat(shop.shelves().order(Shelves.OF_BOB).customerId()).isEqualTo("bob");
  }

  @Test
  void what_was_not_promised_is_cut_out_of_the_answer() throws Exception {
    Seen seen = side.get("/v1/profile", side.token(ALICE));

    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.json().path("email").asString()).isEqualTo("alice@north.example");
    assertThat(seen.text()).doesNotContain("passwordHash").doesNotContain("$2b$");
  }
}
