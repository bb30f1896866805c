package dev.gatewarden.acceptance.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Waiting;
import dev.gatewarden.testkit.wire.Frame;
import dev.gatewarden.testkit.wire.H2Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Floods of frames on one connection of HTTP/2 (RFC 9113, section 10.5).
@Timeout(120)
class Http2FloodTest {
  private static final byte[] NONE = {};
  private static final int MANY = 20_000;
  private static final int CANCEL = 8;

  /// What is sent again and again.
  private interface Volley {
    byte[] on(H2Line line) throws IOException;
  }

  private static Arguments of(String name, Volley volley) {
    return Arguments.argumentSet(name, volley);
  }

  static Stream<Arguments> empty() {
    return Stream.of(
        of("settings", line -> H2Line.frame(Frame.SETTINGS, 0, 0, NONE)),
        of("settings of size", line -> H2Line.frame(Frame.SETTINGS, 0, 0, tables())),
        of("acknowledged settings", line -> H2Line.frame(Frame.SETTINGS, Frame.ACK, 0, NONE)),
        of("pings", line -> H2Line.frame(Frame.PING, 0, 0, new byte[8])),
        of("pongs", line -> H2Line.frame(Frame.PING, Frame.ACK, 0, new byte[8])),
        of("priorities", line -> H2Line.frame(Frame.PRIORITY, 0, 1, new byte[] {0, 0, 0, 3, 9})),
        of("windows", line -> H2Line.frame(Frame.WINDOW_UPDATE, 0, 0, H2Line.word(1))),
        of("unknown frames", line -> H2Line.frame(99, 0, 0, NONE)),
        of(
            "empty data",
            line -> {
              int stream = line.next();
              line.send(Frame.HEADERS, Frame.END_HEADERS, stream, upload(line));
              return H2Line.frame(Frame.DATA, 0, stream, NONE);
            }),
        of(
            "data of nothing but padding",
            line -> {
              int stream = line.next();
              line.send(Frame.HEADERS, Frame.END_HEADERS, stream, upload(line));
              return H2Line.frame(Frame.DATA, 8, stream, new byte[] {0});
            }),
        of(
            "continuations",
            line -> {
              int stream = line.next();
              line.send(Frame.HEADERS, 0, stream, upload(line));
              return H2Line.frame(
                  Frame.CONTINUATION, 0, stream, H2Line.block("x-a", "a".repeat(100)));
            }),
        of(
            "empty continuations",
            line -> {
              int stream = line.next();
              line.send(Frame.HEADERS, 0, stream, upload(line));
              return H2Line.frame(Frame.CONTINUATION, 0, stream, NONE);
            }));
  }

  @ParameterizedTest
  @MethodSource("empty")
  void frames_that_carry_nothing_end_their_connection(Volley volley) throws Exception {
    try (Siege siege = Siege.within("{}");
        H2Line line = siege.attackerH2(1, NONE)) {
      line.flood(MANY, volley.on(line));
      Waiting.asking("it is ended", () -> siege.metric("gatewarden_connections") == 0);
      assertThat(siege.served()).isLessThanOrEqualTo(1);
      assertThat(siege.honest()).isEqualTo(200);
      assertThat(siege.metric("gatewarden_held_bytes")).isZero();
    }
  }

  /// One stream after another, each of which makes work for nothing.
  private interface Stroke {
    byte[] on(H2Line line, int stream);
  }

