package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Program;
import dev.gatewarden.demo.broken.BrokenServer;
import dev.gatewarden.demo.broken.Specimen;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same contract, identities, seed and API give the same requests in the same order: in five
/// processes, since each has its own order of sets and maps.
class SameAgainTest {
  private static final int RUNS = 5;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"CLINIC", "PASSPORT"})
  @Requirement(id = "TST-6")
  void sends_the_same_in_the_same_order(Specimen specimen)
      throws IOException, InterruptedException {
    List<String> first = List.of();
    try (BrokenServer running = BrokenServer.start(0, specimen.api("none", Clock.systemUTC()))) {
      Files.writeString(folder.resolve("contract.yaml"), specimen.contract(running.uri()));
      Files.writeString(folder.resolve("identities.yaml"), specimen.identities(running));
      for (int i = 0; i < RUNS; i++) {
        running.api().reset();
        List<String> sent = sent(running);
        first = first.isEmpty() ? sent : first;
        assertThat(sent).hasSizeGreaterThan(100).containsExactlyElementsOf(first);
      }
    }
  }

  private List<String> sent(BrokenServer running) throws IOException, InterruptedException {
    Process process =
        Program.command(
                folder,
                Program.APP,
                "probe",
                "--contract",
                "contract.yaml",
                "--identities",
                "identities.yaml",
                "--target",
                running.uri().toString(),
                "--allow",
                running.control().getAuthority(),
                "--rate",
                "10000",
                "--log",
                "sent.log")
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
    return Files.readAllLines(folder.resolve("sent.log")).stream()
        // sent at the same moment, in whatever order
        .filter(line -> !line.contains("\"probe\":\"race\""))
        .map(SameAgainTest::plain)
        .toList();
  }

  /// Without what the server makes up, the port of the tester's own listener, and the time.
  private static String plain(String line) {
    return line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")
        .replaceAll("(code|token|refresh_token)=[A-Za-z0-9._~%-]{16,}", "$1=TOKEN")
        .replaceAll("127\\.0\\.0\\.1%3A\\d+", "LISTENER")
        .replaceAll("\\b1[789]\\d{8}\\b", "TIME");
  }
}
