package dev.gatewarden.acceptance.relation;

import static dev.gatewarden.acceptance.relation.TenantGate.token;
import static dev.gatewarden.acceptance.relation.TenantGate.tokenOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.Signed;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two issuers name callers, and nothing divides their people: `alice` of one is not `alice` of the
/// other.
@Timeout(120)
class NamesakesTest {
  private static final String CONTRACT =
      RelationsTest.CONTRACT
          .replace("security: [{token: []}]", "security: [{token: []}, {other: []}, {web: []}]")
          .replace(
              "securitySchemes: {",
              "securitySchemes: {other: {type: http, scheme: bearer},"
                  + " web: {type: http, scheme: bearer}, ")
          .replaceAll(" +tenant: \\{at: /org, is: principal.tenant}\\n", "");
  private static final String ALICE = token("alice", "");

  /// By another section of the configuration, which stands for the same provider.
  private static final String SAME = Signed.of("corp").to("https://web.example").token("alice", "");

  private static final String NAMESAKE = tokenOf("partner", "alice", "");

  @TempDir private Path folder;
  private Notes service;

  @BeforeEach
  void open() throws Exception {
    service = new Notes();
  }

  @AfterEach
  void close() {
    service.close();
  }

  private Path home(boolean several) throws Exception {
    Path home =
        TenantGate.write(folder.resolve("gate"), service.uri(), CONTRACT, "tenancy: single", "");
    Path file = home.resolve("gatewarden.yaml");
    String text = Files.readString(file);
    String corp = text.lines().filter(line -> line.startsWith("  corp:")).findFirst().orElseThrow();
    Files.writeString(
        file,
        several
            ? text.replace(
                    corp,
                    corp
                        + "\n"
                        + corp.replace("corp", "partner")
                        + "\n"
                        + corp.replace("corp:", "corp-web:")
                            .replace("https://notes.example", "https://web.example"))
                .replace("{token: corp}", "{token: corp, other: partner, web: corp-web}")
            : text.replace("{token: corp}", "{token: corp, other: corp, web: corp}"));
    return home;
  }

  @Test
  @Requirement(id = "AUT-6", without = "object-owner")
  void takes_no_namesake_for_who_made_a_note() throws Exception {
    try (TenantGate gate = TenantGate.over(home(true))) {
      assertThat(gate.send("POST", "/notes", ALICE, "{}").statusCode()).isEqualTo(201);
      assertThat(gate.send("POST", "/notes", NAMESAKE, "{}").statusCode()).isEqualTo(201);

      assertThat(gate.status("GET", "/notes/n1", ALICE)).isEqualTo(200);
      assertThat(gate.status("GET", "/notes/n1", NAMESAKE)).isEqualTo(404);
      assertThat(gate.send("PATCH", "/notes/n1", NAMESAKE, "{}").statusCode()).isEqualTo(404);
      assertThat(gate.status("DELETE", "/notes/n1", NAMESAKE)).isEqualTo(404);
      assertThat(gate.status("GET", "/notes/n1", SAME)).isEqualTo(200);
      assertThat(gate.status("GET", "/notes/n2", SAME)).isEqualTo(404);
      assertThat(gate.status("GET", "/notes/n2", NAMESAKE)).isEqualTo(200);
      assertThat(gate.status("GET", "/notes/n2", ALICE)).isEqualTo(404);
      gate.restart();
      assertThat(gate.status("GET", "/notes/n1", NAMESAKE)).isEqualTo(404);
      assertThat(gate.status("GET", "/notes/n1", ALICE)).isEqualTo(200);
    }
  }

  /// Who is given a note is somebody of the giver's own issuer.
  @Test
  @Requirement(id = "AUT-6", without = "object-owner")
  void gives_a_note_to_nobody_of_another_issuer() throws Exception {
    try (TenantGate gate = TenantGate.over(home(true))) {
      gate.send("POST", "/notes", ALICE, "{}");
      assertThat(gate.send("PATCH", "/notes/n1", ALICE, "{\"ownerId\":\"bob\"}").statusCode())
          .isEqualTo(204);

      assertThat(gate.status("GET", "/notes/n1", token("bob", ""))).isEqualTo(200);
      assertThat(gate.status("GET", "/notes/n1", tokenOf("partner", "bob", ""))).isEqualTo(404);
    }
  }

  @Test
  @Requirement(id = "AUT-6", without = "object-owner")
  void tells_and_asks_whose_names_owners_are() throws Exception {
    try (TenantGate gate = TenantGate.over(home(true))) {
      gate.send("POST", "/notes", ALICE, "{}");
      assertThat(Cli.run(gate.folder, "relations", "export").out())
          .contains("\"owner\":\"alice\",\"issuer\":\"corp\"");

      Files.writeString(
          gate.folder.resolve("old.csv"),
          "type,id,owner,issuer\nnote,o1,alice,partner\nnote,o2,alice,\nnote,o3,alice,nobody\n");
      Cli imported = Cli.run(gate.folder, "relations", "import", "old.csv");
      assertThat(imported.code()).isEqualTo(1);
      assertThat(imported.out() + imported.err())
          .contains("1 line is known now, 2 refused")
          .contains("callers of `notes` are named by `corp`, `partner`, say `issuer`")
          .contains("`nobody` names no callers of `notes`");
      assertThat(gate.status("GET", "/notes/o1", NAMESAKE)).isEqualTo(200);
      assertThat(gate.status("GET", "/notes/o1", ALICE)).isEqualTo(404);

      assertThat(
              Cli.run(
                      gate.folder,
                      "relations",
                      "transfer",
                      "note",
                      "o1",
                      "--to",
                      "alice",
                      "--issuer",
                      "corp")
                  .code())
          .isZero();
      assertThat(gate.status("GET", "/notes/o1", ALICE)).isEqualTo(200);
      assertThat(gate.status("GET", "/notes/o1", NAMESAKE)).isEqualTo(404);
    }
  }

  /// What was learned while one issuer named everybody is nobody's once there are two, until
  /// somebody says whose names they are.
  @Test
  @Requirement(id = "AUT-6", without = "object-owner")
  void gives_owners_of_before_to_no_issuer_until_it_is_said() throws Exception {
    try (TenantGate gate = TenantGate.over(home(false))) {
      assertThat(gate.send("POST", "/notes", ALICE, "{}").body()).contains("n1");
      assertThat(gate.status("GET", "/notes/n1", ALICE)).isEqualTo(200);
      assertThat(Cli.run(gate.folder, "relations", "adopt", "--issuer", "corp").err())
          .contains("one issuer names the callers of `notes`");
    }
    try (TenantGate gate = TenantGate.over(home(true))) {
      assertThat(gate.status("GET", "/notes/n1", ALICE)).isEqualTo(404);
      assertThat(gate.status("GET", "/notes/n1", NAMESAKE)).isEqualTo(404);
      assertThat(Cli.run(gate.folder, "relations", "adopt", "--issuer", "bank").code())
          .isEqualTo(2);
      Cli adopted = Cli.run(gate.folder, "relations", "adopt", "--issuer", "corp");
      assertThat(adopted.code()).as(adopted.err()).isZero();
      assertThat(adopted.err()).contains("1 owner is of `corp` from now on");

      assertThat(gate.status("GET", "/notes/n1", ALICE)).isEqualTo(200);
      assertThat(gate.status("GET", "/notes/n1", NAMESAKE)).isEqualTo(404);
    }
  }
}
