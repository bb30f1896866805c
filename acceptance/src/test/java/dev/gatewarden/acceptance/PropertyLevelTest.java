package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ADMIN;
import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.issuer.Person;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a role may see and write of an object whose contract nobody may edit: everything is said in
/// a file laid over it. The service takes and tells whatever it is asked to.
class PropertyLevelTest {
  private static final String CONTRACT =
      """
      openapi: 3.0.3
      info: {title: Accounts, version: 1.0.0}
      security: [{bearerAuth: ['orders:read']}]
      paths:
        /accounts:
          get:
            operationId: listAccounts
            responses:
              '200':
                description: ok
                content:
                  application/json:
                    schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Account'}}}}
          post:
            operationId: createAccount
            requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}}
            responses: {'201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}}}
        /accounts/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          get:
            operationId: getAccount
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}}
          patch:
            operationId: changeAccount
            requestBody:
              required: true
              content:
                application/json: {schema: {$ref: '#/components/schemas/Account'}}
                application/merge-patch+json: {schema: {$ref: '#/components/schemas/Account'}}
                application/json-patch+json: {schema: {$ref: '#/components/schemas/Patch'}}
                application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Account'}}
                multipart/form-data: {schema: {$ref: '#/components/schemas/Account'}}
                application/xml: {schema: {$ref: '#/components/schemas/Account'}}
            responses: {'204': {description: ok}}
        /desks/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          get:
            operationId: getDesk
            responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Desk'}}}}}
          patch:
            operationId: changeDesk
            requestBody:
              required: true
              content:
                application/json: {schema: {$ref: '#/components/schemas/Desk'}}
                application/json-patch+json: {schema: {$ref: '#/components/schemas/Patch'}}
            responses: {'204': {description: ok}}
        /replaced/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          put:
            operationId: replaceAccount
            requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Small'}}}}
            responses: {'204': {description: ok}}
        /kept/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          put:
            operationId: keepAccount
            requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Small'}}}}
            responses: {'204': {description: ok}}
        /accounts/{id}/close:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          post:
            operationId: closeAccount
            requestBody: {content: {application/json: {schema: {type: object, properties: {why: {type: string}, balance: {type: integer}}}}}}
            responses: {'204': {description: ok}}
        /batch:
          post:
            operationId: changeMany
            requestBody:
              required: true
              content:
                application/json:
                  schema: {type: object, properties: {accounts: {type: array, items: {$ref: '#/components/schemas/Account'}}}}
            responses: {'204': {description: ok}}
        /banks/{bank}:
          parameters: [{name: bank, in: path, required: true, schema: {type: string}}]
          get:
            operationId: getBank
            responses:
              '200':
                description: ok
                content:
                  application/json:
                    schema:
                      type: object
                      properties:
                        name: {type: string}
                        head: {nullable: true, allOf: [{$ref: '#/components/schemas/Account'}]}
                        any: {oneOf: [{$ref: '#/components/schemas/Account'}, {type: string}]}
                        byName: {type: object, additionalProperties: {$ref: '#/components/schemas/Account'}}
      components:
        securitySchemes: {bearerAuth: {type: http, scheme: bearer}}
        schemas:
          Account:
            type: object
            properties:
              id: {type: string}
              owner: {type: string, nullable: true}
              name: {type: string}
              iban: {type: string}
              phone: {type: string}
              role: {type: string, nullable: true}
              nick: {type: string}
              balance: {type: integer}
              seen: {type: string, readOnly: true}
              risk: {$ref: '#/components/schemas/Risk'}
              lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
              limits: {type: object, nullable: true, additionalProperties: {type: integer}}
              labels: {type: object, additionalProperties: {type: string}}
          Small: {type: object, properties: {name: {type: string}, role: {type: string, x-gatewarden-write: ['role:admin']}}}
          Desk: {type: object, properties: {id: {type: string}, owner: {type: string}, note: {type: string}}}
          Line: {type: object, properties: {sku: {type: string}, cost: {type: integer}}}
          Risk: {type: object, nullable: true, properties: {score: {type: integer}, word: {type: string}}}
          Patch:
            type: array
            items:
              type: object
              required: [op, path]
              properties: {op: {type: string}, path: {type: string}, from: {type: string}, value: {}}
      """;
  private static final String OVERLAY =
      """
      objects:
        account:
          id: {at: /id}
          owner: {at: /owner, is: principal.subject}
          access: {read: [owner, 'role:admin'], write: [owner, 'role:admin']}
          known-by: [look-up]
          read-by: getAccount
          properties:
            /role: {write: ['role:admin']}
            /nick: {write: [owner]}
            /phone: {read: [owner], mask: hash}
            /balance: {write: [], read: [owner]}
            /iban: {class: personal}
            /risk/score: {read: ['role:admin'], write: ['role:admin']}
            /lines/*/cost: {read: ['role:admin'], mask: fixed, write: {by: ['role:admin'], else: strip}}
            /limits/*: {write: ['role:admin']}
        desk:
          id: {at: /id}
          owner: {at: /owner, is: principal.subject}
          known-by: [look-up]
          read-by: getDesk
          properties: {/owner: {write: [owner]}}
      classes:
        personal: {read: [owner], mask: {'role:admin': last-four, else: remove}}
      operations:
        listAccounts: {type: account, does: list, items: response.body#/data}
        getAccount: {type: account, id: path.id}
        createAccount: {type: account, does: create, id: response.body#/id, learn: owner}
        changeAccount: {type: account, id: path.id}
        getDesk: {type: desk, id: path.id}
        replaceAccount: {type: account, id: path.id}
        keepAccount: {type: account, id: path.id}
        changeDesk: {type: desk, id: path.id}
        closeAccount: {type: account, does: act, id: path.id}
        changeMany: {type: account, does: update, id: body#/accounts/*/id, batch: all}
        getBank: {none: the bank is everybody's}
      """;
  private static final String ACCOUNT =
      "{\"id\":\"%1$s\",\"owner\":\"%1$s\",\"name\":\"N\",\"iban\":\"DE02120300000000202051\",\"phone\":\"+41"
          + " 44 123 45 67\",\"role\":\"user\",\"balance\":7,\"risk\":{\"score\":9,\"word\":\"w\"},"
          + "\"lines\":[{\"sku\":\"a\",\"cost\":3}],\"limits\":{\"day\":5}}";

