package dev.gatewarden.acceptance.authzen;

import static dev.gatewarden.acceptance.authzen.Warehouse.ASKERS;
import static dev.gatewarden.acceptance.authzen.Warehouse.north;
import static dev.gatewarden.acceptance.authzen.Warehouse.south;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Services ask the gate what callers may do, and are told what requests would be told.
@Timeout(120)
class AuthzenTest {
  private static final String YES = "\"decision\":true";
  private static final String NO = "\"decision\":false";
  @TempDir private Path folder;

  @Test
  @Requirement(id = "AUT-9", without = "object-owner")
  void says_of_objects_what_requests_are_told() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder, ASKERS)) {
      String order = warehouse.order(north("alice"));

      assertThat(warehouse.may(north("alice"), "alice", "getOrder", "order", order).body())
          .contains(YES);
      HttpResponse<String> foreign = warehouse.may(north("bob"), "bob", "getOrder", "order", order);
      HttpResponse<String> absent =
          warehouse.may(north("bob"), "bob", "getOrder", "order", "nothing");
      assertThat(foreign.statusCode()).isEqualTo(200);
      assertThat(foreign.body())
          .contains(NO, "\"status\":404", "\"reason\":\"there is no such resource\"");
      assertThat(plain(foreign)).isEqualTo(plain(absent));
      assertThat(foreign.headers().map().keySet()).isEqualTo(absent.headers().map().keySet());
      assertThat(warehouse.may(south("alice"), "alice", "getOrder", "order", order).body())
          .contains(NO);
      assertThat(warehouse.may(north("sue", "support"), "sue", "getOrder", "order", order).body())
          .contains(YES);
      assertThat(
              warehouse.may(north("sue", "support"), "sue", "updateOrder", "order", order).body())
          .contains(NO);
      assertThat(warehouse.gate().status("GET", "/orders/" + order, north("bob"))).isEqualTo(404);
    }
  }

  private static String plain(HttpResponse<String> answer) {
    return answer.body().replaceAll("\"id\":\"[0-9a-f]{32}\"", "");
  }

  @Test
  @Requirement(id = "AUT-9", without = "permission")
  void says_of_functions_what_requests_are_told() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder, ASKERS)) {
      String order = warehouse.order(north("alice", "admin"));

      assertThat(warehouse.may(north("ann", "admin"), "ann", "report", "Api", "api").body())
          .contains(YES);
      assertThat(warehouse.may(north("bob"), "bob", "report", "Api", "api").body())
          .contains(NO, "\"status\":403", "none of the roles");
      assertThat(warehouse.may(north("alice"), "alice", "deleteOrder", "order", order).body())
          .contains(NO);
      assertThat(warehouse.may(north("alice", "admin"), "alice", "delete", "order", order).body())
          .contains(YES);
    }
  }

  @Test
  @Requirement(id = "AUT-9", without = "policy")
  void says_by_which_policies_it_decided_and_writes_the_line_that_a_request_would_have_got()
      throws Exception {
    String policies =
        "permit(principal, action, resource);\n"
            + "@id(\"no-reports\") forbid(principal, action == api::Action::\"report\", resource)"
            + " when { principal.subject == \"mallory\" };\n";
    try (Warehouse warehouse = Warehouse.policed(folder, policies, "[policies/*.cedar]")) {
      HttpResponse<String> yes =
          warehouse.may(north("ann", "admin"), "ann", "report", "Api", "api");
      HttpResponse<String> no =
          warehouse.may(north("mallory", "admin"), "mallory", "report", "Api", "api");

      assertThat(yes.body()).contains(YES, "\"point\":\"cedar\"", "\"revision\":\"");
      assertThat(no.body()).contains(NO, "\"status\":403");
      int status = warehouse.gate().status("GET", "/reports", north("mallory", "admin"));
      assertThat(status).isEqualTo(403);
      String id = no.body().replaceAll(".*\"id\":\"([0-9a-f]{32})\".*", "$1");
      List<String> lines = warehouse.gate().lines();
      String asked = line(lines, id);
      assertThat(asked)
          .contains(
              "\"asked_by\":\"orders\"",
              "\"operation\":\"api.report\"",
              "\"subject\":\"mallory\"",
              "\"reasons\":[\"policy.FORBIDDEN\"",
              "\"decided_by\":[{\"point\":\"cedar\"");
      String revision = no.body().replaceAll(".*\"revision\":\"([0-9a-f]+)\".*", "$1");
      assertThat(lines)
          .filteredOn(line -> line.contains("\"operation\":\"api.report\""))
          .hasSize(3)
          .allMatch(line -> line.contains("\"policy\":\"" + revision + "\""));
    }
  }

  private static String line(List<String> lines, String id) {
    return lines.stream().filter(line -> line.contains(id)).findFirst().orElse("no line " + id);
  }

  @Test
  @Requirement(id = "AUT-9", without = "object-owner")
  void takes_the_token_by_which_it_told_the_service_who_calls() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder, ASKERS)) {
      String order = warehouse.order(north("alice"));
      String alices = warehouse.told();
      warehouse.order(north("bob"));
      String bobs = warehouse.told();

      assertThat(warehouse.may(alices, "alice", "updateOrder", "order", order).body())
          .contains(YES);
      assertThat(warehouse.may(bobs, "bob", "updateOrder", "order", order).body()).contains(NO);
      assertThat(warehouse.may(bobs, "alice", "updateOrder", "order", order).statusCode())
          .isEqualTo(400);
      String forged = bobs.substring(0, bobs.lastIndexOf('.') + 1) + "AAAA";
      assertThat(warehouse.may(forged, "bob", "updateOrder", "order", order).statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  @Requirement(id = "AUT-9", without = "object-owner")
  void looks_objects_up_as_it_does_for_requests() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder, ASKERS)) {
      assertThat(warehouse.may(north("alice"), "alice", "deleteParcel", "parcel", "p-alice").body())
          .contains(YES);
      assertThat(warehouse.may(north("bob"), "bob", "deleteParcel", "parcel", "p-alice").body())
          .contains(NO);
      assertThat(warehouse.may(north("bob"), "bob", "getParcel", "parcel", "p-alice").body())
          .contains(NO);
      assertThat(warehouse.seen).allMatch(each -> each.method().equals("GET"));
    }
  }

  @Test
  void answers_nobody_who_may_not_ask() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder, ASKERS)) {
      String question = Warehouse.question(north("alice"), "alice", "report", "Api", "api");

      for (String token :
          List.of(
              "",
              north("alice"),
              north("orders-service"),
              Warehouse.service("another-service"),
              "nonsense",
              Warehouse.CORP.forger().token("orders-service"))) {
        HttpResponse<String> answer =
            Opened.send(warehouse.uri(), "POST", "/access/v1/evaluation", token, question);
        assertThat(answer.statusCode()).as(token).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(answer.body()).doesNotContain("decision\":");
      }
      assertThat(
              Opened.send(
                      warehouse.uri(),
                      "POST",
                      "/access/v1/evaluation",
                      Warehouse.service("orders-service"),
                      question,
                      "X-API-Key",
                      "gw_live_x")
                  .statusCode())
          .isEqualTo(401);
      assertThat(warehouse.gate().lines()).anyMatch(line -> line.contains("authzen.NOT_PROVED"));
    }
  }

  @Test
  void believes_a_service_nothing_that_it_may_not_state() throws Exception {
    String stating =
        "{orders: {by: mesh, named: orders-service, apis: [api], states: {issuer: corp,"
            + " tenants: north, roles: [support]}}}";
    try (Warehouse warehouse = Warehouse.open(folder, stating)) {
      String order = warehouse.order(north("alice"));

      assertThat(stated(warehouse, order, "\"tenant\":\"north\"").body()).contains(YES);
      assertThat(stated(warehouse, order, "\"tenant\":\"south\"").statusCode()).isEqualTo(400);
      assertThat(
              stated(warehouse, order, "\"tenant\":\"north\",\"roles\":[\"admin\"]").statusCode())
          .isEqualTo(400);
      assertThat(stated(warehouse, order, "\"roles\":[\"support\"]").body()).contains(NO);
      assertThat(stated(warehouse, order, "\"scopes\":[\"all\"]").statusCode()).isEqualTo(400);
      assertThat(stated(warehouse, order, "\"roles\":\"support\"").statusCode()).isEqualTo(400);
      // a token is never fallen back from
      assertThat(stated(warehouse, order, "\"tenant\":\"north\",\"token\":\"x.y.z\"").statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void believes_a_service_no_subject_at_all_where_nobody_said_so() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder, ASKERS)) {
      String order = warehouse.order(north("alice"));

      HttpResponse<String> answer = stated(warehouse, order, "\"tenant\":\"north\"");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("is not believed");
    }
  }

  private static HttpResponse<String> stated(Warehouse warehouse, String order, String properties)
      throws Exception {
    return warehouse.ask(
        "/access/v1/evaluation",
        """
        {"subject": {"type": "user", "id": "alice", "properties": {%s}},
         "action": {"name": "getOrder"}, "resource": {"type": "order", "id": "%s"}}\
        """
            .formatted(properties, order));
  }

  @Test
  void takes_the_services_word_for_whose_an_object_is_only_where_it_may_give_it() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder, ASKERS)) {
      assertThat(invoice(warehouse, "alice", "north").statusCode()).isEqualTo(400);
    }
    String telling =
        "{orders: {by: mesh, named: orders-service, apis: [api], states: {objects: true}}}";
    try (Warehouse warehouse = Warehouse.open(folder, telling)) {
      assertThat(invoice(warehouse, "alice", "north").body()).contains(YES);
      assertThat(invoice(warehouse, "bob", "north").body()).contains(NO, "\"status\":404");
      assertThat(invoice(warehouse, "alice", "south").body()).contains(NO);
      // what the gate has learned is not talked over
      String bill =
          warehouse
              .gate()
              .send("POST", "/bills", north("bob"), "")
              .body()
              .replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
      assertThat(bill(warehouse, "bob", bill, "").body()).contains(YES);
      assertThat(bill(warehouse, "alice", bill, ALICES).body()).contains(NO);
      assertThat(bill(warehouse, "alice", "b-unknown", ALICES).body()).contains(YES);
    }
  }

  private static final String ALICES = "\"owner\": \"alice\", \"tenant\": \"north\"";

  private static HttpResponse<String> bill(
      Warehouse warehouse, String subject, String id, String properties) throws Exception {
    return warehouse.ask(
        "/access/v1/evaluation",
        Warehouse.question(north(subject), subject, "getBill", "bill", id)
            .replace(
                "\"type\": \"bill\"", "\"type\": \"bill\", \"properties\": {" + properties + "}"));
  }

  private static HttpResponse<String> invoice(Warehouse warehouse, String owner, String tenant)
      throws Exception {
    return warehouse.ask(
        "/access/v1/evaluation",
        Warehouse.question(north("alice"), "alice", "getInvoice", "invoice", "i1")
            .replace(
                "\"type\": \"invoice\"",
                "\"type\": \"invoice\", \"properties\": {\"owner\": \"%s\", \"tenant\": \"%s\"}"
                    .formatted(owner, tenant)));
  }

  @Test
  void says_what_it_does_not_understand_and_the_nearest_name() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder, ASKERS)) {
      String alice = north("alice");
      assertThat(wrong(warehouse, alice, "getOrdr", "order", "o1")).contains("`getOrder`");
      assertThat(wrong(warehouse, alice, "getOrder", "ordr", "o1")).contains("`order`");
      assertThat(wrong(warehouse, alice, "getOrder", "Api", "api")).contains("about one `order`");
      assertThat(wrong(warehouse, alice, "report", "order", "o1")).contains("`Api`");
      assertThat(wrong(warehouse, alice, "update", "order", "o1"))
          .contains("several operations", "noteOrder", "updateOrder");
      assertThat(wrong(warehouse, alice, "list", "order", "o1")).contains("no operation does");
      assertThat(wrong(warehouse, alice, "getOrder", "order", " o1")).contains("`resource.id`");
      assertThat(wrong(warehouse, alice, "report", "Api", "another")).contains("no API");
    }
  }

  private static String wrong(
      Warehouse warehouse, String token, String action, String type, String id) throws Exception {
    HttpResponse<String> answer = warehouse.may(token, "alice", action, type, id);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return answer.body();
  }

  @Test
  @Requirement(id = "AUT-9", without = "writable-fields")
  void says_which_properties_may_be_written() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder, ASKERS)) {
      String order = warehouse.order(north("alice"));

      assertThat(fields(warehouse, north("alice"), "updateOrder", order, "/remark")).contains(YES);
      assertThat(fields(warehouse, north("alice"), "updateOrder", order, "/handling/gift"))
          .contains(YES);
      assertThat(fields(warehouse, north("alice"), "updateOrder", order, "/note"))
          .contains(NO, "\"status\":403");
      assertThat(fields(warehouse, north("alice"), "updateOrder", order, "/handling/shelf"))
          .contains(NO);
      // what stands around it goes with it
      assertThat(fields(warehouse, north("alice"), "updateOrder", order, "/handling")).contains(NO);
      assertThat(
              fields(warehouse, north("alice", "support"), "updateOrder", order, "/handling/shelf"))
          .contains(YES);
      assertThat(fields(warehouse, north("bob"), "updateOrder", order, "/remark"))
          .contains(NO, "\"status\":404");
      assertThat(fields(warehouse, north("alice"), "updateOrder", order, "/remrk"))
          .contains("`/remark`");
      assertThat(fields(warehouse, north("alice"), "noteOrder", order, "/note"))
          .doesNotContain(YES);
    }
  }

  @Test
  @Requirement(id = "AUT-9", without = "readable-fields")
  void says_which_properties_may_be_seen() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder, ASKERS)) {
      String order = warehouse.order(north("alice"));

      assertThat(fields(warehouse, north("alice"), "getOrder", order, "/remark")).contains(YES);
      assertThat(fields(warehouse, north("alice"), "getOrder", order, "/note"))
          .contains(NO, "\"status\":403");
      assertThat(fields(warehouse, north("alice", "support"), "getOrder", order, "/note"))
          .contains(YES);
    }
  }

  private static String fields(
      Warehouse warehouse, String token, String action, String order, String field)
      throws Exception {
    String subject = subject(token);
    return warehouse
        .ask(
            "/access/v1/evaluation",
            Warehouse.question(token, subject, action, "order", order)
                .replace(
                    "\"name\": \"" + action + "\"",
                    "\"name\": \""
                        + action
                        + "\", \"properties\": {\"fields\": [\""
                        + field
                        + "\"]}"))
        .body();
  }

  private static String subject(String token) {
    String claims =
        new String(
            java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]),
            java.nio.charset.StandardCharsets.UTF_8);
    return claims.replaceAll(".*\"sub\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void begins_nothing_after_its_deadline() throws Exception {
    String decisions = "{port: 0, deadline: 100ms, askers: " + ASKERS + "}";
    try (Warehouse warehouse = Warehouse.open(folder, decisions, "", "")) {
      warehouse.late = Duration.ofMillis(400);
      String body =
          warehouse
              .ask(
                  "/access/v1/evaluations",
                  Warehouse.question(north("alice"), "alice", "getParcel", "parcel", "p-alice")
                      .replaceFirst("\\{", "{\"evaluations\": [{}, {}, {}],"))
              .body();

      assertThat(body).containsOnlyOnce(YES).contains("was not answered in time");
      assertThat(warehouse.seen).hasSize(1);
    }
  }

  @Test
  void knows_services_by_their_certificates() throws Exception {
    Authority site = Authority.root("site");
    site.issue(Wish.server("CN=site", "ip:127.0.0.1")).in(folder, "site");
    Authority mesh = Authority.root("mesh");
    Files.writeString(folder.resolve("mesh.pem"), mesh.pem());
    String decisions =
        "{port: 0, tls: {certificate: 'file:site.pem', key: 'file:site.key'}, askers: {orders:"
            + " {by: mesh, named: orders-service, apis: [api]}, stock: {by: pods, named:"
            + " 'https://mesh.example/stock', apis: [api]}}}";
    String more = "certificates: {pods: {trust: mesh.pem, subject: san-uri}}";
    try (Warehouse warehouse = Warehouse.open(folder, decisions, more, "")) {
      String order = warehouse.order(north("alice"));
      String question = Warehouse.question(north("alice"), "alice", "getOrder", "order", order);

      assertThat(told(warehouse, mesh, "https://mesh.example/stock", site, question)).contains(YES);
      assertThat(told(warehouse, mesh, "https://mesh.example/other", site, question))
          .startsWith("401");
      assertThat(
              told(warehouse, Authority.root("mesh"), "https://mesh.example/stock", site, question))
          .startsWith("401");
      assertThat(warehouse.gate().lines())
          .anyMatch(line -> line.contains("\"asked_by\":\"stock\""));
    }
  }

  private static String told(
      Warehouse warehouse, Authority by, String name, Authority site, String question)
      throws Exception {
    Issued own = by.issue(Wish.client("CN=service", "uri:" + name));
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(own.presentedBy(site.certificate())).build()) {
      HttpResponse<String> answer =
          client.send(
              Opened.to(
                      URI.create(
                          warehouse.uri().toString().replace("http:", "https:")
                              + "/access/v1/evaluation"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(question))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  @Test
  void ends_where_a_service_asks_about_the_very_look_up_that_its_answer_waits_for()
      throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder, ASKERS)) {
      warehouse.asksItself = true;

      HttpResponse<String> answer =
          warehouse.may(north("alice"), "alice", "deleteParcel", "parcel", "p-alice");

      assertThat(answer.body()).contains(NO, "\"status\":503");
      assertThat(warehouse.seen).hasSizeLessThan(4);
      warehouse.asksItself = false;
      assertThat(warehouse.may(north("alice"), "alice", "deleteParcel", "parcel", "p-alice").body())
          .contains(YES);
    }
  }

  @Test
  void opens_no_operation_by_a_token_that_does_not_say_what_a_key_was_issued_for()
      throws Exception {
    String more = "api-keys: {partners: {environment: live}}";
    try (Warehouse warehouse =
        Warehouse.open(folder, "{port: 0, askers: " + ASKERS + "}", more, "")) {
      Cli made =
          Cli.run(
              folder,
              "keys",
              "issue",
              "--name",
              "app",
              "--for",
              "api.createOrder",
              "--tenant",
              "north",
              "--owner",
              "team",
              "--life",
              "30d");
      assertThat(made.code()).as(made.err()).isZero();
      String key = made.out().strip();
      Instant end = Instant.now().plusSeconds(10);
      HttpResponse<String> ordered;
      do {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        ordered = warehouse.gate().send("POST", "/orders", "", "", "X-Key", key);
      } while (ordered.statusCode() == 401 && Instant.now().isBefore(end));
      assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(201);
      String order = ordered.body().replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");

      assertThat(
              warehouse.gate().send("GET", "/orders/" + order, "", "", "X-Key", key).statusCode())
          .isEqualTo(401);
      assertThat(warehouse.may(warehouse.told(), "app", "getOrder", "order", order).body())
          .contains(NO, "\"status\":403");
    }
  }
}
