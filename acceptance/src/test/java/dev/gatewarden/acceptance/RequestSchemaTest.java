package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.shop.Shelves;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not in the schema does not reach the service.
class RequestSchemaTest {

  private static final String ITEM = "{\"sku\":\"CUP-6\",\"quantity\":1}";

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

  static Stream<Arguments> badBodies() {
    return Stream.of(
        bad("no items", "{\"shipTo\":\"x\"}", ""),
        bad("empty items", "{\"items\":[],\"shipTo\":\"x\"}", "/items"),
        bad(
            "a quantity of none",
            "{\"items\":[{\"sku\":\"CUP-6\",\"quantity\":0}],\"shipTo\":\"x\"}",
            "/items/0/quantity"),
        bad(
            "a quantity in words",
            "{\"items\":[{\"sku\":\"CUP-6\",\"quantity\":\"1\"}],\"shipTo\":\"x\"}",
            "/items/0/quantity"),
        bad(
            "a sku that matches nothing",
            "{\"items\":[{\"sku\":\"' OR 1=1\",\"quantity\":1}],\"shipTo\":\"x\"}",
            "/items/0/sku"),
        bad("an address of no length", "{\"items\":[" + ITEM + "],\"shipTo\":\"\"}", "/shipTo"),
        bad(
            "an address too long",
            "{\"items\":[" + ITEM + "],\"shipTo\":\"" + "x".repeat(201) + "\"}",
            "/shipTo"),
        bad("a field too many", "{\"items\":[" + ITEM + "],\"shipTo\":\"x\",\"paid\":1}", "/paid"),
        bad("a list", "[]", ""),
        bad("null", "null", ""));
  }

  private static Arguments bad(String title, String body, String pointer) {
    return Arguments.argumentSet(title, body, pointer);
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void refuses_and_points_at(String body, String pointer) throws Exception {
    int before = shop.shop().served();
    Seen seen = side.post("/v1/orders", side.token(ALICE), body);

    assertThat(seen.status()).isEqualTo(400);
    assertThat(seen.header("content-type")).startsWith("application/problem+json");
    assertThat(seen.json().path("errors").findValuesAsString("instanceLocation")).contains(pointer);
    assertThat(shop.shop().served()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"items\":[" + ITEM + "],\"shipTo\":\"x\"} {}",
        "{\"items\":[" + ITEM + "],\"shipTo\":\"x\",\"shipTo\":\"y\"}",
        "{'items':[" + ITEM + "],'shipTo':'x'}",
        "{\"items\":[" + ITEM + "],\"shipTo\":\"\\ud800\"}",
        "{\"items\":[" + ITEM + "],\"shipTo\":\"x\",}",
        ""
      })
  void refuses_what_is_no_json_or_could_be_read_in_two_ways(String body) throws Exception {
    int before = shop.shop().served();
    Seen seen = side.post("/v1/orders", side.token(ALICE), body);

    assertThat(seen.status()).isEqualTo(400);
    assertThat(shop.shop().served()).isEqualTo(before);
  }

  @Test
  void a_refusal_tells_nothing_of_what_was_sent() throws Exception {
    Seen seen =
        side.post(
            "/v1/orders",
            side.token(ALICE),
            "{\"items\":[" + ITEM + "],\"shipTo\":{\"secret\":\"hunter2\"}}");

    assertThat(seen.status()).isEqualTo(400);
    assertThat(seen.text()).doesNotContain("hunter2").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?limit=0",
        "?limit=101",
        "?limit=ten",
        "?limit=1&limit=2",
        "?status=stolen",
        "?unknown=1"
      })
  void refuses_query_values_the_contract_does_not_allow(String query) throws Exception {
    assertThat(side.get("/v1/orders" + query, side.token(ALICE)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=1", "?limit=100", "?status=open", "?status=open&limit=5", ""})
  void lets_query_values_within_their_bounds_through(String query) throws Exception {
    assertThat(side.get("/v1/orders" + query, side.token(ALICE)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-a-uuid", "1", "%2e%2e", "a11ce000-0000-4000-8000-00000000000g"})
  void refuses_an_id_of_another_form(String id) throws Exception {
    int before = shop.shop().served();

    assertThat(side.get("/v1/orders/" + id, side.token(ALICE)).status()).isIn(400, 404);
    assertThat(shop.shop().served()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/json;charset=utf-7"})
  void refuses_other_content_types(String type) throws Exception {
    Seen seen =
        side.send(
            side.request("/v1/orders", side.token(ALICE))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"items\":[" + ITEM + "],\"shipTo\":\"x\"}")));

    assertThat(seen.status()).isEqualTo(415);
  }

  @Test
  void refuses_a_body_where_none_is_promised() throws Exception {
    Seen seen =
        side.send(
            side.request("/v1/orders/" + Shelves.OF_ALICE, side.token(ALICE))
                .header("Content-Type", "application/json")
                .method("GET", BodyPublishers.ofString("{}")));

    assertThat(seen.status()).isIn(400, 413, 415);
  }
}
