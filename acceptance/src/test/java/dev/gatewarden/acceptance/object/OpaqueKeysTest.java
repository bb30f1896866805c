package dev.gatewarden.acceptance.object;

import static dev.gatewarden.acceptance.object.Caller.ALICE;
import static dev.gatewarden.acceptance.object.Caller.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Keys of opaque ids come and go; what they gave out is good as long as they are there.
class OpaqueKeysTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private static JsonNode first(OpaqueGate gate, Caller caller) throws Exception {
    return JSON.readTree(gate.get(caller, "/orders").body()).path("data").path(0);
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void an_old_id_is_understood_until_its_key_goes() throws Exception {
    Warehouse store = new Warehouse();
    try (OpaqueGate gate = OpaqueGate.start(folder, store, "o")) {
      JsonNode before = first(gate, ALICE);
      String order = "/orders/" + before.path("id").asString();
      String address = "/addresses/" + before.path("shipTo").asString();
      String ticket = "/tickets/" + before.path("lines").path(0).path("ticket");

      gate.rekey("n", "o");
      JsonNode after = first(gate, ALICE);
      for (String at : new String[] {"id", "accountId", "shipTo", "lines"}) {
        assertThat(after.path(at)).isNotEqualTo(before.path(at));
      }
      for (String old : new String[] {order, address, ticket}) {
        HttpResponse<String> answer = gate.get(ALICE, old);
        assertThat(answer.statusCode()).as(old).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(old.substring(old.lastIndexOf('/') + 1));
      }
      assertThat(gate.get(ALICE, order).body()).contains(after.path("id").asString());

      gate.rekey("n");
      int reached = store.reached();
      for (String old : new String[] {order, address, ticket}) {
        assertThat(gate.get(ALICE, old).statusCode()).as(old).isEqualTo(404);
      }
      assertThat(store.reached()).isEqualTo(reached);
      assertThat(gate.get(ALICE, "/orders/" + after.path("id").asString()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void addresses_are_found_where_the_service_stands_and_where_the_gate_does() throws Exception {
    Warehouse store = new Warehouse();
    String contract = OpaqueGate.CONTRACT.replace("[{url: /}]", "[{url: /api}]");
    try (OpaqueGate gate = OpaqueGate.promising(contract, folder, store, "o")) {
      for (String base : new String[] {"/api", "/v1"}) {
        store.answering(
            request ->
                request.method().equals("POST")
                    ? Answer.json(201, Warehouse.order(5, "alice", "north", 10))
                        .with("location", base + "/orders/5")
                    : null);
        HttpResponse<String> made = gate.send(ALICE, "POST", "/v1/orders", "{\"note\": \"x\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(store.last().path()).isEqualTo("/api/orders");
        assertThat(made.headers().firstValue("location").orElse("")).doesNotEndWith("/5");
        assertThat(made.headers().firstValue("location"))
            .hasValue(base + "/orders/" + JSON.readTree(made.body()).path("id").asString());
      }
    }
  }

  @Test
  void what_was_learned_outlives_a_change_of_keys() throws Exception {
    Warehouse store = new Warehouse();
    String contract = OpaqueGate.CONTRACT.replace("read-by: getOrder", "known-by: [relation]");
    try (OpaqueGate gate = OpaqueGate.promising(contract, folder, store, "o")) {
      HttpResponse<String> made = gate.send(ALICE, "POST", "/orders", "{\"note\": \"mine\"}");
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      String old = "/orders/" + JSON.readTree(made.body()).path("id").asString();
      assertThat(gate.send(BOB, "DELETE", old, "").statusCode()).isEqualTo(404);

      gate.rekey("n", "o");
      assertThat(gate.send(BOB, "DELETE", old, "").statusCode()).isEqualTo(404);
      assertThat(gate.send(ALICE, "DELETE", old, "").statusCode()).isEqualTo(204);
      assertThat(store.last().path()).isEqualTo("/orders/5");
    }
  }

  @Test
  void decision_lines_hold_no_id_of_either_kind() throws Exception {
    Warehouse store = new Warehouse();
    OpaqueGate gate = OpaqueGate.start(folder, store, "o");
    String id = first(gate, ALICE).path("id").asString();
    assertThat(gate.get(ALICE, "/orders/" + id).statusCode()).isEqualTo(200);
    assertThat(gate.get(ALICE, "/orders/1").statusCode()).isEqualTo(404);
    gate.close();
    assertThat(gate.decisions())
        .contains("/orders/{orderId}")
        .contains("binder.ODD_ID")
        .doesNotContain(id)
        .doesNotContain("/orders/1");
  }

  @Test
  void a_type_without_a_key_does_not_load() {
    assertThatThrownBy(() -> OpaqueGate.start(folder, new Warehouse()))
        .hasMessageContaining("ids of `order` are opaque, and there is no key for them")
        .hasMessageContaining("contract.yaml");
  }

  @Test
  void a_short_key_does_not_load() {
    assertThatThrownBy(() -> OpaqueGate.short31(folder, new Warehouse()))
        .hasMessageContaining("a key of opaque ids has 31 bytes; at least 32");
  }

  @Test
  void keys_without_a_type_have_no_effect_and_do_not_load() {
    String contract =
        OpaqueGate.CONTRACT
            .replaceAll("(?m)^ *public-id:.*\\n", "")
            .replaceAll(", x-gatewarden-id: [a-z]+", "")
            .replace("format: uuid", "minLength: 1");
    assertThatThrownBy(() -> OpaqueGate.promising(contract, folder, new Warehouse(), "o"))
        .hasMessageContaining("`opaque-ids` has no effect");
  }

  @Test
  void a_contract_that_promises_numbers_where_callers_get_texts_does_not_load() {
    String body =
        OpaqueGate.CONTRACT.replace(
            "id: {type: string, format: uuid}", "id: {type: integer, maximum: 99}");
    assertThatThrownBy(() -> OpaqueGate.promising(body, folder, new Warehouse(), "o"))
        .hasMessageContaining(
            "callers get ids of `order` as a text, and the contract promises integer");
    String head =
        OpaqueGate.CONTRACT.replace(
            "{name: orderId, in: path, required: true, schema: {type: string, format: uuid}}",
            "{name: orderId, in: path, required: true, schema: {type: integer, maximum: 99}}");
    assertThatThrownBy(() -> OpaqueGate.promising(head, folder, new Warehouse(), "o"))
        .hasMessageContaining(
            "callers write ids of `order` as a text, and the contract promises integer");
  }

  @Test
  void what_cannot_be_translated_does_not_load() {
    String xml =
        OpaqueGate.CONTRACT.replace(
            "content: {application/json: {schema: {$ref: '#/components/schemas/NewOrder'",
            "content: {application/xml: {schema: {$ref: '#/components/schemas/NewOrder'");
    assertThatThrownBy(() -> OpaqueGate.promising(xml, folder, new Warehouse(), "o"))
        .hasMessageContaining("opaque ids cannot be put into bodies of the type `application/xml`");
    for (String type : new String[] {"text/csv", "application/pdf", "text/*", "application/xml"}) {
      String other =
          OpaqueGate.CONTRACT.replace(
              "application/json: {schema: {type: object, properties: {data: {type: array, items:"
                  + " {type: string",
              "'"
                  + type
                  + "': {schema: {type: string}}, application/json: {schema: {type: object,"
                  + " properties: {data: {type: array, items: {type: string");
      assertThat(other).isNotEqualTo(OpaqueGate.CONTRACT);
      assertThatThrownBy(() -> OpaqueGate.promising(other, folder, new Warehouse(), "o"))
          .hasMessageContaining("objects with opaque ids cannot be shown in the type `" + type);
    }
    String label =
        OpaqueGate.CONTRACT.replace(
            "{name: orderId, in: path, required: true,",
            "{name: orderId, in: path, style: label, required: true,");
    assertThatThrownBy(() -> OpaqueGate.promising(label, folder, new Warehouse(), "o"))
        .hasMessageContaining("ids of `order` are opaque, and cannot be written in this style");
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void an_answer_that_is_promised_for_any_status_shows_public_ids() throws Exception {
    String promised =
        "'200': {description: ok, content: {application/json: {schema: {$ref:"
            + " '#/components/schemas/Account'}}}}";
    String any = "default: {description: ok, content: {%s: {schema: {%s}}}}";
    assertThat(OpaqueGate.CONTRACT).contains(promised);
    String csv = OpaqueGate.CONTRACT.replace(promised, any.formatted("text/csv", "type: string"));
    assertThatThrownBy(() -> OpaqueGate.promising(csv, folder, new Warehouse(), "o"))
        .hasMessageContaining("objects with opaque ids cannot be shown in the type `text/csv`");
    String json =
        OpaqueGate.CONTRACT.replace(
            promised,
            any.formatted("application/json", "type: object, additionalProperties: true"));
    Warehouse store = new Warehouse();
    try (OpaqueGate gate = OpaqueGate.promising(json, folder, store, "o")) {
      String account = first(gate, ALICE).path("accountId").asString();
      HttpResponse<String> seen = gate.get(ALICE, "/accounts/" + account);
      assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
      assertThat(JSON.readTree(seen.body()).path("id").asString()).isEqualTo(account);
    }
  }

  @Test
  void a_word_about_ids_has_to_name_an_opaque_type() {
    String nobody =
        OpaqueGate.CONTRACT.replace("x-gatewarden-id: account", "x-gatewarden-id: acount");
    assertThatThrownBy(() -> OpaqueGate.promising(nobody, folder, new Warehouse(), "o"))
        .hasMessageContaining("there is no object type `acount`")
        .hasMessageContaining("account");
    String plain = OpaqueGate.CONTRACT.replace("public-id: {as: uuid}", "unknown: look-up");
    assertThatThrownBy(() -> OpaqueGate.promising(plain, folder, new Warehouse(), "o"))
        .hasMessageContaining("`x-gatewarden-id` has no effect");
  }
}
