package dev.gatewarden.acceptance.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every principal, every object, every verb, every place of an id. What each cell should answer
/// says a rule of its own; the service behind would do anything.
class DepotMatrixTest {
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

  /// What is asked for.
  ///
  /// @param owner null where there is no such object
  /// @param account the account it is asked for below
  private record Target(@Nullable Caller owner, String order, String account) {}

  /// A verb at a place.
  private record Way(String name, boolean writes, Function<Target, HttpRequest.Builder> request) {}

  private static Way reads(String name, Function<Target, HttpRequest.Builder> request) {
    return new Way(name, false, request);
  }

  private static Way writes(String name, Function<Target, HttpRequest.Builder> request) {
    return new Way(name, true, request);
  }

  private static String named(Target target) {
    return "{\"order\":\"" + target.order() + "\"}";
  }

  private static String nested(Target target) {
    return "/accounts/" + target.account() + "/orders/" + target.order();
  }

  private static String part(String name, String value) {
    return "--b\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + value
        + "\r\n--b--\r\n";
  }

  private static List<Way> ways() {
    String note = "{\"note\":\"mine\"}";
    return List.of(
        reads("path", t -> gate.json("GET", "/orders/" + t.order(), "")),
        reads("path in capitals", t -> gate.json("GET", "/orders/" + upper(t.order()), "")),
        writes("path", t -> gate.json("PUT", "/orders/" + t.order(), note)),
        writes("path", t -> gate.json("PATCH", "/orders/" + t.order(), note)),
        writes("path", t -> gate.json("DELETE", "/orders/" + t.order(), "")),
        writes("path in capitals", t -> gate.json("DELETE", "/orders/" + upper(t.order()), "")),
        reads("query", t -> gate.json("GET", "/order?orderId=" + t.order(), "")),
        writes("query", t -> gate.json("DELETE", "/order?orderId=" + t.order(), "")),
        writes("list in query", t -> gate.json("DELETE", "/orders?ids=" + t.order(), "")),
        reads("header", t -> gate.json("GET", "/held", "").header("X-Order-Id", t.order())),
        writes("header", t -> gate.json("POST", "/held", "").header("X-Order-Id", t.order())),
        reads(
            "cookie", t -> gate.json("GET", "/basket", "").header("Cookie", "order=" + t.order())),
        writes(
            "cookie",
            t -> gate.json("DELETE", "/basket", "").header("Cookie", "order=" + t.order())),
        reads("body", t -> gate.json("POST", "/in-body/read", named(t))),
        writes("body", t -> gate.json("POST", "/in-body/act", named(t))),
        writes(
            "form",
            t ->
                gate.typed(
                    "POST",
                    "/in-body/act",
                    "application/x-www-form-urlencoded",
                    "order=" + t.order())),
        writes(
            "form alone",
            t ->
                gate.typed(
                    "POST",
                    "/in-form/act",
                    "application/x-www-form-urlencoded",
                    "order=" + t.order())),
        writes(
            "part",
            t ->
                gate.typed(
                    "POST",
                    "/in-part/act",
                    "multipart/form-data; boundary=b",
                    part("order", t.order()))),
        writes(
            "list in body",
            t -> gate.json("POST", "/batch/all", "{\"orders\":[{\"id\":\"" + t.order() + "\"}]}")),
        writes(
            "items in body",
            t -> gate.json("POST", "/batch/each", "{\"orders\":[{\"id\":\"" + t.order() + "\"}]}")),
        reads("nested", t -> gate.json("GET", nested(t), "")),
        writes("nested", t -> gate.json("DELETE", nested(t), "")));
  }

  private static String upper(String id) {
    return id.toUpperCase(java.util.Locale.ROOT);
  }

  private static List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (Caller owner : Caller.CUSTOMERS) {
      targets.add(new Target(owner, Depot.order(owner), Depot.account(owner)));
    }
    targets.add(new Target(null, Depot.absent(), Depot.account(Caller.ALICE)));
    return targets;
  }

  /// What should be answered: the rule as a person would say it.
  private static int expected(Caller caller, Way way, Target target) {
    if (caller == Caller.NOBODY) {
      return 401;
    }
    Caller owner = target.owner();
    boolean own = owner == caller;
    boolean served = owner != null && caller.supports() && caller.tenant().equals(owner.tenant());
    boolean may = own || (served && !way.writes());
    return may ? way.writes() ? 204 : 200 : 404;
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  @Requirement(id = "AUT-2", without = "object-release")
  void every_cell_is_answered_as_the_rule_says_and_no_foreign_one_is_served() throws Exception {
    List<String> wrong = new ArrayList<>();
    Map<Integer, Integer> answers = new LinkedHashMap<>();
    for (Way way : ways()) {
      for (Caller caller : Caller.values()) {
        for (Target target : targets()) {
          HttpResponse<String> told = gate.send(caller, way.request().apply(target));
          List<String> written = store.takeWrites();
          int expected = expected(caller, way, target);
          answers.merge(expected, 1, Integer::sum);
          boolean refused = expected >= 400;
          boolean leaks = told.body().contains("secret-of") && (refused || way.writes());
          boolean wrote = refused ? !written.isEmpty() : way.writes() && written.size() != 1;
          if (told.statusCode() != expected || leaks || wrote) {
            wrong.add(
                (way.writes() ? "write by " : "read by ")
                    + way.name()
                    + ": "
                    + caller
                    + " of "
                    + (target.owner() == null ? "nobody's" : target.owner())
                    + " "
                    + told.statusCode()
                    + " for "
                    + expected
                    + (leaks ? ", shown" : "")
                    + (wrote ? ", written: " + written : ""));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(answers.keySet()).containsExactlyInAnyOrder(200, 204, 401, 404);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void the_callers_own_account_opens_no_order_of_another() throws Exception {
    for (Caller caller : Caller.CUSTOMERS) {
      for (Caller owner : Caller.CUSTOMERS) {
        for (String method : List.of("GET", "DELETE")) {
          String path = "/accounts/" + Depot.account(caller) + "/orders/" + Depot.order(owner);
          int status = gate.send(caller, gate.json(method, path, "")).statusCode();

          assertThat(status >= 400)
              .as(method + " " + caller + " " + owner)
              .isEqualTo(caller != owner);
          assertThat(store.takeWrites().isEmpty())
              .isEqualTo(caller != owner || method.equals("GET"));
        }
      }
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void foreign_and_absent_are_one_answer_at_every_place() throws Exception {
    for (Way way : ways()) {
      HttpResponse<String> foreign =
          gate.send(
              Caller.BOB,
              way.request()
                  .apply(
                      new Target(
                          Caller.ALICE, Depot.order(Caller.ALICE), Depot.account(Caller.BOB))));
      HttpResponse<String> absent =
          gate.send(
              Caller.BOB,
              way.request().apply(new Target(null, Depot.absent(), Depot.account(Caller.BOB))));

      assertThat(shape(foreign)).as(way.name()).isEqualTo(shape(absent));
      assertThat(foreign.headers().map().keySet())
          .as(way.name())
          .isEqualTo(absent.headers().map().keySet());
    }
  }

  /// The answer without the decision's own name.
  private static String shape(HttpResponse<String> told) {
    return told.statusCode() + told.body().replaceAll("[0-9a-f]{32}", "");
  }
}
