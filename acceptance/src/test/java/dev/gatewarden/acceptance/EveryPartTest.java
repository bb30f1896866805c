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
import java.net.http.HttpRequest;
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

/// Every part of a message is judged: parameters in all styles, forms, XML, text and lines; what
/// hides in them is found.
class EveryPartTest {
  private static final String ALICES = "11111111-1111-4111-8111-111111111111";
  private static final String BOBS = "22222222-2222-4222-8222-222222222222";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String CONTRACT =
      """
      openapi: 3.2.0
      info: {title: Ledger, version: 1.0.0}
      security: [{bearerAuth: ['orders:read']}]
      paths:
        /styles/{plain}/{list}/{label}/{matrix}:
          get:
            operationId: styles
            x-gatewarden-object: {none: it names no object}
            parameters:
            - {name: plain, in: path, required: true, schema: {type: integer}}
            - {name: list, in: path, required: true, schema: {type: array, maxItems: 2, items: {type: integer}}}
            - {name: label, in: path, required: true, style: label, explode: true, schema: {type: array, items: {type: integer}}}
            - {name: matrix, in: path, required: true, style: matrix, schema: {type: integer}}
            - {name: must, in: query, required: true, schema: {type: boolean}}
            - {name: many, in: query, schema: {type: array, items: {type: integer}}}
            - {name: csv, in: query, explode: false, schema: {type: array, maxItems: 3, items: {type: string}}}
            - {name: piped, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: integer}}}
            - {name: spaced, in: query, style: spaceDelimited, explode: false, schema: {type: array, items: {type: integer}}}
            - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {status: {enum: [open, paid]}, n: {type: integer}}}}
            - {name: json, in: query, content: {application/json: {schema: {type: object, properties: {n: {type: integer}}}}}}
            - {name: page, in: query, explode: true, schema: {type: object, properties: {limit: {type: integer, maximum: 100}}}}
            - {name: X-Level, in: header, schema: {type: integer, maximum: 9}}
            - {name: theme, in: cookie, schema: {enum: [dark, light]}}
            responses: {'200': {description: ok}}
        /search:
          get:
            operationId: search
            parameters:
            - {name: q, in: querystring, content: {application/json: {schema: {type: object, properties: {n: {type: integer}}}}}}
            responses: {'200': {description: ok}}
        /accounts/{id}:
          get:
            operationId: getAccount
            x-gatewarden-object: {type: account, id: path.id}
            parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
            responses:
              '200':
                description: ok
                content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}
        /transfers:
          post:
            operationId: transfer
            security: [{bearerAuth: ['orders:write']}]
            x-gatewarden-object: {type: account, does: act, id: body#/account}
            requestBody:
              required: true
              content:
                application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Transfer'}}
                application/xml: {schema: {$ref: '#/components/schemas/Transfer'}}
                application/json: {schema: {$ref: '#/components/schemas/Transfer'}}
            responses: {'204': {description: done}}
        /payments:
          post:
            operationId: pay
            security: [{bearerAuth: ['orders:write']}]
            x-gatewarden-object: {none: a payment is only proposed}
            requestBody:
              required: true
              content:
                application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Payment'}}
                application/xml: {schema: {$ref: '#/components/schemas/Payment'}}
            responses: {'204': {description: done}}
        /notes:
          post:
            operationId: note
            security: [{bearerAuth: ['orders:write']}]
            requestBody:
              required: true
              content:
                text/plain: {schema: {type: string, maxLength: 5}}
                application/x-ndjson: {itemSchema: {type: object, properties: {n: {type: integer}}}}
            responses: {'204': {description: done}}
        /secrets:
          get:
            operationId: secrets
            responses:
              '200':
                description: ok
                content: {application/xml: {schema: {$ref: '#/components/schemas/Secret'}}}
      components:
        securitySchemes:
          bearerAuth: {type: http, scheme: bearer}
        x-gatewarden-objects:
          account:
            id: {at: /id, as: uuid}
            owner: {at: /owner, is: principal.subject}
            known-by: [look-up]
            read-by: getAccount
        schemas:
          Account: {type: object, properties: {id: {type: string, format: uuid}, owner: {type: string}}}
          Transfer:
            type: object
            required: [account, amount]
            properties:
              account: {type: string, format: uuid, xml: {attribute: true}}
              amount: {type: integer, minimum: 1}
              limit: {type: integer, xml: {attribute: true}, x-gatewarden-write: ['role:admin']}
          Payment:
            type: object
            xml: {name: Transfer}
            required: [account, amount]
            properties:
              account: {type: string, format: uuid, xml: {attribute: true}}
              amount: {type: integer, minimum: 1}
          Secret:
            type: object
            properties: {id: {type: integer}, cost: {type: integer, x-gatewarden-read: ['role:admin']}}
      """;

