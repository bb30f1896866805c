package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is said of an API that refuses, errs and registers as other people's do, by a contract
/// without extensions.
class StrangerTest {
  @TempDir Path folder;

  /// Each finding as `probe operation: message`.
  private List<String> found(String... flaws) throws IOException {
    List<String> found = new ArrayList<>();
    for (JsonNode each : said("{}", flaws).get("findings")) {
      found.add(
          each.get("probe").asString()
              + " "
              + each.path("operation").asString("")
              + ": "
              + each.get("message").asString());
    }
    return found;
  }

  /// @param owns what alice says she owns
  private JsonNode said(String owns, String... flaws) throws IOException {
    StrangeApi api = new StrangeApi(Set.of(flaws));
    try (Loopback running = Loopback.start(0, api::answer)) {
      Files.writeString(folder.resolve("contract.yaml"), StrangeApi.CONTRACT);
      Files.writeString(folder.resolve("alice.token"), StrangeApi.token("alice"));
      Files.writeString(folder.resolve("bob.token"), StrangeApi.token("bob"));
      Files.writeString(
          folder.resolve("identities.yaml"),
          "identities:\n  alice: {token: file:alice.token, owns: "
              + owns
              + "}\n  bob: {token: file:bob.token}\n");
      Cli ran =
          Cli.run(
              folder,
              "probe",
              "--contract",
              "contract.yaml",
              "--identities",
              "identities.yaml",
              "--target",
              running.uri().toString(),
              "--may",
              "update,delete,act",
              "--rate",
              "10000",
              "--format",
              "json");
      if (ran.code() == 2) {
        throw new IOException(ran.err());
      }
      return JsonMapper.shared().readTree(ran.out());
    }
  }

  @Test
  void says_what_it_does_not_know_of_things_that_somebody_owns() throws IOException {
    assertThat(said("{parcel: [7]}").get("untested").toString())
        .contains("`alice` owns a `parcel`, and nothing says which operations touch one");
  }

  @Test
  void is_silent_about_refusals_with_200_bodies_that_nobody_reads_and_what_is_shared()
      throws IOException {
    assertThat(found()).isEmpty();
  }

  @Test
  void asks_whether_posts_are_shared_that_only_their_authors_may_delete() throws IOException {
    assertThat(found("delete"))
        .contains(
            "foreign-delete deletePost: `bob` deletes the `post` of `alice`",
            "foreign-read readPost: `bob` reads the `post` of `alice`");
  }

  @Test
  void finds_rights_that_a_registration_gives_under_a_name_that_nobody_has() throws IOException {
    assertThat(found("admin"))
        .containsExactly(
            "overposting openAccount: `alice` writes `/admin`, and the answer says so");
  }

  @Test
  void finds_a_foreign_change_of_a_number() throws IOException {
    assertThat(found("patch"))
        .containsExactly("foreign-write changeOrder: `bob` changes the `order` of `alice`");
  }

  @Test
  void finds_the_one_handler_that_reads_tokens_by_itself() throws IOException {
    assertThat(found("unverified"))
        .containsExactly(
            "forged-token whoami: a token is believed whose claims were changed: its signature is"
                + " not verified, other than elsewhere");
  }

  @Test
  void tells_a_trace_once_for_all_operations_that_share_a_parser() throws IOException {
    assertThat(found("trace"))
        .containsExactly(
            "odd-input openAccount: `{` as body is answered 400 with a trace that names files or"
                + " classes of the code, here and in 4 more operations");
  }

  @Test
  void finds_errors_in_the_words_of_a_database() throws IOException {
    assertThat(found("database"))
        .containsExactly(
            "odd-input report: `'` as `from` is answered 500 in the words of the database");
  }

  @Test
  void finds_passwords_in_what_nobody_described() throws IOException {
    assertThat(found("password"))
        .containsExactly(
            "excess-data readOrder: the answer holds `/buyer/password`, which no answer should");
  }

  @Test
  void finds_bodies_that_are_read_under_any_type() throws IOException {
    assertThat(found("any-type"))
        .containsExactly("content-type sendFeedback: JSON that is called `text/plain` is taken");
  }

  @Test
  void finds_a_condition_behind_a_parameter_that_nobody_has_to_send() throws IOException {
    assertThat(found("filter"))
        .containsExactly(
            "injection listBanks: a condition behind `query.country` is obeyed: a true one changes"
                + " nothing, a false one does");
  }
}