  private static Echo service;
  private static ShopAtTheGate gate;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    Path contract = folder.resolve("accounts.yaml");
    Path overlay = folder.resolve("accounts.overlay.yaml");
    Files.writeString(contract, CONTRACT);
    Files.writeString(overlay, OVERLAY);
    service = Echo.answering(PropertyLevelTest::answer);
    gate =
        ShopAtTheGate.start(
            Set.of(),
            files ->
                ShopAtTheGate.unlimited(files)
                    .change(
                        "apis:\n",
                        """
                        apis:
                          accounts:
                            contract: %s
                            overlay: %s
                            at: {path: /a}
                            upstream: {to: ['%s'], deadline: 5s, identity: signed}
                            security: {bearerAuth: demo}
                            tenancy: single
                            operations:
                              closeAccount: {guards: {request-schema: {unknown-fields: strip}}}
                              replaceAccount: {guards: {writable-fields: {left-out: reset}}}
                        """
                            .formatted(contract, overlay, service.uri())));
  }

  @AfterAll
  static void close() throws Exception {
    gate.close();
    service.close();
  }

  private static Answer answer(Incoming request) {
    String path = request.path();
    if (path.endsWith("/accounts") && request.method().equals("GET")) {
      return Answer.json(
          200, "{\"data\":[" + ACCOUNT.formatted("alice") + "," + ACCOUNT.formatted("bob") + "]}");
    }
    if (path.contains("/banks/")) {
      String account = ACCOUNT.formatted("bob");
      String other = path.endsWith("b") ? ",\"y\":" + ACCOUNT.formatted("alice") : "";
      return Answer.json(
          200,
          "{\"name\":\"B\",\"debug\":[{\"Balance\":7}],\"head\":%1$s,\"any\":%1$s,\"byName\":{\"x\":%1$s%2$s}}"
              .formatted(account, other));
    }
    if (request.method().equals("GET")) {
      String account = ACCOUNT.formatted(path.substring(path.lastIndexOf('/') + 1));
      return Answer.json(
          200, path.endsWith("carol") ? account.replace("123 45 67", "123 45 68") : account);
    }
    return path.endsWith("/accounts")
        ? Answer.json(201, ACCOUNT.formatted("alice"))
        : Answer.empty(204);
  }

  private static Seen send(Person person, String method, String path, String type, String body)
      throws Exception {
    return gate.side()
        .send(
            gate.side()
                .request("/a" + path, gate.side().token(person))
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private static Seen patch(Person person, String body) throws Exception {
    return send(person, "PATCH", "/accounts/alice", "application/json", body);
  }

  private static int changes() {
    return (int) service.seen().stream().filter(each -> !each.method().equals("GET")).count();
  }

  @Test
  @Requirement(id = "AUT-3", without = "readable-fields")
  void shows_each_role_what_it_may_see() throws Exception {
    Seen own = gate.side().get("/a/accounts/alice", gate.side().token(ALICE));
    assertThat(own.status()).isEqualTo(200);
    assertThat(own.text())
        .contains("\"balance\":7", "DE02120300000000202051", "\"word\":\"w\"")
        .contains("\"sku\":\"a\",\"cost\":0")
        .doesNotContain("score");

    Seen all = gate.side().get("/a/accounts/alice", gate.side().token(ADMIN));
    assertThat(all.text())
        .contains("\"score\":9", "\"cost\":3", "\"iban\":\"****2051\"")
        .doesNotContain("balance");
  }

  @Test
  @Requirement(id = "DAT-2", without = "data-masking")
  void masks_a_data_class_by_role() throws Exception {
    assertThat(gate.side().get("/a/accounts/bob", gate.side().token(ADMIN)).text())
        .contains("\"iban\":\"****2051\"")
        .doesNotContain("DE0212");
    assertThat(gate.side().get("/a/banks/c", gate.side().token(ALICE)).text())
        .doesNotContain("iban")
        .doesNotContain("DE0212");
  }

  @Test
  @Requirement(id = "AUT-3", without = "readable-fields")
  void governs_objects_within_others_by_what_their_own_type_says() throws Exception {
    Seen own = gate.side().get("/a/banks/b", gate.side().token(BOB));
    assertThat(own.json().path("head").path("balance").asInt()).isEqualTo(7);
    assertThat(own.json().path("byName").path("x").path("balance").asInt()).isEqualTo(7);
    assertThat(own.json().path("byName").path("y").path("name").asString()).isEqualTo("N");
    assertThat(own.json().path("byName").path("y").has("balance")).isFalse();
    assertThat(own.json().path("byName").path("y").has("iban")).isFalse();

    Seen seen = gate.side().get("/a/banks/c", gate.side().token(ALICE));
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.text())
        .contains("\"name\":\"N\"", "\"cost\":0")
        .doesNotContainIgnoringCase("balance")
        .doesNotContain("score")
        .doesNotContain("\"cost\":3");
  }

  @Test
  @Requirement(id = "AUT-3", without = "readable-fields")
  void judges_each_item_of_a_list_by_itself() throws Exception {
    Seen seen = gate.side().get("/a/accounts", gate.side().token(ALICE));

    assertThat(seen.json().path("data")).hasSize(1);
    assertThat(seen.text()).contains("\"balance\":7").doesNotContain("score");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'x','role':'admin'}",
        "{'name':'x','r\\u006fle':'admin'}",
        "{'role':null}",
        "{'balance':1000000}",
        "{'risk':{'score':0}}",
        "{'limits':{'day':1000000}}",
        "{'owner':'bob'}",
        "{'owner':null}",
      })
  @Requirement(id = "AUT-3", without = "writable-fields")
  void refuses_what_a_caller_may_not_write(String body) throws Exception {
    int before = changes();
    Seen seen = patch(ALICE, body);

    assertThat(seen.status()).isEqualTo(403);
    assertThat(gate.reason(seen)).isEqualTo("writable-fields.RESTRICTED");
    assertThat(changes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Role':'admin'}",
        "{'ro_le':'admin'}",
        "{'role ':'admin'}",
        "{'rоle':'admin'}",
        "{'role.name':'admin'}",
        "{'role[name]':'admin'}",
        "{'isAdmin':true}",
        "{'__proto__':{'role':'admin'}}",
        "{'constructor':{'prototype':{'role':'admin'}}}",
        "{'role':'user','role':'admin'}",
        "{'seen':'2020-01-01'}",
        "{'labels':{'__proto__':'x'}}",
      })
  void refuses_other_names_for_it_and_names_that_nobody_declared(String body) throws Exception {
    int before = changes();

    assertThat(patch(ALICE, body).status()).isEqualTo(400);
    assertThat(changes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'x'}",
        "{'id':'alice','owner':'alice','name':'x','iban':'y'}",
        "{'risk':{'word':'x'}}",
        "{'labels':{'Role':'x'}}",
      })
  void forwards_what_a_caller_may_write_as_it_came(String body) throws Exception {
    assertThat(patch(ALICE, body).status()).isEqualTo(204);
    assertThat(service.last().text()).isEqualTo(body.replace('\'', '"'));
  }

  @Test
  void lets_the_role_write_what_the_role_may() throws Exception {
    String body = "{'role':'admin','risk':{'score':1},'limits':{'day':2},'lines':[{'cost':9}]}";

    assertThat(patch(ADMIN, body).status()).isEqualTo(204);
    assertThat(service.last().text()).isEqualTo(body.replace('\'', '"'));
  }

  @Test
  @Requirement(id = "AUT-3", without = "writable-fields")
  void takes_out_of_a_request_what_is_to_be_stripped_and_forwards_the_rest() throws Exception {
    assertThat(patch(ALICE, "{'lines':[{'sku':'a','cost':0},{'cost':0}],'name':'x'}").status())
        .isEqualTo(204);
    assertThat(service.last().text()).isEqualTo("{\"lines\":[{\"sku\":\"a\"},{}],\"name\":\"x\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "POST | /accounts | {'name':'x','owner':'bob'}",
        "POST | /accounts | {'name':'x','role':'admin'}",
        "POST | /accounts/alice/close | {'why':'x','balance':5}",
        "POST | /batch | {'accounts':[{'id':'alice','name':'x'},{'id':'alice','role':'admin'}]}",
        "POST | /batch | {'accounts':[{'id':'alice','owner':'bob'}]}",
        "POST | /batch | {'accounts':[{'id':'alice','lines':[],'limits':{'a':1}}]}",
      })
  @Requirement(id = "AUT-3", without = "writable-fields")
  void refuses_it_in_creations_actions_and_batches(String method, String path, String body)
      throws Exception {
    int before = changes();
    Seen seen = send(ALICE, method, path, "application/json", body);

    assertThat(seen.status()).isEqualTo(403);
    assertThat(gate.reason(seen)).isEqualTo("writable-fields.RESTRICTED");
    assertThat(changes()).isEqualTo(before);
  }

  @Test
  void passes_creations_and_batches_of_ones_own() throws Exception {
    assertThat(send(ALICE, "POST", "/accounts", "application/json", "{'owner':'alice'}").status())
        .isEqualTo(201);
    assertThat(
            send(
                    ALICE,
                    "POST",
                    "/batch",
                    "application/json",
                    "{'accounts':[{'id':'alice','owner':'alice','name':'x'}]}")
                .status())
        .isEqualTo(204);
    assertThat(send(BOB, "POST", "/accounts", "application/json", "{'name':'x'}").status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "application/x-www-form-urlencoded | name=x&role=admin",
        "application/x-www-form-urlencoded | role=admin",
        "application/xml | <Account><name>x</name><role>admin</role></Account>",
        "application/xml | <Account><risk><score>0</score></risk></Account>",
        "multipart/form-data; boundary=b | --b~Content-Disposition: form-data;"
            + " name='role'~~admin~--b--~",
        "application/merge-patch+json | {'role':'admin'}",
        "application/merge-patch+json | {'role':null}",
        "application/merge-patch+json | {'owner':null}",
        "application/merge-patch+json | {'risk':null}",
        "application/json | {'name':'x','risk':null}",
        "application/merge-patch+json | {'limits':null}",
      })
  @Requirement(id = "AUT-3", without = "writable-fields")
  void refuses_it_in_every_kind_of_body(String type, String body) throws Exception {
    int before = changes();
    Seen seen = send(ALICE, "PATCH", "/accounts/alice", type, body.replace("~", "\r\n"));

    assertThat(seen.status()).isEqualTo(403);
    assertThat(gate.reason(seen)).isEqualTo("writable-fields.RESTRICTED");
    assertThat(changes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"role.name=admin", "role%5Bname%5D=admin", "Role=admin", "user%5Brole%5D=admin"})
  void refuses_other_names_for_it_in_forms(String body) throws Exception {
    assertThat(
            send(ALICE, "PATCH", "/accounts/alice", "application/x-www-form-urlencoded", body)
                .status())
        .isEqualTo(400);
  }

  @Test
  @Requirement(id = "AUT-3", without = "request-schema")
  void takes_out_of_a_request_what_nobody_declared_where_it_is_set_to() throws Exception {
    assertThat(
            send(
                    ALICE,
                    "POST",
                    "/accounts/alice/close",
                    "application/json",
                    "{'isAdmin':true,'why':'x'}")
                .status())
        .isEqualTo(204);
    assertThat(service.last().text()).isEqualTo("{\"why\":\"x\"}");
  }

  @Test
  void gives_no_object_the_id_of_another() throws Exception {
    int before = changes();

    assertThat(patch(ALICE, "{'id':'bob'}").status()).isBetween(400, 403);
    assertThat(patch(ALICE, "{'id':null}").status()).isBetween(400, 403);
    assertThat(jsonPatch(ALICE, "[{'op':'replace','path':'/id','value':'bob'}]").status())
        .isBetween(400, 403);
    assertThat(jsonPatch(ALICE, "[{'op':'copy','from':'/name','path':'/id'}]").status())
        .isBetween(400, 403);
    assertThat(changes()).isEqualTo(before);
  }

  @Test
  @Requirement(id = "DAT-2", without = "readable-fields")
  void lets_values_be_told_apart_without_being_seen() throws Exception {
    String one = masked("alice");

    assertThat(one).matches("[0-9a-f]{24}").isEqualTo(masked("bob"));
    assertThat(masked("carol")).matches("[0-9a-f]{24}").isNotEqualTo(one);
    assertThat(gate.side().get("/a/accounts/alice", gate.side().token(ALICE)).text())
        .contains("+41 44 123 45 67");
  }

  /// The phone of an account, as somebody reads it who may not see it.
  private static String masked(String account) throws Exception {
    return gate.side()
        .get("/a/accounts/" + account, gate.side().token(ADMIN))
        .json()
        .path("phone")
        .asString();
  }

  private static Seen jsonPatch(Person person, String body) throws Exception {
    return send(person, "PATCH", "/accounts/alice", "application/json-patch+json", body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'op':'replace','path':'/role','value':'admin'}]",
        "[{'op':'add','path':'/r\\u006fle','value':'admin'}]",
        "[{'op':'remove','path':'/role'}]",
        "[{'op':'replace','path':'/name','value':'x'},{'op':'replace','path':'/balance','value':9}]",
        "[{'op':'copy','from':'/name','path':'/role'}]",
        "[{'op':'move','from':'/name','path':'/role'}]",
        "[{'op':'move','from':'/role','path':'/name'}]",
        "[{'op':'replace','path':'','value':{'name':'x'}}]",
        "[{'op':'remove','path':''}]",
        "[{'op':'replace','path':'/risk','value':{'word':'x'}}]",
        "[{'op':'add','path':'/risk','value':{'score':0}}]",
        "[{'op':'remove','path':'/risk'}]",
        "[{'op':'replace','path':'/risk/score','value':0}]",
        "[{'op':'add','path':'/limits/day','value':1000000}]",
        "[{'op':'add','path':'/limits/never~1seen','value':1000000}]",
        "[{'op':'replace','path':'/limits','value':{'day':1000000}}]",
        "[{'op':'remove','path':'/limits'}]",
        "[{'op':'replace','path':'/limits','value':{}}]",
        "[{'op':'replace','path':'/owner','value':'bob'}]",
        "[{'op':'remove','path':'/owner'}]",
        "[{'op':'copy','from':'/name','path':'/owner'}]",
        "[{'op':'test','path':'/risk/score','value':9}]",
        "[{'op':'test','path':'/risk','value':{'score':9,'word':'w'}}]",
        "[{'op':'test','path':'','value':{}}]",
        "[{'op':'copy','from':'/risk/score','path':'/labels/x'}]",
        "[{'op':'move','from':'/risk/score','path':'/labels/x'}]",
        "[{'op':'copy','from':'/risk','path':'/labels/x'}]",
        "[{'op':'test','path':'/lines/0/cost','value':3}]",
        "[{'op':'copy','from':'/lines/0','path':'/lines/-'}]",
      })
  @Requirement(id = "AUT-3", without = "writable-fields")
  void refuses_what_a_json_patch_may_not_write_or_tell(String body) throws Exception {
    int before = changes();
    Seen seen = jsonPatch(ALICE, body);

    assertThat(seen.status()).as(seen.text()).isEqualTo(403);
    assertThat(gate.reason(seen)).isEqualTo("writable-fields.RESTRICTED");
    assertThat(changes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'op':'add','path':'/isAdmin','value':true}]",
        "[{'op':'add','path':'/Role','value':'admin'}]",
        "[{'op':'add','path':'/labels/__proto__','value':'x'}]",
        "[{'op':'add','path':'/__proto__/role','value':'admin'}]",
        "[{'op':'add','path':'/constructor/prototype/role','value':'admin'}]",
        "[{'op':'add','path':'role','value':'admin'}]",
        "[{'op':'add','path':'/ro~2le','value':'admin'}]",
        "[{'op':'add','path':'/lines/01/sku','value':'x'}]",
        "[{'op':'add','path':'/lines/-1/sku','value':'x'}]",
        "[{'op':'add','path':'/lines/-','value':{'sku':'x','isFree':true}}]",
        "[{'op':'add','path':'/name','Path':'/role','value':'admin'}]",
        "[{'op':'add','path':'/name','path':'/role','value':'admin'}]",
        "[{'op':'ADD','path':'/name','value':'x'}]",
        "[{'op':'add','path':'/name'}]",
        "[{'op':'copy','path':'/name'}]",
        "[{'op':'set','path':'/name','value':'x'}]",
        "{'op':'add','path':'/role','value':'admin'}",
        "[[{'op':'add','path':'/role','value':'admin'}]]",
      })
  void refuses_patches_that_lead_to_nothing_or_are_none(String body) throws Exception {
    int before = changes();

    assertThat(jsonPatch(ALICE, body).status()).isEqualTo(400);
    assertThat(changes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{'op':'replace','path':'/name','value':'x'}]",
        "[{'op':'test','path':'/balance','value':7},{'op':'add','path':'/iban','value':'y'}]",
        "[{'op':'replace','path':'/risk/word','value':'x'}]",
        "[{'op':'add','path':'/lines/-','value':{'sku':'x'}}]",
        "[{'op':'remove','path':'/lines/0'}]",
        "[{'op':'replace','path':'/lines/0','value':{'sku':'x'}}]",
        "[{'op':'replace','path':'/owner','value':'alice'}]",
        "[{'op':'add','path':'/labels/a~1b','value':'x'}]",
        "[{'op':'copy','from':'/name','path':'/labels/x'}]",
      })
  void forwards_patches_of_what_a_caller_may_write(String body) throws Exception {
    Seen seen = jsonPatch(ALICE, body);

    assertThat(seen.status()).as(seen.text()).isEqualTo(204);
    assertThat(service.last().text()).isEqualTo(body.replace('\'', '"'));
  }

  @Test
  void lets_the_role_patch_what_the_role_may() throws Exception {
    String body =
        "[{'op':'test','path':'/risk/score','value':9},{'op':'replace','path':'/role','value':'x'},"
            + "{'op':'copy','from':'/lines/0','path':'/lines/-'}]";

    assertThat(jsonPatch(ADMIN, body).status()).isEqualTo(204);
    assertThat(service.last().text()).isEqualTo(body.replace('\'', '"'));
  }

  @Test
  void strips_an_operation_that_writes_what_is_to_be_stripped() throws Exception {
    assertThat(
            jsonPatch(
                    ALICE,
                    "[{'op':'replace','path':'/name','value':'x'},"
                        + "{'op':'replace','path':'/lines/0/cost','value':0}]")
                .status())
        .isEqualTo(204);
    assertThat(service.last().text())
        .isEqualTo("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"x\"}]");
  }

  /// The contract lets the owner give a desk away, in whatever form that is said.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'op':'replace','path':'/owner','value':'bob'}]",
        "[{'op':'add','path':'/owner','value':'bob'},{'op':'replace','path':'/note','value':'x'}]",
      })
  void an_owner_that_may_be_written_may_be_patched(String patch) throws Exception {
    String type = "application/json-patch+json";
    assertThat(send(ALICE, "PATCH", "/desks/alice", "application/json", "{'owner':'bob'}").status())
        .isEqualTo(204);
    assertThat(send(ALICE, "PATCH", "/desks/alice", type, patch).status()).isEqualTo(204);
    assertThat(send(BOB, "PATCH", "/desks/alice", type, patch).status()).isEqualTo(404);
  }

  /// What may be moved away may not be moved to where it says whose the object is.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'op':'move','from':'/nick','path':'/owner'}]",
        "[{'op':'copy','from':'/nick','path':'/owner'},{'op':'remove','path':'/nick'}]",
        "[{'op':'replace','path':'/owner','value':'bob'},{'op':'replace','path':'/nick','value':'b'}]",
        "[{'op':'replace','path':'','value':{'nick':'x','owner':'bob'}}]",
      })
  @Requirement(id = "AUT-3", without = "writable-fields")
  void no_patch_changes_whose_an_object_is_beside_what_may_be_written(String patch)
      throws Exception {
    assertThat(jsonPatch(ALICE, "[{'op':'replace','path':'/nick','value':'b'}]").status())
        .isEqualTo(204);
    assertThat(jsonPatch(ALICE, patch).status()).isEqualTo(403);
  }

  @Test
  @Requirement(id = "AUT-3", without = "writable-fields")
  void what_a_put_would_reset_by_leaving_it_out_is_written_by_it() throws Exception {
    String type = "application/json";
    assertThat(send(ADMIN, "PUT", "/replaced/alice", type, "{'name':'x'}").status()).isEqualTo(204);
    assertThat(send(ALICE, "PUT", "/kept/alice", type, "{'name':'x'}").status()).isEqualTo(204);
    for (String body :
        new String[] {"{'name':'x'}", "{}", "{'name':'role'}", "{'name':'x','role':'user'}"}) {
      Seen seen = send(ALICE, "PUT", "/replaced/alice", type, body);
      assertThat(seen.status()).as(body).isEqualTo(403);
      assertThat(seen.text()).contains("/role");
    }
  }
}