  private static Arguments stroke(String name, Stroke stroke) {
    return Arguments.argumentSet(name, stroke);
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        stroke(
            "asked and cancelled (CVE-2023-44487)",
            (line, stream) ->
                all(
                    H2Line.frame(
                        Frame.HEADERS,
                        Frame.END_HEADERS | Frame.ENDS,
                        stream,
                        line.head("GET", "/small", Siege.HOST)),
                    H2Line.frame(Frame.RST_STREAM, 0, stream, H2Line.word(CANCEL)))),
        stroke(
            "a window that grows by nothing (CVE-2025-8671)",
            (line, stream) ->
                all(
                    open(line, stream),
                    H2Line.frame(Frame.WINDOW_UPDATE, 0, stream, H2Line.word(0)))),
        stroke(
            "a window that grows too large (CVE-2025-8671)",
            (line, stream) ->
                all(
                    open(line, stream),
                    H2Line.frame(Frame.WINDOW_UPDATE, 0, stream, H2Line.word(Integer.MAX_VALUE)))),
        stroke(
            "a priority of the wrong length (CVE-2025-8671)",
            (line, stream) ->
                all(open(line, stream), H2Line.frame(Frame.PRIORITY, 0, stream, new byte[4]))),
        stroke(
            "a stream that depends on itself (CVE-2025-8671)",
            (line, stream) ->
                all(
                    open(line, stream),
                    H2Line.frame(
                        Frame.PRIORITY, 0, stream, all(H2Line.word(stream), new byte[] {1})))),
        stroke(
            "more than was declared",
            (line, stream) ->
                all(
                    H2Line.frame(
                        Frame.HEADERS,
                        Frame.END_HEADERS,
                        stream,
                        line.head(
                            "POST",
                            "/stream",
                            Siege.HOST,
                            "content-type",
                            "text/plain",
                            "content-length",
                            "1")),
                    H2Line.frame(Frame.DATA, 0, stream, new byte[2]))),
        stroke(
            "trailers that do not end",
            (line, stream) ->
                all(
                    open(line, stream),
                    H2Line.frame(
                        Frame.HEADERS, Frame.END_HEADERS, stream, H2Line.block("x-a", "b")))),
        stroke(
            "a head without a path",
            (line, stream) ->
                H2Line.frame(
                    Frame.HEADERS,
                    Frame.END_HEADERS | Frame.ENDS,
                    stream,
                    H2Line.block(":method", "GET", ":scheme", "http", ":authority", "a"))));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void streams_that_are_broken_off_end_their_connection(Stroke stroke) throws Exception {
    try (Siege siege = Siege.within("{}");
        H2Line line = siege.attackerH2(1, NONE)) {
      boolean open = true;
      for (int i = 0; i < 2_000 && open; i++) {
        open = line.flood(1, stroke.on(line, line.next()));
      }
      Waiting.asking("it is ended", () -> siege.metric("gatewarden_connections") == 0);
      assertThat(siege.served()).isLessThan(250);
      int before = siege.served();
      assertThat(siege.honest()).isEqualTo(200);
      assertThat(siege.served()).isEqualTo(before + 1);
      assertThat(siege.metric("gatewarden_requests_in_flight")).isZero();
      assertThat(siege.metric("gatewarden_held_bytes")).isZero();
    }
  }

