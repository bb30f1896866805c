package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What answers say of objects, in lists, within one another, in errors and in fields of the head,
/// is judged; a foreign object cannot be told from one that is not there.
class ListedObjectsTest {
  private static final String CONTRACT =
      """
      openapi: 3.2.0
      info: {title: Depot, version: 1.0.0}
      security: [{bearerAuth: ['orders:read']}]
      paths:
        /parcels:
          get:
            operationId: listParcels
            x-gatewarden-object: {type: parcel, does: list, items: response.body#/data}
            parameters:
            - {name: limit, in: query, schema: {type: integer}}
            - {name: page, in: query, schema: {type: integer}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}
        /all/parcels:
          get:
            operationId: listOrRefuse
            x-gatewarden-object: {type: parcel, does: list, items: response.body#/data, foreign: deny}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}
        /ids:
          get:
            operationId: listIds
            x-gatewarden-object: {type: parcel, does: list, items: response.body#/ids}
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: object, properties: {ids: {type: array, items: {type: string}}}}}}}
        /parcels/{id}:
          parameters:
          - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
          get:
            operationId: getParcel
            x-gatewarden-object:
            - {type: parcel, id: path.id}
            - {type: note, does: list, items: response.body#/notes}
            - {type: person, at: response.body#/carrier}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
              '302': {description: elsewhere}
              '409': {description: busy, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
              '412': {description: changed, content: {application/problem+json: {schema: {type: object}}}}
              '423': {description: locked, content: {application/problem+json: {schema: {type: object}}}}
              '429': {description: slow, content: {application/problem+json: {schema: {type: object}}}}
        /keyed:
          get:
            operationId: listByKey
            x-gatewarden-object: {type: parcel, does: list, items: response.body#/parcels, id: 'response.body#/parcels/*#'}
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: object, properties: {count: {type: integer}, parcels: {type: object, additionalProperties: {$ref: '#/components/schemas/Parcel'}}}}}}}
        /bare:
          get:
            operationId: listBare
            x-gatewarden-object: {type: parcel, does: list, items: response.body#}
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: object, additionalProperties: {$ref: '#/components/schemas/Parcel'}}}}}
        /lines:
          get:
            operationId: listLines
            x-gatewarden-object: {type: parcel, does: list, items: response.body#}
            responses:
              '200': {description: ok, content: {application/x-ndjson: {itemSchema: {$ref: '#/components/schemas/Parcel'}}}}
        /plain/{id}:
          get:
            operationId: getPlainly
            x-gatewarden-object: {type: parcel, id: path.id}
            parameters:
            - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
        /people/{person}/parcels:
          get:
            operationId: listOfPerson
            x-gatewarden-object: {type: parcel, does: list, items: response.body#/data, within: {person: path.person}}
            parameters: [{name: person, in: path, required: true, schema: {type: string}}]
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}
        /created:
          post:
            operationId: create
            security: [{bearerAuth: ['orders:write']}]
            x-gatewarden-object: {type: parcel, does: create, id: response.body#/id, learn: owner}
            responses:
              '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
      components:
        securitySchemes: {bearerAuth: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          parcel:
            id: {at: /id, as: uuid}
            owner: {at: /customerId, is: principal.subject}
            parent: {person: /customerId}
            known-by: [response, relation]
          note: {id: {at: /id}, owner: {at: /by, is: principal.subject}}
          person: {id: {at: /id}, owner: {at: /id, is: principal.subject}}
        schemas:
          Page:
            type: object
            properties:
              data: {type: array, items: {$ref: '#/components/schemas/Parcel'}}
              total: {type: integer}
              meta: {type: object, properties: {totalPages: {type: integer}, page: {type: integer}}}
          Parcel:
            type: object
            properties:
              id: {type: string}
              customerId: {type: string}
              total: {type: integer}
              cost: {type: integer}
              notes: {type: array, items: {type: object, properties: {id: {type: string}, by: {type: string}}}}
              carrier: {type: object, properties: {id: {type: string}, phone: {type: string}}}
      """;

  private static Depot depot;

  @BeforeAll
  static void open() throws Exception {
    depot = Depot.start(CONTRACT);
  }

  @AfterAll
  static void close() throws Exception {
    depot.close();
  }

  @AfterEach
  void asUsual() {
    depot.answering(_ -> null);
  }

  private static void answers(int status, String json) {
    depot.answering(_ -> Answer.json(status, json));
  }

