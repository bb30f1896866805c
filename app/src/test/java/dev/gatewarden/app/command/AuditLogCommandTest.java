package dev.gatewarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.app.admin.AuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogCommandTest {
  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder);
  }

  @Test
  void shows_nothing_that_looks_like_a_line_of_its_own_or_speaks_to_the_terminal()
      throws IOException {
    try (AuditLog log = AuditLog.open(folder.resolve("audit.log"), InstantSource.system())) {
      log.write("corp|eve\n2027-01-15T09:00:00.000Z  token", "", "act", "\u001b[2Jit", "200");
    }
    Shell.Said said = shell.run("audit-log", "--file", "audit.log");
    assertThat(said.code()).isZero();
    assertThat(said.out().lines()).hasSize(1);
    assertThat(said.out()).doesNotContain("\u001b");
  }

  @Test
  void takes_no_empty_digest_for_one_that_a_line_has() throws IOException {
    try (AuditLog log = AuditLog.open(folder.resolve("audit.log"), InstantSource.system())) {
      log.write("token", "", "act", "it", "200");
    }
    assertThat(shell.run("audit-log", "--file", "audit.log", "--head", "").code()).isEqualTo(2);
    assertThat(shell.run("audit-log", "--file", "audit.log", "--head", "zz").code()).isEqualTo(1);
  }

  @Test
  void asks_no_address_that_is_none() {
    for (String odd : new String[] {"gate", "127.0.0.1", "ftp://gate", "file:/etc/passwd"}) {
      Shell.Said said = shell.run("drain", "--admin", odd);
      assertThat(said.code()).as(odd).isEqualTo(2);
      assertThat(said.err()).as(odd).contains("`--admin` is an address");
    }
  }

  @Test
  void says_what_came_of_a_command_that_failed() throws IOException {
    Path log = folder.resolve("audit.log");
    assertThatThrownBy(
            () ->
                Audited.act(
                    log,
                    "act",
                    "it",
                    () -> {
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("the disk is full");
    assertThat(shell.run("audit-log", "--file", "audit.log").out())
        .contains("act it (asked)", "act it (failed)");
  }
}
