package dev.gatewarden.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {
  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock(Instant.parse("2027-01-15T09:00:00Z"));

  @Test
  void goes_on_where_it_ended() throws IOException {
    write("one", "two");
    write("three");

    AuditTrail trail = AuditTrail.read(file());
    assertThat(trail.fault()).isEmpty();
    assertThat(trail.entries()).isEqualTo(3);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void shows_that_a_line_was_changed_left_out_put_in_or_moved() throws IOException {
    write("one", "two", "three", "four");
    List<String> lines = Files.readAllLines(file());

    assertThat(fault(changed(lines, 1, lines.get(1).replace("two", "owt"))))
        .isEqualTo("line 2 is not what was written");
    List<String> without = new ArrayList<>(lines);
    without.remove(1);
    assertThat(fault(without)).isEqualTo("line 2 does not go on from the line before it");
    List<String> more = new ArrayList<>(lines);
    more.add(2, lines.get(1));
    assertThat(fault(more)).isEqualTo("line 3 does not go on from the line before it");
    List<String> moved = new ArrayList<>(lines);
    moved.add(1, moved.remove(2));
    assertThat(fault(moved)).isEqualTo("line 2 does not go on from the line before it");
    assertThat(fault(changed(lines, 1, "no line at all")))
        .isEqualTo("line 3 does not go on from the line before it");
    assertThat(fault(changed(lines, 0, ""))).isNotEmpty();
    for (String tail : List.of(",\"note\":\"by alice\"}", " }")) {
      assertThat(fault(changed(lines, 1, lines.get(1).replaceAll("}$", tail))))
          .isEqualTo("line 2 is not what was written");
    }
  }

  @Test
  void goes_on_where_it_is_looked_for_when_the_file_was_moved_while_it_was_open()
      throws IOException {
    try (AuditLog log = AuditLog.open(file(), clock)) {
      log.write("token", "", "one", "", "done");
      Files.move(file(), folder.resolve("audit.log.1"));
      log.write("token", "", "two", "", "done");
      Files.delete(file());
      log.write("token", "", "three", "", "done");
    }
    assertThat(AuditTrail.read(folder.resolve("audit.log.1")).entries()).isEqualTo(1);
    assertThat(Files.readString(file())).contains("audit-log-moved", "number 2", "three");
    assertThat(AuditTrail.read(file())).extracting(AuditTrail::fault).isEqualTo("");
  }

  @Test
  void begins_a_line_of_its_own_behind_one_that_was_cut_off() throws IOException {
    try (AuditLog log = AuditLog.open(file(), clock)) {
      log.write("token", "", "one", "", "done");
      Files.writeString(file(), "{\"number\":1,\"at\":\"20");
      log.write("token", "", "two", "", "done");
    }
    assertThat(Files.readAllLines(file()).getLast()).startsWith("{\"number\":2").contains("two");
  }

  @Test
  void goes_on_behind_a_line_that_was_never_finished() throws IOException {
    write("one");
    Files.writeString(file(), "{\"number\":2,\"at\":\"20", StandardOpenOption.APPEND);
    assertThat(AuditTrail.read(file()).torn()).isTrue();
    write("two");

    AuditTrail trail = AuditTrail.read(file());
    assertThat(trail.fault()).isEmpty();
    assertThat(trail.entries()).isEqualTo(2);
  }

  @Test
  void puts_a_changed_one_aside_and_says_so_in_the_next() throws IOException {
    write("one", "two");
    Files.writeString(file(), Files.readString(file()).replace("one", "eno"));
    write("three");

    assertThat(Files.readString(file()))
        .contains("audit-log-changed", "line 1 is not what was written", "three");
    assertThat(AuditTrail.read(file()).fault()).isEmpty();
    try (var files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .contains("audit.log.changed-1800003600");
    }
  }

  @Test
  void shows_that_it_was_emptied_while_it_was_open() throws IOException {
    try (AuditLog log = AuditLog.open(file(), clock)) {
      log.write("token", "", "one", "", "done");
      Files.writeString(file(), "");
      log.write("token", "", "two", "", "done");
    }
    assertThat(AuditTrail.read(file()).fault()).isNotEmpty();
  }

  @Test
  void takes_lines_of_several_at_once() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        AuditLog one = AuditLog.open(file(), clock);
        AuditLog other = AuditLog.open(file(), clock)) {
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        AuditLog log = i % 2 == 0 ? one : other;
        String subject = String.valueOf(i);
        all.add(
            () -> {
              log.write("token", "", "act", subject, "done");
              return null;
            });
      }
      for (var done : threads.invokeAll(all)) {
        done.get();
      }
    }
    AuditTrail trail = AuditTrail.read(file());
    assertThat(trail.fault()).isEmpty();
    assertThat(trail.entries()).isEqualTo(40);
  }

  @Test
  void writes_nothing_that_reads_as_a_line_of_its_own() throws IOException {
    write("x\n{\"number\":2}\",\"digest\":\"0\"");

    AuditTrail trail = AuditTrail.read(file());
    assertThat(trail.fault()).isEmpty();
    assertThat(trail.entries()).isEqualTo(1);
    assertThat(Files.readAllLines(file())).hasSize(1);
  }

  private void write(String... actions) throws IOException {
    try (AuditLog log = AuditLog.open(file(), clock)) {
      for (String action : actions) {
        log.write("token", "127.0.0.1", action, "it", "done");
      }
    }
  }

  private static List<String> changed(List<String> lines, int at, String line) {
    List<String> all = new ArrayList<>(lines);
    all.set(at, line);
    return all;
  }

  private String fault(List<String> lines) throws IOException {
    Path other = folder.resolve("other.log");
    Files.write(other, lines);
    return AuditTrail.read(other).fault();
  }

  private Path file() {
    return folder.resolve("audit.log");
  }
}