  private static String parcel(String id, String owner, String more) {
    return "{\"id\":\"" + id + "\",\"customerId\":\"" + owner + "\"" + more + "}";
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void a_list_tells_nothing_of_the_objects_of_others() throws Exception {
    Seen seen = depot.get("/parcels", BOB);
    assertThat(seen.json().path("data").size()).isEqualTo(1);
    assertThat(seen.json().has("total")).isFalse();
    assertThat(seen.header("x-total-count")).isEmpty();
    assertThat(seen.header("etag")).isEmpty();
    assertThat(seen.header("last-modified")).isEmpty();
    assertThat(seen.header("link")).isEqualTo("</m/parcels?page=2>; rel=\"next\"");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void counts_go_wherever_they_are_usual() throws Exception {
    answers(200, "{\"data\":[],\"total\":3,\"meta\":{\"totalPages\":3,\"page\":1}}");
    assertThat(depot.get("/parcels", BOB).text()).isEqualTo("{\"data\":[],\"meta\":{\"page\":1}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"22222222-2222-4222-8222-222222222222\"}",
        "{\"customerId\":null}",
        "{\"customerId\":[\"alice\"]}",
        "{\"customerId\":\"Alice\"}",
        "{\"customerId\":\"alice \"}",
      })
  @Requirement(id = "AUT-2", without = "object-release")
  void an_item_that_does_not_say_whose_it_is_is_nobodys(String item) throws Exception {
    answers(200, "{\"data\":[" + item + "]}");
    Seen seen = depot.get("/parcels", ALICE);
    assertThat(seen.text()).doesNotContain("customerId").doesNotContain("2222");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"customerId\":\"alice\",\"customerId\":\"bob\"}",
        "{\"customer\":{\"customerId\":\"alice\"}}",
        "null",
        "[]",
      })
  void what_is_no_item_is_nobodys_either(String item) throws Exception {
    answers(200, "{\"data\":[" + item + "]}");
    assertThat(depot.get("/parcels", ALICE).text()).doesNotContain("customerId");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void an_object_that_is_there_twice_with_two_owners_is_nobodys() throws Exception {
    answers(
        200,
        "{\"data\":["
            + parcel(Depot.BOBS, "alice", ",\"total\":20")
            + ","
            + parcel(Depot.BOBS, "bob", "")
            + "]}");
    assertThat(depot.get("/parcels", ALICE).text()).isEqualTo("{\"data\":[]}");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void a_list_may_be_refused_as_a_whole() throws Exception {
    assertThat(depot.get("/all/parcels", ALICE).status()).isEqualTo(404);
    answers(200, "{\"data\":[]}");
    assertThat(depot.get("/all/parcels", ALICE).text()).isEqualTo("{\"data\":[]}");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void a_list_of_mere_ids_is_judged_by_what_was_learned() throws Exception {
    String learned = "33333333-3333-4333-8333-333333333333";
    depot.answering(
        request ->
            request.path().endsWith("/created")
                ? Answer.json(201, parcel(learned, "alice", ""))
                : Answer.json(200, "{\"ids\":[\"" + Depot.BOBS + "\",\"" + learned + "\",\"x\"]}"));
    assertThat(depot.send("POST", "/created", ALICE).status()).isEqualTo(201);
    assertThat(depot.get("/ids", ALICE).text()).isEqualTo("{\"ids\":[\"" + learned + "\"]}");
    assertThat(depot.get("/ids", BOB).text()).isEqualTo("{\"ids\":[]}");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void objects_within_an_object_are_judged_for_themselves() throws Exception {
    answers(
        200,
        parcel(
            Depot.ALICES,
            "alice",
            ",\"notes\":[{\"id\":\"1\",\"by\":\"bob\"},{\"id\":\"2\",\"by\":\"alice\"}],"
                + "\"carrier\":{\"id\":\"bob\",\"phone\":\"555\"},\"total\":1"));
    assertThat(depot.get("/parcels/" + Depot.ALICES, ALICE).text())
        .isEqualTo(
            parcel(
                Depot.ALICES, "alice", ",\"notes\":[{\"id\":\"2\",\"by\":\"alice\"}],\"total\":1"));
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void foreign_members_of_a_map_go_with_the_id_that_names_them() throws Exception {
    String mine = "{\"customerId\":\"alice\",\"total\":1}";
    String others = "{\"customerId\":\"bob\",\"total\":2}";
    answers(
        200,
        "{\"count\":3,\"parcels\": { \"%s\": %s , \"%s\":%s,\"%s\":%s}}"
            .formatted(Depot.BOBS, others, Depot.ALICES, mine, Depot.ABSENT, others));
    assertThat(depot.get("/keyed", ALICE).text().replace(" ", ""))
        .isEqualTo("{\"parcels\":{\"" + Depot.ALICES + "\":" + mine + "}}");
    assertThat(depot.get("/keyed", BOB).text()).doesNotContain(Depot.ALICES).contains(Depot.BOBS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // the name is an id that the object itself denies, no id at all, or there twice
        "{\"%1$s\":{\"id\":\"%2$s\",\"customerId\":\"alice\"}}",
        "{\"x\":{\"customerId\":\"alice\"}}",
        "{\"%2$s\":{\"customerId\":null}}",
        "{\"%2$s\":\"%2$s\"}",
        "{\"%2$s\":[{\"customerId\":\"alice\"}]}",
        "[{\"customerId\":\"alice\"}]",
        "{\"count\":{\"customerId\":\"bob\"}}",
      })
  void a_member_that_is_not_clearly_somebodys_is_nobodys(String map) throws Exception {
    answers(200, "{\"parcels\":" + map.formatted(Depot.ALICES, Depot.BOBS) + "}");
    assertThat(depot.get("/keyed", ALICE).text())
        .doesNotContain("customerId")
        .doesNotContain("222");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void a_whole_answer_may_be_a_map() throws Exception {
    answers(
        200,
        "{\"a\":%s,\"b\":%s}"
            .formatted(parcel(Depot.BOBS, "bob", ""), parcel(Depot.ALICES, "alice", "")));
    assertThat(depot.get("/bare", ALICE).text())
        .isEqualTo("{\"b\":" + parcel(Depot.ALICES, "alice", "") + "}");
    assertThat(depot.get("/bare", BOB).text()).contains("\"a\"").doesNotContain("\"b\"");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void foreign_lines_are_cut() throws Exception {
    depot.answering(
        _ ->
            Answer.of(
                200,
                "application/x-ndjson",
                parcel(Depot.BOBS, "bob", "")
                    + "\n"
                    + parcel(Depot.ALICES, "alice", "")
                    + "\r\n"
                    + parcel(Depot.BOBS, "bob", "")
                    + "\n{\"id\":\"1\"}\n"
                    + parcel(Depot.ALICES_OTHER, "alice", "")));
    assertThat(depot.get("/lines", ALICE).text().replace("\r", ""))
        .isEqualTo(
            parcel(Depot.ALICES, "alice", "")
                + "\n"
                + parcel(Depot.ALICES_OTHER, "alice", "")
                + "\n");
    depot.answering(_ -> Answer.of(200, "application/x-ndjson", parcel(Depot.BOBS, "bob", "")));
    assertThat(depot.get("/lines", ALICE).text()).isEmpty();
    depot.answering(_ -> Answer.of(200, "application/x-ndjson", "not json " + Depot.BOBS));
    assertThat(depot.get("/lines", ALICE).text()).doesNotContain("2222");
  }

  @Test
  void the_list_below_somebody_else_is_absent() throws Exception {
    assertThat(depot.get("/people/alice/parcels", ALICE).status()).isEqualTo(200);
    assertThat(shape(depot.get("/people/bob/parcels", ALICE)))
        .isEqualTo(shape(depot.get("/people/nobody/parcels", ALICE)));
    assertThat(depot.get("/people/bob/parcels", ALICE).status()).isEqualTo(404);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void objects_in_errors_are_judged() throws Exception {
    answers(409, parcel(Depot.BOBS, "bob", ",\"total\":7"));
    assertThat(depot.get("/parcels/" + Depot.BOBS, ALICE).status()).isEqualTo(404);
    assertThat(depot.get("/parcels/" + Depot.BOBS, BOB).text()).contains("\"total\":7");
  }

  @ParameterizedTest
  @CsvSource({
    "302, 404",
    "304, 404",
    "206, 404",
    "204, 404",
    "403, 404",
    "404, 404",
    "410, 404",
    "409, 404",
    "412, 404",
    "423, 404",
    "422, 404",
    "500, 502"
  })
  @Requirement(id = "AUT-2", without = "object-release")
  void no_status_tells_that_an_object_is_there(int said, int told) throws Exception {
    depot.answering(
        _ ->
            Answer.empty(said)
                .with("location", "https://files.example/parcel?signature=x")
                .with("etag", "\"7\"")
                .with("set-cookie", "last=7"));
    Seen seen = depot.get("/parcels/" + Depot.BOBS, ALICE);
    assertThat(seen.status()).isEqualTo(told);
    assertThat(seen.header("location")).isEmpty();
    assertThat(seen.header("etag")).isEmpty();
    assertThat(seen.header("set-cookie")).isEmpty();
  }

  /// Each way to ask for an object that is somebody else's, and the same for one that is not there.
  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void foreign_and_absent_are_the_same_bytes() throws Exception {
    List<String[]> ways = new ArrayList<>();
    ways.add(new String[] {"GET"});
    ways.add(new String[] {"HEAD"});
    ways.add(new String[] {"GET", "If-None-Match", "\"20\""});
    ways.add(new String[] {"GET", "If-None-Match", "*"});
    ways.add(new String[] {"GET", "If-Match", "\"20\""});
    ways.add(new String[] {"GET", "If-Match", "*"});
    ways.add(new String[] {"GET", "If-Match", "\"other\""});
    ways.add(new String[] {"GET", "If-Modified-Since", "Fri, 16 Jan 2026 10:20:30 GMT"});
    ways.add(new String[] {"GET", "If-Unmodified-Since", "Fri, 02 Jan 2026 10:20:30 GMT"});
    ways.add(new String[] {"GET", "Range", "bytes=0-0"});
    ways.add(new String[] {"GET", "Range", "bytes=9999-"});
    ways.add(new String[] {"GET", "If-Range", "\"20\"", "Range", "bytes=0-0"});
    ways.add(new String[] {"GET", "Accept-Encoding", "gzip, br"});
    ways.add(new String[] {"GET", "Accept", "application/json"});
    ways.add(new String[] {"HEAD", "If-None-Match", "\"20\""});
    for (String[] way : ways) {
      String[] headers = java.util.Arrays.copyOfRange(way, 1, way.length);
      for (boolean loud : new boolean[] {false, true}) {
        Seen foreign = ask(way[0], Depot.BOBS, loud, headers);
        Seen absent = ask(way[0], Depot.ABSENT, loud, headers);
        assertThat(foreign.status()).as(String.join(" ", way)).isEqualTo(404);
        assertThat(shape(foreign)).as(String.join(" ", way)).isEqualTo(shape(absent));
      }
    }
  }

  private static Seen ask(String method, String id, boolean loud, String... headers)
      throws Exception {
    String spelled = loud ? id.toUpperCase(Locale.ROOT) : id;
    return depot.send(method, "/parcels/" + spelled, ALICE, headers);
  }

  /// Everything that a caller sees, but for the correlation id and the clock.
  private static String shape(Seen seen) {
    TreeMap<String, List<String>> headers = new TreeMap<>(seen.response().headers().map());
    headers.remove("x-request-id");
    headers.remove("date");
    headers.keySet().removeIf(name -> name.startsWith("ratelimit"));
    return seen.status()
        + " "
        + headers
        + " "
        + seen.text().replaceAll("decision:[0-9a-f]+", "decision");
  }

  @Test
  void conditions_are_answered_over_what_is_the_callers_own() throws Exception {
    String own = "/plain/" + Depot.ALICES;
    assertThat(depot.get(own, ALICE, "If-None-Match", "\"10\"").status()).isEqualTo(304);
    assertThat(depot.get(own, ALICE, "If-None-Match", "\"other\"").status()).isEqualTo(200);
    assertThat(depot.get(own, ALICE, "If-Match", "\"10\"").status()).isEqualTo(200);
    assertThat(depot.get(own, ALICE, "If-Match", "\"other\"").status()).isEqualTo(412);
    assertThat(depot.get(own, ALICE, "If-Modified-Since", "Fri, 16 Jan 2026 10:20:30 GMT").status())
        .isEqualTo(304);
    assertThat(
            depot.get(own, ALICE, "If-Unmodified-Since", "Fri, 02 Jan 2026 10:20:30 GMT").status())
        .isEqualTo(412);
    assertThat(depot.get(own, ALICE, "Range", "bytes=0-0").status()).isEqualTo(200);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void a_list_that_was_cut_answers_no_condition() throws Exception {
    assertThat(depot.get("/parcels", BOB, "If-None-Match", "\"page\"").status()).isEqualTo(200);
  }
}
