package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.probing.Stub.Asked;
import dev.gatewarden.acceptance.probing.Stub.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a service says that wants to be obeyed by whoever reads a report of it.
class HostileTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Notes, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      security: [{bearer: []}]
      paths:
        /notes:
          get:
            operationId: listNotes
            x-gatewarden-object: {type: note, does: list, items: response.body#, foreign: filter}
            responses: {'200': &all {description: all, content: {application/json: {schema: {type: array, maxItems: 9, items: &note {type: object, required: [id, owner], properties: {id: {type: string, maxLength: 90}, owner: {type: string, maxLength: 40}}}}}}}}
          post:
            operationId: makeNote
            x-gatewarden-object: {type: note, does: create, id: response.body#/id, learn: owner}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {name: {type: string, maxLength: 40}}}}}}
            responses: {'201': &it {description: it, content: {application/json: {schema: *note}}}}
        /notes/{noteId}:
          parameters: [{name: noteId, in: path, required: true, schema: {type: string, maxLength: 90}}]
          get:
            operationId: getNote
            x-gatewarden-object: {type: note, id: path.noteId}
            responses: {'200': *it}
        /find:
          post:
            operationId: findNote
            x-gatewarden-object: {type: note, does: read, id: body#/noteId}
            requestBody: {required: true, content: {application/json: {schema: {type: object, required: [noteId], properties: {noteId: {type: string, maxLength: 90}}}}}}
            responses: {'200': *it}
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          note: {id: {at: /id, as: string}, owner: {at: /owner, is: principal.subject}, access: {read: [owner], write: [owner]}, known-by: [response, relation]}
      """;

  private static final String IDENTITIES =
      "identities:\n  alice: {token: alice-token}\n  bob: {token: bob-token}\n";

  /// Colours, moves the cursor, names the window, turns the direction; then markup, a link of
  /// SARIF,
  /// and the end of a character section.
  private static final String EVIL =
      "\\u001b[31m\\u001b[2J\\u001b]0;pwned\\u0007\\u009b1m\\u202e</td><script>alert(1)</script>"
          + "]]>[here](https://evil.example)\\r\\n";

  @TempDir Path folder;

  private static Said answer(Asked asked) {
    String id = EVIL + asked.header("authorization").replace("Bearer ", "");
    String note = "{\"id\":\"" + id + "\",\"owner\":\"alice\"}";
    if (asked.path().equals("/login")) {
      return Said.of(404);
    }
    return asked.path().equals("/notes") && asked.method().equals("GET")
        ? Said.json(200, "[" + note + "]")
        : new Said(
            asked.method().equals("POST") && asked.path().equals("/notes") ? 201 : 200,
            Map.of(
                "Content-Type", "application/json", "Set-Cookie", "<img src=x onerror=alert(1)>=1"),
            note);
  }

  @ParameterizedTest
  @ValueSource(strings = {"human", "json", "sarif", "junit", "html"})
  void is_shown_and_not_obeyed(String format) throws IOException {
    try (Stub stub = Stub.of(HostileTest::answer)) {
      Cli ran = stub.probe(folder, CONTRACT, IDENTITIES, "--format", format);

      String text = ran.out() + ran.err();
      assertThat(ran.code()).as(ran.err()).isOne();
      assertThat(text).contains("foreign-read");
      assertThat(text.codePoints())
          .as(text)
          .noneMatch(
              c ->
                  (Character.getType(c) == Character.CONTROL && c != '\n' && c != '\t')
                      || Character.getType(c) == Character.FORMAT);
      if (format.equals("html") || format.equals("junit")) {
        assertThat(text).doesNotContain("<script", "<img");
      }
      if (format.equals("sarif")) {
        assertThat(text).doesNotContainPattern("(?<!\\\\)\\[here\\]\\(");
      }
    }
  }
}
