package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ADMIN;
import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries that choose, sort, filter and sum up reach no further than the caller may see.
class QueriedObjectsTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Depot, version: 1.0.0}
      security: [{bearerAuth: ['orders:read']}]
      x-gatewarden-queries: {fields: query.fields, sort: query.sort, filter-by: query.filter}
      paths:
        /parcels:
          get:
            operationId: listParcels
            x-gatewarden-object: {type: parcel, does: list, items: response.body#/data, count: {at: /total}}
            parameters:
            - {name: fields, in: query, schema: {type: string}}
            - {name: sort, in: query, schema: {type: string}}
            - {name: filter, in: query, schema: {type: string}}
            - {name: cost, in: query, schema: {type: integer}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}
        /own/parcels:
          get:
            operationId: listOwnParcels
            x-gatewarden-object: {type: parcel, does: list, items: response.body#/data, count: {at: /total, then: keep}, filter: {at: query.owner, is: principal.subject}}
            parameters:
            - {name: owner, in: query, schema: {type: string}}
            - {name: sort, in: query, schema: {type: string}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}
        /search:
          post:
            operationId: searchParcels
            x-gatewarden-object: {type: parcel, does: list, items: response.body#/data, count: {at: /total, then: keep}, filter: {at: body#/where/customerId, is: principal.subject}}
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      text: {type: string}
                      or: {type: array, items: {type: object, additionalProperties: true}}
                      where: {type: object, additionalProperties: true, properties: {customerId: {}, status: {type: string}}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}
        /sums:
          post:
            operationId: sumUpSearched
            x-gatewarden-object: {type: parcel, does: aggregate, filter: {at: body#/where/customerId, is: principal.subject}}
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      rank: {type: integer, x-gatewarden-write: {by: ['role:admin'], else: strip}}
                      text: {type: string}
                      where:
                        type: object
                        properties:
                          rank: {type: integer, x-gatewarden-write: {by: ['role:admin'], else: strip}}
                          customerId: {type: string, x-gatewarden-write: {by: ['role:support'], else: strip}}
                          status: {type: string}
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: object, properties: {sum: {type: integer}}}}}}
        /totals:
          get:
            operationId: sumUp
            x-gatewarden-object: {type: parcel, does: aggregate, filter: {at: query.owner, is: principal.subject}}
            parameters:
            - {name: owner, in: query, schema: {type: string}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: object, properties: {sum: {type: integer}}}}}}
        /parcels/{id}:
          get:
            operationId: getParcel
            x-gatewarden-object: {type: parcel, id: path.id}
            parameters:
            - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
            - {name: fields, in: query, schema: {type: string}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
      components:
        securitySchemes: {bearerAuth: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          parcel:
            id: {at: /id, as: uuid}
            owner: {at: /customerId, is: principal.subject}
            known-by: [response]
            properties: {/cost: {read: ['role:admin']}}
        schemas:
          Page:
            type: object
            properties:
              data: {type: array, items: {$ref: '#/components/schemas/Parcel'}}
              total: {type: integer}
          Parcel:
            type: object
            properties:
              id: {type: string}
              customerId: {type: string}
              total: {type: integer}
              cost: {type: integer}
      """;

  private static Depot depot;

  @BeforeAll
  static void open() throws Exception {
    depot =
        Depot.start(
            CONTRACT,
            "operations: {sumUpSearched: {guards: {request-schema: {unknown-fields: strip}}}}");
  }

  @AfterAll
  static void close() throws Exception {
    depot.close();
  }

  @Test
  @Requirement(id = "AUT-2", without = "query-fields")
  void the_caller_does_not_choose_what_is_judged() throws Exception {
    Seen own = depot.get("/parcels/" + Depot.ALICES + "?fields=total", ALICE);
    assertThat(own.text()).isEqualTo("{\"total\":10}");
    assertThat(depot.query()).isEqualTo("fields=total,id,customerId");

    assertThat(depot.get("/parcels/" + Depot.BOBS + "?fields=total", ALICE).status())
        .isEqualTo(404);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void a_foreign_object_stays_foreign_whatever_fields_are_chosen() throws Exception {
    for (String fields : new String[] {"total", "id,total", "id,customerId,total", "%2A", "id"}) {
      Seen seen = depot.get("/parcels/" + Depot.BOBS + "?fields=" + fields, ALICE);
      assertThat(seen.status()).as(fields).isEqualTo(404);
      assertThat(seen.text()).doesNotContain("total");
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "query-fields")
  void lists_are_judged_whatever_fields_are_chosen() throws Exception {
    Seen seen = depot.get("/parcels?fields=total", ALICE);
    assertThat(seen.text()).isEqualTo("{\"data\":[{\"total\":10},{\"total\":30}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=cost",
        "sort=-cost",
        "sort=total,-cost",
        "sort=cost:desc",
        "sort=cost%20desc",
        "sort=%63ost",
        "sort=data.cost",
        "sort=[%22cost%22]",
        "sort={%22co%5Cu0073t%22:-1}",
        "filter=cost%20gt%202",
        "filter=cost%3E2",
        "filter=total==10;cost=gt=2",
        "filter=total%20eq%2010%20and%20cost%20gt%202",
        "filter=total%20gt%20cost",
        "filter=contains(cost,%272%27)",
        "filter={%22cost%22:{%22$gt%22:2}}",
        "filter={%22$or%22:[{%22cost%22:3}]}",
        "cost=3",
        "fields=total,cost",
        "fields=data(cost)",
        "fields={cost}",
      })
  @Requirement(id = "AUT-2", without = "query-fields")
  void nobody_sorts_or_filters_by_what_they_may_not_read(String query) throws Exception {
    int before = depot.reached();
    Seen seen = depot.get("/parcels?" + query, ALICE);
    assertThat(seen.status()).as(seen.text()).isEqualTo(403);
    assertThat(depot.reached()).isEqualTo(before);
    assertThat(depot.get("/parcels?" + query, ADMIN).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=passwordHash",
        "sort=2",
        "sort={cost:1}",
        "sort=[cost]",
        "filter={cost:{$gt:2}}",
        "sort=customer.passwordHash",
        "filter=passwordHash%20ne%20null",
        "filter=startswith(passwordHash,%27a%27)",
        "filter=passwordHash:a",
        "fields=total,passwordHash",
        "fields=customerId:total",
        "fields=-customerId",
        "fields=%22customerId%22",
      })
  @Requirement(id = "AUT-2", without = "query-fields")
  void what_no_answer_promises_cannot_be_asked_about(String query) throws Exception {
    int before = depot.reached();
    assertThat(depot.get("/parcels?" + query, ADMIN).status()).isEqualTo(400);
    assertThat(depot.reached()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=-total,%2Bid",
        "sort=total%20desc",
        "sort=total:asc",
        "filter=total%20gt%205%20and%20customerId%20eq%20%27alice%27",
        "filter=total=gt=5",
        "filter=total%3E5",
        "filter={%22total%22:{%22$gt%22:5}}",
        "filter=",
        "fields=id,total",
        "fields=%2A",
      })
  void ordinary_queries_pass(String query) throws Exception {
    assertThat(depot.get("/parcels?" + query, ALICE).status()).isEqualTo(200);
  }

  @Test
  @Requirement(id = "AUT-2", without = "owner-filter")
  void a_sum_is_of_the_callers_own_objects() throws Exception {
    assertThat(depot.get("/totals", ALICE).text()).isEqualTo("{\"sum\":40}");
    assertThat(depot.query()).isEqualTo("owner=alice");
    assertThat(depot.get("/totals", BOB).text()).isEqualTo("{\"sum\":20}");
    assertThat(depot.get("/totals?owner=alice", ALICE).text()).isEqualTo("{\"sum\":40}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"owner=bob", "owner=", "owner=alice,bob", "owner=%2A", "owner=Alice"})
  @Requirement(id = "AUT-2", without = "owner-filter")
  void nobody_sums_up_what_is_anothers(String query) throws Exception {
    int before = depot.reached();
    assertThat(depot.get("/totals?" + query, ALICE).status()).isEqualTo(403);
    assertThat(depot.reached()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "owner=alice&owner=bob",
        "owner[]=bob",
        "owner[ne]=alice",
        "Owner=bob",
        "owner.id=bob",
        "owner=alice&owner%5B%5D=bob",
      })
  void no_second_spelling_names_another(String query) throws Exception {
    int before = depot.reached();
    assertThat(depot.get("/totals?" + query, ALICE).status()).isBetween(400, 403);
    assertThat(depot.reached()).isEqualTo(before);
  }

  @Test
  @Requirement(id = "AUT-2", without = "owner-filter")
  void a_list_with_a_filter_keeps_its_count() throws Exception {
    Seen seen = depot.get("/own/parcels", BOB);
    assertThat(seen.json().path("total").asInt()).isEqualTo(1);
    assertThat(seen.json().path("data").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "{}|{\"where\":{\"customerId\":\"alice\"}}",
        "{\"text\":\"x\"}|{\"where\":{\"customerId\":\"alice\"},\"text\":\"x\"}",
        "{ \"where\" : { } }|{ \"where\" : {\"customerId\":\"alice\" } }",
        "{\"where\":{\"status\":\"a\"}}|{\"where\":{\"customerId\":\"alice\",\"status\":\"a\"}}",
        "{\"where\":{\"customerId\":\"alice\"}}|{\"where\":{\"customerId\":\"alice\"}}",
      })
  @Requirement(id = "AUT-2", without = "owner-filter")
  void the_owner_is_written_into_searches(String sent, String forwarded) throws Exception {
    depot.answering(_ -> Answer.json(200, "{\"data\":[],\"total\":0}"));
    assertThat(depot.post("/search", ALICE, sent).text()).isEqualTo("{\"data\":[],\"total\":0}");
    assertThat(depot.body()).isEqualTo(forwarded);
    assertThat(depot.post("/search", BOB, sent).status())
        .isEqualTo(sent.contains("alice") ? 403 : 200);
    depot.answering(_ -> null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"where\":{\"customerId\":\"bob\"}}",
        "{\"where\":{\"customerId\":null}}",
        "{\"where\":{\"customerId\":[\"alice\",\"bob\"]}}",
        "{\"where\":{\"customerId\":{\"$ne\":\"alice\"}}}",
        "{\"where\":{\"customerId\":\"alice\",\"customer_id\":\"bob\"}}",
        "{\"where\":{\"customerId\":\"alice\",\"customer\\u0049d\":\"bob\"}}",
        "{\"where\":{\"customerId__in\":[\"bob\"]}}",
        "{\"where\":{\"parcel.customerId\":\"bob\"}}",
        "{\"where\":{\"customerId\":\"alice\"},\"or\":[{\"customerId\":\"bob\"}]}",
        "{\"or\":[{\"CustomerID\":\"bob\"}]}",
        "{\"where\":null}",
        "{\"where\":{},\"where\":{\"status\":\"a\"}}",
        "[]",
        "",
      })
  void a_search_that_could_be_for_others_is_refused(String sent) throws Exception {
    int before = depot.reached();
    assertThat(depot.post("/search", ALICE, sent).status()).isIn(400, 403, 422);
    assertThat(depot.reached()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "{\"junk\":1}|{\"where\":{\"customerId\":\"alice\"}}",
        "{ \"junk\":1, \"text\":\"x\"}|{\"where\":{\"customerId\":\"alice\"}, \"text\":\"x\"}",
        "{\"where\":{\"junk\":1}}|{\"where\":{\"customerId\":\"alice\"}}",
        "{\"where\":{\"junk\":1,\"status\":\"a\"}}|{\"where\":{\"customerId\":\"alice\",\"status\":\"a\"}}",
        "{\"rank\":1}|{\"where\":{\"customerId\":\"alice\"}}",
        "{\"where\":{\"rank\":1,\"junk\":2}}|{\"where\":{\"customerId\":\"alice\"}}",
        "{\"rank\":1,\"where\":{\"rank\":1}}|{\"where\":{\"customerId\":\"alice\"}}",
      })
  @Requirement(id = "AUT-2", without = "owner-filter")
  void the_owner_stays_written_where_something_is_taken_out_beside_it(String sent, String forwarded)
      throws Exception {
    depot.answering(_ -> Answer.json(200, "{\"sum\":0}"));
    Seen seen = depot.post("/sums", ALICE, sent);
    depot.answering(_ -> null);
    assertThat(seen.status()).isEqualTo(200);
    assertThat(depot.body()).isEqualTo(forwarded);
  }

  @Test
  @Requirement(id = "AUT-2")
  void the_owner_that_a_search_names_is_not_taken_out_of_it() throws Exception {
    int before = depot.reached();
    String sent = "{\"where\":{\"customerId\":\"alice\"}}";
    assertThat(depot.post("/sums", ALICE, sent).status()).isIn(400, 403, 422);
    assertThat(depot.reached()).isEqualTo(before);
  }
}
