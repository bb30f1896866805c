package dev.gatewarden.acceptance.authzen;

import static dev.gatewarden.acceptance.authzen.Warehouse.ASKERS;
import static dev.gatewarden.acceptance.authzen.Warehouse.north;
import static dev.gatewarden.acceptance.authzen.Warehouse.south;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What AuthZEN 1.0 asks of a decision point: batches, searches, metadata, request ids, errors; and
/// what could be sent in place of a question.
@Timeout(120)
class AuthzenProtocolTest {
  private static final String ONE = "/access/v1/evaluation";
  private static final String SEVERAL = "/access/v1/evaluations";
  private static final Pattern DECISION = Pattern.compile("\"decision\":(true|false)");
  @TempDir private Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void opens() throws Exception {
    warehouse =
        Warehouse.open(
            folder, "{port: 0, evaluations: 20, body: 64KiB, askers: " + ASKERS + "}", "", "");
  }

  @AfterEach
  void closes() {
    warehouse.close();
  }

  private static List<String> decisions(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return DECISION.matcher(answer.body()).results().map(each -> each.group(1)).toList();
  }

  private static String subject(String name, String token) {
    return "\"subject\":{\"type\":\"user\",\"id\":\""
        + name
        + "\",\"properties\":{\"token\":\""
        + token
        + "\"}}";
  }

  private static String order(String id) {
    return "\"resource\":{\"type\":\"order\",\"id\":\"" + id + "\"}";
  }

  @Test
  @Requirement(id = "AUT-9", without = "object-owner")
  void answers_a_batch_in_its_order_with_defaults_from_the_top() throws Exception {
    String own = warehouse.order(north("alice"));
    String foreign = warehouse.order(north("bob"));
    String batch =
        "{%s,\"action\":{\"name\":\"getOrder\"},%%s\"evaluations\":[{%s},{%s},{%s,\"action\":{\"name\":\"updateOrder\"}}]}"
            .formatted(subject("alice", north("alice")), order(own), order(foreign), order(own));

    assertThat(decisions(warehouse.ask(SEVERAL, batch.formatted(""))))
        .containsExactly("true", "false", "true");
    assertThat(decisions(warehouse.ask(SEVERAL, batch.formatted(semantic("execute_all")))))
        .containsExactly("true", "false", "true");
    assertThat(decisions(warehouse.ask(SEVERAL, batch.formatted(semantic("deny_on_first_deny")))))
        .containsExactly("true", "false");
    assertThat(
            decisions(warehouse.ask(SEVERAL, batch.formatted(semantic("permit_on_first_permit")))))
        .containsExactly("true");
    assertThat(warehouse.ask(SEVERAL, batch.formatted(semantic("best_of"))).statusCode())
        .isEqualTo(400);
  }

  private static String semantic(String word) {
    return "\"options\":{\"evaluations_semantic\":\"" + word + "\"},";
  }

  @Test
  @Requirement(id = "AUT-9", without = "object-owner")
  void judges_each_of_a_batch_for_itself_whoever_else_is_in_it() throws Exception {
    String own = warehouse.order(north("alice"));

    HttpResponse<String> answer =
        warehouse.ask(
            SEVERAL,
            "{%s,\"action\":{\"name\":\"getOrder\"},%s,\"evaluations\":[{},{%s},{%s},{\"subject\":{\"id\":\"bob\"}},{},{\"subject\":{\"type\":\"user\",\"id\":\"alice\"}}]}"
                .formatted(
                    subject("alice", north("alice")),
                    order(own),
                    subject("alice", south("alice")),
                    subject("bob", north("bob"))));

    // who is named without a token does not inherit the one of the top
    assertThat(decisions(answer))
        .containsExactly("true", "false", "false", "false", "true", "false");
  }

  @Test
  void says_of_an_evaluation_that_is_wrong_that_it_is_and_goes_on() throws Exception {
    String own = warehouse.order(north("alice"));

    HttpResponse<String> answer =
        warehouse.ask(
            SEVERAL,
            "{%s,\"action\":{\"name\":\"getOrder\"},\"evaluations\":[{},7,{%s},{%s,\"action\":{\"name\":\"getOrdr\"}}]}"
                .formatted(subject("alice", north("alice")), order(own), order(own)));

    assertThat(decisions(answer)).containsExactly("false", "false", "true", "false");
    assertThat(answer.body()).contains("\"error\":{\"status\":400", "`getOrder`");
  }

