package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.testkit.wire.Frame;
import dev.gatewarden.testkit.wire.H2Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Answers over HTTP/2 that could not be framed, or not in one way, reach no caller.
@Timeout(60)
class LyingHttp2ServiceTest {

  static Stream<Arguments> lies() {
    return Stream.of(
        lie(
            "trailers before the end",
            in ->
                in.headers(false, ":status", "200", "content-length", "9")
                    .data("two", false)
                    .headers(true, "x-sum", "1")),
        lie(
            "less than it says",
            in -> in.headers(false, ":status", "200", "content-length", "9").data("two", true)),
        lie(
            "more than it says",
            in -> in.headers(false, ":status", "200", "content-length", "1").data("two", true)),
        lie("no body at all", in -> in.headers(true, ":status", "200", "content-length", "9")),
        lie("a body with 204", in -> in.headers(false, ":status", "204").data("evil", true)),
        lie("a body with 304", in -> in.headers(false, ":status", "304").data("evil", true)),
        lie(
            "a line within a value",
            in -> in.headers(true, ":status", "200", "x", "a\r\nset-cookie: evil=1")),
        lie("a name in capitals", in -> in.headers(true, ":status", "200", "X-Own", "a")),
        lie("a field of connections", in -> in.headers(true, ":status", "200", "upgrade", "h2c")),
        lie("an unasked switch", in -> in.headers(true, ":status", "101")),
        lie("no status", in -> in.headers(true, "x", "y")),
        lie(
            "a pseudo-field at the end",
            in ->
                in.headers(false, ":status", "200")
                    .data("two", false)
                    .headers(true, ":status", "200")));
  }

  private static Arguments lie(String name, Consumer<H2Peer.Stream> answer) {
    return Arguments.argumentSet(name, answer);
  }

  @ParameterizedTest
  @MethodSource("lies")
  void is_no_answer(Consumer<H2Peer.Stream> answer) throws Exception {
    try (Bench bench = new Bench();
        H2Peer service = H2Peer.serve();
        RawPeer caller = bench.peer()) {
      bench.gate.holdResponse = true;
      bench.gate.upstreams =
          new Upstreams(
              "shop",
              List.of(new Upstreams.Place(service.address(), false, "shop.internal")),
              true);
      caller.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      answer.accept(service.stream());
      assertThat(caller.head()).startsWith("HTTP/1.1 502").doesNotContain("evil");
      assertThat(bench.gate.awaitEnd().sent()).isEqualTo(502);
    }
  }

  @Test
  void that_offers_a_large_table_of_heads_makes_the_gate_remember_no_more() throws Exception {
    BlockingQueue<byte[]> heads = new LinkedBlockingQueue<>();
    try (Bench bench = new Bench();
        RecordingUpstream service = RecordingUpstream.with(peer -> offer(peer, heads));
        RawPeer caller = bench.peer()) {
      bench.gate.upstreams =
          new Upstreams(
              "shop",
              List.of(new Upstreams.Place(service.address(), false, "shop.internal")),
              true);
      ByteArrayOutputStream sizes = new ByteArrayOutputStream();
      for (int i = 0; i < 2; i++) {
        caller.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(caller.head()).startsWith("HTTP/1.1 204");
        byte[] head = heads.take();
        int at = 0;
        while ((head[at] & 0xe0) == 0x20) {
          sizes.write(head[at++]);
          do {
            sizes.write(head[at]);
          } while (head[at++] < 0);
        }
      }
      // 2^30, then 4096, as RFC 7541 writes them (sections 5.1 and 6.3).
      assertThat(HexFormat.of().formatHex(sizes.toByteArray())).endsWith("3fe11f");
    }
  }

  /// Answers with 204 whatever is asked.
  private static void offer(RawPeer peer, BlockingQueue<byte[]> heads) throws IOException {
    peer.bytes(24);
    peer.send(H2Line.frame(Frame.SETTINGS, 0, 0, H2Line.setting(1, 1 << 30)));
    while (true) {
      byte[] front = peer.bytes(9);
      byte[] payload = peer.bytes((front[0] & 255) << 16 | (front[1] & 255) << 8 | front[2] & 255);
      if (front[3] == Frame.HEADERS) {
        heads.add(payload);
        int flags = Frame.END_HEADERS | Frame.ENDS;
        peer.send(H2Line.frame(Frame.HEADERS, flags, front[8], H2Line.block(":status", "204")));
      }
    }
  }
}
