package dev.gatewarden.acceptance.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.OwnGate;
import dev.gatewarden.acceptance.OwnGate.Told;
import dev.gatewarden.acceptance.RawEcho;
import dev.gatewarden.acceptance.Wire;
import dev.gatewarden.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A service that lies about where its answers begin and end is told apart from the next one: its
/// connection carries nothing more, and nobody gets what was meant for another.
@Timeout(300)
class LyingServiceTest {
  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
  private static final String EVIL =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 6\r\n\r\n\"evil\"";

  private static volatile String lie = "";
  private static RawEcho service;
  private static OwnGate gate;

  @BeforeAll
  static void open() throws Exception {
    service = RawEcho.answering(LyingServiceTest::answer);
    gate = OwnGate.start(service.uri(), SmugglingTest.PATHS, SmugglingTest.TUNING, "");
  }

  @AfterAll
  static void close() throws Exception {
    gate.close();
    service.close();
  }

  private static byte[] answer(RawEcho.Arrived asked) {
    String honest = "{\"target\":\"" + asked.target() + "\"}";
    String answer =
        asked.target().contains("lie")
            ? lie
            : OK + "content-length: " + honest.length() + "\r\n\r\n" + honest;
    return answer.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Lies, and what a caller is told of each: its status.
  static Stream<Arguments> lies() {
    return Stream.of(
        lie("a body longer than it says", 200, "GET", OK + "content-length: 2\r\n\r\n{}" + EVIL),
        lie("a body shorter than it says", 502, "GET", "!" + OK + "content-length: 9\r\n\r\n{}"),
        lie(
            "two lengths",
            502,
            "GET",
            OK + "content-length: 2\r\ncontent-length: 8\r\n\r\n{}" + EVIL),
        lie(
            "one length twice",
            502,
            "GET",
            OK + "content-length: 2\r\ncontent-length: 2\r\n\r\n{}"),
        lie(
            "a length and a coding",
            502,
            "GET",
            OK + "content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
        lie("a signed length", 502, "GET", OK + "content-length: +2\r\n\r\n{}"),
        lie(
            "an unknown coding",
            502,
            "GET",
            OK + "transfer-encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
        lie(
            "chunks cut off",
            502,
            "GET",
            "!" + OK + "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n"),
        lie(
            "a chunk of no size",
            502,
            "GET",
            OK + "transfer-encoding: chunked\r\n\r\n+2\r\n{}\r\n0\r\n\r\n"),
        lie(
            "a trailer that frames",
            502,
            "GET",
            OK + "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\ncontent-length: 9\r\n\r\n"),
        lie(
            "a trailer that opens it to scripts",
            502,
            "GET",
            OK
                + "transfer-encoding: chunked\r\n\r\n"
                + "2\r\n"
                + "{}\r\n"
                + "0\r\n"
                + "access-control-allow-origin: *\r\n\r\n"),
        lie("two answers", 200, "GET", OK + "content-length: 2\r\n\r\n{}" + EVIL + EVIL),
        lie(
            "garbage behind the answer",
            200,
            "GET",
            OK + "content-length: 2\r\n\r\n{}\r\n\r\nevil"),
        lie(
            "garbage before the answer",
            502,
            "GET",
            "evil\r\n" + OK + "content-length: 2\r\n\r\n{}"),
        lie(
            "a body for HEAD",
            200,
            "HEAD",
            OK + "content-length: " + EVIL.length() + "\r\n\r\n" + EVIL),
        lie(
            "a body with 304",
            304,
            "GET",
            "HTTP/1.1 304 Not Modified\r\ncontent-length: 8\r\n\r\n" + EVIL),
        lie(
            "a body with 204",
            502,
            "GET",
            "HTTP/1.1 204 No Content\r\ncontent-length: 8\r\n\r\n" + EVIL),
        lie("a body behind 204", 204, "GET", "HTTP/1.1 204 No Content\r\n\r\n" + EVIL),
        lie(
            "an unasked switch",
            502,
            "GET",
            "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"
                + EVIL),
        lie(
            "a hint that nobody is told",
            200,
            "GET",
            "HTTP/1.1 103 Early Hints\r\nlink: </evil>\r\n\r\n"
                + OK
                + "content-length: 2\r\n\r\n{}"
                + EVIL),
        lie("a flood of 100", 502, "GET", "HTTP/1.1 100 Continue\r\n\r\n".repeat(200) + EVIL),
        lie(
            "a 100 with a body",
            502,
            "GET",
            "HTTP/1.1 100 Continue\r\ncontent-length: 3\r\n\r\nabc" + EVIL),
        lie(
            "a line within a value",
            502,
            "GET",
            OK + "x: a\rset-cookie: evil=1\r\ncontent-length: 2\r\n\r\n{}"),
        lie(
            "a line that ends alone",
            502,
            "GET",
            OK + "x: a\nset-cookie: evil=1\r\ncontent-length: 2\r\n\r\n{}"),
        lie(
            "a line within the reason",
            502,
            "GET",
            "HTTP/1.1 200 O\nset-cookie: evil=1\r\ncontent-length: 2\r\n\r\n{}"),
        lie("a nul within a value", 502, "GET", OK + "x: a\u0000b\r\ncontent-length: 2\r\n\r\n{}"),
        lie(
            "a folded line",
            502,
            "GET",
            OK + "x: a\r\n set-cookie: evil=1\r\ncontent-length: 2\r\n\r\n{}"),
        lie(
            "a head that is far too long",
            502,
            "GET",
            OK + "x: " + "a".repeat(200_000) + "\r\ncontent-length: 2\r\n\r\n{}"),
        lie(
            "far too many lines",
            502,
            "GET",
            OK + "x: a\r\n".repeat(2_000) + "content-length: 2\r\n\r\n{}"),
        lie("no HTTP at all", 502, "GET", "SSH-2.0-evil\r\n\r\n"),
        lie("HTTP/0.9", 502, "GET", "!<html>evil</html>"));
  }

  private static Arguments lie(String name, int told, String method, String bytes) {
    return Arguments.argumentSet(name, told, method, bytes);
  }

  @ParameterizedTest
  @MethodSource("lies")
  @Requirement(id = "RUN-8")
  void nobody_gets_what_was_meant_for_another(int told, String method, String bytes)
      throws Exception {
    lie = bytes;
    String heard =
        Wire.talk(
            gate.uri(),
            method + " /held/lie HTTP/1.1\r\nHost: own.example\r\nConnection: close\r\n\r\n");

    assertThat(Wire.status(heard)).isEqualTo(told);
    assertThat(Wire.answers(heard)).isEqualTo(1);
    assertThat(heard).doesNotContain("evil");

    int before = service.connections();
    try (OwnGate.Line next = gate.line()) {
      for (int i = 0; i < 3; i++) {
        Told own = next.get("/held/honest" + i);
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.body()).isEqualTo("{\"target\":\"/held/honest" + i + "\"}");
      }
    }
    assertThat(service.connections() - before).as("new connections").isLessThanOrEqualTo(2);
  }
}
