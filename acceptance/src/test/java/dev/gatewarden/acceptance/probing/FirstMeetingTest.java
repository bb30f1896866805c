package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the prober says of an API whose contract was not written for it.
class FirstMeetingTest {
  @TempDir Path folder;

  @Test
  void is_silent_where_nothing_is_wrong() throws IOException {
    assertThat(told()).isEmpty();
  }

  @Test
  void does_not_take_a_directory_for_a_leak_that_the_contract_opens_to_everybody()
      throws IOException {
    // the answers of `members` and `member` show both people to both
    assertThat(told()).noneMatch(each -> each.contains("member"));
  }

  @Test
  void reads_a_foreign_object_that_is_listed_elsewhere_under_another_word_for_its_owner()
      throws IOException {
    assertThat(told("books")).containsExactly("foreign-read book");
  }

  @Test
  void makes_what_a_service_takes_only_in_its_shortest_form_and_learns_what_it_calls_owners()
      throws IOException {
    assertThat(told("loans")).containsExactly("foreign-read loan");
  }

  @Test
  void proves_an_injection_by_a_true_and_a_false_condition() throws IOException {
    assertThat(told("query")).containsExactly("injection member");
  }

  @Test
  void tells_passwords_in_an_answer_but_not_what_stands_in_for_them() throws IOException {
    assertThat(told("passwords")).containsExactly("excess-data dump");
  }

  @Test
  void tells_once_which_version_of_what_answers() throws IOException {
    assertThat(told("version")).containsExactly("version-told members");
  }

  @Test
  void registers_with_rights_that_nobody_gave_and_sees_that_it_has_them() throws IOException {
    assertThat(told("registration")).containsExactly("raised-rights register");
  }

  @Test
  void gives_an_account_of_its_own_the_role_of_somebody_else() throws IOException {
    assertThat(told("role")).containsExactly("raised-rights change");
  }

  @Test
  void sets_the_password_of_another_account_and_logs_in_with_it() throws IOException {
    assertThat(told("password")).containsExactly("foreign-account setPassword");
  }

  @Test
  void writes_another_account_by_naming_it_in_the_body() throws IOException {
    assertThat(told("account")).containsExactly("foreign-account change");
  }

  @Test
  void guesses_the_code_for_a_forgotten_password_until_somebody_stops_it() throws IOException {
    assertThat(told("codes")).containsExactly("code-guessing resetPassword");
  }

  private List<String> told(String... faults) throws IOException {
    try (Library library = Library.with(faults)) {
      Files.writeString(folder.resolve("contract.yaml"), Library.CONTRACT);
      Files.writeString(folder.resolve("identities.yaml"), Library.IDENTITIES);
      Cli cli =
          Cli.run(
              folder,
              "probe",
              "--contract",
              "contract.yaml",
              "--identities",
              "identities.yaml",
              "--target",
              library.uri().toString(),
              "--rate",
              "10000",
              "--format",
              "json");
      assertThat(cli.code()).as(cli.err()).isNotEqualTo(2);
      List<String> told = new ArrayList<>();
      JsonNode said = JsonMapper.shared().readTree(cli.out());
      for (JsonNode each : said.get("findings")) {
        String probe = each.get("probe").asString();
        // bounds of bodies and pages are not what is asked here
        if (!probe.equals("body-unbounded") && !probe.equals("rate-unlimited")) {
          told.add(probe + " " + each.path("operation").asString(""));
        }
      }
      return told;
    }
  }
}
