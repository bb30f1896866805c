package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.probing.Stub.Asked;
import dev.gatewarden.acceptance.probing.Stub.Said;
import dev.gatewarden.demo.broken.Specimen;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a run keeps to, whatever its probes wish: what it may send and where, what it changes, and
/// what it leaves behind.
class CarefulTest {
  private static final String TWO =
      "identities:\n  alice: {token: alice-token}\n  bob: {token: bob-token}\n";

  private static final String FOLDERS =
      """
      openapi: 3.1.0
      info: {title: Folders, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      security: [{bearer: []}]
      paths:
        /folders:
          post:
            operationId: makeFolder
            x-gatewarden-object: {type: folder, does: create, id: response.body#/id, learn: owner}
            requestBody: &body {required: true, content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string, maxLength: 40}}}}}}
            responses: {'201': &it {description: it, content: {application/json: {schema: {type: object, required: [id, owner], properties: {id: {type: integer, maximum: 999999}, folderId: {type: integer, maximum: 999999}, owner: {type: string, maxLength: 40}}}}}}}
        /folders/{folderId}:
          parameters: [&folderId {name: folderId, in: path, required: true, schema: {type: integer, maximum: 999999}}]
          get:
            operationId: getFolder
            x-gatewarden-object: {type: folder, id: path.folderId}
            responses: {'200': *it}
          delete:
            operationId: deleteFolder
            x-gatewarden-object: {type: folder, id: path.folderId}
            responses: {'204': {description: gone}}
        /folders/{folderId}/files:
          parameters: [*folderId]
          post:
            operationId: makeFile
            x-gatewarden-object: {type: file, does: create, id: response.body#/id, within: {folder: path.folderId}, learn: owner}
            requestBody: *body
            responses: {'201': *it}
        /folders/{folderId}/files/{fileId}:
          parameters: [*folderId, {name: fileId, in: path, required: true, schema: {type: integer, maximum: 999999}}]
          get:
            operationId: getFile
            x-gatewarden-object: {type: file, id: path.fileId, within: {folder: path.folderId}}
            responses: {'200': *it}
      DELETE
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          folder: {id: {at: /id, as: integer}, owner: {at: /owner, is: principal.subject}, access: {read: [owner], write: [owner]}, known-by: [response, relation]}
          file: {id: {at: /id, as: integer}, owner: {at: /owner, is: principal.subject}, parent: {folder: /folderId}, access: {read: [owner], write: [owner]}, known-by: [response, relation]}
      """;

  private static final String DELETE_FILE =
      """
          delete:
            operationId: deleteFile
            x-gatewarden-object: {type: file, id: path.fileId, within: {folder: path.folderId}}
            responses: {'204': {description: gone}}
      """
          .indent(0);

  @TempDir Path folder;

  /// Folders with files in them, for whoever comes: nothing is checked, and a folder with files in
  /// it is not deleted.
  private static final class Folders implements Function<Asked, Said> {
    private static final Pattern PATH =
        Pattern.compile("/folders(?:/(\\d+)(?:/files(?:/(\\d+))?)?)?");

    private final Map<String, String> stands = new TreeMap<>();
    private final AtomicInteger last = new AtomicInteger(100);

    @Override
    public synchronized Said apply(Asked asked) {
      Matcher path = PATH.matcher(asked.path());
      if (!path.matches()) {
        return Said.of(404);
      }
      return switch (asked.method()) {
        case "POST" -> made(asked);
        case "GET" ->
            stands.containsKey(asked.path())
                ? Said.json(200, stands.get(asked.path()))
                : Said.of(404);
        case "DELETE" -> deleted(asked.path());
        default -> Said.of(405);
      };
    }

    private Said made(Asked asked) {
      String[] parts = asked.path().split("/", -1);
      boolean below = asked.path().endsWith("/files");
      if (!asked.body().startsWith("{")
          || !asked.path().endsWith("s")
          || (below && !stands.containsKey("/folders/" + parts[2]))) {
        return Said.of(404);
      }
      int id = last.incrementAndGet();
      String owner = asked.header("authorization").replaceAll("Bearer |-token", "");
      String object =
          "{\"id\":"
              + id
              + ",\"owner\":\""
              + owner
              + "\""
              + (below ? ",\"folderId\":" + parts[2] : "")
              + "}";
      stands.put(asked.path() + "/" + id, object);
      return Said.json(201, object);
    }

