package dev.gatewarden.acceptance.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An API in another style, in a contract that nobody may edit: calls with ids in bodies and
/// headers, numbers for ids, staff numbers for owners, everything bound in a file laid over it.
///
/// In a clinic, whoever works there reads its records, and who supports it writes them; notes
/// belong
/// to their author alone.
class ClinicMatrixTest {
  private static final String CONTRACT =
      """
      openapi: 3.0.3
      info: {title: Clinic, version: '7'}
      servers: [{url: /}]
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        schemas:
          RecordId: {type: integer, minimum: 1, maximum: 999999}
          Record:
            type: object
            properties:
              record_id: {$ref: '#/components/schemas/RecordId'}
              patient_no: {type: string, maxLength: 20}
              clinic: {type: object, properties: {code: {type: string, maxLength: 20}}}
              secret: {type: string, maxLength: 60}
          Patient:
            type: object
            properties:
              patient_no: {type: string, maxLength: 20}
              clinic: {type: object, properties: {code: {type: string, maxLength: 20}}}
              secret: {type: string, maxLength: 60}
          Note:
            type: object
            properties:
              note_id: {type: string, maxLength: 20}
              author: {type: object, properties: {staff_no: {type: string, maxLength: 60}}}
              clinic: {type: object, properties: {code: {type: string, maxLength: 20}}}
              secret: {type: string, maxLength: 60}
      paths:
        /records/{record_id}:
          get:
            operationId: fetchRecord
            parameters: [{name: record_id, in: path, required: true, schema: {$ref: '#/components/schemas/RecordId'}}]
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/Record'}}}}}
        /people/{patient_no}:
          get:
            operationId: fetchPatient
            parameters: [{name: patient_no, in: path, required: true, schema: {type: string, maxLength: 20}}]
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/Patient'}}}}}
        /notes/{note_id}:
          get:
            operationId: fetchNote
            parameters: [{name: note_id, in: path, required: true, schema: {type: string, maxLength: 20}}]
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}}
        /rpc/read_record:
          post:
            operationId: readRecord
            requestBody:
              required: true
              content: {application/json: {schema: {type: object, required: [params], properties: {params: {type: object, properties: {record: {$ref: '#/components/schemas/RecordId'}}}}}}}
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/Record'}}}}}
        /rpc/amend_record:
          post:
            operationId: amendRecord
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      record: {$ref: '#/components/schemas/RecordId'}
                      diagnosis: {type: string, maxLength: 100}
                      referral: {type: object, properties: {patient_no: {type: string, maxLength: 20}}}
            responses: {'204': {description: done}}
        /rpc/close_records:
          post:
            operationId: closeRecords
            requestBody:
              required: true
              content: {application/json: {schema: {type: object, properties: {records: {type: array, maxItems: 9, items: {$ref: '#/components/schemas/RecordId'}}}}}}
            responses: {'204': {description: done}}
        /chart:
          parameters: [{name: Clinic-Record, in: header, required: true, schema: {$ref: '#/components/schemas/RecordId'}}]
          get:
            operationId: chart
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/Record'}}}}}
          delete: {operationId: dropChart, responses: {'204': {description: gone}}}
        /patients/{patient_no}/chart/{record_id}:
          parameters:
          - {name: patient_no, in: path, required: true, schema: {type: string, maxLength: 20}}
          - {name: record_id, in: path, required: true, schema: {$ref: '#/components/schemas/RecordId'}}
          get:
            operationId: chartOf
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/Record'}}}}}
          delete: {operationId: dropChartOf, responses: {'204': {description: gone}}}
        /note:
          parameters: [{name: Clinic-Note, in: header, required: true, schema: {type: string, maxLength: 20}}]
          get:
            operationId: note
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}}
        /note/seal:
          post:
            operationId: sealNote
            requestBody:
              required: true
              content:
                application/x-www-form-urlencoded: {schema: {type: object, properties: {note: {type: string, maxLength: 20}}}}
                application/json: {schema: {type: object, properties: {note: {type: string, maxLength: 20}}}}
            responses: {'204': {description: done}}
      """;

