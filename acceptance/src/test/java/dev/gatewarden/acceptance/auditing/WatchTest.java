package dev.gatewarden.acceptance.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Program;
import dev.gatewarden.app.command.Commands;
import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.testkit.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Somebody who writes a contract beside an audit that looks on.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchTest {
  private static final String SOUND =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.0.0, contact: {email: shop@example.com}}
      servers: [{url: https://api.example.com}, {url: https://test.example.com}]
      security: [{token: []}]
      paths:
        /weather:
          get:
            operationId: weather
            responses:
              '200':
                description: the weather
                content:
                  application/json:
                    schema: {type: object, properties: {degrees: {type: number}}}
              '401': {description: the caller proved nothing}
              '429':
                description: too often
                content:
                  application/problem+json:
                    schema: {type: object, properties: {title: {type: string}}}
      components:
        securitySchemes:
          token: {type: http, scheme: bearer, bearerFormat: JWT}
      """;
  private static final String NAMELESS = SOUND.replace("      operationId: weather\n", "");

  @TempDir private Path folder;
  private final List<Watched> watched = new ArrayList<>();

  /// An audit that goes on in a thread of its own.
  private record Watched(Thread thread, BufferedReader said, AtomicInteger code) {

    /// Waits for a line that holds a text.
    String until(String text) throws IOException {
      StringBuilder all = new StringBuilder();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        all.append(line).append('\n');
        if (line.contains(text)) {
          return all.toString();
        }
      }
      throw new AssertionError("`" + text + "` was never said, but " + all);
    }
  }

  private Watched watch(String... more) throws IOException {
    PipedInputStream in = new PipedInputStream(1 << 20);
    PrintStream out = new PrintStream(new PipedOutputStream(in), true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(InputStream.nullInputStream(), out, out, false, folder, Map.of(), Set.of());
    List<String> arguments = new ArrayList<>(List.of("audit", "shop.yaml", "--watch"));
    arguments.addAll(List.of(more));
    AtomicInteger code = new AtomicInteger(-1);
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  code.set(Commands.run(arguments.toArray(String[]::new), terminal));
                  out.close();
                });
    BufferedReader said = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    Watched one = new Watched(thread, said, code);
    watched.add(one);
    return one;
  }

  @AfterEach
  void nothing_goes_on() throws InterruptedException {
    for (Watched each : watched) {
      each.thread().interrupt();
      each.thread().join();
      assertThat(each.code()).hasValue(0);
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /// As editors save: beside it first, then in its place.
  private void replace(String name, String text) throws IOException {
    Path beside = folder.resolve("." + name + ".swp");
    Files.writeString(beside, text);
    Files.move(
        beside,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  @Requirement(id = "AUD-3")
  void a_contract_is_judged_again_when_it_is_written() throws Exception {
    write("shop.yaml", SOUND);
    Watched audit = watch();
    audit.until("nothing found");

    write("shop.yaml", NAMELESS);
    assertThat(audit.until("score ")).contains("`shop.yaml` changed", "operation-unnamed");

    write("shop.yaml", SOUND);
    audit.until("nothing found");
  }

  @Test
  @Requirement(id = "AUD-3")
  void a_contract_is_judged_again_when_another_is_put_in_its_place() throws Exception {
    write("shop.yaml", SOUND);
    Watched audit = watch();
    audit.until("nothing found");

    replace("shop.yaml", NAMELESS);
    assertThat(audit.until("score ")).contains("operation-unnamed");

    replace("shop.yaml", SOUND);
    audit.until("nothing found");
  }

  @Test
  @Requirement(id = "AUD-3")
  void a_contract_that_is_broken_or_gone_for_a_moment_is_told_and_waited_for() throws Exception {
    write("shop.yaml", SOUND);
    Watched audit = watch();
    audit.until("nothing found");

    write("shop.yaml", SOUND.replace("[{token: []}]", "[{token: [}]"));
    assertThat(audit.until("gatewarden:")).contains("shop.yaml:");

    Files.delete(folder.resolve("shop.yaml"));
    assertThat(audit.until("gatewarden:")).contains("there is no such file");

    write("shop.yaml", SOUND);
    audit.until("nothing found");
  }

  @Test
  @Requirement(id = "AUD-3")
  void what_the_contract_refers_to_is_watched_as_well() throws Exception {
    Files.createDirectory(folder.resolve("paths"));
    int from = SOUND.indexOf("    get:");
    int to = SOUND.indexOf("components:");
    String item = SOUND.substring(from, to).indent(-4);
    write("paths/weather.yaml", item);
    write(
        "shop.yaml",
        SOUND.substring(0, from) + "    $ref: paths/weather.yaml\n" + SOUND.substring(to));
    Watched audit = watch();
    audit.until("nothing found");

    write("paths/weather.yaml", item.replace("operationId: weather\n", "summary: the weather\n"));
    assertThat(audit.until("score ")).contains("`weather.yaml` changed", "operation-unnamed");
  }

  @Test
  @Requirement(id = "AUD-3")
  void overlays_are_watched_as_well() throws Exception {
    write("shop.yaml", NAMELESS);
    write("over.yaml", overlay("operationId"));
    Watched audit = watch("--overlay", "over.yaml");
    audit.until("nothing found");

    write("over.yaml", overlay("summary"));
    assertThat(audit.until("score ")).contains("`over.yaml` changed", "operation-unnamed");
  }

  private static String overlay(String member) {
    return """
    overlay: 1.0.0
    info: {title: names, version: 1.0.0}
    actions:
    - target: $.paths['/weather'].get
      update: {%s: weather}
    """
        .formatted(member);
  }

  @Test
  @Requirement(id = "AUD-3")
  void baselines_and_suppressions_are_watched_as_well() throws Exception {
    write("shop.yaml", NAMELESS);
    write("none.yaml", "suppressions: []\n");
    write("known.json", "{\"findings\": [");
    Watched audit = watch("--baseline", "known.json", "--suppressions", "none.yaml");
    audit.until("gatewarden:");

    assertThat(
            Commands.run(
                new String[] {"audit", "shop.yaml", "--write-baseline", "new.json"}, quiet()))
        .isEqualTo(1);
    replace("known.json", Files.readString(folder.resolve("new.json")));
    assertThat(audit.until("score ")).contains("`known.json` changed", "1 known before");

    write(
        "none.yaml",
        """
        suppressions:
        - {finding: operation-unnamed, operation: get /weather, owner: a, because: b, until: %s}
        """
            .formatted(LocalDate.now(ZoneOffset.UTC).plusDays(9)));
    assertThat(audit.until("score ")).contains("`none.yaml` changed", "1 suppressed");
  }

  private Terminal quiet() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Terminal(
        InputStream.nullInputStream(), nowhere, nowhere, false, folder, Map.of(), Set.of());
  }

  @Test
  @Requirement(id = "AUD-4")
  void what_can_be_mended_is_mended_as_it_is_written() throws Exception {
    write("shop.yaml", SOUND);
    Watched audit = watch("--fix");
    audit.until("nothing found");

    write(
        "shop.yaml",
        SOUND.replace("        '401': {description: the caller proved nothing}\n", ""));
    assertThat(audit.until("nothing found")).contains("did promise 401");
    assertThat(Files.readString(folder.resolve("shop.yaml"))).contains("'401'");
  }

  @Test
  @Requirement(id = "AUD-3")
  void an_interrupt_ends_it_without_a_word() throws Exception {
    write("shop.yaml", SOUND);
    Path err = folder.resolve("err.txt");
    Process process =
        Program.command(folder, Program.APP, "audit", "shop.yaml", "--watch")
            .redirectError(err.toFile())
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      while (!out.readLine().contains("nothing found")) {
        assertThat(process.isAlive()).isTrue();
      }
      String signal = interruptible() ? "-INT" : "-TERM";
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(interruptible() ? 130 : 143);
    assertThat(Files.readString(err)).isEmpty();
  }

  /// Whoever is started in the background of a script ignores interrupts, and so do its children:
  /// they are ended as a service manager does it.
  private static boolean interruptible() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElse("SigIgn:0")
            .substring("SigIgn:".length())
            .strip();
    return (Long.parseUnsignedLong(ignored, 16) & 2) == 0;
  }
}
