package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.broken.Specimen;
import dev.gatewarden.testkit.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.json.JsonMapper;

/// What a run says, and to whom.
class ProbeReportTest {
  @TempDir Path folder;

  @Test
  void writes_a_test_for_each_operation_it_attacked_for_junit() throws Exception {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      Cli cli = trial.probe("--probe", "foreign-read", "--format", "junit");

      Element root =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(cli.out().getBytes(StandardCharsets.UTF_8)))
              .getDocumentElement();
      assertThat(root.getAttribute("failures")).isEqualTo("1");
      assertThat(cli.out())
          .contains("classname=\"gatewarden.probe.foreign-read\" name=\"getParcel\"><failure");
      assertThat(cli.code()).isOne();
    }
  }

  @Test
  void writes_a_page_that_needs_nothing_else_and_holds_no_credential() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      Cli cli = trial.probe("--probe", "foreign-read", "--format", "html");

      assertThat(cli.out())
          .startsWith("<!doctype html>")
          .contains("<section class=\"high\" id=\"foreign-read-")
          .contains("curl -i -X GET $ALICE")
          .doesNotContain("<script", "src=", "7f3a91c2d4");
    }
  }

  @Test
  void fails_for_what_is_not_in_the_baseline() throws IOException {
    try (Trial before = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      Cli first = before.probe("--probe", "foreign-read", "--write-baseline", "known.json");
      assertThat(first.code()).isOne();
      assertThat(before.text("known.json")).contains("foreign-read-");
    }
    try (Trial after = Trial.of(folder, Specimen.PARCELS, "parcel-read,parcel-delete")) {
      Cli known = after.probe("--probe", "foreign-read", "--baseline", "known.json");
      Cli more =
          after.probe(
              "--probe",
              "foreign-read",
              "--probe",
              "foreign-delete",
              "--baseline",
              "known.json",
              "--format",
              "json");

      assertThat(known.out()).contains("nothing new was found").contains("1 in the baseline");
      assertThat(known.code()).isZero();
      assertThat(JsonMapper.shared().readTree(more.out()).get("findings"))
          .extracting(each -> each.get("probe").asString())
          .containsExactly("foreign-delete");
      assertThat(more.code()).isOne();
    }
  }

  @Test
  void leaves_out_what_somebody_answers_for() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      Files.writeString(
          folder.resolve("agreed.yaml"),
          "suppressions: [{finding: foreign-read, operation: getParcel, owner: ann, because: known,"
              + " until: "
              + LocalDate.now(ZoneOffset.UTC).plusMonths(6)
              + "}]");

      Cli cli = trial.probe("--probe", "foreign-read", "--suppressions", "agreed.yaml");

      assertThat(cli.out()).contains("1 suppressed");
      assertThat(cli.code()).isZero();
    }
  }

  @Test
  void says_that_a_base_path_is_written_twice() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Cli cli = trial.at(trial.uri() + "/v1", "--probe", "foreign-read");

      assertThat(cli.err()).contains("is `/v1` written twice");
      assertThat(cli.code()).isEqualTo(2);
    }
  }

  @Test
  void says_that_nothing_listens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Cli cli = trial.at("http://127.0.0.1:" + free, "--probe", "foreign-read");

      assertThat(cli.err()).contains("nothing listens there");
      assertThat(cli.code()).isEqualTo(2);
    }
  }

  @Test
  @Requirement(id = "TST-5", without = "foreign-delete")
  void deletes_what_it_made_also_where_the_requests_for_attacks_are_spent() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-delete")) {
      Cli whole = trial.probe("--probe", "foreign-delete", "--format", "json");
      Cli spent = trial.probe("--most", "25", "--format", "json", "--log", "sent.jsonl");

      assertThat(whole.code()).isOne();
      assertThat(JsonMapper.shared().readTree(spent.out()).get("left")).isEmpty();
      assertThat(trial.text("sent.jsonl")).contains("-X DELETE");
      assertThat(spent.out()).contains("the 25 requests that were agreed to are spent");
    }
  }

  @Test
  @Requirement(id = "TST-5")
  void plans_which_operation_makes_what_another_one_needs() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Cli human = trial.at("http://127.0.0.1:1", "--plan", "--operation", "getNote");
      Cli json = trial.at("http://127.0.0.1:1", "--plan", "--format", "json");
      Cli dot = trial.at("http://127.0.0.1:1", "--plan", "--format", "dot");
      Cli mermaid = trial.at("http://127.0.0.1:1", "--plan", "--format", "mermaid");

      assertThat(human.out())
          .contains(
              """
              dependencies
                sendParcel  makes parcel
                  getNote  needs parcel, needs note (of `owns`)
              """);
      assertThat(JsonMapper.shared().readTree(json.out()).get("operations"))
          .filteredOn(each -> each.get("operation").asString().equals("redeemVoucher"))
          .first()
          .matches(each -> each.at("/needs/0/what").asString().equals("code"))
          .matches(each -> each.at("/needs/0/made-by/0").asString().equals("issueVoucher"));
      assertThat(dot.out()).contains("\"sendParcel\" -> \"getNote\" [label=\"parcel\"];");
      assertThat(mermaid.out()).startsWith("flowchart LR").contains("-->|\"parcel\"|");
    }
  }

  @Test
  void draws_no_run() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Cli cli = trial.probe("--format", "dot");

      assertThat(cli.err()).contains("`--plan` alone is drawn");
      assertThat(cli.code()).isEqualTo(2);
    }
  }

  @Test
  @Requirement(id = "TST-9")
  void sends_nothing_in_a_dry_run() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Cli cli = trial.at("http://127.0.0.1:1", "--dry-run");

      assertThat(cli.out()).contains("foreign-read").contains("getParcel");
      assertThat(cli.code()).isZero();
    }
  }
}