  private static final String BINDINGS =
      """
      objects:
        patient:
          id: {at: /patient_no}
          tenant: {at: /clinic/code, is: principal.claim(/org)}
          access: {read: [tenant], write: ['role:support']}
          read-by: fetchPatient
        record:
          id: {at: /record_id, as: integer}
          tenant: {at: /clinic/code, is: principal.claim(/org)}
          parent: {patient: /patient_no}
          refs: {patient: /referral/patient_no}
          access: {read: [tenant], write: ['role:support']}
          read-by: fetchRecord
        note:
          id: {at: /note_id}
          owner: {at: /author/staff_no, is: principal.claim(/staff/number)}
          tenant: {at: /clinic/code, is: principal.claim(/org)}
          read-by: fetchNote
      operations:
        fetchRecord: {type: record, id: path.record_id}
        fetchPatient: {type: patient, id: path.patient_no}
        fetchNote: {type: note, id: path.note_id}
        readRecord: {type: record, does: read, id: body#/params/record}
        amendRecord: {type: record, does: update, id: body#/record}
        closeRecords: {type: record, does: delete, id: 'body#/records/*', batch: all}
        chart: {type: record, id: header.Clinic-Record}
        dropChart: {type: record, id: header.Clinic-Record}
        chartOf: {type: record, id: path.record_id, within: {patient: path.patient_no}}
        dropChartOf: {type: record, id: path.record_id, within: {patient: path.patient_no}}
        note: {type: note, id: header.Clinic-Note}
        sealNote: {type: note, does: act, id: body#/note}
      """;

  @TempDir static Path folder;
  private static Store store;
  private static ObjectGate gate;

  @BeforeAll
  static void open() throws Exception {
    store = new Store("\\b(?:70\\d\\d|P-\\d{4}|N-\\d{4})\\b");
    for (Caller of : Caller.CUSTOMERS) {
      Map<String, Object> clinic = Map.of("code", of.tenant());
      store.put(patient(of), Map.of("patient_no", patient(of), "clinic", clinic));
      store.put(
          record(of),
          Map.of(
              "record_id",
              Integer.parseInt(record(of)),
              "patient_no",
              patient(of),
              "clinic",
              clinic));
      store.put(
          note(of),
          Map.of(
              "note_id",
              note(of),
              "author",
              Map.of("staff_no", "staff-" + of.subject()),
              "clinic",
              clinic));
    }
    gate = ObjectGate.start(folder, store, CONTRACT, BINDINGS, "");
  }

  @AfterAll
  static void close() {
    gate.close();
  }

  private static String record(Caller of) {
    return "70" + (10 + of.ordinal());
  }

  private static String patient(Caller of) {
    return "P-10" + (10 + of.ordinal());
  }

  private static String note(Caller of) {
    return "N-20" + (10 + of.ordinal());
  }

  /// A verb at a place, for what belongs to somebody, or to nobody where it is not there.
  private record Way(
      String name,
      boolean writes,
      boolean note,
      Function<@Nullable Caller, HttpRequest.Builder> to) {}

  private static String recordOr(@Nullable Caller of) {
    return of == null ? "7099" : record(of);
  }

  private static String noteOr(@Nullable Caller of) {
    return of == null ? "N-9999" : note(of);
  }