  @Test
  void takes_a_call_without_evaluations_for_one() throws Exception {
    String own = warehouse.order(north("alice"));
    String one = Warehouse.question(north("alice"), "alice", "getOrder", "order", own);

    assertThat(warehouse.ask(SEVERAL, one).body()).startsWith("{\"decision\":true");
    String empty =
        one.replace("\"action\"", "\"evaluations\": [], \"foo\": {\"x\": 1}, \"action\"");
    assertThat(warehouse.ask(SEVERAL, empty).body()).startsWith("{\"decision\":true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"subject\":\"alice\",\"action\":{\"name\":\"report\"},\"resource\":{\"type\":\"Api\",\"id\":\"api\"}}",
        "{\"subject\":{\"type\":\"user\"},\"action\":{\"name\":\"report\"},\"resource\":{\"type\":\"Api\",\"id\":\"api\"}}",
        "{\"subject\":{\"id\":\"alice\"},\"action\":{\"name\":\"report\"},\"resource\":{\"type\":\"Api\",\"id\":\"api\"}}",
        "{\"subject\":{\"type\":\"anonymous\",\"id\":\"anonymous\"},\"action\":{\"name\":7},\"resource\":{\"type\":\"Api\",\"id\":\"api\"}}",
        "{\"subject\":{\"type\":\"anonymous\",\"id\":\"anonymous\"},\"action\":{},\"resource\":{\"type\":\"Api\",\"id\":\"api\"}}",
        "{\"subject\":{\"type\":\"anonymous\",\"id\":\"anonymous\"},\"action\":{\"name\":\"report\"},\"resource\":{\"type\":\"Api\"}}",
        "{\"subject\":{\"type\":\"anonymous\",\"id\":\"anonymous\"},\"action\":{\"name\":\"report\"},\"resource\":{\"id\":\"api\"}}",
        "{\"subject\":{\"type\":\"anonymous\",\"id\":\"anonymous\"},\"subject\":{\"type\":\"user\",\"id\":\"a\"},\"action\":{\"name\":\"report\"},\"resource\":{\"type\":\"Api\",\"id\":\"api\"}}",
        "{\"subject\":{\"type\":\"anonymous\",\"id\":\"anonymous\"},\"action\":{\"name\":\"report\"},\"resource\":{\"type\":\"Api\",\"id\":\"api\"},\"resource\":null}",
        "{\"subject\":{\"type\":\"anonymous\",\"id\":\"anonymous\"},\"action\":{\"name\":\"report\"},\"resource\":{\"type\":\"Api\",\"id\":\"api\"}}"
            + " x"
      })
  void refuses_what_is_no_question(String body) throws Exception {
    HttpResponse<String> answer =
        Opened.send(
            warehouse.uri(),
            "POST",
            ONE,
            Warehouse.service("orders-service"),
            body,
            "Content-Type",
            "application/json");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("\"decision\":");
  }

  @Test
  void refuses_what_is_too_much() throws Exception {
    String many = String.join(",", Collections.nCopies(21, "{" + order("o1") + "}"));
    HttpResponse<String> batch =
        warehouse.ask(
            SEVERAL,
            "{%s,\"action\":{\"name\":\"getOrder\"},\"evaluations\":[%s]}"
                .formatted(subject("alice", north("alice")), many));
    assertThat(batch.statusCode()).isEqualTo(400);
    assertThat(batch.body()).contains("at most 20");

    String long_ = "{\"foo\":\"" + "x".repeat(70_000) + "\"}";
    assertThat(warehouse.ask(ONE, long_).statusCode()).isEqualTo(413);
    assertThat(warehouse.ask(ONE, "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}").statusCode())
        .isEqualTo(400);
    assertThat(warehouse.ask(ONE, "a=1", "Content-Type", "text/plain").statusCode()).isEqualTo(400);
  }