  private static Echo service;
  private static ShopAtTheGate gate;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    Path contract = folder.resolve("ledger.yaml");
    Files.writeString(contract, CONTRACT);
    service = Echo.answering(EveryPartTest::answer);
    gate =
        ShopAtTheGate.start(
            Set.of(),
            files ->
                ShopAtTheGate.unlimited(files)
                    .change(
                        "apis:\n",
                        """
                        apis:
                          ledger:
                            contract: %s
                            at: {path: /m}
                            upstream: {to: ['%s'], deadline: 5s, identity: signed}
                            security: {bearerAuth: demo}
                            tenancy: single
                        """
                            .formatted(contract, service.uri())));
  }

  @AfterAll
  static void close() throws Exception {
    gate.close();
    service.close();
  }

  private static Answer answer(Incoming request) {
    if (request.path().endsWith("/accounts/" + ALICES)) {
      return Answer.json(200, "{\"id\":\"" + ALICES + "\",\"owner\":\"alice\"}");
    }
    if (request.path().endsWith("/accounts/" + BOBS)) {
      return Answer.json(200, "{\"id\":\"" + BOBS + "\",\"owner\":\"bob\"}");
    }
    if (request.path().endsWith("/secrets")) {
      return Answer.of(200, "application/xml", "<Secret><id>1</id><cost>7</cost></Secret>");
    }
    return request.method().equals("POST") ? Answer.empty(204) : Answer.empty(200);
  }

  private static int reached() {
    return service.seen().size();
  }

  private static Seen styles(String query, String... headers) throws Exception {
    HttpRequest.Builder request =
        gate.side().request("/m/styles/1/1,2/.3.4/;matrix=5" + query, gate.side().token(ALICE));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return gate.side().send(request.GET());
  }

  private static Seen post(String path, Person person, String type, String body) throws Exception {
    return gate.side()
        .send(
            gate.side()
                .request(path, gate.side().token(person))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?must=true",
        "?must=true&many=1&many=2",
        "?must=true&csv=a,b%2Cc",
        "?must=true&piped=1%7C2&spaced=1%202",
        "?must=true&filter%5Bstatus%5D=open&filter%5Bn%5D=1",
        "?must=true&json=%7B%22n%22:1%7D",
        "?must=true&limit=100",
      })
  void passes_what_the_contract_promises_as_it_came(String query) throws Exception {
    assertThat(styles(query).status()).isEqualTo(200);
    assertThat(service.last().target()).endsWith("/1/1,2/.3.4/;matrix=5" + query);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "'' | lacks a parameter | query/must",
        "?must=1 | is not what the contract promises | query/must",
        "?must=true&must=true | gives a parameter more than once | query/must",
        "?must=true&debug=1 | has a parameter that the contract does not know | query/debug",
        "?must=true&Must=true | has a parameter that the contract does not know | query/Must",
        "?must=true&many=01 | is not what the contract promises | query/many/0",
        "?must=true&many%5B%5D=1 | has a parameter that the contract does not know | query/many[]",
        "?must=true&csv=a,b,c,d | is not what the contract promises | query/csv",
        "?must=true&csv=a,b%2Cc,d | is not what the contract promises | query/csv",
        "?must=true&csv=a,, | is not what the contract promises | query/csv",
        "?must=true&piped=1,2 | is not what the contract promises | query/piped/0",
        "?must=true&filter%5Bstatus%5D=sent | is not what the contract promises |"
            + " query/filter[status]",
        "?must=true&filter%5Badmin%5D=1 | has a parameter that the contract does not know |"
            + " query/filter[admin]",
        "?must=true&json=%7B%22m%22:1%7D | is not what the contract promises | query/json/m",
        "?must=true&json=%7B%22n%22:1 | is not what the contract promises | query/json/n",
        "?must=true&limit=101 | is not what the contract promises | query/limit",
      })
  @Requirement(id = "SCH-1", without = "request-schema")
  void refuses_parameters_that_break_the_contract(String query, String told, String where)
      throws Exception {
    int before = reached();
    Seen seen = styles(query);

    assertThat(seen.status()).isEqualTo(400);
    assertThat(seen.text()).contains("the request " + told);
    assertThat(seen.json().path("errors").findValuesAsString("instanceLocation")).contains(where);
    assertThat(reached()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "/m/styles/01/1/.3/;matrix=5?must=true | path/plain",
        "/m/styles/1/1,2,3/.3/;matrix=5?must=true | path/list",
        "/m/styles/1/1%2C2/.3/;matrix=5?must=true | path/list",
        "/m/styles/1/1/3/;matrix=5?must=true | path/label",
        "/m/styles/1/1/.3/;other=5?must=true | path/matrix",
      })
  @Requirement(id = "SCH-1", without = "request-schema")
  void refuses_paths_that_break_the_contract(String path, String where) throws Exception {
    Seen seen = gate.side().get(path, gate.side().token(ALICE));

    assertThat(seen.status()).isEqualTo(400);
    assertThat(seen.text()).contains(where);
  }

  @Test
  @Requirement(id = "SCH-1", without = "request-schema")
  void refuses_headers_and_cookies_that_break_the_contract() throws Exception {
    assertThat(styles("?must=true", "X-Level", "9", "Cookie", "theme=dark; other=1").status())
        .isEqualTo(200);
    assertThat(styles("?must=true", "X-Level", "10").status()).isEqualTo(400);
    assertThat(styles("?must=true", "X-Level", "1", "X-Level", "2").text())
        .contains("more than once");
    assertThat(styles("?must=true", "Cookie", "theme=blue").status()).isEqualTo(400);
    assertThat(styles("?must=true", "Cookie", "theme=dark; theme=light").text())
        .contains("more than once");
  }

  @Test
  @Requirement(id = "SCH-1", without = "request-schema")
  void judges_a_query_that_is_one_document() throws Exception {
    String token = gate.side().token(ALICE);
    assertThat(gate.side().get("/m/search?%7B%22n%22:1%7D", token).status()).isEqualTo(200);
    assertThat(gate.side().get("/m/search?%7B%22n%22:%221%22%7D", token).status()).isEqualTo(400);
    assertThat(gate.side().get("/m/search?n=1", token).status()).isEqualTo(400);
  }

  @Test
  void a_semicolon_stands_nowhere_else_in_a_path() throws Exception {
    String token = gate.side().token(ALICE);
    assertThat(gate.side().get("/m/accounts/" + ALICES + ";x=1", token).status()).isEqualTo(400);
    assertThat(gate.side().get("/v1/orders;x=1", token).status()).isBetween(400, 404);
    assertThat(gate.side().get("/m/styles/1/2/.3/%3Bmatrix=5?must=true", token).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "application/x-www-form-urlencoded | account=%s&amount=1",
        "application/xml | <Transfer account='%s'><amount>1</amount></Transfer>",
        "application/json | {\"account\":\"%s\",\"amount\":1}",
      })
  void the_account_of_another_is_not_touched_whatever_the_body_is_written_in(
      String type, String body) throws Exception {
    Seen own = post("/m/transfers", ALICE, type, body.formatted(ALICES));
    assertThat(own.status()).as(own.text()).isEqualTo(204);
    assertThat(service.last().text()).isEqualTo(body.formatted(ALICES));

    assertThat(post("/m/transfers", ALICE, type, body.formatted(BOBS)).status()).isEqualTo(404);
    assertThat(post("/m/transfers", BOB, type, body.formatted(ALICES)).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "application/x-www-form-urlencoded | account=%s&amount=1&limit=9",
        "application/xml | <Transfer account='%s' limit='9'><amount>1</amount></Transfer>",
      })
  void a_restricted_property_is_found_in_forms_and_attributes(String type, String body)
      throws Exception {
    Seen seen = post("/m/transfers", ALICE, type, body.formatted(ALICES));

    assertThat(seen.status()).isEqualTo(403);
    assertThat(seen.text()).contains("/limit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "account=%1$s&amount=1&account=%2$s | body#/account",
        "account=%1$s&amount=1&Account=%2$s | body#/Account",
        "account=%1$s&amount=1&account[]=%2$s | body#/account[]",
        "account=%1$s&amount=1&admin=true | body#/admin",
        "account=%1$s&amount=1;account=%2$s | body",
        "account=%1$s&amount=1&%%61ccount=%2$s | body#/account",
        "account=%1$s&amount=0 | body#/amount",
        "account=%1$s&amount=1e2 | body#/amount",
      })
  @Requirement(id = "SCH-1", without = "request-schema")
  void refuses_forms_that_can_be_read_in_two_ways_or_break_the_contract(String body, String where)
      throws Exception {
    int payments = payments();
    Seen seen = post("/m/payments", ALICE, FORM, body.formatted(ALICES, BOBS));

    assertThat(seen.status()).isEqualTo(400);
    assertThat(seen.text()).contains(where).doesNotContain(BOBS);
    assertThat(payments()).isEqualTo(payments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Transfer"
            + " account='%s'><amount>&e;</amount></Transfer>",
        "<Transfer account='%s'><amount>1</amount><amount>9</amount></Transfer>",
        "<Transfer account='%s'><amount>1<!-- -->0</amount></Transfer>",
        "<Transfer account='%s'><amount>1</amount><admin>true</admin></Transfer>",
        "<Transfer account='%s' Account='x'><amount>1</amount></Transfer>",
        "<Transfer xmlns='urn:x' account='%s'><amount>1</amount></Transfer>",
        "<?xml version='1.0' encoding='utf-7'?><Transfer"
            + " account='%s'><amount>1</amount></Transfer>",
        "{\"account\":\"%s\",\"amount\":1}",
      })
  @Requirement(id = "SCH-1", without = "request-schema")
  void refuses_xml_that_can_be_read_in_two_ways_or_breaks_the_contract(String body)
      throws Exception {
    int payments = payments();
    Seen seen = post("/m/payments", ALICE, "application/xml", body.formatted(ALICES));

    assertThat(seen.status()).isEqualTo(400);
    assertThat(payments()).isEqualTo(payments);
  }

  @Test
  void a_form_that_names_two_accounts_touches_neither() throws Exception {
    String body = "account=" + ALICES + "&account=" + BOBS + "&amount=1";
    int before = reached();
    Seen seen = post("/m/transfers", ALICE, FORM, body);

    assertThat(seen.status()).isEqualTo(400);
    assertThat(seen.text()).contains("body#/account").doesNotContain(BOBS);
    assertThat(reached()).isEqualTo(before);
  }

  private static int payments() {
    return (int) service.seen().stream().filter(each -> each.path().endsWith("/payments")).count();
  }

  @Test
  @Requirement(id = "SCH-1", without = "request-schema")
  void judges_texts_and_lines() throws Exception {
    assertThat(post("/m/notes", ALICE, "text/plain", "abcde").status()).isEqualTo(204);
    assertThat(post("/m/notes", ALICE, "text/plain", "abcdef").status()).isEqualTo(400);
    assertThat(post("/m/notes", ALICE, "application/x-ndjson", "{\"n\":1}\n{}\n").status())
        .isEqualTo(204);
    assertThat(post("/m/notes", ALICE, "application/x-ndjson", "{}\n{\"m\":1}\n").status())
        .isEqualTo(400);
  }

  @Test
  void an_answer_that_would_have_to_be_cut_and_is_no_json_is_kept_back() throws Exception {
    Seen everything = gate.side().get("/m/secrets", gate.side().token(ADMIN));
    assertThat(everything.status()).isEqualTo(200);
    assertThat(everything.text()).contains("<cost>7</cost>");

    Seen kept = gate.side().get("/m/secrets", gate.side().token(ALICE));
    assertThat(kept.status()).isEqualTo(502);
    assertThat(kept.text()).doesNotContain("cost");
  }
}
