package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.broken.Specimen;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people have in the place of a contract, and what comes of it.
class InputsTest {
  private static final String ALICE = "parcels-alice-7f3a91c2d4";
  private static final String CAROL = "parcels-carol-7f3a91c2d4";

  @TempDir Path folder;

  private static List<String> found(Cli cli) {
    assertThat(cli.code()).as(cli.err()).isNotEqualTo(2);
    List<String> found = new ArrayList<>();
    for (JsonNode each : JsonMapper.shared().readTree(cli.out()).get("findings")) {
      found.add(each.get("probe").asString() + " " + each.path("operation").asString(""));
    }
    return found;
  }

  private static List<String> untested(Cli cli) {
    List<String> untested = new ArrayList<>();
    for (JsonNode each : JsonMapper.shared().readTree(cli.out()).get("untested")) {
      untested.add(each.path("operation").asString("") + ": " + each.get("why").asString());
    }
    return untested;
  }

  private Cli collection(Trial trial, String... more) throws IOException {
    Files.writeString(folder.resolve("parcels.json"), ParcelsCollection.text());
    Files.writeString(folder.resolve("staging.json"), ParcelsCollection.environment(ALICE));
    return trial.by("parcels.json", more);
  }

  @Test
  @Requirement(id = "TST-7", without = "collection")
  void finds_objects_of_others_by_a_postman_collection_alone() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read,parcel-delete")) {
      Cli cli = collection(trial, "--environment", "staging.json", "--format", "json");