    private Said deleted(String path) {
      if (!stands.containsKey(path)) {
        return Said.of(404);
      }
      if (stands.keySet().stream().anyMatch(each -> each.startsWith(path + "/"))) {
        return Said.of(409);
      }
      stands.remove(path);
      return Said.of(204);
    }
  }

  @Test
  @Requirement(id = "TST-9")
  void takes_away_what_any_request_made_children_first() throws IOException {
    Folders folders = new Folders();
    try (Stub stub = Stub.of(folders)) {
      Cli ran = stub.probe(folder, FOLDERS.replace("DELETE\n", DELETE_FILE), TWO);

      assertThat(ran.code()).isOne();
      assertThat(stub.lines()).contains("POST /folders");
      assertThat(folders.stands).as(ran.out()).isEmpty();
      assertThat(ran.out()).doesNotContain("left behind");
    }
  }

  @Test
  void tells_what_it_left_behind_and_why() throws IOException {
    Folders folders = new Folders();
    try (Stub stub = Stub.of(folders)) {
      Cli ran = stub.probe(folder, FOLDERS.replace("DELETE\n", ""), TWO);

      assertThat(folders.stands.keySet()).anyMatch(each -> each.contains("/files/"));
      assertThat(ran.out())
          .as(ran.err())
          .contains("left behind", "`file`", "the contract has no operation that deletes it")
          .contains("`folder`", "its deletion is answered 409");
    }
  }

  private static final String ACTS =
      """
      openapi: 3.1.0
      info: {title: Acts, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      security: [{bearer: []}]
      paths:
        /bans: {get: {operationId: bans, x-gatewarden-object: {none: all}, responses: {'200': {description: all}}}, post: {operationId: ban, x-gatewarden-object: {none: all}, responses: {'201': {description: done}}}}
        /purge: {post: {operationId: purge, x-gatewarden-object: {none: all}, responses: {'204': {description: done}}}}
        /transfers/all: {post: {operationId: transferAll, x-gatewarden-object: {none: all}, responses: {'200': {description: done}}}}
        /settings: {put: {operationId: setAll, x-gatewarden-object: {none: all}, responses: {'200': {description: done}}}}
        /everything: {delete: {operationId: deleteAll, x-gatewarden-object: {none: all}, responses: {'204': {description: done}}}}
        /reset: {get: {operationId: reset, x-gatewarden-object: {none: all}, responses: {'200': {description: done}}}}
        /status: {get: {operationId: status, x-gatewarden-object: {none: all}, responses: {'200': {description: fine}}}}
        /search: {post: {operationId: search, x-gatewarden-object: {none: all}, responses: {'200': {description: found}}}}
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
      """;

  private static final String BEFORE =
      ACTS.replace(
          "paths:\n",
          "paths:\n  /wipe: {post: {operationId: wipe, x-gatewarden-object: {none: all},"
              + " responses: {'204': {description: done}}}}\n  /payments: {post: {operationId:"
              + " payments, x-gatewarden-object: {none: all}, responses: {'201': {description:"
              + " done}}}}\n");

  private static final List<String> SWEEPING =
      List.of(
          "POST /bans",
          "POST /purge",
          "POST /transfers/all",
          "PUT /settings",
          "DELETE /everything",
          "GET /reset",
          "POST /wipe",
          "POST /payments");

  @Test
  @Requirement(id = "TST-9")
  void does_nothing_to_what_was_there_before_without_permission() throws IOException {
    try (Stub stub = Stub.of(_ -> Said.json(200, "{}"))) {
      Files.writeString(folder.resolve("before.yaml"), BEFORE);

      Cli ran = stub.probe(folder, ACTS, TWO, "--before", "before.yaml");

      assertThat(stub.lines())
          .contains("GET /status", "POST /search")
          .doesNotContainAnyElementsOf(SWEEPING);
      assertThat(ran.out()).contains("permit it by `--may");
    }
  }

  @Test
  void does_it_where_it_is_permitted() throws IOException {
    try (Stub stub = Stub.of(_ -> Said.json(200, "{}"))) {
      Files.writeString(folder.resolve("before.yaml"), BEFORE);

      Cli ran =
          stub.probe(folder, ACTS, TWO, "--before", "before.yaml", "--may", "update,delete,act");

      assertThat(stub.lines()).as(ran.out()).containsAll(SWEEPING);
    }
  }

