package dev.gatewarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two versions of policies asked what was asked before.
final class PolicyCompareTest {
  private static final String LINE =
      "{\"id\":\"1\",\"at\":\"2026-11-20T10:00:00.000Z\",\"method\":\"GET\",\"source\":"
          + "\"10.0.0.1\",\"operation\":\"shop.%s\",\"status\":200,\"outcome\":\"allowed\","
          + "\"principal\":{\"issuer\":\"corp\",\"subject\":\"%s\",\"tenant\":\"north\","
          + "\"roles\":[\"%s\"]}}\n";
  private static final String PERMIT = "permit(principal, action, resource);\n";

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    Files.writeString(folder.resolve("shop.yaml"), PolicyTest.SHOP);
    Files.writeString(
        folder.resolve("gatewarden.yaml"), PolicyTest.CONFIGURATION + "policies: [p.cedar]\n");
    Files.writeString(folder.resolve("p.cedar"), PERMIT);
  }

  private Shell.Said compare(String next, String lines, String... more) throws IOException {
    Files.writeString(folder.resolve("next.cedar"), next);
    Files.writeString(folder.resolve("lines.ndjson"), lines);
    String[] all = new String[more.length + 6];
    System.arraycopy(
        new String[] {
          "policy", "compare", "--policies", "next.cedar", "--decisions", "lines.ndjson"
        },
        0,
        all,
        0,
        6);
    System.arraycopy(more, 0, all, 6, more.length);
    return shell.run(all);
  }

  @Test
  void finds_no_difference_where_there_is_none() throws IOException {
    Shell.Said said =
        compare(
            PERMIT + "forbid(principal in Role::\"gone\", action, resource);\n",
            LINE.formatted("getOrder", "alice", "user") + LINE.formatted("health", "bob", "user"));
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("2 questions: 2 the same, 0 differ, 0 unknown");
  }

  @Test
  void tells_who_is_refused_by_the_next_version() throws IOException {
    Shell.Said said =
        compare(
            PERMIT + "@id(\"interns\")\nforbid(principal in Role::\"intern\", action, resource);\n",
            LINE.formatted("getOrder", "alice", "user")
                + LINE.formatted("getOrder", "ivan", "intern")
                + LINE.formatted("getOrder", "ines", "intern"));
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("2 × shop.getOrder: permit becomes forbid", "(interns)")
        .contains("first by corp/ivan, lines.ndjson:2")
        .contains("3 questions: 1 the same, 2 differ, 0 unknown");
  }

  @Test
  void what_depends_on_the_object_is_unknown_and_counts_against_the_verdict() throws IOException {
    String next = "permit(principal, action, resource) when { context.owner };\n";
    String line = LINE.formatted("getOrder", "alice", "user");
    Shell.Said said = compare(next, line);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("it depends on the object")
        .contains("object order, of another tenant")
        .contains("0 differ, 1 unknown");
    assertThat(compare(next, line, "--most-unknown", "1").code()).isZero();
  }

  @Test
  void a_question_that_names_its_object_is_answered() throws IOException {
    String next = "permit(principal, action, resource) when { context.owner };\n";
    String question =
        LINE.formatted("getOrder", "alice", "user")
            .replace(
                "\"status\"",
                "\"resource\":{\"type\":\"order\",\"id\":\"o1\",\"owner\":\"%s\",\"tenant\":"
                    + "\"north\"},\"status\"");
    assertThat(compare(next, question.formatted("alice")).code()).isZero();
    Shell.Said said = compare(next, question.formatted("bob"), "--format", "json");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("\"different\": 1", "\"unknown\": 0", "\"holds\": false");
  }

  @Test
  void what_a_line_does_not_say_is_unknown() throws IOException {
    Shell.Said byId =
        compare(
            PERMIT + "forbid(principal, action, resource == shop::Order::\"o1\");\n",
            LINE.formatted("getOrder", "alice", "user"));
    assertThat(byId.code()).isNotZero();
    Shell.Said encrypted =
        compare(
            PERMIT + "forbid(principal, action, resource) when { !context.encrypted };\n",
            LINE.formatted("health", "alice", "user"));
    assertThat(encrypted.code()).isEqualTo(1);
    assertThat(encrypted.out()).contains("what the line does not say: encrypted");
    Shell.Said gone = compare(PERMIT, LINE.formatted("sellOrder", "alice", "user"));
    assertThat(gone.code()).isEqualTo(1);
    assertThat(gone.out()).contains("shop.sellOrder: the contract has no such operation");
  }

  @Test
  void lines_that_cannot_be_read_do_not_pass_for_the_same() throws IOException {
    Shell.Said said = compare(PERMIT, LINE.formatted("health", "alice", "user") + "nonsense\n");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("1 line could not be read");
    assertThat(compare(PERMIT, "").code()).isEqualTo(2);
    assertThat(compare("permit(;", LINE.formatted("health", "alice", "user")).code()).isEqualTo(2);
  }
}
