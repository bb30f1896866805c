package dev.gatewarden.acceptance.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stranger's contract, without a word of whose objects its operations touch.
class BindTest {
  private static final String CLINIC =
      """
      openapi: 3.1.0
      info: {title: Clinic, version: 1.0.0}
      servers: [{url: /api/v2}]
      security: [{bearer: []}]
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
        schemas:
          Visit:
            type: object
            properties:
              visit_ref: {type: string, format: uuid}
              patient: {type: string}
              seen_by: {type: string}
              clinic_id: {type: string}
              notes: {type: string}
          Clinic:
            type: object
            properties:
              id: {type: string}
              name: {type: string}
              managed_by: {type: string}
      paths:
        /clinics/{clinic_id}:
          parameters: [{name: clinic_id, in: path, required: true, schema: {type: string}}]
          get:
            operationId: showClinic
            responses:
              '200': {description: one, content: {application/json: {schema: {$ref: '#/components/schemas/Clinic'}}}}
        /clinics/{clinic_id}/visits/{visit_ref}:
          parameters:
          - {name: clinic_id, in: path, required: true, schema: {type: string}}
          - {name: visit_ref, in: path, required: true, schema: {type: string, format: uuid}}
          get:
            operationId: showVisit
            responses:
              '200': {description: one, content: {application/json: {schema: {$ref: '#/components/schemas/Visit'}}}}
          patch:
            operationId: changeVisit
            requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Visit'}}}}
            responses: {'204': {description: changed}}
        /visits:
          get:
            operationId: listVisits
            responses:
              '200':
                description: some
                content:
                  application/json:
                    schema:
                      type: object
                      properties:
                        total: {type: integer}
                        data: {type: array, items: {$ref: '#/components/schemas/Visit'}}
        /visits/{visit_ref}:
          parameters: [{name: visit_ref, in: path, required: true, schema: {type: string, format: uuid}}]
          get:
            operationId: readVisit
            responses:
              '200': {description: one, content: {application/json: {schema: {$ref: '#/components/schemas/Visit'}}}}
        /visits/{visit_ref}/cancel:
          parameters: [{name: visit_ref, in: path, required: true, schema: {type: string, format: uuid}}]
          post:
            operationId: cancelVisit
            responses: {'204': {description: done}}
        /health:
          get:
            operationId: health
            responses: {'200': {description: fine}}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("clinic.yaml"), CLINIC);
  }

  private Cli bind(String... more) {
    List<String> words = new ArrayList<>(List.of("bind", "clinic.yaml"));
    words.addAll(List.of(more));
    return Cli.run(folder, words.toArray(String[]::new));
  }

  @Test
  @Requirement(id = "AUT-12")
  void proposes_nothing_that_no_name_and_no_traffic_speaks_for_and_asks() {
    Cli bound = bind();

    assertThat(bound.code()).as(bound.err()).isEqualTo(1);
    assertThat(bound.out())
        .doesNotContain("showClinic:")
        .contains("# - `clinic`: whose is one? No member is named like an owner");
    assertThat(bound.err()).contains("operations bound to").contains("question");
  }

  @Test
  @Requirement(id = "AUT-12")
  void finds_the_owner_that_two_callers_show() throws Exception {
    har("alice.har", "u-17", 3, "u-17");
    har("bob.har", "u-18", 4, "u-18");

    Cli bound = bind("--traffic", "alice.har", "--traffic", "bob.har");

    assertThat(bound.out())
        .contains("owner: {at: '/patient', is: principal.subject}   # high: equalled the caller's")
        .contains("subject in 14 of 14 objects, of 2 callers")
        .contains("id: {at: '/visit_ref', as: uuid}")
        .contains("read-by: readVisit")
        .contains(
            "listVisits: {type: visit, does: list, items: 'response.body#/data', foreign: filter,"
                + " count: {at: '/total', then: withhold}}")
        .contains("cancelVisit: {type: visit, does: act, id: path.visit_ref}");
  }

  @Test
  @Requirement(id = "AUT-12")
  void is_told_who_called_where_the_tokens_say_nothing() throws Exception {
    har("alice.har", "", 3, "u-17");
    har("bob.har", "", 4, "u-18");

    Cli bound =
        bind("--traffic", "subject=u-17:alice.har", "--traffic", "subject=u-18,tenant=t:bob.har");

    assertThat(bound.out()).contains("owner: {at: '/patient', is: principal.subject}   # high");
    assertThat(bind("--traffic", "name=alice:alice.har").err())
        .contains("`name=alice` says nothing of the caller; write `subject=…`");
  }

  @Test
  @Requirement(id = "AUT-12")
  void asks_where_traffic_contradicts_a_name() throws Exception {
    Files.writeString(
        folder.resolve("clinic.yaml"), CLINIC.replace("patient: {", "customer_id: {"));
    assertThat(bind().out()).contains("owner: {at: '/customer_id', is: principal.subject}");
    har("alice.har", "u-17", 3, "somebody else");
    har("bob.har", "u-18", 3, "u-18");
    for (String name : List.of("alice.har", "bob.har")) {
      Path file = folder.resolve(name);
      Files.writeString(file, Files.readString(file).replace("patient", "customer_id"));
    }

    assertThat(bind("--traffic", "alice.har", "--traffic", "bob.har").out())
        .doesNotContain("owner:")
        .contains("who may see one that is not their own?");
  }

  @Test
  @Requirement(id = "AUT-12")
  void believes_no_single_caller() throws Exception {
    har("alice.har", "u-17", 9, "u-17");

    assertThat(bind("--traffic", "alice.har").out())
        .doesNotContain("of 1 caller,")
        .doesNotContain("# high: equalled");
  }

  @Test
  @Requirement(id = "AUT-12")
  void what_it_proposes_loads_and_is_not_proposed_again() throws Exception {
    har("alice.har", "u-17", 3, "u-17");
    har("bob.har", "u-18", 4, "u-18");
    Cli bound = bind("--traffic", "alice.har", "--traffic", "bob.har", "--out", "objects.yaml");
    assertThat(bound.out()).isEqualTo("objects.yaml\n");

    Cli shown = Cli.run(folder, "contract", "show", "clinic.yaml", "--overlay", "objects.yaml");
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(bind("--overlay", "objects.yaml").out()).doesNotContain("listVisits:");
    assertThat(bind("--out", "objects.yaml").err()).contains("is there already");
  }

  private static final String MEMOS =
      """
      openapi: 3.1.0
      info: {title: Memos, version: 1.0.0}
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        schemas:
          memo: {type: object, properties: {id: {type: string}, text: {type: string}}}
      paths:
        /memos:
          post:
            operationId: writeMemo
            requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/memo'}}}}
            responses:
              '201': {description: one, content: {application/json: {schema: {$ref: '#/components/schemas/memo'}}}}
        /memos/{memoId}:
          parameters: [{name: memoId, in: path, required: true, schema: {type: string}}]
          get:
            operationId: readMemo
            responses:
              '200': {description: one, content: {application/json: {schema: {$ref: '#/components/schemas/memo'}}}}
          delete: {operationId: dropMemo, responses: {'204': {description: gone}}}
      """;

  @Test
  @Requirement(id = "AUT-12")
  void proposes_who_created_it_where_nothing_shows_the_owner_and_nobody_else_gets_one()
      throws Exception {
    Files.writeString(folder.resolve("clinic.yaml"), MEMOS);
    assertThat(bind().out())
        .contains("owner: {is: principal.subject}   # low: nothing shows it; `writeMemo` creates")
        .contains("does one belong to who created it, and to nobody else? Nothing shows it");

    memos("alice.har", "u-17", "m1", "m2");
    memos("bob.har", "u-18", "m3");
    Cli bound = bind("--traffic", "alice.har", "--traffic", "bob.har", "--out", "objects.yaml");
    assertThat(bound.code()).as(bound.err()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("objects.yaml")))
        .contains(
            "owner: {is: principal.subject}   # medium: nothing shows it; only who created it got"
                + " it, 3 of 3 objects, of 2 callers")
        .contains("dropMemo: {type: memo, id: path.memoId}")
        .contains("does one belong to who created it, and to nobody else?");
    Cli shown = Cli.run(folder, "contract", "show", "clinic.yaml", "--overlay", "objects.yaml");
    assertThat(shown.code()).as(shown.err()).isZero();
  }

  @Test
  @Requirement(id = "AUT-12")
  void proposes_no_creator_where_another_got_one_or_only_one_caller_was_seen() throws Exception {
    Files.writeString(folder.resolve("clinic.yaml"), MEMOS);
    memos("alice.har", "u-17", "m1", "m2");
    assertThat(bind("--traffic", "alice.har").out()).doesNotContain("readMemo:");

    memos("bob.har", "u-18", "m3");
    Path file = folder.resolve("bob.har");
    Files.writeString(file, Files.readString(file).replace("/memos/m3", "/memos/m1"));
    Files.writeString(
        file,
        Files.readString(file)
            .replace(memo("m3").replace("\"", "\\\""), memo("m1").replace("\"", "\\\"")));
    assertThat(bind("--traffic", "alice.har", "--traffic", "bob.har").out())
        .doesNotContain("readMemo:");
  }

  private static String memo(String id) {
    return "{\"id\":\"" + id + "\",\"text\":\"t\"}";
  }

  /// A caller writes memos and reads them.
  private void memos(String name, String subject, String... ids) throws Exception {
    List<String> entries = new ArrayList<>();
    for (String id : ids) {
      entries.add(
          entry(subject, "/memos", memo(id))
              .replace("\"method\":\"GET\"", "\"method\":\"POST\"")
              .replace("\"status\":200", "\"status\":201"));
      entries.add(entry(subject, "/memos/" + id, memo(id)));
    }
    Files.writeString(
        folder.resolve(name),
        "{\"log\":{\"version\":\"1.2\",\"entries\":[" + String.join(",", entries) + "]}}");
  }

  @Test
  void says_what_is_wrong_with_a_recording() throws Exception {
    Files.writeString(folder.resolve("empty.har"), "{}");

    Cli bound = bind("--traffic", "empty.har");

    assertThat(bound.code()).isEqualTo(2);
    assertThat(bound.err()).contains("empty.har:1:1").contains("no HTTP Archive");
    assertThat(bind("--traffic", "absent.har").err())
        .contains("there is no file `")
        .contains("absent.har");
  }

  /// One list and one visit, as a proxy saves them.
  private void har(String name, String subject, int count, String patient) throws Exception {
    StringBuilder visits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      visits.append(i == 0 ? "" : ",").append(visit(i, patient));
    }
    String list = "{\"total\":" + count + ",\"data\":[" + visits + "]}";
    String entries =
        entry(subject, "/api/v2/visits", list)
            + ","
            + entry(subject, "/visits", list)
            + ","
            + entry(subject, "/nothing/of/ours", "[]");
    Files.writeString(
        folder.resolve(name), "{\"log\":{\"version\":\"1.2\",\"entries\":[" + entries + "]}}");
  }

  private static String visit(int number, String patient) {
    return "{\"visit_ref\":\"00000000-0000-0000-0000-00000000000%d\",\"patient\":\"%s\",\"seen_by\":\"dr-%d\",\"clinic_id\":\"c1\"}"
        .formatted(number, patient, number % 2);
  }

  private static String entry(String subject, String path, String body) {
    String token =
        subject.isEmpty()
            ? "opaque"
            : "e30." + coded("{\"sub\":\"" + subject + "\",\"iss\":\"x\"}") + ".c2ln";
    return "{\"request\":{\"method\":\"GET\",\"url\":\"https://clinic.example"
        + path
        + "\",\"headers\":[{\"name\":\"Authorization\",\"value\":\"Bearer "
        + token
        + "\"}]},\"response\":{\"status\":200,\"content\":{\"mimeType\":\"application/json\",\"text\":\""
        + body.replace("\"", "\\\"")
        + "\"}}}";
  }

  private static String coded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