  /// Over what was sent: nothing that changes or deletes names an object that was there before.
  @ParameterizedTest
  @EnumSource(Specimen.class)
  @Requirement(id = "TST-9")
  void names_nothing_in_a_change_that_was_there_before(Specimen specimen) throws IOException {
    try (Trial trial = Trial.of(folder, specimen, "all")) {
      Cli ran = trial.probe("--log", "sent.log");

      assertThat(ran.code()).as(ran.err()).isNotEqualTo(2);
      Pattern line = Pattern.compile("curl -i -X (\\w+) .*'(http://[^' ]+)'");
      List<String> owned = owned(trial.text("identities.yaml"));
      assertThat(trial.text("sent.log").lines())
          .map(line::matcher)
          .filteredOn(Matcher::find)
          .filteredOn(each -> List.of("PUT", "PATCH", "DELETE").contains(each.group(1)))
          .extracting(each -> each.group(2))
          .noneMatch(
              url -> owned.stream().anyMatch(id -> List.of(url.split("[/?=&]", -1)).contains(id)));
    }
  }

  private static List<String> owned(String identities) {
    return Pattern.compile("\\[([^\\]]+)\\]")
        .matcher(identities.replaceAll("roles: \\[[^\\]]*\\]", ""))
        .results()
        .flatMap(each -> List.of(each.group(1).split("[ ,']+", -1)).stream())
        .filter(each -> !each.isEmpty())
        .toList();
  }

  private static final String SHARES =
      """
      openapi: 3.1.0
      info: {title: Shares, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      security: [{bearer: []}]
      paths:
        /shares:
          post:
            operationId: share
            x-gatewarden-object: {none: it is given away}
            requestBody: {required: true, content: {application/json: {schema: {type: object, required: [recipient], properties: {recipient: {type: string, maxLength: 40}}}}}}
            responses: {'201': {description: done}}
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
      """;

  @Test
  void sends_nothing_to_other_people_without_permission() throws IOException {
    try (Stub stub = Stub.of(_ -> Said.json(200, "{}"))) {
      var unused = stub.probe(folder, SHARES, TWO);

      assertThat(stub.asked())
          .filteredOn(each -> each.header("authorization").equals("Bearer alice-token"))
          .extracting(Asked::body)
          .anyMatch(each -> each.contains("alice"))
          .noneMatch(each -> each.contains("bob"));
    }
    try (Stub stub = Stub.of(_ -> Said.json(200, "{}"))) {
      var unused = stub.probe(folder, SHARES, TWO, "--may", "act");

      assertThat(stub.asked())
          .filteredOn(each -> each.header("authorization").equals("Bearer alice-token"))
          .extracting(Asked::body)
          .anyMatch(each -> each.contains("bob"));
    }
  }

  private static final String SCOPES =
      """
      openapi: 3.1.0
      info: {title: Scopes, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      paths:
        /reports:
          get:
            operationId: reports
            security: [{oauth: ['reports:read']}]
            x-gatewarden-object: {none: all}
            responses: {'200': {description: all}}
      components:
        securitySchemes:
          oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'http://127.0.0.1:9/token', scopes: {'reports:read': reads}}}}
      """;

  @Test
  void concludes_nothing_from_scopes_that_nobody_told() throws IOException {
    try (Stub stub =
        Stub.of(asked -> asked.header("authorization").isEmpty() ? Said.of(401) : Said.of(200))) {
      Cli vague = stub.probe(folder, SCOPES, TWO, "--probe", "forbidden-function");

      assertThat(vague.code()).as(vague.out()).isZero();
      assertThat(vague.out()).contains("`alice`, `bob` have is not known: say `scopes:` of them");

      Cli said =
          stub.probe(
              folder,
              SCOPES,
              TWO.replace("bob-token", "bob-token, scopes: []"),
              "--probe",
              "forbidden-function");

      assertThat(said.code()).isOne();
      assertThat(said.out()).contains("`bob` has neither the scopes nor the roles");
    }
  }

