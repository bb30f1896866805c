package dev.gatewarden.gateway.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.policy.Relations.Relation;
import dev.gatewarden.gateway.binder.Promise;
import dev.gatewarden.gateway.binder.RequestBinder.Bound;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MoveTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Notes, version: 1.0.0}
      security: [{}]
      components:
        schemas:
          note:
            type: object
            properties:
              id: {type: string}
              text: {type: string}
              pages: {type: array, items: {type: string}}
              meta: {type: object, properties: {owner: {}, colour: {type: string}}}
              org: {type: [string, 'null']}
              folderId: {type: [string, 'null']}
          patch: {type: array, items: {type: object}}
        x-gatewarden-objects:
          note: &note
            id: {at: /id}
            owner: {at: /meta/owner, is: principal.subject}
            tenant: {at: /org, is: principal.tenant}
            parent: {folder: /folderId}
            known-by: [relation]
            unknown: deny
          folder:
            id: {at: /id}
            owner: {at: /owner}
            known-by: [relation]
            unknown: deny
          file:
            id: {at: /id, as: uuid}
            owner: {at: /owner}
            known-by: [relation]
            unknown: deny
      paths:
        /notes/{id}:
          patch:
            operationId: change
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            x-gatewarden-object: {type: note, does: update, id: path.id}
            requestBody:
              content:
                application/json: {schema: {$ref: '#/components/schemas/note'}}
                application/merge-patch+json: {schema: {$ref: '#/components/schemas/note'}}
                application/json-patch+json: {schema: {$ref: '#/components/schemas/patch'}}
                application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/note'}}
                application/xml: {schema: {$ref: '#/components/schemas/note'}}
                image/png: {}
                '*/*': {}
            responses:
              '200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}
        /notes:
          patch:
            operationId: changeAll
            x-gatewarden-object: {type: note, does: update, id: 'body#/notes/*/id', batch: all}
            requestBody:
              content:
                application/json:
                  schema: {type: object, properties: {notes: {type: array, items: {$ref: '#/components/schemas/note'}}}}
            responses: {'204': {description: done}}
        /files:
          patch:
            operationId: changeFiles
            x-gatewarden-object: {type: file, does: update, id: 'body#/files/*/id', batch: all}
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    properties: {files: {type: array, items: {type: object, properties: {id: {type: string}, owner: {type: string}}}}}
            responses: {'204': {description: done}}
      """;
  private static final Relation BEFORE = new Relation("alice", "north", Map.of("folder", "f1"));
  private static final Promise NOTES = Promise.of(CONTRACT);

  @Test
  void leaves_alone_what_says_nothing_of_owners() {
    assertThat(merged("{\"text\":\"owner of nothing\"}")).isEqualTo(BEFORE);
    assertThat(merged("{\"text\":\"a \\\"meta\\\"\",\"meta\":{\"colour\":\"red\"}}"))
        .isEqualTo(BEFORE);
    assertThat(merged("{}")).isEqualTo(BEFORE);
    assertThat(after("image/png", "meta owner")).isEqualTo(BEFORE);
    assertThat(after("text/csv", "meta,owner")).isEqualTo(BEFORE);
  }

  @Test
  void takes_owner_tenant_and_parents_from_a_body() {
    assertThat(merged("{\"meta\":{\"owner\":\"bob\"},\"org\":\"south\",\"folderId\":\"f2\"}"))
        .isEqualTo(new Relation("bob", "south", Map.of("folder", "f2")));
    assertThat(merged("{\"m\\u0065ta\":{\"own\\u0065r\":\"bob\"}}").owner()).isEqualTo("bob");
    assertThat(merged("{\"meta\":{\"owner\":7}}").owner()).isEqualTo("7");
    assertThat(merged("{\"meta.owner\":\"bob\"}").owner()).isEqualTo("bob");
  }

  @Test
  void takes_them_from_forms_and_from_xml() {
    assertThat(after("application/x-www-form-urlencoded", "org=south&folderId=f2"))
        .isEqualTo(new Relation("alice", "south", Map.of("folder", "f2")));
    assertThat(
            after(
                "application/xml; charset=utf-8",
                "<note><org>south</org><meta><owner>bob</owner></meta></note>"))
        .isEqualTo(new Relation("bob", "south", Map.of("folder", "f1")));
  }

  @Test
  void takes_them_from_bodies_of_many_megabytes() {
    String pages = ("\"" + "x".repeat(500_000) + "\",").repeat(10) + "\"\"";
    assertThat(merged("{\"pages\":[" + pages + "],\"meta\":{\"owner\":\"bob\"}}").owner())
        .isEqualTo("bob");
  }

  @Test
  void leaves_nobody_where_a_value_goes_or_is_odd() {
    assertThat(merged("{\"meta\":{\"owner\":null},\"folderId\":null}"))
        .isEqualTo(new Relation(null, "north", Map.of()));
    assertThat(merged("{\"meta\":{\"owner\":[\"bob\",\"alice\"]}}").owner()).isNull();
    assertThat(merged("{\"meta\":null}").owner()).isNull();
    assertThat(merged("{\"meta\":\"bob\"}").owner()).isNull();
    assertThat(merged("{\"meta.owner\":\"bob\",\"meta\":{\"owner\":\"alice\"}}").owner()).isNull();
  }

  @Test
  void leaves_nobody_where_nobody_could_read_it() {
    Relation nobody = new Relation(null, null, Map.of());
    assertThat(merged("no json: meta owner")).isEqualTo(nobody);
    assertThat(after("application/hal+json", "{\"meta\":{\"owner\":\"bob\"}}")).isEqualTo(nobody);
  }

  @Test
  void follows_the_changes_of_a_patch_in_their_order() {
    assertThat(
            patched(
                    "[{\"op\":\"replace\",\"path\":\"/meta/owner\",\"value\":\"bob\"},"
                        + "{\"op\":\"replace\",\"path\":\"/meta/owner\",\"value\":\"eve\"}]")
                .owner())
        .isEqualTo("eve");
    assertThat(
            patched("[{\"op\":\"add\",\"path\":\"/meta\",\"value\":{\"owner\":\"bob\"}}]").owner())
        .isEqualTo("bob");
    assertThat(patched("[{\"op\":\"test\",\"path\":\"/meta/owner\",\"value\":\"bob\"}]"))
        .isEqualTo(BEFORE);
    assertThat(patched("[{\"op\":\"remove\",\"path\":\"/meta\"}]").owner()).isNull();
    assertThat(patched("[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"id\":\"n1\"}}]"))
        .isEqualTo(new Relation(null, null, Map.of()));
    assertThat(patched("[{\"op\":\"replace\",\"path\":\"/text\",\"value\":\"x\"}]"))
        .isEqualTo(BEFORE);
  }

  /// What a patch brings from elsewhere in the object is not in the request.
  @Test
  void leaves_nobody_where_a_patch_moves_copies_or_is_spelt_otherwise() {
    for (String change :
        List.of(
            "{\"op\":\"copy\",\"from\":\"/text\",\"path\":\"/meta/owner\"}",
            "{\"op\":\"move\",\"from\":\"/text\",\"path\":\"/meta/owner\"}",
            "{\"op\":\"move\",\"from\":\"/meta/owner\",\"path\":\"/text\"}",
            "{\"op\":\"move\",\"from\":\"/meta\",\"path\":\"/text\"}",
            "{\"op\":\"copy\",\"path\":\"/meta/owner\"}",
            "{\"op\":\"add\",\"path\":\"/meta/owner\"}",
            "{\"op\":\"add\",\"path\":\"/meta/owner/name\",\"value\":\"bob\"}",
            "{\"op\":\"set\",\"path\":\"/meta/owner\",\"value\":\"bob\"}",
            "{\"op\":\"add\",\"path\":\"meta/owner\",\"value\":\"bob\"}",
            "{\"op\":\"add\",\"Path\":\"/meta/owner\",\"value\":\"bob\"}")) {
      assertThat(patched("[" + change + "]").owner()).as(change).isNull();
    }
    assertThat(patched("[{\"op\":\"add\",\"path\":\"/Meta/OWNER\",\"value\":\"bob\"}]").owner())
        .isEqualTo("bob");
  }

  @Test
  void finds_each_object_of_a_batch_by_its_id() {
    List<Move> moves =
        moves(
            "/notes",
            "application/json",
            "{\"notes\":[{\"id\":\"n1\",\"meta\":{\"owner\":\"bob\"}},"
                + "{\"id\":\"n2\",\"meta\":{\"owner\":\"eve\"}},{\"id\":\"N2\",\"text\":\"\"},"
                + "{\"id\":\"n3\",\"org\":\"a\"},{\"id\":\"n3\",\"org\":\"b\"}]}");

    assertThat(moves).hasSize(4);
    assertThat(moves.get(0).applied(BEFORE).owner()).isEqualTo("bob");
    assertThat(moves.get(1).applied(BEFORE).owner()).isEqualTo("eve");
    assertThat(moves.get(2).applied(BEFORE)).isEqualTo(BEFORE);
    assertThat(moves.get(3).applied(BEFORE).tenant()).isNull();
  }

  @Test
  void compares_ids_in_the_form_of_their_type() {
    String id = "0190a5c8-7a55-7ed2-9c3e-1f2a3b4c5d6e";
    List<Move> moves =
        moves(
            "/files",
            "application/json",
            "{\"files\":[{\"id\":\""
                + id.toUpperCase(java.util.Locale.ROOT)
                + "\",\"owner\":\"bob\"}]}");
    assertThat(moves.getFirst().use().id()).isEqualTo(id);
    assertThat(moves.getFirst().applied(BEFORE).owner()).isEqualTo("bob");
  }

  @Test
  void takes_from_an_answer_what_it_shows_of_this_very_object() {
    assertThat(shown("{\"id\":\"n1\",\"meta\":{\"owner\":\"eve\"}}").owner()).isEqualTo("eve");
    assertThat(shown("{\"id\":\"n1\",\"meta\":{\"owner\":[]}}").owner()).isNull();
    assertThat(shown("{\"id\":\"n2\",\"meta\":{\"owner\":\"eve\"}}")).isEqualTo(BEFORE);
    assertThat(shown("{\"meta\":{\"owner\":\"eve\"}}")).isEqualTo(BEFORE);
    assertThat(shown("{\"id\":\"n1\",\"text\":\"owner\"}")).isEqualTo(BEFORE);
  }

  /// A service that promises, or that did some of it, has not said whose the object is now.
  @Test
  void leaves_everything_as_it_was_where_the_status_leaves_open_what_was_done() {
    Call given =
        call("/notes/n1", "application/json", "{\"meta\":{\"owner\":\"bob\"},\"org\":\"south\"}");
    Move asked = Move.asked(List.of(given)).getFirst();

    for (int status : List.of(202, 207)) {
      assertThat(asked.became(status, true, List.of(given)).applied(BEFORE)).isEqualTo(BEFORE);
      assertThat(
              asked
                  .became(
                      status,
                      true,
                      List.of(answered(given, "{\"id\":\"n1\",\"meta\":{\"owner\":\"bob\"}}")))
                  .applied(BEFORE))
          .isEqualTo(new Relation("bob", "north", Map.of("folder", "f1")));
    }
    assertThat(asked.became(200, true, List.of(given)).applied(BEFORE))
        .isEqualTo(new Relation("bob", "south", Map.of("folder", "f1")));
  }

  @Test
  void finds_what_became_of_each_object_of_a_batch_by_its_id() {
    Call given =
        call(
            "/notes",
            "application/json",
            "{\"notes\":[{\"id\":\"n1\",\"meta\":{\"owner\":\"bob\"}},"
                + "{\"id\":\"n2\",\"meta\":{\"owner\":\"bob\"}}]}");
    List<Move> asked = Move.asked(List.of(given));
    ObjectFacts done =
        new ObjectFacts(
            Fact.of("n2"), Fact.of("bob"), Fact.MISSING, Map.of("folder", Fact.MISSING), 0, 0);
    List<Call> answered =
        List.of(
            given.seeing(
                given.exchange(),
                List.of(new Call.Seen(given.objects().getFirst().binding(), List.of(done)))));

    assertThat(asked.get(0).became(207, false, answered).applied(BEFORE)).isEqualTo(BEFORE);
    assertThat(asked.get(1).became(207, false, answered).applied(BEFORE))
        .isEqualTo(new Relation("bob", "north", Map.of("folder", "f1")));
  }

  private static Call answered(Call call, String answer) {
    Reading reading = NOTES.answer("change", 200, answer, "content-type", "application/json");
    return call.seeing(
        call.exchange()
            .answered(
                new Response(200, Promise.lines("content-type", "application/json"), reading)),
        List.of());
  }

  private static Relation shown(String answer) {
    Call call = call("/notes/n1", "application/json", "{}");
    Reading reading = NOTES.answer("change", 200, answer, "content-type", "application/json");
    Exchange answered =
        call.exchange()
            .answered(
                new Response(200, Promise.lines("content-type", "application/json"), reading));
    return Move.shown(call.objects().getFirst(), answered).applied(BEFORE);
  }

  private static Relation merged(String body) {
    return after("application/json", body);
  }

  private static Relation patched(String body) {
    return after("application/json-patch+json", body);
  }

  private static Relation after(String type, String body) {
    List<Move> moves = moves("/notes/n1", type, body);
    assertThat(moves).hasSize(1);
    return moves.getFirst().applied(BEFORE);
  }

  private static List<Move> moves(String path, String type, String body) {
    return new ArrayList<>(Move.asked(List.of(call(path, type, body))));
  }

  private static Call call(String path, String type, String body) {
    Bytes bytes = Bytes.of(body.getBytes(StandardCharsets.UTF_8));
    if (NOTES.bind("PATCH", path, bytes, "content-type", type)
        instanceof Bound.Calls(List<Call> calls, Bytes _)) {
      return calls.getFirst();
    }
    throw new AssertionError("not bound: " + body);
  }
}
