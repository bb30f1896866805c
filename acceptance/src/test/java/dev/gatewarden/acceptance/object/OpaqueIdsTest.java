package dev.gatewarden.acceptance.object;

import static dev.gatewarden.acceptance.object.Caller.ALICE;
import static dev.gatewarden.acceptance.object.Caller.BOB;
import static dev.gatewarden.acceptance.object.Caller.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Callers see ids that say nothing, and the service sees its own.
class OpaqueIdsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String UUID =
      "[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  private static final String TEXT = "[A-Za-z0-9_-]{22,}";
  private static final String MERGE = "application/merge-patch+json";
  private static final String PATCH = "application/json-patch+json";

  @TempDir static Path folder;
  private static Warehouse store;
  private static OpaqueGate gate;

  @BeforeAll
  static void open() throws Exception {
    store = new Warehouse();
    gate = OpaqueGate.start(folder, store, "n");
  }

  @AfterEach
  void asUsual() {
    store.answering(_ -> null);
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

  private static JsonNode first(Caller caller) throws Exception {
    return list(caller).path(0);
  }

  private static String order(Caller caller) throws Exception {
    return first(caller).path("id").asString();
  }

  /// The answer to what nobody was given, but for what tells two answers apart anyway.
  private static String told(HttpResponse<String> answer) {
    return answer.statusCode()
        + answer.body().replaceAll("urn:gatewarden:decision:[0-9a-f]+", "")
        + answer.headers().map().keySet();
  }

  private static void isAbsent(HttpResponse<String> answer, String what) throws Exception {
    String absent = told(gate.get(ALICE, "/orders/00000000-0000-8000-8000-000000000000"));
    assertThat(told(answer)).as(what).isEqualTo(absent).startsWith("404");
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
  void a_list_of_mere_ids_is_translated() throws Exception {
    String own = json(create(first(ALICE))).path("id").asString();
    store.answering(
        request ->
            request.path().endsWith("numbers") ? Answer.json(200, "{\"data\": [5, 2]}") : null);
    JsonNode data = json(gate.get(ALICE, "/orders/numbers")).path("data");
    assertThat(data.size()).isEqualTo(1);
    assertThat(data.path(0).asString()).isEqualTo(own).matches(UUID);
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void an_id_of_a_path_reaches_the_service_as_its_own() throws Exception {
    String id = order(ALICE);
    HttpResponse<String> answer = gate.get(ALICE, "/orders/" + id);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(store.last().path()).isEqualTo("/orders/1");
    assertThat(json(answer).path("id").asString()).isEqualTo(id);
    assertThat(json(answer).path("note").asString()).isEqualTo("1");
    isAbsent(gate.get(BOB, "/orders/" + id), "another's");
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void every_place_of_a_head_takes_public_ids_alone() throws Exception {
    JsonNode order = first(ALICE);
    String id = order.path("id").asString();
    String account = order.path("accountId").asString();

    assertThat(gate.get(ALICE, "/orders/find?of=" + id).statusCode()).isEqualTo(200);
    assertThat(store.last().target()).isEqualTo("/orders/find?of=1");
    assertThat(gate.get(ALICE, "/header/find", "X-Order", id).statusCode()).isEqualTo(200);
    assertThat(store.last().header("x-order")).isEqualTo("1");
    assertThat(gate.get(ALICE, "/cookie/find", "Cookie", "a=b; order=" + id).statusCode())
        .isEqualTo(200);
    assertThat(store.last().header("cookie")).isEqualTo("a=b; order=1");
    assertThat(gate.get(ALICE, "/accounts/" + account + "/orders/" + id).statusCode())
        .isEqualTo(200);
    assertThat(store.last().path()).isEqualTo("/accounts/10/orders/1");
    assertThat(gate.get(ALICE, "/orders?account=" + account).statusCode()).isEqualTo(200);
    assertThat(store.last().target()).isEqualTo("/orders?account=10");

    int before = store.reached();
    isAbsent(gate.get(ALICE, "/orders/1"), "path");
    isAbsent(gate.get(ALICE, "/orders/find?of=1"), "query");
    isAbsent(gate.get(ALICE, "/header/find", "X-Order", "1"), "header");
    isAbsent(gate.get(ALICE, "/cookie/find", "Cookie", "order=1"), "cookie");
    isAbsent(gate.get(ALICE, "/accounts/10/orders/" + id), "parent");
    isAbsent(gate.get(ALICE, "/accounts/" + account + "/orders/1"), "child");
    isAbsent(gate.get(ALICE, "/orders?account=10"), "filter");
    isAbsent(gate.get(ALICE, "/tickets/101"), "number");
    isAbsent(gate.get(ALICE, "/addresses/ADR-1"), "text");
    assertThat(store.reached()).isEqualTo(before);
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void an_id_is_good_for_its_tenant_and_type_alone() throws Exception {
    JsonNode order = first(ALICE);
    String id = order.path("id").asString();
    String account = order.path("accountId").asString();
    int before = store.reached();
    isAbsent(gate.get(CAROL, "/orders/" + id), "another tenant's");
    isAbsent(gate.get(ALICE, "/orders/" + account), "another type's");
    isAbsent(gate.get(ALICE, "/accounts/" + id + "/orders/" + id), "as its own parent");
    isAbsent(gate.get(ALICE, "/addresses/" + id), "in another form");
    assertThat(store.reached()).isEqualTo(before);

    Warehouse mixed = new Warehouse();
    assertThat(mixed.reached()).isZero();
    store.answering(
        request ->
            request.path().equals("/accounts/10")
                ? Answer.json(200, "{\"id\": 10, \"customerId\": \"alice\", \"org\": \"north\"}")
                : null);
    assertThat(json(gate.get(ALICE, "/accounts/" + account)).path("id").asString())
        .isEqualTo(account);
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void a_row_has_another_id_in_each_tenant() throws Exception {
    JsonNode north = shown(ALICE, Warehouse.order(7, "alice", "north", 10));
    JsonNode south = shown(CAROL, Warehouse.order(7, "carol", "south", 10));
    assertThat(north.path("id").asString()).matches(UUID);
    for (String at : List.of("id", "accountId", "shipTo")) {
      assertThat(north.path(at)).isNotEqualTo(south.path(at));
    }
  }

  private static JsonNode shown(Caller caller, String order) throws Exception {
    store.answering(_ -> Answer.json(200, "{\"data\": [" + order + "]}"));
    return first(caller);
  }

  @Test
  void capital_letters_are_the_same_id_and_nothing_else_is() throws Exception {
    String id = order(ALICE);
    assertThat(gate.get(ALICE, "/orders/" + id.toUpperCase(Locale.ROOT)).statusCode())
        .isEqualTo(200);
    assertThat(store.last().path()).isEqualTo("/orders/1");
    for (String other :
        List.of(
            id.replace("-", ""),
            "%7B" + id + "%7D",
            id + "%20",
            id.substring(1),
            id + "0",
            "urn:uuid:" + id,
            id + "," + id)) {
      isAbsent2(gate.get(ALICE, "/orders/" + other));
    }
    String text = first(ALICE).path("shipTo").asString();
    assertThat(gate.get(ALICE, "/addresses/" + text).statusCode()).isEqualTo(200);
    assertThat(store.last().path()).isEqualTo("/addresses/ADR-1");
    for (String other : List.of(text + "=", text + "A", text.substring(1), swapped(text))) {
      isAbsent2(gate.get(ALICE, "/addresses/" + other));
    }
  }

  private static void isAbsent2(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 404);
  }

  private static String swapped(String text) {
    StringBuilder other = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                other.append(
                    (char)
                        (Character.isUpperCase(c)
                            ? Character.toLowerCase(c)
                            : Character.toUpperCase(c))));
    return other.toString();
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void no_flipped_digit_is_an_id() throws Exception {
    String id = order(ALICE);
    int before = store.reached();
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) != '-') {
        char other = id.charAt(i) == '0' ? '1' : '0';
        isAbsent(
            gate.get(ALICE, "/orders/" + id.substring(0, i) + other + id.substring(i + 1)), id);
      }
    }
    assertThat(store.reached()).isEqualTo(before);
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void what_is_created_is_known_by_its_public_id() throws Exception {
    HttpResponse<String> answer = create(first(ALICE));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(JSON.readTree(store.last("POST").text()))
        .isEqualTo(
            JSON.readTree(
                "{\"accountId\": 10, \"shipTo\": \"ADR-1\","
                    + " \"lines\": [{\"ticket\": 101, \"from\": \"ADR-1\"}]}"));
    String id = json(answer).path("id").asString();
    assertThat(id).matches(UUID);
    assertThat(answer.headers().firstValue("location")).hasValue("/orders/" + id);
    assertThat(answer.headers().firstValue("content-location")).hasValue("/orders/" + id);
  }

  private static HttpResponse<String> create(JsonNode like) throws Exception {
    return gate.send(
        ALICE,
        "POST",
        "/orders",
        "{\"accountId\": %s, \"shipTo\": %s, \"lines\": [{\"ticket\": %s, \"from\": %s}]}"
            .formatted(
                like.path("accountId"),
                like.path("shipTo"),
                like.path("lines").path(0).path("ticket"),
                like.path("shipTo")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"accountId\": \"10\"}",
        "{\"accountId\": 10}",
        "{\"shipTo\": \"ADR-1\"}",
        "{\"lines\": [{\"ticket\": 101}]}",
        "{\"lines\": [{\"ticket\": \"101\"}]}",
        "{\"lines\": [{\"from\": \"ADR-9\"}]}",
        "{\"accountId\": {\"id\": 10}}",
        "{\"accountId\": [10]}",
      })
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void a_number_in_a_body_is_no_id(String body) throws Exception {
    int before = store.reached();
    isAbsent(gate.send(ALICE, "POST", "/orders", body), body);
    assertThat(store.reached()).isEqualTo(before);
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void changes_are_translated_wherever_they_lead() throws Exception {
    JsonNode order = first(ALICE);
    String to = order.path("shipTo").toString();
    String path = "/orders/" + order.path("id").asString();
    assertThat(patch(path, MERGE, "{\"shipTo\": " + to + "}").statusCode()).isEqualTo(200);
    assertThat(store.last("PATCH").text()).isEqualTo("{\"shipTo\": \"ADR-1\"}");
    assertThat(store.last("PATCH").path()).isEqualTo("/orders/1");

    String ticket = order.path("lines").path(0).path("ticket").toString();
    String changes =
        """
        [{"op": "replace", "path": "/shipTo", "value": %s},
         {"op": "replace", "path": "/note", "value": %s},
         {"op": "add", "path": "/lines/0", "value": {"ticket": %s, "from": %s}},
         {"op": "test", "path": "/lines/0/from", "value": %s},
         {"op": "replace", "path": "/lines", "value": [{"from": %s}]}]\
        """
            .formatted(to, to, ticket, to, to, to);
    HttpResponse<String> answer = patch(path, PATCH, changes);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JSON.readTree(store.last("PATCH").text()))
        .isEqualTo(
            JSON.readTree(
                """
                [{"op": "replace", "path": "/shipTo", "value": "ADR-1"},
                 {"op": "replace", "path": "/note", "value": %s},
                 {"op": "add", "path": "/lines/0", "value": {"ticket": 101, "from": "ADR-1"}},
                 {"op": "test", "path": "/lines/0/from", "value": "ADR-1"},
                 {"op": "replace", "path": "/lines", "value": [{"from": "ADR-1"}]}]\
                """
                    .formatted(to)));
  }

  private static HttpResponse<String> patch(String path, String type, String body)
      throws Exception {
    return gate.send(ALICE, "PATCH", path, body, "Content-Type", type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"op\": \"replace\", \"path\": \"/shipTo\", \"value\": \"ADR-1\"}]",
        "[{\"op\": \"add\", \"path\": \"\", \"value\": {\"shipTo\": \"ADR-1\"}}]",
        "[{\"op\": \"add\", \"path\": \"/lines/-\", \"value\": {\"from\": \"ADR-1\"}}]",
        "[{\"op\": \"add\", \"path\": \"/lines/0/ticket\", \"value\": 101}]",
        "[{\"op\": \"replace\", \"path\": \"/SHIPTO\", \"value\": \"ADR-1\"}]",
        "[{\"op\": \"replace\", \"path\": \"/ship~0To\", \"value\": 1},"
            + " {\"op\": \"replace\", \"path\": \"/shipTo\", \"value\": \"ADR-1\"}]",
        "[{\"op\": \"replace\", \"path\": \"shipTo\", \"value\": \"ADR-1\"}]",
      })
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void a_number_in_a_change_is_no_id(String changes) throws Exception {
    String path = "/orders/" + order(ALICE);
    int before = store.reached();
    isAbsent(patch(path, PATCH, changes), changes);
    assertThat(store.reached()).isEqualTo(before);
  }

  @Test
  @Timeout(60)
  void a_change_of_many_operations_is_read_in_one_pass() throws Exception {
    String path = "/orders/" + order(ALICE);
    String change = "{\"op\":\"replace\",\"path\":\"/note\",\"value\":\"\"}";
    String changes = "[" + (change + ",").repeat(7000) + change + "]";
    HttpResponse<String> answer = patch(path, PATCH, changes);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(store.last("PATCH").text()).isEqualTo(changes);
  }

  @Test
  void a_number_is_written_in_one_way() throws Exception {
    String ticket = first(ALICE).path("lines").path(0).path("ticket").toString();
    for (String other : List.of("1.01e2", ticket + ".0", ticket + "e0", "-" + ticket)) {
      HttpResponse<String> answer =
          gate.send(ALICE, "POST", "/orders", "{\"lines\": [{\"ticket\": " + other + "}]}");
      assertThat(answer.statusCode()).as(other).isBetween(400, 404);
    }
    assertThat(gate.get(ALICE, "/tickets/" + ticket).statusCode()).isEqualTo(200);
    assertThat(store.last().path()).isEqualTo("/tickets/101");
    assertThat(gate.get(ALICE, "/tickets/0" + ticket).statusCode()).isBetween(400, 404);
  }

  @Test
  void a_condition_is_no_id() throws Exception {
    String id = order(ALICE);
    HttpResponse<String> seen = gate.get(ALICE, "/orders/" + id);
    String tag = seen.headers().firstValue("etag").orElse("");
    assertThat(tag).isEqualTo("\"v1\"");
    assertThat(gate.get(ALICE, "/orders/" + id, "If-None-Match", tag).statusCode()).isEqualTo(304);
    HttpResponse<String> changed =
        gate.send(
            ALICE,
            "PATCH",
            "/orders/" + id,
            "{\"note\": \"x\"}",
            "Content-Type",
            MERGE,
            "If-Match",
            tag);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(store.last("PATCH").header("if-match")).isEqualTo(tag);
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void a_batch_is_judged_and_forwarded_by_inner_ids() throws Exception {
    JsonNode own = list(ALICE);
    String one = own.path(0).path("id").toString();
    String two = own.path(1).path("id").toString();
    String bobs = first(BOB).path("id").toString();
    HttpResponse<String> done =
        gate.send(ALICE, "POST", "/orders/cancel", "{\"ids\": [" + one + ", " + two + "]}");
    assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
    assertThat(store.last("POST").text()).isEqualTo("{\"ids\": [1, 3]}");
    int before = store.reached();
    for (String other : List.of("1", "\"1\"", "null", "\"\"", one.replace("8", "9"))) {
      HttpResponse<String> refused =
          gate.send(ALICE, "POST", "/orders/cancel", "{\"ids\": [" + one + ", " + other + "]}");
      assertThat(refused.statusCode()).as(other).isBetween(400, 404);
    }
    assertThat(store.reached()).isEqualTo(before);
    isAbsent(
        gate.send(ALICE, "POST", "/orders/cancel", "{\"ids\": [" + one + ", " + bobs + "]}"),
        "one of them another's");
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void forms_are_written_anew() throws Exception {
    JsonNode order = first(ALICE);
    String ticket = order.path("lines").path(0).path("ticket").toString();
    String form = "note=a+b%26c&of=" + order.path("id").asString() + "&tickets=" + ticket;
    HttpResponse<String> done = form(form + "&tickets=" + ticket);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
    assertThat(store.last("POST").text()).isEqualTo("note=a+b%26c&of=1&tickets=101&tickets=101");
    int before = store.reached();
    for (String other : List.of("of=1", form.replace("of=", "of=1&of="), form + "&tickets=101")) {
      assertThat(form(other).statusCode()).as(other).isBetween(400, 404);
    }
    assertThat(store.reached()).isEqualTo(before);
  }

  private static HttpResponse<String> form(String body) throws Exception {
    return gate.send(
        ALICE, "POST", "/orders/form", body, "Content-Type", "application/x-www-form-urlencoded");
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void texts_among_parts_are_written_anew() throws Exception {
    String id = order(ALICE);
    HttpResponse<String> done = parts(id);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
    assertThat(store.last("POST").text())
        .contains("name=\"of\"\r\n\r\n1\r\n")
        .contains("\r\n\r\nnote of " + id + "\r\n");
    int before = store.reached();
    assertThat(parts("1").statusCode()).isEqualTo(404);
    assertThat(parts(order(BOB)).statusCode()).isEqualTo(404);
    assertThat(store.reached()).isGreaterThanOrEqualTo(before);
    assertThat(store.last("POST").text()).contains("name=\"of\"\r\n\r\n1\r\n");
  }

  private static HttpResponse<String> parts(String id) throws Exception {
    String body =
        "--x\r\nContent-Disposition: form-data; name=\"of\"\r\n\r\n"
            + id
            + "\r\n--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nnote of "
            + id
            + "\r\n--x--\r\n";
    return gate.send(
        ALICE, "POST", "/orders/parts", body, "Content-Type", "multipart/form-data; boundary=x");
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void links_lead_where_the_caller_can_go() throws Exception {
    String id = order(ALICE);
    HttpResponse<String> seen = gate.get(ALICE, "/orders/" + id);
    assertThat(seen.headers().allValues("link"))
        .containsExactly("</orders/" + id + "/label>; rel=\"label\", </orders?after=1>; rel=next");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/orders/5",
        "orders/5",
        "./orders/5",
        "//127.0.0.1/orders/5",
        "http://127.0.0.1:9/orders/5",
        "https://shop.example/orders/5",
        "//shop.example/orders/5/label",
        "/orders/5/label",
        "/orders/5?after=9#top",
        "/orders/%35",
      })
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void a_location_leads_to_the_public_id(String location) throws Exception {
    JsonNode own = first(ALICE);
    store.answering(
        request ->
            request.method().equals("POST")
                ? Answer.json(201, Warehouse.order(5, "alice", "north", 10))
                    .with("location", location)
                : null);
    HttpResponse<String> answer = create(own);
    String id = json(answer).path("id").asString();
    assertThat(answer.headers().firstValue("location").orElse(""))
        .contains("/orders/" + id)
        .doesNotContain("/5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders/new", "/orders/5.0", "/orders/05"})
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void a_location_that_cannot_be_shown_is_kept(String location) throws Exception {
    JsonNode own = first(ALICE);
    store.answering(
        request ->
            request.method().equals("POST")
                ? Answer.json(201, Warehouse.order(5, "alice", "north", 10))
                    .with("location", location)
                : null);
    assertThat(create(own).statusCode()).isEqualTo(502);
  }

  @Test
  void an_address_that_leads_elsewhere_stays_as_it_is() throws Exception {
    JsonNode own = first(ALICE);
    store.answering(
        request ->
            request.method().equals("POST")
                ? Answer.json(201, Warehouse.order(5, "alice", "north", 10))
                    .with("location", "https://elsewhere.example/receipts/5")
                    .with(
                        "link",
                        "</internal/5>; rel=raw, <http:orders/5>; rel=raw,"
                            + " <https://elsewhere.example/orders/05>; rel=raw,"
                            + " <https://docs.example/a,b>; title=\"x, <y>\"")
                : null);
    HttpResponse<String> answer =
        gate.send(ALICE, "POST", "/orders", "{\"accountId\": " + own.path("accountId") + "}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("location"))
        .hasValue("https://elsewhere.example/receipts/5");
    assertThat(answer.headers().firstValue("link"))
        .hasValue("<https://docs.example/a,b>; title=\"x, <y>\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\": 1.5, \"customerId\": \"alice\", \"org\": \"north\"}",
        "{\"id\": \"x\", \"customerId\": \"alice\", \"org\": \"north\"}",
        "{\"id\": {\"raw\": 1}, \"customerId\": \"alice\", \"org\": \"north\"}",
        "{\"id\": 1, \"accountId\": -10, \"customerId\": \"alice\", \"org\": \"north\"}",
        "{\"id\": 1, \"accountId\": true, \"customerId\": \"alice\", \"org\": \"north\"}",
        "{\"id\": 1, \"lines\": [{\"ticket\": 100001}], \"customerId\": \"alice\", \"org\":"
            + " \"north\"}",
        "{\"id\": 1, \"customerId\": \"alice\", \"org\": \"north\"",
        "not json",
      })
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void an_answer_whose_ids_cannot_be_shown_is_kept(String answer) throws Exception {
    String id = order(ALICE);
    store.answering(_ -> Answer.json(200, answer));
    HttpResponse<String> seen = gate.get(ALICE, "/orders/" + id);
    assertThat(seen.statusCode()).as(seen.body()).isEqualTo(502);
    assertThat(seen.body()).doesNotContain("alice");
  }

  @Test
  void an_answer_without_an_id_is_as_good_as_its_contract_says() throws Exception {
    JsonNode own = first(ALICE);
    store.answering(
        request ->
            request.path().startsWith("/addresses")
                ? Answer.json(200, "{\"customerId\": \"alice\", \"org\": \"north\"}")
                : null);
    HttpResponse<String> seen = gate.get(ALICE, "/addresses/" + own.path("shipTo").asString());
    assertThat(seen.statusCode()).isNotEqualTo(502);
    store.answering(
        request ->
            request.path().startsWith("/orders/1")
                ? Answer.json(
                    200,
                    "{\"id\": 1, \"accountId\": null, \"shipTo\": null, \"customerId\": \"alice\","
                        + " \"org\": \"north\"}")
                : null);
    HttpResponse<String> none = gate.get(ALICE, "/orders/" + own.path("id").asString());
    assertThat(none.body()).doesNotContain("\"id\": 1");
  }

  @Test
  void an_answer_of_another_type_or_status_shows_no_number() throws Exception {
    String id = order(ALICE);
    for (Answer answer :
        List.of(
            Answer.of(200, "text/plain", "order 1 of account 10"),
            Answer.of(200, "application/xml", "<order id='1'/>"),
            Answer.json(409, "{\"detail\": \"order 1 is closed\", \"id\": 1}"),
            Answer.problem(500, "no order 1"),
            Answer.problem(404, "no order 1"))) {
      store.answering(_ -> answer);
      assertThat(gate.get(ALICE, "/orders/" + id).body())
          .doesNotContain("order 1")
          .doesNotContain("\"id\": 1")
          .doesNotContain("'1'");
    }
  }

  @Test
  @Requirement(id = "AUT-7", without = "opaque-ids")
  void objects_within_others_show_public_ids() throws Exception {
    JsonNode own = first(ALICE);
    store.answering(
        request ->
            request.path().equals("/accounts/10")
                ? Answer.json(
                    200,
                    "{\"id\": 10, \"customerId\": \"alice\", \"org\": \"north\", \"orders\": ["
                        + Warehouse.order(1, "alice", "north", 10)
                        + "]}")
                : null);
    JsonNode account = json(gate.get(ALICE, "/accounts/" + own.path("accountId").asString()));
    assertThat(account.path("orders").path(0).path("id")).isEqualTo(own.path("id"));
    assertThat(account.path("orders").path(0).path("lines")).isEqualTo(own.path("lines"));
  }

  @Test
  void a_look_up_before_a_write_asks_for_the_inner_id() throws Exception {
    String id = order(ALICE);
    assertThat(gate.send(ALICE, "DELETE", "/orders/" + id, "").statusCode()).isEqualTo(204);
    assertThat(store.last("DELETE").path()).isEqualTo("/orders/1");
    assertThat(store.last("GET").path()).isEqualTo("/orders/1");
    int before = store.reached();
    isAbsent(gate.send(ALICE, "DELETE", "/orders/2", ""), "raw");
    assertThat(store.reached()).isEqualTo(before);
    isAbsent(gate.send(ALICE, "DELETE", "/orders/" + order(BOB), ""), "another's");
  }
}
