package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the files say is put in force while the gate runs, where it is sound.
class ReloadTest {
  private static final Pattern GENERATION = Pattern.compile("\"generation\": ?\"([^\"]+)\"");

  /// A pool has fewer threads while nobody needs more.
  private static final int POOL = 4;

  @TempDir private Path folder;

  /// A contract with an operation for each path.
  static String contract(String... paths) {
    StringBuilder text =
        new StringBuilder(
            """
            openapi: 3.1.0
            info: {title: Own, version: 1.0.0}
            servers: [{url: /}]
            components: {securitySchemes: {token: {type: http, scheme: bearer}}}
            security: [{token: []}]
            paths:
            """);
    for (String path : paths) {
      text.append(
          """
            %s:
              get:
                operationId: read%s
                x-gatewarden-object: {none: things of nobody}
                responses: {'200': {description: fine}}
          """
              .formatted(path, path.substring(1)));
    }
    return text.toString();
  }

  private Opened open(Echo service, Signed corp) throws IOException {
    return Opened.gate(
        folder,
        Opened.before(service.uri(), corp, "tenancy: single", "store: none\n"),
        contract("/a"));
  }

  /// Another file in the place of one, as careful editors do it.
  private static void replace(Path file, String text) throws IOException {
    Path aside = Files.writeString(file.resolveSibling(file.getFileName() + "~"), text);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// What a caller is told; 0 where nobody answers.
  private static int answered(Opened gate, String path, String token) throws InterruptedException {
    try {
      return gate.status("GET", path, token);
    } catch (IOException gone) {
      return 0;
    }
  }

  /// Which files were in force; how often they were taken up is the watch's affair too.
  private static String digest(String text) {
    Matcher found = GENERATION.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1).substring(found.group(1).indexOf('-') + 1);
  }

  @Test
  @Requirement(id = "RUN-2")
  void puts_changed_files_in_force_when_told_to() throws Exception {
    Signed corp = Signed.of("corp");
    try (Echo service = Echo.start();
        Opened gate = open(service, corp)) {
      String token = corp.token("alice");
      // the port that was taken stands in the file by now
      assertThat(gate.admin("/reload", "{}").statusCode()).isEqualTo(200);
      assertThat(gate.status("GET", "/a", token)).isEqualTo(200);
      assertThat(gate.status("GET", "/b", token)).isEqualTo(404);
      String before = digest(gate.admin("/reload").body());

      replace(folder.resolve("contract.yaml"), contract("/b"));
      HttpResponse<String> told = gate.admin("/reload", "{}");

      assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
      assertThat(gate.status("GET", "/a", token)).isEqualTo(404);
      assertThat(gate.status("GET", "/b", token)).isEqualTo(200);
      String after = digest(told.body());
      assertThat(after).isNotEqualTo(before);
      SecuredGate.eventually(() -> gate.decisions().lines().count(), lines -> lines == 4);
      assertThat(gate.decisions().lines().map(ReloadTest::digest))
          .containsExactly(before, before, after, after);
    }
  }

  @Test
  @Requirement(id = "RUN-2", without = "reload-aside")
  void refuses_what_is_not_sound_and_keeps_what_is_in_force() throws Exception {
    Signed corp = Signed.of("corp");
    try (Echo service = Echo.start();
        Opened gate = open(service, corp)) {
      String token = corp.token("alice");
      replace(
          folder.resolve("contract.yaml"),
          contract("/a", "/b").replace("none: things of nobody", "nune: x"));
      replace(
          folder.resolve("gatewarden.yaml"),
          Files.readString(folder.resolve("gatewarden.yaml")) + "limits: {body: 2MiB}\n");

      HttpResponse<String> told = gate.admin("/reload", "{}");

      assertThat(told.statusCode()).isEqualTo(400);
      assertThat(told.body()).contains("contract.yaml:10:").contains("contract.yaml:15:");
      assertThat(answered(gate, "/a", token)).isEqualTo(200);
      assertThat(answered(gate, "/b", token)).isEqualTo(404);
      assertThat(gate.admin("/ready").body())
          .startsWith("ready\n")
          .contains("running an old configuration since 2");
      assertThat(gate.admin("/metrics").body())
          .containsPattern("gatewarden_reloads_refused_total [1-9]")
          .containsPattern("gatewarden_generation [1-9]")
          .doesNotContain("gatewarden_configuration_old_since_seconds 0\n");

      replace(folder.resolve("contract.yaml"), contract("/a", "/b"));
      assertThat(gate.admin("/reload", "{}").statusCode()).isEqualTo(200);
      assertThat(answered(gate, "/b", token)).isEqualTo(200);
      assertThat(gate.admin("/ready").body()).isEqualTo("ready\n");
      assertThat(gate.admin("/metrics").body())
          .contains("gatewarden_configuration_old_since_seconds 0\n");
    }
  }

