package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Everything has an end.
class BoundsTest {

  private static ShopAtTheGate shop;
  private static Side side;

  @BeforeAll
  static void open() throws Exception {
    shop = ShopAtTheGate.start();
    side = shop.side();
    side.reset();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @Test
  void a_body_over_the_limit_is_refused() throws Exception {
    int before = shop.shop().served();
    Seen seen =
        side.post("/v1/orders", side.token(ALICE), "{\"note\":\"" + "x".repeat(70_000) + "\"}");

    assertThat(seen.status()).isEqualTo(413);
    assertThat(shop.shop().served()).isEqualTo(before);
  }

  @Test
  void a_deeply_nested_body_is_refused() throws Exception {
    String deep = "[".repeat(20_000) + "]".repeat(20_000);
    Seen seen = side.post("/v1/orders", side.token(ALICE), "{\"items\":" + deep + "}");

    assertThat(seen.status()).isEqualTo(400);
  }

  @Test
  void more_items_than_the_contract_allows_are_refused() throws Exception {
    String item = "{\"sku\":\"CUP-6\",\"quantity\":1}";
    String many = (item + ",").repeat(50) + item;
    Seen seen =
        side.post("/v1/orders", side.token(ALICE), "{\"items\":[" + many + "],\"shipTo\":\"x\"}");

    assertThat(seen.status()).isEqualTo(400);
  }

  @Test
  void too_much_header_is_refused() throws Exception {
    HttpRequest.Builder request = side.request("/v1/orders", side.token(ALICE));
    for (int i = 0; i < 40; i++) {
      request.header("X-Filler-" + i, "x".repeat(1000));
    }

    assertThat(side.send(request.GET()).status()).isEqualTo(431);
  }

  @Test
  void too_long_an_address_is_refused() throws Exception {
    Seen seen = side.get("/v1/orders?status=" + "x".repeat(9000), side.token(ALICE));

    assertThat(seen.status()).isEqualTo(414);
  }
}
