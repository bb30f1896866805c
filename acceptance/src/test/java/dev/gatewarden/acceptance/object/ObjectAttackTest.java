package dev.gatewarden.acceptance.object;

import static dev.gatewarden.acceptance.object.Caller.ALICE;
import static dev.gatewarden.acceptance.object.Caller.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How one would get around an object check by the way an id is written or sent.
class ObjectAttackTest {
  private static final String THINGS =
      """
      openapi: 3.1.0
      info: {title: Things, version: '1'}
      servers: [{url: /}]
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          word: {id: {at: /id}, owner: {at: /ownerId}, tenant: {at: /tenantId}, read-by: getWord}
          number: {id: {at: /id, as: integer}, owner: {at: /ownerId}, tenant: {at: /tenantId}, read-by: getNumber}
      paths:
        /words/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 60}}]
          get: &get
            operationId: getWord
            x-gatewarden-object: {type: word, id: path.id}
            responses: {'200': {description: it, content: {application/json: {schema: {type: object, properties: {id: {}, ownerId: {type: string}, tenantId: {type: string}, secret: {type: string}}}}}}}
          delete:
            x-gatewarden-object: {type: word, id: path.id}
            responses: {'204': {description: gone}}
        /numbers/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: integer, maximum: 9007199254740991}}]
          get:
            operationId: getNumber
            x-gatewarden-object: {type: number, id: path.id}
            responses: {'200': {description: it, content: {application/json: {schema: {type: object, properties: {id: {}, ownerId: {type: string}, tenantId: {type: string}, secret: {type: string}}}}}}}
        /words:
          post:
            x-gatewarden-object: {type: word, does: act, id: body#/id}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {id: {}}}}}}
            responses: {'204': {description: done}}
        /numbers:
          post:
            x-gatewarden-object: {type: number, does: act, id: body#/id}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {id: {}}}}}}
            responses: {'204': {description: done}}
      """
          .replace("&get\n", "\n");

  @TempDir static Path depots;
  @TempDir static Path others;
  private static Store store;
  private static ObjectGate depot;
  private static Store things;
  private static ObjectGate thingsGate;

  @BeforeAll
  static void open() throws Exception {
    store = Depot.store();
    depot = ObjectGate.start(depots, store, Depot.CONTRACT, "", "");
    things = new Store("n-alice|n-bob|70\\d\\d");
    for (Caller of : List.of(ALICE, BOB)) {
      things.put("n-" + of.subject(), Depot.of("n-" + of.subject(), "ownerId", of, Map.of()));
      String number = "70" + (10 + of.ordinal());
      Map<String, Object> numbered = Depot.of(number, "ownerId", of, Map.of());
      numbered.put("id", Integer.parseInt(number));
      things.put(number, numbered);
    }
    thingsGate = ObjectGate.start(others, things, THINGS, "", "");
  }

  @AfterAll
  static void close() {
    depot.close();
    thingsGate.close();
  }

  @AfterEach
  void tidy() {
    store.etags = false;
    store.lookUpStatus = 0;
    store.meanwhile = () -> {};
    things.wild = "";
    things.takeWrites();
    store.takeWrites();
    Depot.fill(store);
  }

  private static String own() {
    return "/orders/" + Depot.order(ALICE);
  }

