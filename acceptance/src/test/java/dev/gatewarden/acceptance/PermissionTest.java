package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ADMIN;
import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not permitted is denied.
class PermissionTest {

  private static final String NEW_ORDER =
      "{\"items\":[{\"sku\":\"BEANS-500\",\"quantity\":2}],\"shipTo\":\"Dock 4\"}";

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
  @Requirement(id = "AUT-1", without = "permission")
  void refuses_a_token_without_the_operations_scope() throws Exception {
    int before = shop.shelves().orders().size();
    Seen seen = side.post("/v1/orders", side.token(PARTNER), NEW_ORDER);

    assertThat(seen.status()).isEqualTo(403);
    assertThat(seen.header("www-authenticate"))
        .contains("insufficient_scope")
        .contains("orders:write");
    assertThat(shop.shelves().orders()).hasSize(before);
  }

  @Test
  void scopes_do_not_stand_for_each_other() throws Exception {
    String writer = side.token(side.wish(ALICE).scopes(List.of("orders:write", "orders:readonly")));

    assertThat(side.get("/v1/orders", writer).status()).isEqualTo(403);
    assertThat(side.post("/v1/orders", writer, NEW_ORDER).status()).isEqualTo(201);
  }

  @Test
  void tells_who_brings_nothing_what_to_bring() throws Exception {
    Seen seen = side.get("/v1/orders", null);

    assertThat(seen.status()).isEqualTo(401);
    assertThat(seen.header("www-authenticate")).startsWith("Bearer");
    assertThat(seen.header("content-type")).startsWith("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/debug/orders",
        "/",
        "/v1",
        "/v1/orders/",
        "/v1//orders",
        "/v2/orders",
        "/v1/orders/a11ce000-0000-4000-8000-000000000001/items",
        "/.well-known/openid-configuration"
      })
  void what_no_contract_lists_is_not_there_even_for_an_admin(String path) throws Exception {
    int before = shop.shop().served();

    assertThat(side.get(path, side.token(ADMIN)).status()).isIn(404, 400);
    assertThat(side.get(path, null).status()).isIn(404, 400);
    assertThat(shop.shop().served()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "TRACE", "PROPFIND", "POST"})
  void a_method_no_contract_lists_does_not_reach_the_service(String method) throws Exception {
    int before = shop.shop().served();
    Seen seen =
        side.send(
            side.request("/v1/profile", side.token(ADMIN)).method(method, BodyPublishers.noBody()));

    assertThat(seen.status()).isIn(404, 405, 501);
    assertThat(shop.shop().served()).isEqualTo(before);
  }

  @Test
  void a_token_does_not_open_the_webhook() throws Exception {
    Seen seen = side.post("/v1/webhooks/bank", side.token(ADMIN), "{}");

    assertThat(seen.status()).isEqualTo(401);
  }
}
