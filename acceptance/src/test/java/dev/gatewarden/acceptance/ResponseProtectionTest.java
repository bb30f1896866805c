package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.ShopFiles;
import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What leaves the gate is what the contract promises, to whom it promises it, whatever the service
/// says.
class ResponseProtectionTest {
  private static final String TUNED = "response-schema: {unknown-fields: redact}";
  private static final String PROFILE =
      "{\"id\":\"alice\",\"displayName\":\"Alice Liddell\",\"email\":\"alice@north.example\","
          + "\"role\":\"customer\"%s}";
  private static final String MASKING =
      "classes: {personal: {read: ['role:support'], mask: last-four}}\n";

  @Test
  @Requirement(id = "SCH-2", without = "response-schema")
  void keeps_back_an_answer_that_breaks_its_schema() throws Exception {
    Seen seen =
        profile(
            Answer.json(200, PROFILE.formatted("").replace("customer", "emperor")), files -> files);

    assertThat(seen.status()).isEqualTo(502);
    assertThat(seen.text()).doesNotContain("emperor").doesNotContain("role");
  }

  @Test
  @Requirement(id = "SCH-2", without = "response-schema")
  void cuts_what_breaks_the_schema_where_the_rest_keeps_it(@TempDir Path folder) throws Exception {
    Path overlay =
        Files.writeString(
            folder.resolve("loose.yaml"),
            """
            overlay: 1.0.0
            info: {title: nothing of a profile is required, version: '1'}
            actions:
            - {target: $.components.schemas.Profile.required, remove: true}
            """);
    Seen seen =
        profile(
            Answer.json(200, "{\"id\":\"alice\",\"role\":7,\"email\":\"alice@north.example\"}"),
            files ->
                files
                    .change(TUNED, "response-schema: {violations: redact}")
                    .change("contract: shop.yaml", "contract: shop.yaml\n    overlay: " + overlay));

    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.text()).isEqualTo("{\"id\":\"alice\",\"email\":\"alice@north.example\"}");
  }

  @Test
  @Requirement(id = "SCH-2", without = "excess-data")
  void cuts_undeclared_fields_of_a_bound_object_from_the_first_request() throws Exception {
    Seen seen =
        profile(
            Answer.json(
                200, PROFILE.formatted(",\"passwordHash\":\"x\",\"\\u0073sn\":[1,{\"a\":2}]")),
            files -> files.change(TUNED, ""));

    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.text()).isEqualTo(PROFILE.formatted(""));
  }

  @Test
  @Requirement(id = "SCH-2", without = "excess-data")
  void cuts_a_classified_property_that_breaks_its_schema() throws Exception {
    Seen seen =
        profile(
            Answer.json(200, PROFILE.formatted("").replace("\"Alice Liddell\"", "{\"dump\":1}")),
            files -> files.change(TUNED, ""));

    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.text()).doesNotContain("dump").contains("\"id\":\"alice\"");
  }

  @Test
  @Requirement(id = "SCH-2", without = "excess-data")
  void replaces_an_error_that_nobody_promised_and_keeps_its_status() throws Exception {
    Seen seen =
        profile(
            Answer.of(409, "text/html", "<h1>duplicate key in table users</h1>"),
            files -> files.change(TUNED, ""));

    assertThat(seen.status()).isEqualTo(409);
    assertThat(seen.text()).doesNotContain("duplicate").doesNotContain("users");
    assertThat(seen.header("content-type")).startsWith("application/problem+json");
  }

  @Test
  @Requirement(id = "SCH-2", without = "data-masking")
  void masks_classified_values_for_who_may_not_see_them() throws Exception {
    String body = PROFILE.formatted("");
    Seen seen = profile(Answer.json(200, body), ResponseProtectionTest::masking);

    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.json().path("email").asString()).isEqualTo("****mple");
    assertThat(seen.json().path("displayName").asString()).isEqualTo("****dell");
    assertThat(seen.json().path("role").asString()).isEqualTo("customer");
    assertThat(seen.header("content-length")).isEqualTo(Integer.toString(seen.text().length()));
  }

  @Test
  @Requirement(id = "SCH-2", without = "data-masking")
  void masks_them_behind_a_fault_and_in_what_nobody_promised() throws Exception {
    Seen seen =
        profile(
            Answer.json(
                200,
                "{\"id\":\"alice\",\"role\":5,\"displayName\":\"Alice Liddell\","
                    + "\"debug\":[{\"\\u0065mail\":\"alice@north.example\"}]}"),
            ResponseProtectionTest::masking);

    assertThat(seen.text()).doesNotContain("Alice").doesNotContain("north.example");
  }

  /// Three controls refuse these, so that taking one away proves nothing.
  @Test
  @Requirement(id = "SCH-2")
  void releases_nothing_that_it_could_not_read_to_the_end() throws Exception {
    for (String body :
        new String[] {
          "{\"id\":\"alice\",\"email\":\"alice@north.example\",\"email\":\"bob@north.example\"}",
          "{\"id\":\"alice\",\"email\":\"alice@north.example\"",
          "{\"id\":\"alice\",\"email\":\"alice@north.example\"}{}"
        }) {
      Seen seen = profile(Answer.json(200, body), ResponseProtectionTest::masking);
      assertThat(seen.status()).isBetween(404, 502);
      assertThat(seen.text()).doesNotContain("north.example");
    }
  }

  @Test
  @Requirement(id = "SCH-2")
  void proposes_an_exception_and_names_no_value() throws Exception {
    Answer broken = Answer.json(200, PROFILE.formatted("").replace("customer", "emperor"));
    try (Echo service = Echo.answering(_ -> broken);
        ShopAtTheGate shop =
            ShopAtTheGate.start(
                Set.of(),
                files ->
                    ShopAtTheGate.unlimited(files)
                        .upstream(service.uri())
                        .change(
                            TUNED,
                            "response-schema: {promote: {after: 1000, over: 1d, budget: 1%}}"))) {
      Seen seen = shop.side().get("/v1/profile", shop.side().token(ALICE));
      assertThat(seen.status()).as("watched, not yet enforced").isEqualTo(200);

      String yaml = shop.told("/proposals");

      assertThat(yaml)
          .contains("{guard: response-schema, operation: shop.getProfile, mode: observe")
          .contains("/role must be one of `customer`, `admin`")
          .doesNotContain("emperor")
          .doesNotContain("Alice");
    }
  }

  @Test
  @Requirement(id = "SCH-2")
  void enforces_the_contract_by_itself_once_it_was_kept() throws Exception {
    String good = PROFILE.formatted("");
    String[] says = {good};
    try (Echo service = Echo.answering(_ -> Answer.json(200, says[0]));
        ShopAtTheGate shop =
            ShopAtTheGate.start(
                Set.of(),
                files ->
                    ShopAtTheGate.unlimited(files)
                        .upstream(service.uri())
                        .change(
                            TUNED,
                            "response-schema: {promote: {after: 5, over: 0s, budget: 0%}}"))) {
      for (int i = 0; i < 5; i++) {
        assertThat(shop.side().get("/v1/profile", shop.side().token(ALICE)).status())
            .isEqualTo(200);
      }
      says[0] = good.replace("customer", "emperor");

      assertThat(shop.side().get("/v1/profile", shop.side().token(ALICE)).status()).isEqualTo(502);
      assertThat(shop.told("/metrics"))
          .contains("gatewarden_contract_promoted{operation=\"shop.getProfile\"} 1");
    }
  }

  private static ShopFiles masking(ShopFiles files) {
    try {
      Path overlay = Files.createTempFile("gatewarden-", ".overlay.yaml");
      overlay.toFile().deleteOnExit();
      Files.writeString(overlay, MASKING);
      return files
          .change(TUNED, "")
          .change("tenancy: token", "tenancy: token\n    overlay: " + overlay);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Seen profile(Answer answer, UnaryOperator<ShopFiles> changes) throws Exception {
    try (Echo service = Echo.answering(_ -> answer);
        ShopAtTheGate shop =
            ShopAtTheGate.start(
                Set.of(),
                files -> changes.apply(ShopAtTheGate.unlimited(files).upstream(service.uri())))) {
      return shop.side().get("/v1/profile", shop.side().token(ALICE));
    }
  }
}
