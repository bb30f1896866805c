package dev.gatewarden.acceptance.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the names of a contract alone tell, and what they must not be taken for.
class BindNamesTest {
  private static final String HEAD =
      """
      openapi: 3.1.0
      info: {title: Names, version: 1.0.0}
      security: [{token: []}]
      components: {securitySchemes: {token: {type: http, scheme: bearer}}}
      paths:
      """;

  @TempDir private Path folder;

  /// A type with a place of its own, which is read there and listed, and created above it.
  private static String type(String collection, String members) {
    String object = "{type: object, properties: {id: {type: string}" + members + "}}";
    return """
      /C:
        get:
          operationId: list-C
          responses: {'200': {description: some, content: {application/json: {schema: {type: array, items: SCHEMA}}}}}
        post:
          operationId: create-C
          responses: {'201': {description: one, content: {application/json: {schema: SCHEMA}}}}
      /C/{id}:
        parameters: [{name: id, in: path, required: true, schema: {type: string}}]
        get:
          operationId: read-C
          responses: {'200': {description: one, content: {application/json: {schema: SCHEMA}}}}
        delete: {operationId: drop-C, responses: {'204': {description: gone}}}
    """
        .replace("/C", "/" + collection)
        .replace("-C", "-" + collection)
        .replace("SCHEMA", object);
  }

  private static String answer(String method, String path, String name, String schema) {
    return """
      PATH:
        METHOD:
          operationId: NAME
          responses: {'200': {description: one, content: {application/json: {schema: SCHEMA}}}}
    """
        .replace("PATH", path)
        .replace("METHOD", method)
        .replace("NAME", name)
        .replace("SCHEMA", schema);
  }

  /// Proposes, and holds that it loads.
  private Cli bind(String... paths) throws Exception {
    Files.writeString(folder.resolve("api.yaml"), HEAD + String.join("", paths));
    Cli bound = Cli.run(folder, "bind", "api.yaml");
    assertThat(bound.code()).as(bound.err()).isBetween(0, 1);
    Files.writeString(folder.resolve("objects.yaml"), bound.out());
    if (bound.out().contains("\nobjects:")) {
      Cli shown = Cli.run(folder, "contract", "show", "api.yaml", "--overlay", "objects.yaml");
      assertThat(shown.code()).as(shown.err()).isZero();
    }
    return bound;
  }

  @Test
  @Requirement(id = "AUT-12")
  void what_is_created_and_shows_no_owner_may_be_its_creators_and_is_asked() throws Exception {
    assertThat(bind(type("notes", ", text: {type: string}")).out())
        .contains("owner: {is: principal.subject}   # low: nothing shows it; `create-notes`")
        .contains("read-notes: {type: note, id: path.id}")
        .contains("list-notes: {type: note, does: list,")
        .contains("# - `note`: does one belong to who created it, and to nobody else?");
  }

  @Test
  @Requirement(id = "AUT-12")
  void no_creator_is_taken_for_the_owner_of_what_is_shared() throws Exception {
    assertThat(bind(type("products", ", price: {type: number}")).out())
        .doesNotContain("\nobjects:");
    assertThat(bind(type("notes", ", collaborators: {type: array, items: {type: string}}")).out())
        .doesNotContain("\nobjects:")
        .contains("# - `note`: whose is one?");
    assertThat(
            bind(
                    type("notes", ""),
                    """
                      /notes/{id}/like:
                        parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                        post: {operationId: like, responses: {'204': {description: done}}}
                    """)
                .out())
        .doesNotContain("\nobjects:");
  }

  @Test
  @Requirement(id = "AUT-12")
  void who_keeps_objects_of_patients_does_not_own_them() throws Exception {
    assertThat(
            bind(
                    type("patients", ""),
                    type("plans", ""),
                    type("doses", ", patientId: {type: string}"))
                .out())
        .contains("owner: {at: '/patientId', is: principal.subject}   # medium")
        .contains("create-doses: {type: dose, does: create, id: 'response.body#/id'}")
        .doesNotContain("learn: owner")
        .contains("# - `plan`: whose is one?");
  }

  @Test
  @Requirement(id = "AUT-12")
  void an_account_on_nearly_every_type_is_the_tenant_and_elsewhere_asked() throws Exception {
    String account = ", account_id: {type: string}";
    assertThat(bind(type("orders", account), type("carts", account), type("notes", account)).out())
        .contains(
            "tenant: {at: '/account_id', is: principal.tenant}   # medium: named like an account,"
                + " on 3 of 3 types")
        .contains("access: {read: [tenant], write: [tenant]}")
        .contains("`order`, `cart`, `note`: is `/account_id` always the caller's tenant")
        .doesNotContain("owner: {");
    assertThat(bind(type("orders", account)).out())
        .doesNotContain("\nobjects:")
        .contains("`/account_id` names an account: write it as `tenant` if all of its people");
  }

