package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Responses that could be framed in two ways do not reach the caller, and their connection carries
/// nothing more.
@Timeout(60)
class ResponseFramingTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private static Bench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new Bench();
    bench.gate.holdResponse = true;
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void refuses(String name, String response) throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(response);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(peer.head()).startsWith("HTTP/1.1 502");
      assertThat(peer.text(14)).isEqualTo("BROKEN_FRAMING");
      assertThat(shop.heads).hasSize(1);
    }
    assertThat(bench.gate.awaitEnd().sent()).isEqualTo(502);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sound")
  void accepts(String name, String response, String body) throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(response);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      for (int i = 0; i < 2; i++) {
        peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(peer.head())
            .startsWith("HTTP/1.1 200")
            .contains("content-length: " + body.length());
        assertThat(peer.text(body.length())).isEqualTo(body);
        assertThat(bench.gate.awaitEnd().sent()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("surplus")
  void never_takes_surplus_bytes_for_the_next_response(String surplus) throws Exception {
    try (RecordingUpstream shop =
            RecordingUpstream.answering(OK + "Content-Length: 2\r\n\r\nok" + surplus);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      for (int i = 0; i < 3; i++) {
        peer.send("GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
        peer.head();
        assertThat(peer.text(2)).isEqualTo("ok");
        bench.gate.awaitEnd();
      }
      assertThat(shop.connections).hasValue(3);
    }
  }

  static List<String> surplus() {
    return List.of("x", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(
            "both lengths",
            OK + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "differing lengths", OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
        Arguments.of("a list of lengths", OK + "Content-Length: 5, 5\r\n\r\nhello"),
        Arguments.of("a plus", OK + "Content-Length: +5\r\n\r\nhello"),
        Arguments.of("xchunked", OK + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "identity, chunked", OK + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "chunked in HTTP/1.0",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of("a folded header", OK + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("a bare line feed", "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n"),
        Arguments.of("a bare carriage return", OK + "X: a\rb\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("NUL", OK + "X: a\0\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("a space before the colon", OK + "Content-Length : 0\r\n\r\n"),
        Arguments.of("another protocol", "HTTP/2 200\r\n\r\n"),
        Arguments.of("no status", "HTTP/1.1 OK\r\n\r\n"),
        Arguments.of("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n"),
        Arguments.of("a status beyond 599", "HTTP/1.1 600 OK\r\n\r\n"),
        Arguments.of(
            "a switch nobody asked for",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"),
        Arguments.of(
            "204 with a body", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"),
        Arguments.of(
            "a chunk extension",
            OK + "Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n"),
        Arguments.of("a chunk without end", OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX"),
        Arguments.of("1xx without end", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(17)));
  }

  static Stream<Arguments> sound() {
    return Stream.of(
        Arguments.of("a length", OK + "Content-Length: 5\r\n\r\nhello", "hello"),
        Arguments.of(
            "chunks", OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello"),
        Arguments.of("no reason", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", "ok"),
        Arguments.of("an empty reason", "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok", "ok"),
        Arguments.of(
            "early hints",
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + "Content-Length: 2\r\n\r\nok",
            "ok"),
        Arguments.of("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok"));
  }
}