  @Test
  void answers_where_the_standard_says_and_nowhere_else() throws Exception {
    HttpResponse<String> metadata =
        Opened.send(warehouse.uri(), "GET", "/.well-known/authzen-configuration", "", "");
    String url = warehouse.uri().toString();
    assertThat(metadata.statusCode()).isEqualTo(200);
    assertThat(metadata.body())
        .contains(
            "\"policy_decision_point\":\"" + url + "\"",
            "\"access_evaluation_endpoint\":\"" + url + ONE + "\"",
            "\"access_evaluations_endpoint\":\"" + url + SEVERAL + "\"",
            "\"search_action_endpoint\"",
            "\"search_resource_endpoint\"")
        .doesNotContain("search_subject_endpoint");
    assertThat(Opened.send(warehouse.uri(), "GET", ONE, "", "").statusCode()).isEqualTo(405);
    assertThat(warehouse.ask("/access/v2/evaluation", "{}").statusCode()).isEqualTo(404);
    assertThat(warehouse.gate().send("POST", ONE, north("alice"), "{}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void echoes_the_request_id_and_writes_it_nowhere() throws Exception {
    String question = Warehouse.question(north("alice"), "alice", "getOrder", "order", "o1");
    String spoofed = "x\",\"outcome\":\"allowed";

    HttpResponse<String> answer = warehouse.ask(ONE, question, "X-Request-ID", spoofed);

    assertThat(answer.headers().firstValue("X-Request-ID")).contains(spoofed);
    assertThat(warehouse.ask(ONE, question).headers().firstValue("X-Request-ID")).isEmpty();
    assertThat(warehouse.ask(ONE, question, "X-Request-ID", "x".repeat(300)).statusCode())
        .isEqualTo(400);
    assertThat(warehouse.ask(ONE, question, "X-Request-ID", "a", "X-Request-ID", "b").statusCode())
        .isEqualTo(400);
    assertThat(warehouse.gate().lines())
        .anyMatch(line -> line.contains("asked_by"))
        .noneMatch(line -> line.contains(spoofed) || line.contains("x\\\""));
  }

  @Test
  void understands_what_is_to_be_done_before_it_looks_for_objects() throws Exception {
    HttpResponse<String> answer =
        warehouse.ask(
            "/access/v1/search/resource",
            "{%s,\"action\":{\"name\":\"gtOrder\"},\"resource\":{\"type\":\"order\"}}"
                .formatted(subject("alice", north("alice"))));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("`getOrder`");
  }

  @Test
  void writes_no_token_anywhere() throws Exception {
    String token = north("alice");
    warehouse.may(token, "alice", "getOrder", "order", "o1");
    warehouse.may(token, "alice", token, "order", "o1");

    List<String> lines = warehouse.gate().lines();
    assertThat(lines).hasSize(2).anyMatch(line -> line.contains("authzen.NOT_UNDERSTOOD"));
    for (String part : token.split("\\.", -1)) {
      assertThat(lines).noneMatch(line -> line.contains(part.substring(0, 12)));
    }
  }

  @Test
  @Requirement(id = "AUT-9", without = "object-owner")
  void finds_what_may_be_done_to_an_object() throws Exception {
    String own = warehouse.order(north("alice"));
    String search = "/access/v1/search/action";

    HttpResponse<String> alice =
        warehouse.ask(search, "{%s,%s}".formatted(subject("alice", north("alice")), order(own)));
    HttpResponse<String> sue =
        warehouse.ask(
            search, "{%s,%s}".formatted(subject("sue", north("sue", "support")), order(own)));
    HttpResponse<String> foreign =
        warehouse.ask(search, "{%s,%s}".formatted(subject("bob", north("bob")), order(own)));
    HttpResponse<String> absent =
        warehouse.ask(search, "{%s,%s}".formatted(subject("bob", north("bob")), order("none")));

    assertThat(alice.body())
        .contains(
            "\"results\":[{\"name\":\"getOrder\"},{\"name\":\"updateOrder\"},{\"name\":\"noteOrder\"}]");
    assertThat(sue.body()).contains("\"results\":[{\"name\":\"getOrder\"}]");
    assertThat(foreign.body()).contains("\"results\":[]").isEqualTo(absent.body());
    String limited =
        "{%s,%s,\"page\":{\"limit\":1%%s}}".formatted(subject("alice", north("alice")), order(own));
    String first = warehouse.ask(search, limited.formatted("")).body();
    assertThat(first).contains("\"results\":[{\"name\":\"getOrder\"}]");
    String token = first.replaceAll(".*\"next_token\":\"([^\"]+)\".*", "$1");
    assertThat(warehouse.ask(search, limited.formatted(",\"token\":\"" + token + "\"")).body())
        .contains("\"results\":[{\"name\":\"updateOrder\"}]");
  }

  @Test
  @Requirement(id = "AUT-9", without = "object-owner")
  void finds_the_objects_that_it_has_learned_of_page_by_page() throws Exception {
    List<String> own =
        List.of(
            warehouse.order(north("alice")),
            warehouse.order(north("alice")),
            warehouse.order(north("alice")));
    warehouse.order(north("bob"));
    warehouse.order(south("alice"));
    String question =
        "{%s,\"action\":{\"name\":\"getOrder\"},\"resource\":{\"type\":\"order\"},\"page\":{\"limit\":2%%s}}"
            .formatted(subject("alice", north("alice")));
    StringBuilder found = new StringBuilder();
    String token = "";
    for (int i = 0; i < 20; i++) {
      String told =
          warehouse
              .ask(
                  "/access/v1/search/resource",
                  question.formatted(token.isEmpty() ? "" : ",\"token\":\"" + token + "\""))
              .body();
      found.append(told);
      token = told.replaceAll(".*\"next_token\":\"([^\"]*)\".*", "$1");
      if (token.isEmpty()) {
        break;
      }
    }

    List<String> ids =
        Pattern.compile("\"type\":\"order\",\"id\":\"([^\"]+)\"")
            .matcher(
                found
                    .toString()
                    .replaceAll(
                        "\"id\":\"([^\"]+)\",\"type\":\"order\"",
                        "\"type\":\"order\",\"id\":\"$1\""))
            .results()
            .map(each -> each.group(1))
            .toList();
    assertThat(ids).containsExactlyInAnyOrderElementsOf(own);
    assertThat(found).contains("\"complete\":true");
    // where the next page begins may be somebody else's object, and is told to nobody
    assertThat(found.toString().split("\"next_token\":\"", -1))
        .allMatch(each -> !decoded(each).contains("order"));
  }

  private static String decoded(String text) {
    String token = text.replaceAll("[^A-Za-z0-9_-].*", "");
    return token.length() % 4 == 1
        ? ""
        : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.ISO_8859_1);
  }

  @Test
  void says_what_cannot_be_listed() throws Exception {
    String alice = subject("alice", north("alice"));
    HttpResponse<String> parcels =
        warehouse.ask(
            "/access/v1/search/resource",
            "{%s,\"action\":{\"name\":\"getParcel\"},\"resource\":{\"type\":\"parcel\"}}"
                .formatted(alice));
    assertThat(parcels.statusCode()).isEqualTo(400);
    assertThat(parcels.body()).contains("cannot be listed");

    HttpResponse<String> subjects =
        warehouse.ask(
            "/access/v1/search/subject",
            "{\"subject\":{\"type\":\"user\"},\"action\":{\"name\":\"getOrder\"},%s}"
                .formatted(order("o1")));
    assertThat(subjects.statusCode()).isEqualTo(501);
    assertThat(subjects.body()).contains("subjects cannot be listed");

    String mine =
        warehouse
            .ask(
                "/access/v1/search/action",
                "{%s,%s,\"page\":{\"limit\":1}}".formatted(alice, order("o1")))
            .body();
    String token = mine.replaceAll(".*\"next_token\":\"([^\"]*)\".*", "$1");
    HttpResponse<String> others =
        warehouse.ask(
            "/access/v1/search/action",
            "{%s,%s,\"page\":{\"limit\":1,\"token\":\"%s\"}}"
                .formatted(
                    subject("bob", north("bob")), order("o1"), token.isEmpty() ? "eA" : token));
    assertThat(others.statusCode()).isEqualTo(400);
  }
}
