package dev.gatewarden.acceptance.relation;

import static dev.gatewarden.acceptance.relation.TenantGate.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Operators tell a gate whose older objects are, running or not.
@Timeout(120)
class RelationsCommandTest {
  private static final String TABLE =
      """
      type,id,owner,tenant,parents
      note,old1,alice,north,
      note,"old,2",alice,north,folder=f1
      folder,f1,alice,north,
      """;

  @TempDir private Path folder;
  private Notes service;
  private TenantGate gate;

  @BeforeEach
  void open() throws Exception {
    service = new Notes();
    gate =
        TenantGate.start(
            folder.resolve("gate"), service.uri(), RelationsTest.CONTRACT, "tenancy: token", "");
  }

  @AfterEach
  void close() {
    gate.close();
    service.close();
  }

  private Cli relations(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "relations";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Cli.run(gate.folder, all);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void lets_the_owner_of_an_imported_object_in_and_nobody_else() throws Exception {
    Files.writeString(gate.folder.resolve("old.csv"), TABLE);
    assertThat(gate.status("GET", "/notes/old1", token("alice", "north"))).isEqualTo(404);
    Cli imported = relations("import", "old.csv");

    assertThat(imported.code()).as(imported.out() + imported.err()).isZero();
    assertThat(imported.err()).contains("3 lines are known now");
    assertThat(gate.status("GET", "/notes/old1", token("alice", "north"))).isEqualTo(200);
    assertThat(gate.status("GET", "/notes/old1", token("bob", "north"))).isEqualTo(404);
    assertThat(gate.status("GET", "/notes/old1", token("alice", "south"))).isEqualTo(404);
  }

  @Test
  void imports_the_same_again_and_lets_nothing_be_lost_by_a_line_that_says_otherwise()
      throws Exception {
    Files.writeString(gate.folder.resolve("old.csv"), TABLE);
    Files.writeString(
        gate.folder.resolve("other.ndjson"),
        """
        {"api":"notes","type":"note","id":"old1","owner":"bob","tenant":"north"}
        {"api":"notes","type":"note","id":"new1","owner":"bob","tenant":"north"}
        {"api":"notes","type":"order","id":"x","owner":"bob","tenant":"north"}
        {"api":"notes","type":"note","id":"x","tenant":"north"}
        {"api":"notes","type":"note","id":"x","owner":"bob","tenant":"north","parents":{"site":"1"}}
        nothing
        """);
    relations("import", "old.csv");
    assertThat(relations("import", "old.csv").code()).isZero();
    Cli other = relations("import", "other.ndjson");

    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out().lines())
        .hasSize(5)
        .anyMatch(line -> line.startsWith("other.ndjson:1: `note` `old1` is known with another"))
        .anyMatch(line -> line.startsWith("other.ndjson:3: `order` is no type of `notes`"))
        .anyMatch(line -> line.startsWith("other.ndjson:4: `note` has an `owner`"))
        .anyMatch(line -> line.startsWith("other.ndjson:5: `site` is no parent of `note`"))
        .anyMatch(line -> line.startsWith("other.ndjson:6: this is no JSON object"));
    assertThat(other.err()).contains("1 line is known now, 5 refused");
    assertThat(gate.status("GET", "/notes/old1", token("alice", "north"))).isEqualTo(200);
    assertThat(gate.status("GET", "/notes/new1", token("bob", "north"))).isEqualTo(200);
  }

