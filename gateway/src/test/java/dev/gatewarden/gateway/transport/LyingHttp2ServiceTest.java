package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.gateway.pipeline.Upstreams;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
}