  @Test
  @Requirement(id = "TST-9")
  void counts_logins_and_tokens_and_writes_them_down() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.CLINIC, "none")) {
      assertThat(trial.probe("--most", "3").err())
          .contains("the 3 requests that were agreed to are spent before everybody was logged in");

      Cli ran = trial.probe("--log", "sent.log", "--format", "json");

      assertThat(ran.code()).isZero();
      assertThat(trial.text("sent.log"))
          .contains("\"operation\":\"login of alice\"", "\"operation\":\"a token\"")
          .doesNotContain("likes-tea");
      assertThat(ran.out()).contains("\"requests\": " + trial.text("sent.log").lines().count());
    }
  }

  @Test
  @Requirement(id = "TST-9")
  void follows_no_redirect_of_a_login() throws IOException {
    try (Stub away = Stub.of(_ -> Said.of(200));
        Stub stub =
            Stub.of(
                asked ->
                    asked.path().equals("/login")
                        ? new Said(
                            302,
                            Map.of("Location", away.uri() + "/", "Set-Cookie", "sid=first-session"),
                            "")
                        : Said.of(200))) {
      String identities =
          "identities:\n  alice: {login: {path: /login, form: {user: alice, password: secret}}}\n"
              + "  bob: {token: bob-token}\n";

      Cli ran = stub.probe(folder, ACTS, identities);

      assertThat(ran.code()).as(ran.err()).isNotEqualTo(2);
      assertThat(stub.lines()).contains("POST /login");
      assertThat(away.asked()).isEmpty();
    }
  }

  @Test
  void tells_which_probes_were_not_run() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Cli ran = trial.probe("--most", "60", "--format", "json");

      assertThat(ran.out())
          .contains("the 60 requests that were agreed to are spent in the middle")
          .contains("the 60 requests that were agreed to are spent: it was not run")
          .contains("\"race\"", "\"login\"");
      assertThat(trial.probe("--most", "60").out()).containsPattern("\\d+ probes were not run");
    }
  }

  private static final String CODES =
      """
      openapi: 3.1.0
      info: {title: Codes, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      paths:
        /login: {post: {operationId: login, security: [], x-gatewarden-object: {none: all}, requestBody: {required: true, content: {application/json: {schema: {type: object, required: [email, password], properties: {email: {type: string, maxLength: 60}, password: {type: string, maxLength: 60}}}}}}, responses: {'200': {description: in}}}}
        /forgot: {post: {operationId: forgot, security: [], x-gatewarden-object: {none: all}, requestBody: {required: true, content: {application/json: {schema: {type: object, required: [email], properties: {email: {type: string, maxLength: 60}}}}}}, responses: {'202': {description: sent}}}}
        /forgot/confirm: {post: {operationId: confirm, security: [], x-gatewarden-object: {none: all}, requestBody: {required: true, content: {application/json: {schema: {type: object, required: [email, otp, password], properties: {email: {type: string, maxLength: 60}, otp: {type: string, pattern: '^[0-9]{4}$'}, password: {type: string, minLength: 8, maxLength: 60}}}}}}, responses: {'204': {description: changed}}}}
      """;

  @Test
  @Requirement(id = "TST-11", without = "code-guessing")
  void guesses_a_code_of_its_own_and_changes_no_password() throws IOException {
    String alice =
        "identities:\n  alice: {login: {path: /login, json: {email: a@example.com, password:"
            + " alice-knows}, token: /token}}\n";
    for (boolean limited : new boolean[] {true, false}) {
      AtomicInteger guesses = new AtomicInteger();
      try (Stub stub =
          Stub.of(
              asked ->
                  switch (asked.line()) {
                    case "POST /login" -> Said.json(200, "{\"token\":\"session-of-alice\"}");
                    case "POST /forgot" -> Said.of(202);
                    case "POST /forgot/confirm" ->
                        Said.of(limited && guesses.incrementAndGet() > 5 ? 429 : 400);
                    default -> Said.of(404);
                  })) {
        Cli ran = stub.probe(folder, CODES, alice, "--probe", "code-guessing");

        assertThat(ran.out().contains("12 wrong codes in a row"))
            .as(ran.out())
            .isNotEqualTo(limited);
        assertThat(stub.asked())
            .filteredOn(each -> each.line().equals("POST /forgot/confirm"))
            .hasSizeGreaterThan(5)
            .extracting(Asked::body)
            .allMatch(each -> each.contains("a@example.com") && each.contains("\"0000\""));
      }
    }
  }
}
