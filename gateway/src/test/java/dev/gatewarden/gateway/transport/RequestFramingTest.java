package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.gateway.transport.framing.Framing;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Ambiguous requests are refused on the wire, and their benign neighbours pass.
@Timeout(60)
class RequestFramingTest {
  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
  private static final String HOST = "Host: a\r\n";

  private static Bench bench;
  private static RecordingUpstream shop;

  @BeforeAll
  static void start() throws Exception {
    bench = new Bench();
    shop = RecordingUpstream.answering(OK);
    bench.gate.upstreams = shop.upstreams();
  }

  @AfterAll
  static void stop() throws Exception {
    bench.close();
    shop.close();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void refuses(Framing why, String name, String request) throws Exception {
    int judged = bench.gate.begun.size();
    int known = bench.gate.refused.size();
    int served = shop.heads.size();
    try (RawPeer peer = bench.peer()) {
      // A second request behind the refused one must never be seen as one.
      peer.send(request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
      String reply = peer.rest();
      assertThat(reply).startsWith("HTTP/1.1 " + why.status() + " ");
      assertThat(reply).contains("connection: close\r\n").doesNotContain("200 OK");
    }
    assertThat(bench.gate.refused.subList(known, bench.gate.refused.size())).containsExactly(why);
    assertThat(bench.gate.begun).hasSize(judged);
    assertThat(shop.heads).hasSize(served);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void accepts(String name, String request) throws Exception {
    int judged = bench.gate.begun.size();
    try (RawPeer peer = bench.peer()) {
      peer.send(request + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
      for (int i = 0; i < 2; i++) {
        assertThat(peer.head()).startsWith("HTTP/1.1 200 ");
        assertThat(peer.text(2)).isEqualTo("ok");
      }
    }
    assertThat(bench.gate.begun).hasSize(judged + 2);
    assertThat(bench.gate.begun.getLast().target()).isEqualTo("/next");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformedBodies")
  void breaks_off_a_body_that_is_malformed(String name, String request) throws Exception {
    int served = shop.heads.size();
    try (RawPeer peer = bench.peer()) {
      peer.send(request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
      String reply = peer.rest();
      assertThat(reply).startsWith("HTTP/1.1 400 ").endsWith("BODY_MALFORMED");
    }
    assertThat(bench.gate.walks.getLast().calls)
        .containsExactly("admit", "abandon BODY_MALFORMED", "end");
    assertThat(shop.heads).hasSize(served);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        // Request lines.
        no(Framing.REQUEST_LINE, "two spaces", "GET  / HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.REQUEST_LINE, "a space before", " GET / HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.REQUEST_LINE, "a space behind", "GET / HTTP/1.1 \r\n" + HOST + "\r\n"),
        no(Framing.REQUEST_LINE, "a space in the target", "GET /a b HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.REQUEST_LINE, "an empty line before", "\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.REQUEST_LINE, "HTTP/0.9", "GET /\r\n" + HOST + "\r\n"),
        no(Framing.REQUEST_LINE, "lower-case http", "GET / http/1.1\r\n" + HOST + "\r\n"),
        no(Framing.REQUEST_LINE, "HTTP/1.10", "GET / HTTP/1.10\r\n" + HOST + "\r\n"),
        no(Framing.REQUEST_LINE, "HTTP/1,1", "GET / HTTP/1,1\r\n" + HOST + "\r\n"),
        no(Framing.REQUEST_LINE, "a tab for a space", "GET\t/ HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.REQUEST_LINE, "a method that is no token", "G(T / HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.VERSION, "HTTP/2.0", "GET / HTTP/2.0\r\n" + HOST + "\r\n"),
        no(Framing.VERSION, "HTTP/1.2", "GET / HTTP/1.2\r\n" + HOST + "\r\n"),
        no(Framing.VERSION, "another preface", "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n"),
        no(Framing.METHOD, "CONNECT", "CONNECT a:443 HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.METHOD, "a long method", "A".repeat(33) + " / HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.TARGET, "authority form", "GET a:80 HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.TARGET, "asterisk for GET", "GET * HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.TARGET, "asterisk and more", "OPTIONS */ HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.TARGET, "a fragment", "GET /a#b HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.TARGET, "a raw byte beyond ASCII", "GET /\u00e9 HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.TARGET, "another scheme", "GET ftp://a/ HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.TARGET, "user information", "GET http://u@a/ HTTP/1.1\r\n" + HOST + "\r\n"),
        no(
            Framing.CONTROL_CHARACTER,
            "DEL in the target",
            "GET /\u007f HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.CONTROL_CHARACTER, "NUL in the target", "GET /\0 HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.TARGET_TOO_LONG, "one byte too much", get("/" + "a".repeat(4096))),
        no(Framing.TARGET_TOO_LONG, "a target without end", "GET /" + "a".repeat(9000)),
        // Hosts.
        no(Framing.HOST, "no host", "GET / HTTP/1.1\r\n\r\n"),
        no(Framing.HOST, "no host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n"),
        no(Framing.HOST, "two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
        no(Framing.HOST, "an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        no(Framing.HOST, "a list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
        no(Framing.HOST, "a path in it", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        no(Framing.HOST, "user information in it", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
        no(Framing.HOST, "a port too large", "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n"),
        no(Framing.HOST, "an empty port", "GET / HTTP/1.1\r\nHost: a:\r\n\r\n"),
        no(Framing.HOST, "an open bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
        no(Framing.AUTHORITY, "another authority", "GET http://b/ HTTP/1.1\r\n" + HOST + "\r\n"),
        no(Framing.AUTHORITY, "another port", "GET http://a:81/ HTTP/1.1\r\n" + HOST + "\r\n"),
        // Lengths.
        no(
            Framing.LENGTHS,
            "both lengths",
            post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        no(
            Framing.LENGTHS,
            "both, turned",
            post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n")),
        no(
            Framing.LENGTHS,
            "differing lengths",
            post("Content-Length: 3\r\nContent-Length: 4\r\n", "abc")),
        no(
            Framing.LENGTHS,
            "the same length twice",
            post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc")),
        no(Framing.LENGTH, "a list of lengths", post("Content-Length: 3, 3\r\n", "abc")),
        no(Framing.LENGTH, "a plus", post("Content-Length: +3\r\n", "abc")),
        no(Framing.LENGTH, "a minus", post("Content-Length: -3\r\n", "abc")),
        no(Framing.LENGTH, "hexadecimal", post("Content-Length: 0x3\r\n", "abc")),
        no(Framing.LENGTH, "a space in it", post("Content-Length: 1 3\r\n", "abc")),
        no(Framing.LENGTH, "empty", post("Content-Length:\r\n", "abc")),
        no(
            Framing.LENGTH_TOO_LONG,
            "nineteen digits",
            post("Content-Length: 1000000000000000000\r\n", "")),
        no(
            Framing.LENGTH_TOO_LONG,
            "beyond 64 bits",
            post("Content-Length: 99999999999999999999\r\n", "")),
        no(
            Framing.TRANSFER_CODING,
            "xchunked",
            post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")),
        no(
            Framing.TRANSFER_CODING,
            "identity, chunked",
            post("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n")),
        no(
            Framing.TRANSFER_CODING,
            "chunked, chunked",
            post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")),
        no(
            Framing.TRANSFER_CODING,
            "gzip, chunked",
            post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")),
        no(
            Framing.TRANSFER_CODING,
            "quoted",
            post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")),
        no(Framing.TRANSFER_CODING, "empty", post("Transfer-Encoding:\r\n", "0\r\n\r\n")),
        no(
            Framing.LENGTHS,
            "two codings",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        no(
            Framing.TRANSFER_CODING_VERSION,
            "chunked in HTTP/1.0",
            "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        no(
            Framing.EXPECTATION,
            "another expectation",
            post("Expect: 200-ok\r\nContent-Length: 2\r\n", "ab")),
        // Lines and fields.
        no(Framing.LINE_END, "a bare line feed", "GET / HTTP/1.1\n" + HOST + "\r\n"),
        no(Framing.LINE_END, "only line feeds", "GET / HTTP/1.1\nHost: a\n\n"),
        no(
            Framing.LINE_END,
            "a bare line feed between headers",
            "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
        no(
            Framing.LINE_END,
            "a bare carriage return",
            "GET / HTTP/1.1\r\nHost: a\r\nX: b\rY: c\r\n\r\n"),
        no(Framing.LINE_END, "two carriage returns", "GET / HTTP/1.1\r\r\n" + HOST + "\r\n"),
        no(Framing.CONTROL_CHARACTER, "NUL in a value", get("/", "X: a\0b\r\n")),
        no(Framing.CONTROL_CHARACTER, "escape in a value", get("/", "X: a\u001bb\r\n")),
        no(Framing.CONTROL_CHARACTER, "vertical tab in a name", get("/", "X\u000b: a\r\n")),
        no(Framing.FOLDED, "a folded header", get("/", "X: a\r\n b\r\n")),
        no(Framing.FOLDED, "folded by a tab", get("/", "X: a\r\n\tb\r\n")),
        no(Framing.FOLDED, "folded at once", "GET / HTTP/1.1\r\n X: a\r\n" + HOST + "\r\n"),
        no(Framing.FIELD_NAME, "a space before the colon", get("/", "X : a\r\n")),
        no(Framing.FIELD_NAME, "a tab before the colon", get("/", "Content-Length\t: 3\r\n")),
        no(Framing.FIELD_NAME, "no name", get("/", ": a\r\n")),
        no(Framing.FIELD_NAME, "no colon", get("/", "X\r\n")),
        no(Framing.FIELD_NAME, "a name that is no token", get("/", "X(y): a\r\n")),
        no(Framing.FIELD_NAME, "a name beyond ASCII", get("/", "X\u00e9: a\r\n")),
        no(Framing.TOO_MANY_FIELDS, "one header too many", get("/", "X: a\r\n".repeat(50))),
        no(Framing.HEAD_TOO_LONG, "a head too long", get("/", "X: " + "a".repeat(8192) + "\r\n")));
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        yes("a plain request", get("/")),
        yes("the longest target", get("/" + "a".repeat(4095))),
        yes("the most headers", get("/", "X: a\r\n".repeat(49))),
        yes("a target with odd characters", get("/a%20b;c=d?e={f}|g")),
        yes("absolute form", "GET http://a/x HTTP/1.1\r\n" + HOST + "\r\n"),
        yes("absolute form with a port", "GET http://a:80/x HTTP/1.1\r\nHost: A:80\r\n\r\n"),
        yes("asterisk for OPTIONS", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n"),
        yes("an IPv6 host", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"),
        yes("the largest port", "GET / HTTP/1.1\r\nHost: a:65535\r\n\r\n"),
        yes("a length", post("Content-Length: 3\r\n", "abc")),
        yes("length zero", post("Content-Length: 0\r\n", "")),
        yes("blanks around a length", post("Content-Length: \t3 \r\n", "abc")),
        yes("chunks", post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n")),
        yes(
            "chunks in capitals",
            post("TRANSFER-ENCODING: CHUNKED\r\n", "A\r\n0123456789\r\n0\r\n\r\n")),
        yes(
            "a size with zeros",
            post("Transfer-Encoding: chunked\r\n", "00000003\r\nabc\r\n0\r\n\r\n")),
        yes("a trailer", post("Transfer-Encoding: chunked\r\n", "0\r\nX-Sum: 1\r\n\r\n")),
        yes("a body on GET", "GET / HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\nabc"),
        yes("an empty value", get("/", "X:\r\n")),
        yes("a value beyond ASCII", get("/", "X: \u00e9\r\n")),
        yes("a tab in a value", get("/", "X: a\tb\r\n")));
  }

  static Stream<Arguments> malformedBodies() {
    return Stream.of(
        yes("hexadecimal prefix", chunks("0x3\r\nabc\r\n0\r\n\r\n")),
        yes("a plus", chunks("+3\r\nabc\r\n0\r\n\r\n")),
        yes("a minus", chunks("-3\r\nabc\r\n0\r\n\r\n")),
        yes("a space before", chunks(" 3\r\nabc\r\n0\r\n\r\n")),
        yes("a space behind", chunks("3 \r\nabc\r\n0\r\n\r\n")),
        yes("no size", chunks("\r\nabc\r\n0\r\n\r\n")),
        yes("an extension", chunks("3;a=b\r\nabc\r\n0\r\n\r\n")),
        yes("an extension on the last", chunks("3\r\nabc\r\n0;a\r\n\r\n")),
        yes("beyond 31 bits", chunks("80000000\r\nabc\r\n0\r\n\r\n")),
        yes("nine digits", chunks("000000003\r\nabc\r\n0\r\n\r\n")),
        yes("a bare line feed behind the size", chunks("3\nabc\r\n0\r\n\r\n")),
        yes("a bare line feed behind the data", chunks("3\r\nabc\n0\r\n\r\n")),
        yes("more data than the size", chunks("3\r\nabcd\r\n0\r\n\r\n")),
        yes("less data than the size", chunks("3\r\nab\r\n0\r\n\r\n")),
        yes("a length as trailer", chunks("0\r\nContent-Length: 3\r\n\r\n")),
        yes("a coding as trailer", chunks("0\r\nTransfer-Encoding: chunked\r\n\r\n")),
        yes("a host as trailer", chunks("0\r\nHost: b\r\n\r\n")),
        yes("a credential as trailer", chunks("0\r\nAuthorization: Bearer x\r\n\r\n")),
        yes("a folded trailer", chunks("0\r\nX: a\r\n b\r\n\r\n")),
        yes("a space before a trailer's colon", chunks("0\r\nX : a\r\n\r\n")),
        yes("a bare line feed in trailers", chunks("0\r\nX: a\n\r\n")));
  }

  private static Arguments no(Framing why, String name, String request) {
    return Arguments.of(why, name, request);
  }

  private static Arguments yes(String name, String request) {
    return Arguments.of(name, request);
  }

  private static String get(String target) {
    return get(target, "");
  }

  private static String get(String target, String lines) {
    return "GET " + target + " HTTP/1.1\r\n" + HOST + lines + "\r\n";
  }

  private static String post(String lines, String body) {
    return "POST / HTTP/1.1\r\n" + HOST + lines + "\r\n" + body;
  }

  private static String chunks(String body) {
    return post("Transfer-Encoding: chunked\r\n", body);
  }
}