  @Test
  @Requirement(id = "AUT-12")
  void relationships_name_owners_and_references_below_an_envelope() throws Exception {
    String related =
        "{type: object, properties: {id: {type: string}, type: {type: string}, attributes: {type:"
            + " object, properties: {title: {type: string}}}, relationships: {type: object,"
            + " properties: {author: {type: object, properties: {data: {type: object, properties:"
            + " {id: {type: string}}}}}, shelf: {type: object, properties: {data: {type: object,"
            + " properties: {id: {type: string}}}}}}}}}";
    String one = "{type: object, properties: {data: " + related + "}}";
    String some =
        "{type: object, properties: {included: {type: array, items: {type: object, properties:"
            + " {id: {type: string}}}}, data: {type: array, items: "
            + related
            + "}, meta: {type: object, properties: {total: {type: integer}}}}}";
    assertThat(
            bind(
                    type("shelves", ", owner: {type: string}")
                        .replace("id}", "shelfId}")
                        .replace("name: id", "name: shelfId"),
                    answer("get", "/books", "listBooks", some),
                    answer("get", "/books/{id}", "readBook", one)
                        .replace(
                            "    get:",
                            "    parameters: [{name: id, in: path, required: true, schema: {type:"
                                + " string}}]\n    get:"))
                .out())
        .contains("owner: {at: '/relationships/author/data/id', is: principal.subject}   # medium")
        .contains("refs: {shelf: '/relationships/shelf/data/id'}")
        .contains("readBook: {type: book, id: path.id, at: 'response.body#/data'}")
        .contains(
            "listBooks: {type: book, does: list, items: 'response.body#/data', foreign: filter,"
                + " count: {at: '/meta/total', then: withhold}}");
  }

  @Test
  @Requirement(id = "AUT-12")
  void a_collection_without_paths_of_its_own_is_known_by_the_ids_that_requests_name()
      throws Exception {
    String jobs =
        answer(
            "get",
            "/jobs",
            "listJobs",
            "{type: array, items: {type: object, properties: {id: {type: string}, owner: {type:"
                + " string}}}}");
    String stop =
        """
          /stop:
            post:
              operationId: stop
              requestBody: {content: {application/json: {schema: {type: object, required: [jobId], properties: {jobId: {type: string}}}}}}
              responses: {'204': {description: done}}
          /start:
            post:
              operationId: start
              responses: {'201': {description: one, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}
        """;
    assertThat(bind(jobs, stop).out())
        .contains("listJobs: {type: job, does: list, items: 'response.body#', foreign: filter}")
        .contains("`stop`: each changes a `job` whose owner only the response would show");
    assertThat(bind(jobs).out()).doesNotContain("\nobjects:");
    assertThat(bind(stop).out())
        .contains("`stop`: `jobId` names something by its id, and no answer shows its type");
    String post =
        """
            post:
              operationId: createJob
              responses: {'201': {description: one, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}
        """;
    assertThat(bind(jobs, post.indent(0), stop).out())
        .contains("createJob: {type: job, does: create, id: 'response.body#/id', learn: owner}")
        .contains("stop: {type: job, does: act, id: 'body#/jobId'}");
  }

  @Test
  @Requirement(id = "AUT-12")
  void envelopes_verbs_and_listings_beside_a_collection_are_seen() throws Exception {
    String note = "{type: object, properties: {id: {type: string}, text: {type: string}}}";
    String full =
        "{type: object, properties: {result: {type: object, properties: {tips: {type: array,"
            + " items: {type: object, properties: {id: {type: string}}}}, notes: {type: array,"
            + " items: "
            + note
            + "}}}}}";
    String parameter =
        "    parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n    post:";
    assertThat(
            bind(
                    type("notes", ", text: {type: string}"),
                    answer("get", "/notes/full", "listFull", full.replace("notes: {", "items: {")),
                    answer("post", "/notes/{id}:archive", "archive", "{type: object}")
                        .replace("    post:", parameter))
                .out())
        .contains("listFull: {type: note, does: list, items: 'response.body#/result/items'")
        .contains("archive: {type: note, does: act, id: path.id}");
  }

  @Test
  @Requirement(id = "AUT-12")
  void one_question_is_asked_once_for_all_that_it_is_about() throws Exception {
    String several =
        """
          /things/{a}/{b}:
            parameters:
            - {name: a, in: path, required: true, schema: {type: string}}
            - {name: b, in: path, required: true, schema: {type: string}}
            get: {operationId: readThing, responses: {'204': {description: none}}}
            delete: {operationId: dropThing, responses: {'204': {description: none}}}
          /items/{itemIds}:
            parameters: [{name: itemIds, in: path, required: true, schema: {type: string}}]
            delete: {operationId: dropItems, responses: {'204': {description: none}}}
        """;
    Cli bound = bind(type("products", ""), type("categories", ""), several);

    assertThat(bound.out())
        .contains("# - `product`, `category`: whose is one?")
        .contains("# - `readThing`, `dropThing`: an object is named by several parameters")
        .contains("# - `dropItems`: several ids stand in one text of the path");
    assertThat(bound.err()).contains("3 questions");
  }

  @Test
  @Requirement(id = "AUT-12")
  void what_is_created_under_an_id_of_the_callers_choice_is_no_change_of_one() throws Exception {
    String post =
        """
            post:
              operationId: createNamedNote
              responses: {'201': {description: one}}
        """;
    assertThat(bind(type("notes", ", owner: {type: string}") + post.indent(0)).out())
        .contains("drop-notes: {type: note, id: path.id}")
        .doesNotContain("createNamedNote: {")
        .contains("`createNamedNote`: one is created under an id that the caller chooses");
  }

  @Test
  @Requirement(id = "AUT-12")
  void a_list_below_another_object_is_not_taken_for_the_callers_own() throws Exception {
    assertThat(
            bind(
                    type("parcels", ""),
                    answer(
                            "get",
                            "/carriers/{carrierId}/parcels",
                            "listCarrierParcels",
                            "{type: array, items: {type: object, properties: {id: {type:"
                                + " string}}}}")
                        .replace(
                            "    get:",
                            "    parameters: [{name: carrierId, in: path, required: true, schema:"
                                + " {type: string}}]\n    get:"))
                .out())
        .contains("read-parcels: {type: parcel")
        .doesNotContain("listCarrierParcels: {")
        .contains("`listCarrierParcels`: objects of a known type are listed below another");
  }
}
