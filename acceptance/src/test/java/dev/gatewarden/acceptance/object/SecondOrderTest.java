package dev.gatewarden.acceptance.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ids of other objects that a request writes into the caller's own.
class SecondOrderTest {
  @TempDir static Path folder;
  private static Store store;
  private static ObjectGate gate;

  @BeforeAll
  static void open() throws Exception {
    store = Depot.store();
    gate = ObjectGate.start(folder, store, Depot.CONTRACT, "", "");
  }

  @AfterAll
  static void close() {
    gate.close();
  }

  private record Way(String name, BiFunction<Caller, String, HttpRequest.Builder> request) {}

  private static String at(Caller caller) {
    return "/orders/" + Depot.order(caller);
  }

  private static List<Way> ways() {
    return List.of(
        new Way(
            "create", (c, id) -> gate.json("POST", "/orders", "{\"addressId\":\"" + id + "\"}")),
        new Way(
            "create, nested",
            (c, id) ->
                gate.json("POST", "/orders", "{\"billing\":{\"addressId\":\"" + id + "\"}}")),
        new Way(
            "create, in a list",
            (c, id) ->
                gate.json("POST", "/orders", "{\"stops\":[{},{\"addressId\":\"" + id + "\"}]}")),
        new Way("put", (c, id) -> gate.json("PUT", at(c), "{\"addressId\":\"" + id + "\"}")),
        new Way("patch", (c, id) -> gate.json("PATCH", at(c), "{\"addressId\":\"" + id + "\"}")),
        new Way(
            "name with an escape",
            (c, id) -> gate.json("PATCH", at(c), "{\"address\\u0049d\":\"" + id + "\"}")),
        new Way(
            "merge patch",
            (c, id) ->
                gate.typed(
                    "PATCH",
                    at(c),
                    "application/merge-patch+json",
                    "{\"billing\":{\"addressId\":\"" + id + "\"}}")),
        new Way("json patch, add", (c, id) -> patch(c, "add", "/addressId", "\"" + id + "\"")),
        new Way(
            "json patch, replace an object",
            (c, id) -> patch(c, "replace", "/billing", "{\"addressId\":\"" + id + "\"}")),
        new Way(
            "json patch, an item",
            (c, id) -> patch(c, "add", "/stops/-", "{\"addressId\":\"" + id + "\"}")),
        new Way(
            "json patch, within an item",
            (c, id) -> patch(c, "replace", "/stops/0/addressId", "\"" + id + "\"")),
        new Way(
            "form",
            (c, id) ->
                gate.typed("PUT", at(c), "application/x-www-form-urlencoded", "addressId=" + id)),
        new Way(
            "part",
            (c, id) ->
                gate.typed(
                    "PUT",
                    at(c),
                    "multipart/form-data; boundary=b",
                    "--b\r\nContent-Disposition: form-data; name=\"addressId\"\r\n\r\n"
                        + id
                        + "\r\n--b--\r\n")),
        new Way(
            "batch",
            (c, id) ->
                gate.json(
                    "POST",
                    "/batch/all",
                    "{\"orders\":[{\"id\":\""
                        + Depot.order(c)
                        + "\",\"addressId\":\""
                        + id
                        + "\"}]}")),
        new Way(
            "items",
            (c, id) ->
                gate.json(
                    "POST",
                    "/batch/each",
                    "{\"orders\":[{\"id\":\""
                        + Depot.order(c)
                        + "\",\"billing\":{\"addressId\":\""
                        + id
                        + "\"}}]}")),
        new Way(
            "undeclared",
            (c, id) -> gate.json("POST", at(c) + "/loose", "{\"addressId\":\"" + id + "\"}")),
        new Way(
            "dots",
            (c, id) ->
                gate.json("POST", at(c) + "/loose", "{\"billing.addressId\":\"" + id + "\"}")));
  }

  private static HttpRequest.Builder patch(Caller caller, String op, String path, String value) {
    return gate.typed(
        "PATCH",
        at(caller),
        "application/json-patch+json",
        "[{\"op\":\"" + op + "\",\"path\":\"" + path + "\",\"value\":" + value + "}]");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void nobody_writes_a_foreign_or_absent_id_and_everybody_writes_their_own() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Way way : ways()) {
      for (Caller caller : Caller.CUSTOMERS) {
        for (Caller owner : Caller.CUSTOMERS) {
          check(way, caller, Depot.address(owner), owner == caller, wrong);
        }
        check(way, caller, Depot.absent(), false, wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void check(Way way, Caller caller, String address, boolean own, List<String> wrong)
      throws Exception {
    HttpResponse<String> told = gate.send(caller, way.request().apply(caller, address));
    boolean written = !store.takeWrites().isEmpty();
    boolean right = own ? told.statusCode() < 300 && written : told.statusCode() == 404 && !written;
    if (!right) {
      wrong.add(
          way.name()
              + ": "
              + caller
              + (own ? " own" : " foreign")
              + " "
              + told.statusCode()
              + (written ? ", written" : ""));
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void no_copy_brings_what_is_not_in_the_request() throws Exception {
    for (String op : List.of("copy", "move")) {
      String from = op.equals("copy") ? "/accountId" : "/note";
      HttpResponse<String> told =
          gate.send(
              Caller.ALICE,
              gate.typed(
                  "PATCH",
                  at(Caller.ALICE),
                  "application/json-patch+json",
                  "[{\"op\":\"" + op + "\",\"from\":\"" + from + "\",\"path\":\"/addressId\"}]"));

      assertThat(told.statusCode()).isBetween(400, 404);
      assertThat(store.takeWrites()).isEmpty();
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void an_id_of_another_type_than_text_names_nothing() throws Exception {
    String own = Depot.address(Caller.ALICE);
    for (String value : List.of("[\"" + own + "\"]", "{\"id\":\"" + own + "\"}", "1", "true")) {
      HttpResponse<String> told =
          gate.send(
              Caller.ALICE,
              gate.json("POST", at(Caller.ALICE) + "/loose", "{\"addressId\":" + value + "}"));

      assertThat(told.statusCode()).as(value).isEqualTo(404);
      assertThat(store.takeWrites()).isEmpty();
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void items_that_are_foreign_are_cut_and_told() throws Exception {
    String body =
        "{\"orders\":["
            + item(Depot.order(Caller.ALICE), "first")
            + ", "
            + item(Depot.order(Caller.BOB), "second")
            + ","
            + item(Depot.absent(), "third")
            + ",{\"id\":\""
            + Depot.order(Caller.ALICE)
            + "\",\"addressId\":\""
            + Depot.address(Caller.CAROL)
            + "\"}]}";
    HttpResponse<String> told = gate.send(Caller.ALICE, gate.json("POST", "/batch/each", body));

    assertThat(told.statusCode()).isEqualTo(204);
    assertThat(told.headers().firstValue("gatewarden-refused-items")).hasValue("1, 2, 3");
    assertThat(store.takeWrites())
        .singleElement()
        .asString()
        .contains("first")
        .doesNotContain("second", "third", Depot.address(Caller.CAROL), Depot.order(Caller.BOB));
    assertThat(gate.send(Caller.ALICE, gate.json("POST", "/batch/all", body)).statusCode())
        .isEqualTo(404);
    assertThat(store.takeWrites()).isEmpty();
  }

  private static String item(String id, String note) {
    return "{\"id\":\"" + id + "\",\"note\":\"" + note + "\"}";
  }
}
