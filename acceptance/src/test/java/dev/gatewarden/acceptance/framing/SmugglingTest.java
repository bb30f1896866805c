package dev.gatewarden.acceptance.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.OwnGate;
import dev.gatewarden.acceptance.Wire;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever bytes callers send, a service reads exactly the requests that the gate judged.
@Timeout(600)
class SmugglingTest {
  static final String PATHS =
      """
      /held/{tag}:
        parameters: &tag
        - {name: tag, in: path, required: true, schema: {type: string, maxLength: 60}}
        get: &plain {operationId: read, x-gatewarden-object: {none: test}, responses: &fine {'200': {description: it, content: {application/json: {schema: {}}}}}}
        head: {operationId: head, x-gatewarden-object: {none: test}, responses: *fine}
        options: {operationId: options, x-gatewarden-object: {none: test}, responses: *fine}
        post: &written {operationId: write, x-gatewarden-object: {none: test}, requestBody: {content: {application/json: {schema: {}}, application/octet-stream: {schema: {type: string, maxLength: 100000}}}}, responses: *fine}
        delete: {operationId: remove, x-gatewarden-object: {none: test}, responses: *fine}
      /none/{tag}:
        parameters: *tag
        get: {operationId: none, x-gatewarden-object: {none: test}, responses: *fine}
        post: {operationId: act, x-gatewarden-object: {none: test}, responses: *fine}
      /stream/{tag}:
        parameters: *tag
        get: {operationId: look, x-gatewarden-object: {none: test}, responses: *fine}
        post: {operationId: stream, x-gatewarden-object: {none: test}, requestBody: &open {content: {application/octet-stream: {}}}, responses: *fine}
        put: {operationId: put, x-gatewarden-object: {none: test}, requestBody: *open, responses: *fine}
        options: {operationId: ask, x-gatewarden-object: {none: test}, requestBody: *open, responses: *fine}
      """;
  static final String TUNING =
      """
      guards: {principal-limit: {rate: 1000000/1s}, source-limit: {rate: 1000000/1s, burst: 1000000}}
      """;

  static OwnGate before(Upstream service) throws IOException {
    String identity = "none, protocol: " + service.protocol();
    return OwnGate.start(service.uri(), identity, PATHS, "", TUNING, "");
  }

  @Test
  @Requirement(id = "RUN-8")
  void a_service_of_http_1_counts_what_the_gate_counted() throws Exception {
    try (StrictEcho service = StrictEcho.start()) {
      counts(service);
    }
  }

  @Test
  void a_service_of_http_2_counts_what_the_gate_counted() throws Exception {
    try (H2Echo service = H2Echo.start()) {
      counts(service);
    }
  }

  /// Two statements of one length, each of them readable, are read by nobody.
  @Test
  @Requirement(id = "RUN-8", without = "framing")
  void what_has_two_readings_reaches_no_service() throws Exception {
    String body = "0\r\n\r\n" + Families.CANARY;
    String length = "Content-Length: " + body.replace("TAG", "c00000").length() + "\r\n";
    String coding = "Transfer-Encoding: chunked\r\n";
    List<Smuggle> all =
        Stream.of(
                length + coding,
                coding + length,
                coding + coding,
                length + length,
                "Content-Length: 0\r\n" + coding,
                coding + "Content-Length: 5\r\n",
                length + "X: y\r\n " + coding,
                length + "Transfer-Encoding: identity\r\n" + coding,
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: identity, chunked\r\n",
                "Transfer-Encoding: chunked, chunked\r\n" + length)
            .map(lines -> Families.post("/stream", lines, body))
            .map(bytes -> Smuggle.of("two readings", bytes, bytes + Families.AFTER))
            .toList();
    try (StrictEcho service = StrictEcho.start();
        OwnGate gate = before(service)) {
      for (Attackers.Told told : Attackers.attack(gate.uri(), all)) {
        assertThat(told.text()).as(told.smuggle().name()).doesNotContain("HTTP/1.1 2");
        assertThat(Wire.answers(told.text())).as(told.smuggle().name()).isEqualTo(1);
      }
      assertThat(service.arrived()).isEmpty();
    }
  }

  private static void counts(Upstream service) throws Exception {
    List<Smuggle> all = Families.all();
    try (OwnGate gate = before(service)) {
      List<Attackers.Told> told = Attackers.attack(gate.uri(), all);
      gate.stop();
      Count count = new Count(gate.decisions());
      count.agreesWith(service);
      int answers = told.stream().mapToInt(Count::answersOwn).sum();
      assertThat(count.forwarded()).isGreaterThan(all.size() / 8);
      assertThat(count.refusedBy("listener")).isGreaterThan(all.size() / 4);
      System.out.printf(
          "framing.smuggles.%s %d (%d decisions, %d forwarded, %d answers)%n",
          service.protocol(), all.size(), count.decisions(), count.forwarded(), answers);
    }
  }
}