      assertThat(found(cli)).contains("foreign-read getParcel", "foreign-delete cancelParcel");
    }
  }

  @Test
  @Requirement(id = "TST-7", without = "collection")
  void is_silent_where_the_repaired_service_is_probed_by_a_collection() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Cli cli = collection(trial, "--environment", "staging.json", "--format", "json");

      assertThat(found(cli)).isEmpty();
      assertThat(cli.code()).isZero();
    }
  }

  @Test
  @Requirement(id = "TST-7", without = "introduction")
  void asks_the_service_for_what_no_saved_answer_shows() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read,parcel-delete")) {
      Files.writeString(folder.resolve("bare.json"), ParcelsCollection.unanswered());
      Files.writeString(folder.resolve("staging.json"), ParcelsCollection.environment(ALICE));

      Cli cli = trial.by("bare.json", "--environment", "staging.json", "--format", "json");

      assertThat(found(cli)).contains("foreign-read getParcel", "foreign-delete cancelParcel");
    }
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Cli cli = trial.by("bare.json", "--environment", "staging.json", "--format", "json");

      assertThat(found(cli)).isEmpty();
    }
  }

  @Test
  void holds_no_service_to_what_was_guessed_of_it() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Cli cli =
          collection(trial, "--environment", "staging.json", "--fuzz", "20", "--format", "json");

      assertThat(found(cli)).isEmpty();
      assertThat(untested(cli)).anyMatch(each -> each.contains("only what fails is told"));
    }
  }

  @Test
  void tells_what_of_a_collection_was_not_taken() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Cli cli = collection(trial, "--format", "json");

      assertThat(untested(cli))
          .anyMatch(each -> each.startsWith("Old search: it is GraphQL"))
          .anyMatch(each -> each.contains("`statistics.example.org` are left out"))
          .anyMatch(each -> each.startsWith("Send parcel: `{{weight}}` has no value"));
    }
  }

  private String recorded(Trial trial) throws IOException {
    HarRecorder alice = new HarRecorder(trial.uri(), Map.of("Authorization", "Bearer " + ALICE));
    try {
      alice.ask("GET", "/parcels?limit=10", "");
      String made =
          alice.ask(
              "POST",
              "/parcels",
              "{\"recipient\":\"Grace\",\"address\":\"1 Sea Road\",\"weightGrams\":700}");
      String id = JsonMapper.shared().readTree(made).get("id").asString();
      alice.ask("GET", "/parcels/1", "");
      alice.ask("GET", "/parcels/" + id, "");
      alice.ask("PATCH", "/parcels/" + id, "{\"address\":\"2 Hill Road\"}");
      alice.ask("DELETE", "/parcels/" + id, "");
      alice.ask("GET", "/parcels/" + id, "");
      alice.ask("GET", "/parcels/1/notes", "");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    alice.add("GET", "https://cdn.example.org/app.js", "", 200, "text/javascript", "1");
    alice.add("GET", trial.uri() + "/index.html", "", 200, "text/html", "<html>");
    return alice.text();
  }

  @Test
  @Requirement(id = "TST-7", without = "recording")
  void finds_objects_of_others_by_recorded_traffic_alone() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read,parcel-delete")) {
      Files.writeString(folder.resolve("recorded.har"), recorded(trial));

      Cli cli = trial.by("recorded.har", "--format", "json");

      assertThat(found(cli)).anyMatch(each -> each.startsWith("foreign-read getParcels"));
      assertThat(found(cli)).anyMatch(each -> each.startsWith("foreign-delete deleteParcels"));
    }
  }

  @Test
  @Requirement(id = "TST-7", without = "recording")
  void is_silent_where_the_repaired_service_is_probed_by_a_recording() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Files.writeString(folder.resolve("recorded.har"), recorded(trial));

      Cli cli = trial.by("recorded.har", "--format", "json");

      assertThat(found(cli)).isEmpty();
      assertThat(cli.code()).isZero();
    }
  }

  @Test
  @Requirement(id = "TST-7", without = "collection")
  void takes_credentials_from_environments_and_recordings_and_prints_none() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      HarRecorder carol = new HarRecorder(trial.uri(), Map.of("Authorization", "Bearer " + CAROL));
      carol.add("GET", trial.uri() + "/parcels", "", 200, "application/json", "{}");
      Files.writeString(folder.resolve("carol.har"), carol.text());
      Files.writeString(
          folder.resolve("identities.yaml"),
          "identities: {alice: {from: staging.json, tenant: north}, carol: {from: carol.har,"
              + " tenant: south}}");

      Cli cli =
          collection(
              trial,
              "--environment",
              "staging.json",
              "--probe",
              "foreign-read",
              "--log",
              "sent.jsonl");

      assertThat(cli.out()).contains("getParcel").contains("$ALICE");
      assertThat(cli.out() + cli.err() + trial.text("sent.jsonl")).doesNotContain("7f3a91c2d4");
      assertThat(cli.code()).isOne();
    }
  }

  @Test
  @Requirement(id = "TST-7", without = "seen")
  void finds_objects_that_only_a_recording_beside_the_contract_names() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      Files.writeString(
          folder.resolve("one.yaml"),
          """
          openapi: 3.1.0
          info: {title: One, version: '1'}
          servers: [{url: /}]
          security: [{bearer: []}]
          paths:
            /parcels/{id}:
              get:
                operationId: one
                x-gatewarden-object: {type: parcel, id: path.id}
                parameters:
                - {name: id, in: path, required: true, schema: {type: integer, minimum: 1, maximum: 999999}}
                responses:
                  '200':
                    description: One
                    content:
                      application/json:
                        schema:
                          type: object
                          properties: {id: {type: integer, minimum: 1, maximum: 999999}, senderId: {type: string}}
          components:
            securitySchemes: {bearer: {type: http, scheme: bearer}}
            x-gatewarden-objects:
              parcel: {id: {at: /id, as: integer}, owner: {at: /senderId, is: principal.subject}}
          """);
      Files.writeString(
          folder.resolve("identities.yaml"),
          "identities: {alice: {token: " + ALICE + "}, carol: {token: " + CAROL + "}}");
      HarRecorder seen = new HarRecorder(trial.uri(), Map.of());
      for (int id : List.of(1, 4)) {
        seen.add("GET", trial.uri() + "/parcels/" + id, "", 200, "application/json", "{\"id\":1}");
      }
      Files.writeString(folder.resolve("seen.har"), seen.text());

      assertThat(found(trial.by("one.yaml", "--seen", "seen.har", "--format", "json")))
          .contains("foreign-read one");
    }
  }

  @Test
  void says_where_and_why_an_input_cannot_be_read() throws IOException {
    Files.writeString(folder.resolve("parcels.json"), ParcelsCollection.text());
    Files.writeString(folder.resolve("cut.json"), "{\"info\": {},\n \"item\": [");
    Files.writeString(folder.resolve("staging.json"), ParcelsCollection.environment(""));
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      assertThat(trial.by("cut.json").err()).contains("cut.json:2:11");
      assertThat(trial.by("staging.json").err())
          .contains("staging.json:1:1", "name the collection by `--contract`");
      assertThat(trial.by("parcels.json", "--environment", "parcels.json").err())
          .contains("parcels.json:1:1", "no environment of Postman");
      assertThat(trial.by("contract.yaml", "--seen", "contract.yaml").err())
          .contains("contract.yaml:1:1", "neither a Postman collection");
      Files.writeString(
          folder.resolve("identities.yaml"), "identities: {alice: {from: staging.json}}");
      Cli cli = trial.by("parcels.json");
      assertThat(cli.err())
          .contains("parcels.json:6", "`{{token}}` of its `auth` has no value")
          .contains("name the environment that has it");
      assertThat(cli.code()).isEqualTo(2);
    }
  }

  @Test
  @Requirement(id = "TST-7", without = "collection")
  void audits_a_collection_by_its_own_lines_and_does_not_edit_it() throws IOException {
    Files.writeString(folder.resolve("parcels.json"), ParcelsCollection.text());

    Cli judged = Cli.run(folder, "audit", "parcels.json");
    Cli fixed = Cli.run(folder, "audit", "parcels.json", "--fix");

    assertThat(judged.out()).contains("nothing says whose the object is", "parcels.json:");
    assertThat(fixed.err()).contains("is one that a contract is inferred from");
    assertThat(fixed.code()).isEqualTo(2);
    assertThat(folder.resolve("parcels.json")).hasContent(ParcelsCollection.text());
  }
}