  private static List<Way> ways() {
    return List.of(
        new Way(
            "body",
            false,
            false,
            of ->
                gate.json(
                    "POST", "/rpc/read_record", "{\"params\":{\"record\":" + recordOr(of) + "}}")),
        new Way("path", false, false, of -> gate.json("GET", "/records/" + recordOr(of), "")),
        new Way(
            "header",
            false,
            false,
            of -> gate.json("GET", "/chart", "").header("Clinic-Record", recordOr(of))),
        new Way("nested", false, false, of -> gate.json("GET", nested(of), "")),
        new Way(
            "body",
            true,
            false,
            of ->
                gate.json(
                    "POST",
                    "/rpc/amend_record",
                    "{\"record\":" + recordOr(of) + ",\"diagnosis\":\"well\"}")),
        new Way(
            "list",
            true,
            false,
            of -> gate.json("POST", "/rpc/close_records", "{\"records\":[" + recordOr(of) + "]}")),
        new Way(
            "header",
            true,
            false,
            of -> gate.json("DELETE", "/chart", "").header("Clinic-Record", recordOr(of))),
        new Way("nested", true, false, of -> gate.json("DELETE", nested(of), "")),
        new Way("path", false, true, of -> gate.json("GET", "/notes/" + noteOr(of), "")),
        new Way(
            "header",
            false,
            true,
            of -> gate.json("GET", "/note", "").header("Clinic-Note", noteOr(of))),
        new Way(
            "body",
            true,
            true,
            of -> gate.json("POST", "/note/seal", "{\"note\":\"" + noteOr(of) + "\"}")),
        new Way(
            "form",
            true,
            true,
            of ->
                gate.typed(
                    "POST",
                    "/note/seal",
                    "application/x-www-form-urlencoded",
                    "note=" + noteOr(of))));
  }

  private static String nested(@Nullable Caller of) {
    return "/patients/" + patient(of == null ? Caller.ALICE : of) + "/chart/" + recordOr(of);
  }

  private static int expected(Caller caller, Way way, @Nullable Caller of) {
    if (caller == Caller.NOBODY) {
      return 401;
    }
    boolean here = of != null && of.tenant().equals(caller.tenant());
    boolean may = way.note() ? of == caller : here && (!way.writes() || caller.supports());
    return may ? way.writes() ? 204 : 200 : 404;
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  @Requirement(id = "AUT-2", without = "object-release")
  void every_cell_is_answered_as_the_rule_says_by_configuration_alone() throws Exception {
    List<String> wrong = new ArrayList<>();
    List<@Nullable Caller> targets = new ArrayList<>(Caller.CUSTOMERS);
    targets.add(null);
    for (Way way : ways()) {
      for (Caller caller : Caller.values()) {
        for (Caller of : targets) {
          HttpResponse<String> told = gate.send(caller, way.to().apply(of));
          List<String> written = store.takeWrites();
          int expected = expected(caller, way, of);
          boolean leaks = told.body().contains("secret-of") != (expected == 200);
          boolean wrote = written.size() != (expected == 204 ? 1 : 0);
          if (told.statusCode() != expected || leaks || wrote) {
            wrong.add(
                (way.writes() ? "write by " : "read by ")
                    + way.name()
                    + (way.note() ? " of a note: " : ": ")
                    + caller
                    + " of "
                    + of
                    + " "
                    + told.statusCode()
                    + " for "
                    + expected
                    + (leaks ? ", shown" : "")
                    + (wrote ? ", written " + written : ""));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void no_record_is_referred_to_a_patient_of_another_clinic() throws Exception {
    for (Caller of : Caller.CUSTOMERS) {
      HttpResponse<String> told =
          gate.send(
              Caller.SAM,
              gate.json(
                  "POST",
                  "/rpc/amend_record",
                  "{\"record\":"
                      + record(Caller.ALICE)
                      + ",\"referral\":{\"patient_no\":\""
                      + patient(of)
                      + "\"}}"));

      boolean here = of.tenant().equals("north");
      assertThat(told.statusCode()).isEqualTo(here ? 204 : 404);
      assertThat(store.takeWrites()).hasSize(here ? 1 : 0);
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void one_foreign_record_refuses_the_whole_list() throws Exception {
    String body = "{\"records\":[" + record(Caller.ALICE) + "," + record(Caller.CAROL) + "]}";

    assertThat(gate.send(Caller.SAM, gate.json("POST", "/rpc/close_records", body)).statusCode())
        .isEqualTo(404);
    assertThat(store.takeWrites()).isEmpty();
  }
}
