package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.app.command.Commands;
import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line logs in by itself, and keeps what it got to itself.
class LoginTest {
  private static final String KEPT = "gatewarden/login.json";
  private static final Pattern CODE = Pattern.compile("and enter (\\S+)");

  @TempDir Path home;
  private final AuthorizationServer server = AuthorizationServer.shared();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    out.reset();
    return Commands.run(
        arguments,
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            home,
            Map.of(
                "XDG_CONFIG_HOME",
                home.toString(),
                "MACHINE",
                AuthorizationServer.secret(AuthorizationServer.MACHINE))));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  @Requirement(id = "JWT-14")
  void a_person_logs_in_at_another_machine() throws Exception {
    FutureTask<Integer> login =
        new FutureTask<>(
            () ->
                run(
                    "login",
                    "--issuer",
                    server.issuer().toString(),
                    "--client",
                    AuthorizationServer.DEVICE,
                    "--scope",
                    "orders:read"));
    Thread.ofVirtual().start(login);
    server.visitor("alice").activate(code());
    assertThat(login.get(60, TimeUnit.SECONDS)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(KEPT))))
        .isEqualTo("rw-------");

    assertThat(run("token")).isZero();
    String first = printed();
    assertThat(run("token")).isZero();
    assertThat(printed()).isEqualTo(first);
    age();
    assertThat(run("token")).isZero();
    String second = printed();
    assertThat(second).isNotEqualTo(first);
    assertThat(server.asking().introspect(second).path("sub").asString()).isEqualTo("alice");
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain(first, second);

    assertThat(run("logout")).isZero();
    assertThat(home.resolve(KEPT)).doesNotExist();
    assertThat(server.asking().introspect(second).path("active").asBoolean()).isFalse();
    assertThat(run("token")).isEqualTo(2);
  }

  @Test
  @Requirement(id = "JWT-14")
  void a_client_logs_in_by_itself() throws Exception {
    assertThat(
            run(
                "login",
                "--issuer",
                server.issuer().toString(),
                "--client",
                AuthorizationServer.MACHINE,
                "--secret",
                "env:MACHINE",
                "--scope",
                "orders:read"))
        .as(err.toString(StandardCharsets.UTF_8))
        .isZero();
    assertThat(Files.readString(home.resolve(KEPT)))
        .contains("env:MACHINE")
        .doesNotContain(AuthorizationServer.secret(AuthorizationServer.MACHINE));
    assertThat(run("token")).isZero();
    String first = printed();
    age();
    assertThat(run("token")).isZero();
    assertThat(printed()).isNotEqualTo(first);
    try (Echo echo = Echo.start();
        TokenGate gate =
            TokenGate.start(
                echo.uri(),
                "identity: signed",
                "url: %s\naudience: %s\nalgorithms: [RS256]\n"
                    .formatted(server.issuer(), AuthorizationServer.AUDIENCE),
                "")) {
      assertThat(gate.get(printed()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-14")
  void the_admin_port_takes_operators_by_their_token() throws Exception {
    try (Echo echo = Echo.start();
        TokenGate gate =
            TokenGate.start(
                echo.uri(),
                "identity: signed",
                "url: %s\naudience: %s\nalgorithms: [RS256]\n"
                    .formatted(server.issuer(), AuthorizationServer.AUDIENCE),
                "",
                "{port: 0, identity: {issuer: corp, scopes: ['gatewarden:operate']}}")) {
      assertThat(gate.admin("/metrics", null).statusCode()).isEqualTo(401);
      assertThat(gate.admin("/metrics", server.clientCredentials("orders:read")).statusCode())
          .isEqualTo(401);
      String operator = server.clientCredentials("gatewarden:operate");
      assertThat(gate.admin("/metrics", operator).statusCode()).isEqualTo(200);
      assertThat(gate.admin("/metrics", operator + "x").statusCode()).isEqualTo(401);
      assertThat(gate.admin("/health", null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_file_that_others_may_read_is_not_used() throws Exception {
    Files.createDirectories(home.resolve("gatewarden"));
    Files.writeString(home.resolve(KEPT), "{}");
    Files.setPosixFilePermissions(home.resolve(KEPT), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run("token")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("read by others");
  }

  /// The code that the person is told.
  private String code() {
    Waiting.until("a code is told", () -> CODE.matcher(said()).find());
    Matcher told = CODE.matcher(said());
    assertThat(told.find()).isTrue();
    return told.group(1);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /// Lets the kept access token be over.
  private void age() throws Exception {
    Path file = home.resolve(KEPT);
    Files.writeString(
        file, Files.readString(file).replaceAll("\"until\": \\d+", "\"until\": 1000"));
  }
}