  @Test
  @Requirement(id = "RUN-2")
  void says_what_takes_a_restart_and_takes_up_none_of_it() throws Exception {
    Signed corp = Signed.of("corp");
    try (Echo service = Echo.start();
        Opened gate = open(service, corp)) {
      Path file = folder.resolve("gatewarden.yaml");
      replace(
          file,
          Files.readString(file)
              .replace("public: {port: 0}", "public: {port: 1234}")
              .replace("store: none", "store: sqlite:decisions.db\nlimits: {in-flight: 1MiB}"));
      replace(folder.resolve("contract.yaml"), contract("/b"));

      HttpResponse<String> told = gate.admin("/reload", "{}");

      assertThat(told.statusCode()).isEqualTo(400);
      assertThat(told.body())
          .contains("gatewarden.yaml:2:")
          .contains("`listen.public.port` cannot change while the gate runs")
          .contains("`limits.in-flight` cannot change")
          .contains("`store` cannot change")
          .contains("restart the gate");
      assertThat(gate.status("GET", "/a", corp.token("alice"))).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "RUN-2")
  void sees_by_itself_that_files_were_replaced_or_a_link_was_turned() throws Exception {
    Signed corp = Signed.of("corp");
    Path first = Files.createDirectories(folder.resolve("..v1"));
    Path second = Files.createDirectories(folder.resolve("..v2"));
    Files.writeString(first.resolve("contract.yaml"), contract("/a"));
    Files.writeString(second.resolve("contract.yaml"), contract("/b"));
    Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..v1"));
    try (Echo service = Echo.start()) {
      Opened.write(
          folder,
          Opened.before(service.uri(), corp, "tenancy: single", "store: none\n")
              .replace("contract: contract.yaml", "contract: linked.yaml"),
          contract("/c"));
      Files.createSymbolicLink(folder.resolve("linked.yaml"), Path.of("..data/contract.yaml"));
      try (Opened gate = Opened.over(folder)) {
        String token = corp.token("alice");
        assertThat(gate.status("GET", "/a", token)).isEqualTo(200);

        Path turned = Files.createSymbolicLink(folder.resolve("..next"), Path.of("..v2"));
        Files.move(
            turned, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(SecuredGate.eventually(() -> gate.status("GET", "/b", token), s -> s == 200))
            .isEqualTo(200);

        replace(second.resolve("contract.yaml"), "openapi: 3.1");
        SecuredGate.eventually(
            () -> gate.admin("/ready").body(), text -> text.contains("old configuration"));
        assertThat(gate.status("GET", "/b", token)).isEqualTo(200);

        replace(second.resolve("contract.yaml"), contract("/a", "/b"));
        assertThat(SecuredGate.eventually(() -> gate.status("GET", "/a", token), s -> s == 200))
            .isEqualTo(200);
        assertThat(gate.admin("/ready").body()).isEqualTo("ready\n");
      }
    }
  }

  @Test
  @Requirement(id = "RUN-2")
  void the_command_tells_what_is_wrong_and_what_is_in_force() throws Exception {
    Signed corp = Signed.of("corp");
    try (Echo service = Echo.start();
        Opened gate = open(service, corp)) {
      replace(folder.resolve("contract.yaml"), contract("/a").replace("none: things", "nune: x"));
      Program refused = Program.gatewarden(folder, "reload");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.out()).contains("contract.yaml:10:");
      assertThat(refused.err()).contains("what was in force stays");
      assertThat(Program.gatewarden(folder, "reload", "--status").out())
          .contains(" is in force since ")
          .contains("which is not sound")
          .contains("contract.yaml:10:");

      replace(folder.resolve("contract.yaml"), contract("/b"));
      Program taken = Program.gatewarden(folder, "reload");
      assertThat(taken.code()).as(taken.out() + taken.err()).isZero();
      assertThat(gate.status("GET", "/b", corp.token("alice"))).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "RUN-2")
  void the_command_asks_the_gate_also_where_the_configuration_is_broken() throws Exception {
    Signed corp = Signed.of("corp");
    try (Echo service = Echo.start();
        Opened gate = open(service, corp)) {
      Path file = folder.resolve("gatewarden.yaml");
      String sound = Files.readString(file);
      replace(file, sound.replace("tenancy: single", "tenancy: sinlge"));
      Program refused = Program.gatewarden(folder, "reload");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.out()).contains("gatewarden.yaml:").contains("sinlge");
      assertThat(refused.err()).contains("what was in force stays");
      assertThat(gate.admin("/reload").body()).contains("sinlge");

      replace(file, sound.replace("admin: {port: ", "admin: {port: }{"));
      Program unread = Program.gatewarden(folder, "reload");
      assertThat(unread.code()).isEqualTo(2);
      assertThat(unread.err()).contains("--admin http://").contains("--admin-token file:");
    }
  }

  @Test
  @Requirement(id = "RUN-2")
  void a_hangup_reloads_and_ends_nothing() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no signals");
    Assumptions.assumeFalse(ignoresHangups(), "hangups are ignored here, as nohup has it");
    Signed corp = Signed.of("corp");
    try (Echo service = Echo.start()) {
      Opened.write(
          folder,
          Opened.before(service.uri(), corp, "tenancy: single", "store: none\n"),
          contract("/a"));
      Process gate =
          Program.command(folder, Program.APP, "run")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader said = gate.errorReader()) {
        until(said, "gatewarden: http://");
        int sent =
            new ProcessBuilder("/bin/kill", "-HUP", String.valueOf(gate.pid())).start().waitFor();
        assertThat(sent).isZero();
        assertThat(until(said, "gatewarden: 2-")).endsWith(" is in force");
        Files.writeString(folder.resolve("contract.yaml"), "openapi: 3.1.0");
        new ProcessBuilder("/bin/kill", "-HUP", String.valueOf(gate.pid())).start().waitFor();
        assertThat(until(said, "gatewarden: ")).contains(" problem").contains(", 2-");
        assertThat(gate.isAlive()).isTrue();
      } finally {
        gate.destroyForcibly().onExit().join();
      }
    }
  }

  /// Whether this process ignores SIGHUP, and with it whatever it starts.
  private static boolean ignoresHangups() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) != 0);
  }

  private static String until(BufferedReader said, String begins) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(begins)) {
        return line;
      }
    }
    throw new AssertionError("the gate ended");
  }

  @Test
  @Requirement(id = "RUN-2")
  void nothing_of_a_thousand_configurations_stays_behind() throws Exception {
    Signed corp = Signed.of("corp");
    Files.writeString(
        folder.resolve("all.cedar"), "@id(\"all\")\npermit (principal, action, resource);");
    try (Echo service = Echo.start()) {
      String text =
          Opened.before(
              service.uri(),
              corp,
              "tenancy: single",
              "store: none\npolicies: {files: all.cedar}\n");
      try (Opened gate = Opened.gate(folder, text, contract("/a"))) {
        String token = corp.token("alice");
        assertThat(gate.status("GET", "/a", token)).isEqualTo(200);
        turn(gate, 20);
        long threads = threads();
        turn(gate, 1_000);

        assertThat(gate.status("GET", "/a", token)).isEqualTo(200);
        assertThat(
                SecuredGate.eventually(
                    () -> gate.admin("/metrics").body(),
                    told -> told.contains("gatewarden_generations_open 1\n")))
            .contains("gatewarden_generations_open 1\n")
            .containsPattern("gatewarden_generation 10[2-9][0-9]\n");
        assertThat(SecuredGate.eventually(ReloadTest::threads, now -> now <= threads + POOL))
            .isLessThanOrEqualTo(threads + POOL);
      }
    }
  }

  private void turn(Opened gate, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      replace(folder.resolve("contract.yaml"), i % 2 == 0 ? contract("/a", "/b") : contract("/a"));
      HttpResponse<String> told = gate.admin("/reload", "{}");
      assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
    }
  }

  /// Threads that a gate begins by itself; those of the platform come and go.
  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().matches("(policies|policy-watch|certificates|file-watch).*"))
        .count();
  }
}
