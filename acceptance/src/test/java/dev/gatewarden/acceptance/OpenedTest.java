package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Ports;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the other tests stand on: a gate of a few lines, and who signs for its callers.
class OpenedTest {
  private static final Signed CORP = Signed.of("corp");

  @TempDir private Path folder;

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void lets_in_whom_the_issuer_signed_for_and_nobody_else_also_once_it_starts_anew()
      throws Exception {
    String contract =
        """
        openapi: 3.1.0
        info: {title: Things, version: 1.0.0}
        servers: [{url: /}]
        security: [{token: []}]
        components: {securitySchemes: {token: {type: http, scheme: bearer}}}
        paths: {/thing: {get: {operationId: thing, x-gatewarden-object: {none: a test}, responses: {'200': {description: it, content: {application/json: {schema: {type: object}}}}}}}}
        """;
    try (Echo service = Echo.answering(_ -> Answer.json(200, "{}"));
        Opened gate =
            Opened.gate(
                folder, Opened.before(service.uri(), CORP, "tenancy: single", ""), contract)) {
      for (int i = 0; i < 2; i++) {
        assertThat(gate.status("GET", "/thing", CORP.token("alice"))).isEqualTo(200);
        assertThat(gate.status("GET", "/thing", CORP.forger().token("alice"))).isEqualTo(401);
        assertThat(gate.status("GET", "/thing", "")).isEqualTo(401);
        assertThat(Files.readString(folder.resolve("gatewarden.yaml")))
            .contains("admin: {port: " + gate.adminPort() + "}");
        gate.restart();
      }
      assertThat(gate.lines()).hasSize(6);
    }
  }

  @Test
  void no_port_is_given_twice() throws Exception {
    assertThat(Ports.free()).isNotEqualTo(Ports.free());
  }
}
