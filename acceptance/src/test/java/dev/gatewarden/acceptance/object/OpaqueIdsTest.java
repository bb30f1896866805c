package dev.gatewarden.acceptance.object;

import static dev.gatewarden.acceptance.object.Caller.ALICE;
import static dev.gatewarden.acceptance.object.Caller.BOB;
import static dev.gatewarden.acceptance.object.Caller.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Callers see ids that say nothing, and the service sees its own.
class OpaqueIdsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String UUID =
      "[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  private static final String TEXT = "[A-Za-z0-9_-]{22,}";

  @TempDir static Path folder;
  private static Warehouse store;
  private static OpaqueGate gate;

  @BeforeAll
  static void open() throws Exception {
    store = new Warehouse();
    gate = OpaqueGate.start(folder, store, "n");
  }

  @AfterAll
  static void close() {
    gate.close();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  private static JsonNode list(Caller caller) throws Exception {
    return json(gate.get(caller, "/orders")).path("data");
  }

  private static String first(Caller caller) throws Exception {
    return list(caller).path(0).path("id").asString();
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void a_list_shows_ids_that_say_nothing() throws Exception {
    JsonNode data = list(ALICE);
    assertThat(data.size()).isEqualTo(2);
    for (JsonNode order : data) {
      assertThat(order.path("id").asString()).matches(UUID);
      assertThat(order.path("accountId").asString()).matches(UUID);
      assertThat(order.path("shipTo").asString()).matches(TEXT);
      assertThat(order.path("lines").path(0).path("from").asString()).matches(TEXT);
      assertThat(order.path("lines").path(0).path("ticket").isInt()).isTrue();
      assertThat(order.path("lines").path(0).path("ticket").asInt()).isGreaterThan(1000);
      assertThat(order.path("customerId").asString()).isEqualTo("alice");
    }
    assertThat(data.path(0).path("id")).isNotEqualTo(data.path(1).path("id"));
    assertThat(data.path(0).path("accountId")).isEqualTo(data.path(1).path("accountId"));
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void an_id_of_a_path_reaches_the_service_as_its_own() throws Exception {
    String id = first(ALICE);
    HttpResponse<String> answer = gate.get(ALICE, "/orders/" + id);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(store.last().path()).isEqualTo("/orders/1");
    assertThat(json(answer).path("id").asString()).isEqualTo(id);
    assertThat(json(answer).path("note").asString()).isEqualTo("1");
    assertThat(gate.get(BOB, "/orders/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void a_number_is_no_id() throws Exception {
    int before = store.reached();
    HttpResponse<String> raw = gate.get(ALICE, "/orders/1");
    assertThat(raw.statusCode()).isEqualTo(404);
    assertThat(store.reached()).isEqualTo(before);
    assertThat(gate.get(CAROL, "/orders/" + first(ALICE)).statusCode()).isEqualTo(404);
  }
}
