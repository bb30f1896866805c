package dev.gatewarden.acceptance.object;

import static dev.gatewarden.acceptance.object.Caller.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Opaque ids in bodies of every shape, and lists of them.
class OpaqueShapesTest {
  private static final String UUID = "[0-9a-f-]{36}";
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Shapes, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      paths:
        /orders/some:
          get:
            operationId: getSome
            x-gatewarden-object: {type: order, does: act, id: query.ids, batch: all}
            parameters: [{name: ids, in: query, required: true, explode: false, schema: {type: array, items: {type: string, format: uuid}}}]
            responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}
        /orders:
          get:
            operationId: listOrders
            x-gatewarden-object: {type: order, does: list, items: response.body#/data}
            responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Any'}}}}}}}}
        /orders/lines:
          get:
            operationId: streamOrders
            x-gatewarden-object: {type: order, does: list, items: response.body#}
            responses: {'200': {description: ok, content: {application/x-ndjson: {itemSchema: {$ref: '#/components/schemas/Order'}}}}}
        /orders/records:
          get:
            operationId: recordOrders
            x-gatewarden-object: {type: order, does: list, items: response.body#}
            responses: {'200': {description: ok, content: {application/json-seq: {itemSchema: {$ref: '#/components/schemas/Order'}}}}}
        /orders/keyed:
          post:
            operationId: changeOrders
            x-gatewarden-object: {type: order, does: update, id: 'body#/orders/*#', batch: all}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {orders: {type: object, additionalProperties: {$ref: '#/components/schemas/Change'}}}}}}}
            responses: {'204': {description: done}}
        /orders/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
          get:
            operationId: getOrder
            x-gatewarden-object: {type: order, id: path.id}
            responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
          put:
            operationId: putOrder
            x-gatewarden-object: {type: order, does: update, id: path.id}
            requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
            responses: {'204': {description: done}}
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          order:
            id: {at: /id, as: integer}
            owner: {at: /customerId}
            tenant: {at: /org}
            parent: {order: /parentId}
            read-by: getOrder
            public-id: opaque
        schemas:
          Any: {oneOf: [{$ref: '#/components/schemas/Order'}, {$ref: '#/components/schemas/Special'}]}
          Special:
            allOf:
            - {$ref: '#/components/schemas/Order'}
            - {type: object, required: [special], properties: {special: {type: boolean}, twin: {type: string, x-gatewarden-id: order}}}
          Order:
            type: object
            required: [id]
            properties:
              id: {type: string, format: uuid}
              customerId: {type: string}
              org: {type: string}
              parentId: {type: [string, 'null'], format: uuid}
              children: {type: array, items: {$ref: '#/components/schemas/Order'}}
              named: {type: object, additionalProperties: {$ref: '#/components/schemas/Order'}}
              price: {type: integer, x-gatewarden-write: {by: ['role:admin'], else: strip}}
              note: {type: string}
          Change:
            type: object
            properties:
              note: {type: string}
              costs: {type: array, items: {type: object, properties: {secret: {type: integer, x-gatewarden-write: ['role:admin']}}}}
      """;

  @TempDir Path folder;
  private Warehouse store;
  private OpaqueGate gate;

  @BeforeEach
  void open() throws Exception {
    store = new Warehouse();
    gate = OpaqueGate.promising(CONTRACT, folder, store, "n");
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private static String own(int id, String more) {
    return "{\"id\":" + id + ",\"customerId\":\"alice\",\"org\":\"north\"" + more + "}";
  }

  private void shows(String list) {
    store.answering(request -> request.path().equals("/orders") ? Answer.json(200, list) : null);
  }

  /// What looks like a public id in the list, in its order.
  private List<String> ids() throws Exception {
    return Pattern.compile("\"(" + UUID + ")\"")
        .matcher(gate.get(ALICE, "/orders").body())
        .results()
        .map(each -> each.group(1))
        .toList();
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void every_branch_and_depth_is_translated() throws Exception {
    shows(
        "{\"data\":["
            + own(11, ",\"parentId\":null,\"children\":[" + own(12, ",\"parentId\":11") + "]")
            + ","
            + own(13, ",\"special\":true,\"twin\":11,\"named\":{\"a\":" + own(14, "") + "}")
            + "]}");
    HttpResponse<String> answer = gate.get(ALICE, "/orders");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .doesNotContain("11")
        .doesNotContain(":12")
        .doesNotContain(":13")
        .doesNotContain(":14")
        .contains("\"parentId\":null");
    String first = ids().getFirst();
    assertThat(answer.body())
        .contains("\"parentId\":\"" + first + "\"")
        .contains("\"twin\":\"" + first + "\"");
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void each_line_of_a_stream_is_translated() throws Exception {
    store.answering(
        request ->
            request.path().endsWith("lines")
                ? Answer.of(200, "application/x-ndjson", own(11, "") + "\n" + own(12, "") + "\n")
                : null);
    HttpResponse<String> answer = gate.get(ALICE, "/orders/lines");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String[] lines = answer.body().split("\n");
    assertThat(lines).hasSize(2);
    for (String line : lines) {
      assertThat(line).matches("\\{\"id\":\"" + UUID + "\",.*");
    }
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void each_id_of_a_list_is_read_back() throws Exception {
    shows("{\"data\":[" + own(1, "") + "," + own(3, "") + "]}");
    List<String> ids = ids();
    assertThat(ids).hasSize(2);
    String both = ids.get(0) + "," + ids.get(1);
    store.answering(
        request -> request.path().endsWith("some") ? Answer.json(200, "{\"note\":\"x\"}") : null);
    gate.get(ALICE, "/orders/some?ids=" + both);
    assertThat(store.last().target()).isEqualTo("/orders/some?ids=1,3");
    int before = store.reached();
    assertThat(gate.get(ALICE, "/orders/some?ids=" + both + ",1").statusCode()).isEqualTo(404);
    assertThat(gate.get(ALICE, "/orders/some?ids=1,3").statusCode()).isEqualTo(404);
    assertThat(store.reached()).isEqualTo(before);
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void what_is_stripped_of_a_request_leaves_its_ids_translated() throws Exception {
    store.answering(
        request ->
            request.method().equals("GET") ? Answer.json(200, own(1, "")) : Answer.empty(204));
    shows("{\"data\":[" + own(1, "") + "]}");
    assertThat(ids()).hasSize(1);
    String id = ids().getFirst();
    store.answering(
        request ->
            request.method().equals("GET") ? Answer.json(200, own(1, "")) : Answer.empty(204));
    String body = "{\"note\":\"a\",\"id\":\"" + id + "\",\"price\":1,\"customerId\":\"alice\"}";
    HttpResponse<String> answer = gate.send(ALICE, "PUT", "/orders/" + id, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(store.last("PUT").text())
        .isEqualTo("{\"note\":\"a\",\"id\":1,\"customerId\":\"alice\"}");
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void an_item_of_several_lines_is_translated() throws Exception {
    store.answering(
        request ->
            request.path().endsWith("records")
                ? Answer.of(
                    200, "application/json-seq", "\u001e" + own(11, "").replace(",", ",\n") + "\n")
                : null);
    HttpResponse<String> answer = gate.get(ALICE, "/orders/records");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).containsPattern("\"id\":\"" + UUID + "\",\n\"customerId\"");
  }

  /// The public id of alice's order 1, which the service has from now on.
  private String known() throws Exception {
    shows("{\"data\":[" + own(1, "") + "]}");
    String id = ids().getFirst();
    store.answering(
        request ->
            request.method().equals("GET") ? Answer.json(200, own(1, "")) : Answer.empty(204));
    return id;
  }

  @Test
  @Requirement(id = "AUT-7")
  void two_spellings_of_one_id_are_not_two_objects() throws Exception {
    String id = known();
    String one = "{\"orders\":{\"" + id + "\":{\"note\":\"a\"}}}";
    assertThat(gate.send(ALICE, "POST", "/orders/keyed", one).statusCode()).isEqualTo(204);
    assertThat(store.last("POST").text()).isEqualTo("{\"orders\":{\"1\":{\"note\":\"a\"}}}");
    String two = one.replace("}}}", "},\"" + id.toUpperCase(Locale.ROOT) + "\":{}}}");
    int before = store.reached();
    assertThat(gate.send(ALICE, "POST", "/orders/keyed", two).statusCode()).isBetween(400, 404);
    assertThat(store.reached()).isEqualTo(before);
  }

  @Test
  void a_refusal_names_the_public_id_and_not_every_place() throws Exception {
    String id = known();
    String costs = "{\"secret\":1},".repeat(2000) + "{}";
    String body = "{\"orders\":{\"" + id + "\":{\"costs\":[" + costs + "]}}}";
    HttpResponse<String> answer = gate.send(ALICE, "POST", "/orders/keyed", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body())
        .contains("/orders/" + id + "/costs/0/secret")
        .doesNotContain("/orders/1/");
    assertThat(answer.body().split("instanceLocation", -1)).hasSize(17);
  }
}
