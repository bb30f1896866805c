package dev.gatewarden.acceptance.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Floods within single connections of HTTP/1.1.
@Timeout(120)
class Http1FloodTest {
  private static final String GET = "GET /small HTTP/1.1\r\nHost: own.example\r\n";
  private static final String HOLD = "GET /hold HTTP/1.1\r\nHost: own.example\r\n\r\n";
  private static final String POST =
      "POST /small HTTP/1.1\r\nHost: own.example\r\nContent-Type: application/json\r\n";

  @Test
  void many_fields_and_long_ones_are_refused() throws Exception {
    try (Siege siege = Siege.within("{}")) {
      assertThat(told(siege, GET + "X-A: 1\r\n".repeat(200) + "\r\n")).startsWith("HTTP/1.1 431");
      assertThat(told(siege, GET + "X-A: " + "a".repeat(40_000) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431");
      assertThat(told(siege, "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\n"))
          .startsWith("HTTP/1.1 414");
      assertThat(siege.served()).isZero();
      assertThat(siege.honest()).isEqualTo(200);
    }
  }

  @Test
  void trailers_without_end_are_refused() throws Exception {
    try (Siege siege = Siege.within("{}")) {
      String chunked = POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n";
      assertThat(told(siege, chunked + "X-A: 1\r\n".repeat(5_000) + "\r\n"))
          .matches("(?s)HTTP/1.1 4(00|31).*");
      assertThat(told(siege, chunked + "X-A: " + "a".repeat(100_000) + "\r\n\r\n"))
          .matches("(?s)HTTP/1.1 4(00|31).*");
      assertThat(siege.served()).isZero();
      assertThat(siege.honestWriter()).isEqualTo(200);
    }
  }

  static Stream<Arguments> behind() {
    return Stream.of(
        Arguments.argumentSet("requests", (GET + "\r\n").repeat(20_000)),
        Arguments.argumentSet(
            "pieces", POST + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\n \r\n".repeat(100_000)));
  }

  @ParameterizedTest
  @MethodSource("behind")
  void what_piles_up_behind_a_request_stays_with_its_caller(String flood) throws Exception {
    try (Siege siege = Siege.within("{}");
        Socket one = siege.attacker(1)) {
      Siege.say(one, "GET /hold HTTP/1.1\r\nHost: own.example\r\n\r\n");
      Waiting.until("the service is asked", () -> siege.served() == 1);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  Siege.say(one, flood);
                } catch (IOException ended) {
                  return;
                }
              });
      for (int i = 1; i <= 50; i++) {
        assertThat(siege.honest()).isEqualTo(200);
        assertThat(siege.served()).isEqualTo(1 + i);
      }
      // As much as one reading brings, and what its pieces take beside their bytes.
      assertThat(siege.metric("gatewarden_held_bytes")).isLessThanOrEqualTo(1 << 20);
    }
  }

  @Test
  void more_requests_at_once_than_are_read_ahead_end_their_connection() throws Exception {
    try (Siege siege = Siege.within("{}");
        Socket one = siege.attacker(1)) {
      readWidely(one);
      Siege.say(one, HOLD + "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(600));
      Waiting.asking("it is ended", () -> siege.ended("pipeline") == 1);
      Waiting.asking("it is gone", () -> siege.metric("gatewarden_connections") == 0);
      assertThat(siege.metric("gatewarden_requests_in_flight")).isZero();
      assertThat(siege.metric("gatewarden_held_bytes")).isZero();
      assertThat(siege.served()).isEqualTo(2);
    }
  }

  @Test
  void requests_that_are_read_ahead_count_among_the_bytes_held() throws Exception {
    try (Siege siege = Siege.within("{in-flight: 1MiB}")) {
      List<Socket> flood = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Socket one = siege.attacker(1);
        flood.add(one);
        readWidely(one);
      }
      for (Socket each : flood) {
        Siege.say(each, HOLD + "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(400));
      }
      Waiting.asking("some are ended", () -> siege.ended("held_too_long") >= 12);
      assertThat(siege.metric("gatewarden_held_bytes")).isBetween(1.0, (double) (1 << 20));
      assertThat(siege.honestWriter()).isEqualTo(200);
      for (Socket each : flood) {
        each.close();
      }
      Waiting.asking("nothing is held", () -> siege.metric("gatewarden_held_bytes") == 0);
    }
  }

  /// Who sends much is read from in large pieces for a while.
  private static void readWidely(Socket socket) throws IOException {
    String body = "[" + " ".repeat(300_000) + "]";
    Siege.say(socket, POST + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    byte[] first = socket.getInputStream().readNBytes(12);
    assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
  }

  @Test
  void a_body_that_unfolds_without_end_is_refused_before_it_has() throws Exception {
    try (Siege siege = Siege.within("{body: 1MiB}");
        Socket one = siege.attacker(1)) {
      byte[] bomb = gzip(64 << 20);
      Siege.say(
          one, POST + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n");
      one.getOutputStream().write(bomb);
      byte[] first = one.getInputStream().readNBytes(12);
      assertThat(new String(first, StandardCharsets.US_ASCII)).matches("HTTP/1.1 4(00|13|15)");
      assertThat(siege.served()).isZero();
      assertThat(siege.metric("gatewarden_held_bytes")).isZero();
    }
  }

  private static byte[] gzip(int zeros) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      byte[] piece = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < zeros; i += piece.length) {
        out.write(piece);
      }
    }
    return bytes.toByteArray();
  }

  /// What comes first; who is refused early may not get all of it out.
  private static String told(Siege siege, String bytes) throws IOException {
    try (Socket socket = siege.attacker(1)) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  Siege.say(socket, bytes);
                } catch (IOException refused) {
                  return;
                }
              });
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }
}
