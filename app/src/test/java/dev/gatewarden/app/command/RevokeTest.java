package dev.gatewarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.app.admin.Action;
import dev.gatewarden.app.admin.AdminServer;
import dev.gatewarden.app.admin.AuditLog;
import dev.gatewarden.app.admin.Door;
import dev.gatewarden.app.admin.Views;
import dev.gatewarden.core.identity.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevokeTest {
  private static final String ALICE =
      "{\"kind\":\"subject\",\"issuer\":\"corp\",\"id\":\"alice\","
          + "\"issued-before\":\"2027-01-15T09:00:00Z\",\"until\":\"2027-01-16T09:00:00Z\"}";

  @TempDir private Path folder;
  private final List<Map<String, String>> asked = new ArrayList<>();
  private String told = "[]";
  private AdminServer server;
  private AuditLog log;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    server = opened();
    Files.writeString(folder.resolve("token"), "the-token\n");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    log.close();
  }

  @Test
  void asks_the_gate_to_shut_out() {
    Shell.Said said = run("revoke", "subject", "alice", "--issuer", "corp");

    assertThat(said.code()).isZero();
    assertThat(said.out())
        .isEqualTo(
            "subject `alice` of `corp`, issued before 2027-01-15T09:00:00Z, until"
                + " 2027-01-16T09:00:00Z: shut out\n");
    assertThat(asked)
        .containsExactly(
            new TreeMap<>(
                Map.of("do", "revoke", "kind", "subject", "id", "alice", "issuer", "corp")));
  }

  @Test
  void sends_of_a_token_nothing_but_its_id() {
    String claims = "{\"jti\":\"t1\",\"sub\":\"alice\"}";
    String token = "e30." + base64(claims) + ".c2lnbmF0dXJl";
    Shell.Said said =
        shell.piped(
            token + "\n",
            "revoke",
            "token",
            "-",
            "--admin",
            admin(),
            "--admin-token",
            "file:token",
            "--for",
            "8h");

    assertThat(said.code()).isZero();
    assertThat(asked.getFirst()).containsEntry("id", "t1").containsKey("until").hasSize(4);
    String bare = "e30." + base64("{\"sub\":\"alice\"}") + ".c2lnbmF0dXJl";
    assertThat(shell.piped(bare, "revoke", "token", "-", "--admin", admin()).err())
        .isEqualTo(
            "gatewarden: this token has no `jti`; shut out its subject: `gatewarden revoke"
                + " subject`\n");
    assertThat(shell.piped("secret", "revoke", "token", "-", "--admin", admin()).err())
        .isEqualTo("gatewarden: what was read is no signed token\n");
  }

  @Test
  void lists_what_is_shut_out_and_says_so_by_its_exit_code() {
    assertThat(run("revoke", "list").code()).isZero();
    told = "[" + ALICE + "]";
    Shell.Said said = run("revoke", "list");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).startsWith("subject `alice` of `corp`");
  }

  @Test
  void lifts() {
    Shell.Said said = run("revoke", "lift", "client", "web");

    assertThat(said.out()).isEqualTo("client `web`: let in again\n");
    assertThat(asked.getFirst()).containsEntry("do", "lift").containsEntry("kind", "client");
  }

  @Test
  void says_what_the_gate_does_not_accept() {
    Shell.Said said = run("revoke", "client", "odd");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).isEqualTo("gatewarden: there is nothing `odd` here\n");
  }

  @Test
  void says_that_no_gate_runs() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    Shell.Said said =
        shell.run("revoke", "subject", "alice", "--admin", "http://127.0.0.1:" + nobody);

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).startsWith("gatewarden: no gate answers at `http://127.0.0.1:" + nobody);
  }

  @Test
  void brings_the_admin_token_and_fails_without() throws IOException {
    assertThat(shell.run("revoke", "list", "--admin", admin()).err())
        .contains("the admin token is missing or wrong", "(401)");
    assertThat(run("revoke", "list").code()).isZero();
    assertThat(shell.run("revoke", "list", "--admin", admin(), "--admin-token", "the-token").err())
        .contains("in the clear")
        .doesNotContain("the-token");
  }

  private Shell.Said run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--admin");
    all.add(admin());
    all.add("--admin-token");
    all.add("file:token");
    return shell.run(all.toArray(String[]::new));
  }

  private String admin() {
    return "http://127.0.0.1:" + server.port();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private AdminServer opened() throws IOException {
    log = AuditLog.open(folder.resolve("audit.log"), InstantSource.system());
    return AdminServer.open(
        new InetSocketAddress("127.0.0.1", 0),
        new Nothing(),
        List.of(new Recording()),
        Door.of(Secret.of("the-token")),
        log,
        InstantSource.system());
  }

  /// Notes what it is asked.
  private final class Recording implements Action {
    @Override
    public String path() {
      return "/revocations";
    }

    @Override
    public String told() {
      return told;
    }

    @Override
    public Done act(Map<String, String> fields) {
      if ("odd".equals(fields.get("id"))) {
        throw new IllegalArgumentException("there is nothing `odd` here");
      }
      asked.add(new TreeMap<>(fields));
      return new Done("did", String.valueOf(fields.get("id")), ALICE);
    }
  }

  /// Shows nothing.
  private static final class Nothing implements Views {
    @Override
    public String obstacle() {
      return "";
    }

    @Override
    public String metrics() {
      return "";
    }

    @Override
    public String decision(String id) {
      return "";
    }

    @Override
    public String keys() {
      return "{}";
    }
  }
}