  @Test
  void a_small_block_that_unfolds_into_a_long_head_reaches_nobody() throws Exception {
    try (Siege siege = Siege.within("{}");
        H2Line line = siege.attackerH2(1, NONE)) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.writeBytes(line.head("GET", "/small", Siege.HOST));
      // One field of four thousand bytes enters the table, and is named four thousand times.
      byte[] literal = H2Line.block("x-bomb", "b".repeat(4_000));
      literal[0] = 0x40;
      block.writeBytes(literal);
      for (int i = 0; i < 4_000; i++) {
        block.write(0xBE);
      }
      for (int i = 0; i < 2_000; i++) {
        int stream = line.next();
        if (!line.flood(
            1,
            H2Line.frame(
                Frame.HEADERS, Frame.END_HEADERS | Frame.ENDS, stream, block.toByteArray()))) {
          break;
        }
      }
      Waiting.asking("it is ended", () -> siege.metric("gatewarden_connections") == 0);
      assertThat(siege.served()).isZero();
      assertThat(siege.honest()).isEqualTo(200);
    }
  }

  @Test
  void trailers_without_end_reach_nobody() throws Exception {
    try (Siege siege = Siege.within("{}");
        H2Line line = siege.attackerH2(1, NONE)) {
      int stream = line.next();
      line.send(
          Frame.HEADERS,
          Frame.END_HEADERS,
          stream,
          line.head("POST", "/small", Siege.HOST, "content-type", "application/json"));
      line.send(Frame.DATA, 0, stream, Siege.ascii("{}"));
      line.send(Frame.HEADERS, Frame.ENDS, stream, H2Line.block("x-a", "a".repeat(16_000)));
      byte[] more = H2Line.block("x-a", "a".repeat(16_000));
      line.flood(20, H2Line.frame(Frame.CONTINUATION, 0, stream, more));
      Waiting.asking("it is ended", () -> siege.metric("gatewarden_connections") == 0);
      assertThat(siege.served()).isZero();
      assertThat(siege.honestWriter()).isEqualTo(200);
    }
  }

  @Test
  void a_stream_is_not_opened_twice() throws Exception {
    try (Siege siege = Siege.within("{}");
        H2Line line = siege.attackerH2(1, NONE)) {
      assertThat(line.get(Siege.HOST, "/small")).isEqualTo(200);
      line.send(
          Frame.HEADERS, Frame.END_HEADERS | Frame.ENDS, 1, line.head("GET", "/small", Siege.HOST));
      assertThat(line.goodbye()).isEqualTo(5);
      assertThat(siege.served()).isEqualTo(1);
    }
  }

  @Test
  void who_takes_much_may_say_often_that_there_is_room() throws Exception {
    try (Siege siege = Siege.within("{}");
        H2Line line = H2Line.open(siege.gate().uri())) {
      for (int i = 0; i < 3; i++) {
        int stream = line.next();
        line.send(
            Frame.HEADERS,
            Frame.END_HEADERS | Frame.ENDS,
            stream,
            line.head("GET", "/big", Siege.HOST));
        int taken = 0;
        for (Frame frame = line.read(); !frame.ends(); frame = line.read()) {
          if (frame.type() == Frame.DATA && frame.payload().length > 0) {
            taken += frame.payload().length;
            byte[] room = H2Line.word(frame.payload().length);
            line.send(Frame.WINDOW_UPDATE, 0, 0, room);
            line.send(Frame.WINDOW_UPDATE, 0, stream, room);
          }
        }
        assertThat(taken).isGreaterThan(Siege.BIG - 20_000);
      }
      assertThat(siege.ended("frames")).isZero();
    }
  }

  @Test
  void who_asks_much_may_ping_and_make_room_for_each_answer() throws Exception {
    try (Siege siege = Siege.within("{}");
        H2Line line = H2Line.open(siege.gate().uri())) {
      for (int i = 0; i < 1_500; i++) {
        line.get(Siege.HOST, "/small");
        line.send(Frame.PING, 0, 0, new byte[8]);
        line.send(Frame.WINDOW_UPDATE, 0, 0, H2Line.word(100));
      }
      assertThat(siege.ended("frames")).isZero();
    }
  }

  @Test
  void a_caller_who_offers_a_large_table_of_heads_makes_the_gate_remember_no_more()
      throws Exception {
    try (Siege siege = Siege.within("{}");
        H2Line line = H2Line.open(siege.gate().uri(), H2Line.setting(1, 1 << 30))) {
      int stream = line.next();
      line.send(
          Frame.HEADERS,
          Frame.END_HEADERS | Frame.ENDS,
          stream,
          line.head("GET", "/small", Siege.HOST));
      Frame head = line.read();
      while (head.type() != Frame.HEADERS) {
        head = line.read();
      }
      assertThat(tableSizes(head.payload())).isNotEmpty().last().isEqualTo(4096);
    }
  }

  /// The sizes that a head begins with (RFC 7541, section 6.3).
  private static List<Integer> tableSizes(byte[] block) {
    List<Integer> sizes = new ArrayList<>();
    int at = 0;
    while ((block[at] & 0xe0) == 0x20) {
      int size = block[at++] & 0x1f;
      for (int shift = 0; size >= 31 && (shift == 0 || block[at - 1] < 0); shift += 7) {
        size += (block[at++] & 0x7f) << shift;
      }
      sizes.add(size);
    }
    return sizes;
  }

  private static byte[] upload(H2Line line) {
    return line.head("POST", "/stream", Siege.HOST, "content-type", "text/plain");
  }

  private static byte[] open(H2Line line, int stream) {
    return H2Line.frame(Frame.HEADERS, Frame.END_HEADERS, stream, upload(line));
  }

  private static byte[] tables() {
    ByteArrayOutputStream settings = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      settings.writeBytes(H2Line.setting(1, i % 2 == 0 ? 0 : 4096));
    }
    return settings.toByteArray();
  }

  private static byte[] all(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