  private static String foreign() {
    return "/orders/" + Depot.order(BOB);
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    return depot.send(ALICE, request).statusCode();
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void an_id_in_two_places_is_one_id() throws Exception {
    String other = "{\"id\":\"" + Depot.order(BOB) + "\"}";
    String same = "{\"id\":\"" + Depot.order(ALICE) + "\"}";

    for (String method : List.of("PUT", "PATCH")) {
      assertThat(status(depot.json(method, own(), other))).isBetween(400, 404);
      assertThat(store.takeWrites()).isEmpty();
      assertThat(status(depot.json(method, own(), same))).isEqualTo(204);
      store.takeWrites();
    }
    assertThat(status(depot.json("POST", "/orders", other))).isEqualTo(404);
    assertThat(store.takeWrites()).isEmpty();
  }

  @Test
  void parameters_that_come_twice_or_undeclared_choose_no_object() throws Exception {
    String two = "/order?orderId=" + Depot.order(ALICE) + "&orderId=" + Depot.order(BOB);

    assertThat(status(depot.json("DELETE", two, ""))).isBetween(400, 404);
    assertThat(status(depot.json("DELETE", own() + "?orderId=" + Depot.order(BOB), "")))
        .isEqualTo(400);
    assertThat(
            status(
                depot
                    .json("POST", "/held", "")
                    .header("X-Order-Id", Depot.order(ALICE))
                    .header("X-Order-Id", Depot.order(BOB))))
        .isBetween(400, 404);
    assertThat(
            status(
                depot.json(
                    "POST",
                    "/in-body/act",
                    "{\"order\":\""
                        + Depot.order(ALICE)
                        + "\",\"order\":\""
                        + Depot.order(BOB)
                        + "\"}")))
        .isBetween(400, 404);
    assertThat(store.takeWrites()).isEmpty();
  }

  @Test
  void no_method_travels_inside_another() throws Exception {
    for (String header : List.of("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method")) {
      assertThat(status(depot.json("GET", own(), "").header(header, "DELETE"))).isEqualTo(400);
    }
    assertThat(status(depot.json("GET", own() + "?_method=DELETE", ""))).isEqualTo(400);
    assertThat(
            status(
                depot.typed(
                    "POST",
                    "/in-body/act",
                    "application/x-www-form-urlencoded",
                    "order=" + Depot.order(ALICE) + "&_method=DELETE")))
        .isEqualTo(400);
    assertThat(store.takeWrites()).isEmpty();
  }

  @Test
  void no_slash_or_dot_in_an_id_leads_elsewhere() throws Exception {
    for (String id :
        List.of(
            Depot.order(ALICE) + "%2F..%2F" + Depot.order(BOB),
            Depot.order(ALICE) + "/../" + Depot.order(BOB),
            Depot.order(ALICE) + "%5C" + Depot.order(BOB),
            Depot.order(ALICE) + "%00",
            Depot.order(ALICE) + "%20",
            Depot.order(ALICE) + ";" + Depot.order(BOB),
            "%2e%2e")) {
      assertThat(status(depot.json("DELETE", "/orders/" + id, ""))).as(id).isBetween(400, 404);
      assertThat(store.takeWrites()).as(id).isEmpty();
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void a_service_that_takes_wildcards_is_asked_for_none() throws Exception {
    things.wild = "n-alice";
    for (String id :
        List.of("*", "%25", "_", "me", "all", "N-ALICE", "n-alic%C3%A9", "n-alice%EF%BC%8E", "0")) {
      HttpResponse<String> told =
          thingsGate.send(ALICE, thingsGate.json("DELETE", "/words/" + id, ""));

      assertThat(told.statusCode()).as(id).isBetween(400, 404);
      assertThat(things.takeWrites()).as(id).isEmpty();
    }
    assertThat(thingsGate.send(ALICE, thingsGate.json("DELETE", "/words/n-alice", "")).statusCode())
        .isEqualTo(204);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void ids_of_other_types_than_their_form_name_nothing() throws Exception {
    things.wild = "7010";
    for (String id :
        List.of(
            "7010.0",
            "7.010e3",
            "-7010",
            "[7010]",
            "{\"id\":7010}",
            "9007199254740993",
            "true",
            "null",
            "\"07010\"",
            "\" 7010\"",
            "\"7010 \"",
            "\"7010\\u0000\"",
            "\"\"",
            "7011",
            "\"7011\"")) {
      HttpResponse<String> told =
          thingsGate.send(ALICE, thingsGate.json("POST", "/numbers", "{\"id\":" + id + "}"));

      assertThat(told.statusCode()).as(id).isBetween(400, 404);
      assertThat(things.takeWrites()).as(id).isEmpty();
    }
    for (String id :
        List.of("\"..\"", "\"../numbers/7010\"", "\"n-alice\\u200b\"", "\"n-alice?x\"")) {
      things.wild = "n-alice";
      HttpResponse<String> told =
          thingsGate.send(ALICE, thingsGate.json("POST", "/words", "{\"id\":" + id + "}"));

      assertThat(told.statusCode()).as(id).isEqualTo(404);
      assertThat(things.takeWrites()).as(id).isEmpty();
    }
    assertThat(
            thingsGate
                .send(ALICE, thingsGate.json("POST", "/numbers", "{\"id\":7010}"))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void no_condition_or_range_tells_of_a_foreign_object() throws Exception {
    store.etags = true;
    String[][] asked = {
      {"If-None-Match", "*"},
      {"If-None-Match", "\"v1\""},
      {"If-Match", "*"},
      {"Range", "bytes=0-9"},
      {"If-Modified-Since", "Sat, 01 Jan 2050 00:00:00 GMT"}
    };
    for (String[] field : asked) {
      HttpResponse<String> told =
          depot.send(ALICE, depot.json("GET", foreign(), "").header(field[0], field[1]));

      assertThat(told.statusCode()).as(field[0]).isEqualTo(404);
      assertThat(told.headers().firstValue("etag")).isEmpty();
    }
    assertThat(status(depot.json("HEAD", foreign(), ""))).isIn(404, 405);
    assertThat(status(depot.json("OPTIONS", foreign(), "")))
        .isEqualTo(status(depot.json("OPTIONS", "/orders/" + Depot.absent(), "")));
  }

  @Test
  void an_object_that_changes_hands_between_look_up_and_write_is_not_written() throws Exception {
    store.etags = true;
    store.meanwhile =
        () ->
            store.put(
                Depot.order(ALICE), Depot.of(Depot.order(ALICE), "customerId", BOB, Map.of()));

    assertThat(status(depot.json("PUT", own(), "{\"note\":\"late\"}"))).isEqualTo(412);
    assertThat(store.takeWrites()).isEmpty();
  }

  @Test
  void a_condition_of_the_callers_own_is_kept() throws Exception {
    store.etags = true;
    String stale = "\"v0\", W/\"v1\"";

    assertThat(status(depot.json("PUT", own(), "{}").header("If-Match", stale))).isEqualTo(412);
    assertThat(store.takeWrites()).isEmpty();
    assertThat(status(depot.json("PUT", own(), "{}").header("If-Match", "*"))).isEqualTo(204);
    assertThat(store.seen().getLast().header("if-match")).startsWith("\"v");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void a_service_that_cannot_say_is_no_reason_to_write_and_none_to_say_absent() throws Exception {
    for (int failing : List.of(500, 401, 302, 429)) {
      store.lookUpStatus = failing;
      assertThat(status(depot.json("DELETE", own(), ""))).as("%s", failing).isEqualTo(503);
    }
    for (int gone : List.of(404, 410, 403)) {
      store.lookUpStatus = gone;
      assertThat(status(depot.json("DELETE", own(), ""))).as("%s", gone).isEqualTo(404);
    }
    assertThat(store.takeWrites()).isEmpty();
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void refusals_of_reads_are_remembered_for_a_moment_and_writes_always_ask() throws Exception {
    String below = "/accounts/" + Depot.account(BOB) + "/orders/" + Depot.order(BOB);
    int before = store.seen().size();
    assertThat(status(depot.json("GET", below, ""))).isEqualTo(404);
    int first = store.seen().size() - before;
    assertThat(status(depot.json("GET", below, ""))).isEqualTo(404);
    int both = store.seen().size() - before;
    assertThat(status(depot.json("DELETE", foreign(), ""))).isEqualTo(404);
    assertThat(status(depot.json("DELETE", foreign(), ""))).isEqualTo(404);

    assertThat(first).isEqualTo(1);
    assertThat(both).isEqualTo(1);
    assertThat(store.seen().size() - before - both).isEqualTo(2);
  }

  @Test
  @Requirement(id = "AUT-2", without = "principal-limit")
  void who_guesses_ids_pays_for_each_look_up(@TempDir Path folder) throws Exception {
    Store asked = Depot.store();
    try (ObjectGate gate =
        ObjectGate.start(folder, asked, Depot.CONTRACT, "", "{rate: 5/1h, burst: 5}")) {
      int refused = 0;
      for (int i = 0; i < 12; i++) {
        HttpResponse<String> told =
            gate.send(ALICE, gate.json("DELETE", "/orders/" + Depot.absent(), ""));
        refused += told.statusCode() == 429 ? 1 : 0;
      }
      assertThat(refused).isEqualTo(7);
      assertThat(asked.seen()).hasSize(5);
    }
  }
}