  @Test
  void exports_what_it_imports_in_both_forms() throws Exception {
    Files.writeString(gate.folder.resolve("old.csv"), TABLE);
    relations("import", "old.csv");
    Cli json = relations("export");
    Cli csv = relations("export", "--format", "csv");
    assertThat(json.out().lines()).hasSize(3);
    assertThat(csv.out().lines())
        .contains(
            "api,type,id,owner,tenant,parents,issuer",
            "notes,note,\"old,2\",alice,north,folder=f1,");

    for (Cli exported : new Cli[] {json, csv}) {
      Files.writeString(gate.folder.resolve("again"), exported.out());
      Cli again = relations("import", "again");
      assertThat(again.code()).as(again.out()).isZero();
      assertThat(again.err()).contains("3 lines are known now");
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void gives_an_object_to_another_owner_and_forgets_it_at_the_running_gate() throws Exception {
    String alice = token("alice", "north");
    String bob = token("bob", "north");
    gate.send("POST", "/notes", alice, "{}");
    assertThat(relations("transfer", "note", "n1", "--to", "bob", "--from", "eve").code())
        .isEqualTo(2);
    Cli given = relations("transfer", "note", "n1", "--to", "bob", "--from", "alice");
    assertThat(given.code()).as(given.err()).isZero();
    assertThat(given.out()).contains("\"owner\":\"bob\"");
    assertThat(gate.status("GET", "/notes/n1", bob)).isEqualTo(200);
    assertThat(gate.status("GET", "/notes/n1", alice)).isEqualTo(404);
    assertThat(relations("show", "note", "n1").out()).contains("\"owner\":\"bob\"");

    assertThat(relations("forget", "note", "n1").code()).isZero();
    assertThat(gate.status("GET", "/notes/n1", bob)).isEqualTo(404);
    assertThat(relations("forget", "note", "n1").code()).isEqualTo(1);
    assertThat(relations("show", "note", "n1").code()).isEqualTo(1);
    assertThat(relations("transfer", "note", "n1", "--to", "bob").err()).contains("is not known");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void writes_where_a_gate_that_does_not_run_keeps_them() throws Exception {
    Files.writeString(gate.folder.resolve("old.csv"), TABLE);
    gate.stop();
    Cli imported = relations("import", "old.csv");
    assertThat(imported.code()).as(imported.out() + imported.err()).isZero();
    assertThat(relations("show", "note", "old,2").out())
        .contains("\"parents\":{\"folder\":\"f1\"}")
        .contains("below notes/folder/f1");
    assertThat(relations("transfer", "note", "old1", "--to", "bob").code()).isZero();
    gate.restart();

    assertThat(gate.status("GET", "/notes/old1", token("bob", "north"))).isEqualTo(200);
    assertThat(gate.status("GET", "/notes/old1", token("alice", "north"))).isEqualTo(404);
  }

  @Test
  void imports_more_than_one_request_holds() throws Exception {
    StringBuilder table = new StringBuilder("type,id,owner,tenant\n");
    for (int i = 0; i < 3_000; i++) {
      table.append("note,id-").append(i).append(",alice,north\n");
    }
    Files.writeString(gate.folder.resolve("many.csv"), table);
    assertThat(relations("import", "many.csv").err()).contains("3000 lines are known now");

    assertThat(relations("export").out().lines()).hasSize(3_000);
    assertThat(gate.status("GET", "/notes/id-2999", token("alice", "north"))).isEqualTo(200);
  }

  @Test
  void takes_no_order_from_a_web_page_and_no_table_that_is_broken() throws Exception {
    HttpResponse<String> page =
        gate.admin("/relations", "{\"do\":\"page\"}", "Origin", "https://evil.example");
    assertThat(page.statusCode()).isEqualTo(400);
    Files.writeString(gate.folder.resolve("a.csv"), "type,id,colour\nnote,1,red\n");
    Files.writeString(gate.folder.resolve("b.csv"), "type,id,owner,tenant\nnote,\"1,a,n\n");
    Files.writeString(gate.folder.resolve("c.csv"), "type,id,owner,tenant\nnote,1\n");

    Cli forged = relations("show", "note", "n1\nadmin action=nothing");
    assertThat(forged.code()).isNotZero();
    assertThat(relations("import", "a.csv").err()).contains("a.csv:1: `colour` is no column");
    assertThat(relations("import", "b.csv").err()).contains("b.csv:2: a quotation mark");
    assertThat(relations("import", "c.csv").out()).contains("c.csv:2: there are 2 cells");
  }
}
