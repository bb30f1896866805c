package dev.gatewarden.acceptance.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.RawEcho;
import dev.gatewarden.acceptance.Signed;
import dev.gatewarden.testkit.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A disk that takes nothing more is no reason not to serve, and is told.
@Timeout(60)
class FullDiskTest {
  private static final Path FULL = Path.of("/dev/full");
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Own, version: 1.0.0}
      servers: [{url: /}]
      components: {securitySchemes: {token: {type: http, scheme: bearer}}}
      paths:
        /small:
          get:
            operationId: small
            security: []
            x-gatewarden-object: {none: test}
            responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
      """;

  @TempDir private Path folder;

  @Test
  void requests_are_served_and_lost_lines_are_counted() throws Exception {
    Assumptions.assumeTrue(Files.exists(FULL), "no full disk here");
    try (RawEcho service = RawEcho.start();
        Opened gate =
            Opened.gate(
                folder,
                Opened.before(service.uri(), Signed.of("corp"), "tenancy: single", "")
                    .replace("decisions: stdout", "decisions: 'file:" + FULL + "'"),
                CONTRACT)) {
      for (int i = 0; i < 50; i++) {
        assertThat(gate.status("GET", "/small", "")).isEqualTo(200);
      }
      assertThat(service.count()).isEqualTo(50);
      Waiting.asking(
          "all lines are known to be lost",
          () ->
              gate.admin("/metrics").body().contains("gatewarden_decision_lines_lost_total 50\n"));
      assertThat(gate.status("GET", "/small", "")).isEqualTo(200);
    }
  }
}
