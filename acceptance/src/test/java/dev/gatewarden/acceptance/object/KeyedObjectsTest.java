package dev.gatewarden.acceptance.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests whose objects stand in a map, named by their ids.
class KeyedObjectsTest {
  private static final String PATHS =
      """
        /map/all:
          post:
            x-gatewarden-object: {type: order, does: update, id: 'body#/orders/*#', batch: all}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {orders: {type: object, additionalProperties: {$ref: '#/components/schemas/Change'}}}}}}}
            responses: {'204': {description: done}}
        /map/each:
          post:
            x-gatewarden-object: {type: order, does: update, id: 'body#/orders/*#', batch: each}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {orders: {type: object, additionalProperties: {$ref: '#/components/schemas/Change'}}}}}}}
            responses: {'204': {description: done}}
        /map/gone:
          post:
            x-gatewarden-object: {type: order, does: delete, id: 'body#/*#', batch: all}
            requestBody: {required: true, content: {application/json: {schema: {type: object, additionalProperties: {type: object, properties: {id: {type: string}}}}}}}
            responses: {'204': {description: gone}}
      """;

  @TempDir static Path folder;
  private static Store store;
  private static ObjectGate gate;

  @BeforeAll
  static void open() throws Exception {
    store = Depot.store();
    gate = ObjectGate.start(folder, store, Depot.CONTRACT + PATHS, "", "");
  }

  @AfterAll
  static void close() {
    gate.close();
  }

  @BeforeEach
  void empty() {
    store.takeWrites();
  }

  private static HttpResponse<String> send(Caller caller, String path, String body)
      throws Exception {
    return gate.send(caller, gate.json("POST", path, body));
  }

  private static String mine() {
    return Depot.order(Caller.ALICE);
  }

  private static String others() {
    return Depot.order(Caller.BOB);
  }

  @Test
  void passes_a_map_of_own_objects() throws Exception {
    String body = "{\"orders\":{\"" + mine() + "\":{\"note\":\"x\",\"id\":\"" + mine() + "\"}}}";
    assertThat(send(Caller.ALICE, "/map/all", body).statusCode()).isEqualTo(204);
    assertThat(store.takeWrites()).containsExactly("POST /map/all " + body);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void refuses_a_map_with_one_foreign_object() throws Exception {
    String body = "{\"orders\":{\"" + mine() + "\":{},\"" + others() + "\":{\"note\":\"x\"}}}";
    assertThat(send(Caller.ALICE, "/map/all", body).statusCode()).isEqualTo(404);
    assertThat(store.takeWrites()).isEmpty();
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void cuts_foreign_objects_with_their_names() throws Exception {
    String body =
        "{\"orders\":{\"" + others() + "\":{\"note\":\"x\"}, \"" + mine() + "\":{\"note\":\"y\"}}}";
    HttpResponse<String> response = send(Caller.ALICE, "/map/each", body);
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("gatewarden-refused-items")).hasValue("0");
    assertThat(store.takeWrites().getFirst())
        .doesNotContain(others())
        .contains("\"" + mine() + "\":{\"note\":\"y\"}");
    String foreign = "{\"orders\":{\"" + others() + "\":{\"note\":\"x\"}}}";
    assertThat(send(Caller.ALICE, "/map/each", foreign).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"%1$s\":{\"id\":\"%2$s\"}}",
        "{\"%1$s\":{},\"\\u0000\":{}}",
        "{\"%1$s\":{},\"%1$s \":{}}",
        "{\"%1$s\":{},\"*\":{}}",
        "{\"%1$s\":{},\"\":{}}",
        "{\"%1$s\":{},\"%2$s\":{\"id\":\"%1$s\"}}",
        "[{\"id\":\"%2$s\"}]",
        "{}",
      })
  void refuses_names_that_are_not_the_callers_ids(String map) throws Exception {
    String body = map.formatted(mine(), others());
    assertThat(send(Caller.ALICE, "/map/gone", body).statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(send(Caller.ALICE, "/map/all", "{\"orders\":" + body + "}").statusCode())
        .isGreaterThanOrEqualTo(400);
    assertThat(store.takeWrites()).isEmpty();
  }
}
