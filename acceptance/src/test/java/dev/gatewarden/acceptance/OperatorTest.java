package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.app.admin.AuditTrail;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who operates a gate, by which token, and what is written of it.
final class OperatorTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Things, version: '1'}
      security: [{token: []}]
      components:
        securitySchemes:
          token: {type: http, scheme: bearer, bearerFormat: JWT}
      paths:
        /things:
          get:
            operationId: listThings
            responses: {'200': {description: all}}
      """;
  private static final Signed CORP = Signed.of("corp");

  @TempDir private Path folder;
  private Echo service;
  private Opened gate;

  @BeforeEach
  void open() throws IOException {
    service = Echo.answering(_ -> dev.gatewarden.demo.http.Answer.json(200, "[]"));
    gate = Opened.gate(folder, Opened.before(service.uri(), CORP, "tenancy: single", ""), CONTRACT);
  }

  @AfterEach
  void close() throws IOException {
    gate.close();
    service.close();
  }

  @Test
  @Requirement(id = "RUN-6", without = "operator-token")
  void makes_a_token_at_the_first_start_and_asks_for_it() throws Exception {
    Path token = folder.resolve(".gatewarden/admin.token");
    String made = Files.readString(token);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
        .isEqualTo("rw-------");
    assertThat(made.strip()).hasSizeGreaterThanOrEqualTo(43);

    for (String path : List.of("/metrics", "/proposals", "/revocations", "/drain", "/log-level")) {
      assertThat(Opened.send(Opened.to(gate.admin().resolve(path))).statusCode()).isEqualTo(401);
      assertThat(gate.admin(path).statusCode()).isEqualTo(200);
    }
    assertThat(wrong(made.strip().substring(1)).statusCode()).isEqualTo(401);
    assertThat(wrong("").statusCode()).isEqualTo(401);
    for (String open : List.of("/health", "/ready", "/.well-known/jwks.json")) {
      assertThat(Opened.send(Opened.to(gate.admin().resolve(open))).statusCode()).isEqualTo(200);
    }
    gate.restart();
    assertThat(Files.readString(token)).isEqualTo(made);
  }

  @Test
  @Requirement(id = "RUN-6", without = "operator-token")
  void takes_no_order_without_the_token_and_says_that_somebody_tried() throws Exception {
    HttpResponse<String> refused =
        Opened.send(
            Opened.to(gate.admin().resolve("/drain"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer somebody")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"do\":\"begin\"}")));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(gate.admin("/ready").body()).isEqualTo("ready\n");
    assertThat(acts()).contains(" 127.0.0.1 refused  401");
  }

  @Test
  @Requirement(id = "RUN-6")
  void drains_and_is_ready_again_while_it_serves() throws Exception {
    String alice = CORP.token("alice", "north");
    assertThat(operate("drain").code()).isZero();
    HttpResponse<String> ready = Opened.send(Opened.to(gate.admin().resolve("/ready")));
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).isEqualTo("draining\n");
    assertThat(gate.status("GET", "/things", alice)).isEqualTo(200);
    assertThat(operate("drain", "--end").out()).isEqualTo("ready again\n");
    assertThat(Opened.send(Opened.to(gate.admin().resolve("/ready"))).statusCode()).isEqualTo(200);
    assertThat(gate.admin("/drain", "{\"do\":\"perhaps\"}").statusCode()).isEqualTo(400);
  }

  @Test
  @Requirement(id = "RUN-6")
  void lets_the_log_say_more_for_a_time() throws Exception {
    assertThat(operate("log-level").out()).isEqualTo("info\n");
    Cli more = operate("log-level", "debug", "--for", "10m");
    assertThat(more.out()).startsWith("debug until ");
    assertThat(operate("log-level").out()).isEqualTo(more.out());
    assertThat(operate("log-level", "loud").err()).contains("`level` is one of `error`");
    assertThat(operate("log-level", "debug", "--for", "3d").err()).contains("at most one day");
    assertThat(operate("log-level", "info", "--for", "1s").code()).isZero();
  }

  @Test
  @Requirement(id = "RUN-6")
  void writes_each_act_into_a_chain_that_shows_every_change() throws Exception {
    assertThat(operate("revoke", "subject", "mallory").code()).isZero();
    assertThat(operate("revoke", "lift", "subject", "mallory").code()).isZero();
    assertThat(acts().getFirst()).matches("gate {2}start \\S+ done");
    assertThat(acts())
        .contains(
            "token 127.0.0.1 revoke-subject corp|mallory 200",
            "token 127.0.0.1 lift-subject corp|mallory 200");
    Cli whole = Cli.run(folder, "audit-log");
    assertThat(whole.code()).isZero();
    assertThat(whole.out()).contains("token from 127.0.0.1: revoke-subject corp|mallory (200)");
    String head = whole.err().strip().replaceAll(".* ", "");
    assertThat(Cli.run(folder, "audit-log", "--head", head).code()).isZero();

    Path log = folder.resolve(".gatewarden/audit.log");
    String text = Files.readString(log);
    Files.writeString(log, text.replace("corp|mallory", "corp|malory"));
    Cli changed = Cli.run(folder, "audit-log");
    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.err()).contains("somebody changed it: line 3 is not what was written");
    Files.writeString(log, text.substring(0, text.indexOf('\n') + 1));
    assertThat(Cli.run(folder, "audit-log", "--head", head).code()).isEqualTo(1);
  }

  @Test
  @Requirement(id = "RUN-6")
  void shows_nothing_of_it_on_the_port_of_callers() throws Exception {
    String operator = Files.readString(folder.resolve(".gatewarden/admin.token")).strip();
    for (String path :
        List.of("/health", "/ready", "/metrics", "/decisions/1", "/revocations", "/drain")) {
      assertThat(gate.status("GET", path, operator)).isEqualTo(404);
      assertThat(gate.send("POST", path, operator, "{\"do\":\"begin\"}").statusCode())
          .isEqualTo(404);
    }
    assertThat(gate.admin("/ready").body()).isEqualTo("ready\n");
  }

  private HttpResponse<String> wrong(String token) throws Exception {
    return Opened.send(
        Opened.to(gate.admin().resolve("/metrics")).header("Authorization", "Bearer " + token));
  }

  private Cli operate(String... words) {
    return Cli.run(folder, words);
  }

  private List<String> acts() throws IOException {
    List<String> all = new ArrayList<>();
    AuditTrail trail =
        AuditTrail.read(
            folder.resolve(".gatewarden/audit.log"),
            entry ->
                all.add(
                    String.join(
                        " ",
                        said(entry, "operator"),
                        said(entry, "from"),
                        said(entry, "action"),
                        said(entry, "subject"),
                        said(entry, "outcome"))));
    assertThat(trail.fault()).isEmpty();
    return all;
  }

  private static String said(Node.Obj entry, String name) {
    return entry.get(name) instanceof Node.Text text ? text.value() : "";
  }
}
