package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.framing.Framing;
import dev.gatewarden.gateway.walk.Walk;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// HTTP/2 by prior knowledge, in front and behind.
@Timeout(60)
class Http2Test {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private Bench bench;
  private H2Peer caller;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench();
    caller = H2Peer.connect(bench.listener.address());
  }

  @AfterEach
  void stop() {
    caller.close();
    bench.close();
  }

  private static Upstreams behind(H2Peer service) {
    return new Upstreams(
        "grpc", List.of(new Upstreams.Place(service.address(), false, "svc")), true);
  }

  private H2Peer.Stream get(String path) throws InterruptedException {
    return caller
        .open()
        .headers(true, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", path);
  }

  private H2Peer.Stream call(String... more) throws InterruptedException {
    String[] head = {
      ":method",
      "POST",
      ":scheme",
      "http",
      ":authority",
      "a",
      ":path",
      "/svc/M",
      "te",
      "trailers",
      "content-type",
      "application/grpc"
    };
    String[] all = new String[head.length + more.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(more, 0, all, head.length, more.length);
    return caller.open().headers(false, all);
  }

  @Test
  void carries_requests_to_a_service_that_speaks_http1() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO)) {
      bench.gate.upstreams = shop.upstreams();
      for (int i = 0; i < 3; i++) {
        H2Peer.Stream stream = get("/o/" + i);
        assertThat(stream.next()).isEqualTo("HEADERS 200");
        assertThat(stream.next()).isEqualTo("DATA hello");
        assertThat(stream.next()).isEqualTo("END");
        assertThat(bench.gate.awaitEnd()).isEqualTo(new ScriptedGate.Ended(200, 0, 5));
      }
      assertThat(shop.heads.getFirst()).startsWith("GET /o/0 HTTP/1.1\r\nhost: shop.internal\r\n");
      assertThat(bench.gate.begun.getFirst().protocol()).isEqualTo("2");
      assertThat(bench.gate.begun.getFirst().authority()).isEqualTo("a");
    }
  }

  @Test
  void holds_and_judges_a_body_without_a_declared_length() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO)) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.holdResponse = true;
      H2Peer.Stream stream = call().data("ab", false).data("cd", true);
      assertThat(stream.next()).isEqualTo("HEADERS 200");
      assertThat(stream.next()).isEqualTo("DATA hello");
      assertThat(bench.gate.awaitEnd()).isEqualTo(new ScriptedGate.Ended(200, 4, 5));
      assertThat(shop.bodies).containsExactly("abcd");
      assertThat(bench.gate.walks.getFirst().judgedBody).isEqualTo("abcd");
    }
  }

  @Test
  void carries_a_bidirectional_call_with_its_trailers() throws Exception {
    bench.gate.holdRequest = false;
    try (H2Peer service = H2Peer.serve()) {
      bench.gate.upstreams = behind(service);
      H2Peer.Stream out = call();
      H2Peer.Stream in = service.stream();
      assertThat(in.next()).isEqualTo("HEADERS POST /svc/M");
      assertThat(in.head.get("te")).hasToString("trailers");
      out.data("one", false);
      assertThat(in.next()).isEqualTo("DATA one");
      in.headers(false, ":status", "200", "content-type", "application/grpc");
      in.data("eins", false);
      assertThat(out.next()).isEqualTo("HEADERS 200");
      assertThat(out.next()).isEqualTo("DATA eins");
      out.data("two", true);
      assertThat(in.next()).isEqualTo("DATA two");
      assertThat(in.next()).isEqualTo("END");
      in.data("zwei", false);
      assertThat(out.next()).isEqualTo("DATA zwei");
      in.headers(true, "grpc-status", "0");
      assertThat(out.next()).isEqualTo("TRAILERS grpc-status=0");
      assertThat(out.next()).isEqualTo("END");
      assertThat(bench.gate.awaitEnd()).isEqualTo(new ScriptedGate.Ended(200, 6, 8));
    }
  }

  @Test
  void carries_a_call_that_has_only_trailers() throws Exception {
    bench.gate.holdRequest = false;
    try (H2Peer service = H2Peer.serve()) {
      bench.gate.upstreams = behind(service);
      H2Peer.Stream out = call().data("x", true);
      H2Peer.Stream in = service.stream();
      in.headers(true, ":status", "200", "grpc-status", "5");
      assertThat(out.next()).isEqualTo("HEADERS 200");
      assertThat(out.head.get("grpc-status")).hasToString("5");
      assertThat(out.next()).isEqualTo("END");
      bench.gate.awaitEnd();
    }
  }

  @Test
  void shares_one_connection_among_calls() throws Exception {
    try (H2Peer service = H2Peer.serve()) {
      bench.gate.upstreams = behind(service);
      H2Peer.Stream[] out = new H2Peer.Stream[10];
      for (int i = 0; i < out.length; i++) {
        out[i] = get("/" + i);
      }
      for (int i = 0; i < out.length; i++) {
        service.stream().headers(false, ":status", "200").data("ok", true);
      }
      for (H2Peer.Stream each : out) {
        assertThat(each.next()).isEqualTo("HEADERS 200");
        assertThat(each.next()).isEqualTo("DATA ok");
        bench.gate.awaitEnd();
      }
      assertThat(service.connections).hasValue(1);
    }
  }

  @Test
  void passes_a_cancelled_call_on() throws Exception {
    bench.gate.holdRequest = false;
    try (H2Peer service = H2Peer.serve()) {
      bench.gate.upstreams = behind(service);
      H2Peer.Stream out = call();
      H2Peer.Stream in = service.stream();
      assertThat(in.next()).startsWith("HEADERS");
      out.write(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
      assertThat(in.next()).isEqualTo("RESET 8");
      assertThat(bench.gate.awaitEnd().sent()).isZero();
    }
  }

  @Test
  void asks_again_when_the_service_refused_the_stream() throws Exception {
    try (H2Peer service = H2Peer.serve()) {
      bench.gate.upstreams = behind(service);
      H2Peer.Stream out = get("/");
      service.stream().write(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
      service.stream().headers(true, ":status", "204");
      assertThat(out.next()).isEqualTo("HEADERS 204");
      bench.gate.awaitEnd();
    }
  }

  @Test
  void answers_502_when_the_service_resets_and_cuts_a_begun_reply_off() throws Exception {
    try (H2Peer service = H2Peer.serve()) {
      bench.gate.upstreams = behind(service);
      H2Peer.Stream first = call().data("x", true);
      service.stream().write(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
      assertThat(first.next()).isEqualTo("HEADERS 502");
      bench.gate.awaitEnd();
      H2Peer.Stream second = call().data("x", true);
      service.stream()
          .headers(false, ":status", "200")
          .data("part", false)
          .write(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
      List<String> seen = new ArrayList<>();
      while (!seen.contains("CLOSED")) {
        seen.add(second.next());
      }
      assertThat(seen).contains("HEADERS 200", "RESET 2").doesNotContain("END");
      bench.gate.awaitEnd();
    }
  }

  @Test
  void ends_an_early_answered_request_with_a_reset() throws Exception {
    bench.gate.admission = () -> new Walk.Admission.Answered(Reply.text(401, "text/plain", "no"));
    H2Peer.Stream stream = call();
    assertThat(stream.next()).isEqualTo("HEADERS 401");
    assertThat(stream.next()).isEqualTo("DATA no");
    assertThat(stream.next()).isEqualTo("END");
    assertThat(stream.next()).isEqualTo("RESET 0");
    bench.gate.awaitEnd();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void refuses(Framing why, String name, List<String> fields) throws Exception {
    H2Peer.Stream stream = caller.open().headers(true, fields.toArray(new String[0]));
    assertThat(stream.next()).isEqualTo("HEADERS " + why.status());
    assertThat(bench.gate.refused).containsExactly(why);
    assertThat(bench.gate.begun).isEmpty();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        with(Framing.PSEUDO_HEADER, "another scheme", ":scheme", "https"),
        with(Framing.AUTHORITY, "another host", "host", "b"),
        with(Framing.HOST, "a malformed authority", ":authority", "u@a"),
        with(Framing.TARGET, "a path without a slash", ":path", "x"),
        with(Framing.TARGET, "a fragment", ":path", "/x#y"),
        with(Framing.TARGET, "a space in the path", ":path", "/x y"),
        with(Framing.TARGET, "asterisk for GET", ":path", "*"),
        with(Framing.TARGET_TOO_LONG, "a long path", ":path", "/" + "a".repeat(4096)),
        with(Framing.METHOD, "a long method", ":method", "A".repeat(33)),
        with(Framing.PSEUDO_HEADER, "a method that is no token", ":method", "G T"),
        with(Framing.MALFORMED, "a length without a body", "content-length", "3"),
        with(Framing.MALFORMED, "a length with a plus", "content-length", "+0"),
        with(Framing.EXPECTATION, "another expectation", "expect", "x"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reset")
  void resets_what_the_protocol_forbids(String name, List<String> fields) throws Exception {
    H2Peer.Stream stream = caller.open().headers(true, fields.toArray(new String[0]));
    String first = stream.next();
    assertThat(first).matches("HEADERS 400|RESET 1|CLOSED");
    assertThat(bench.gate.begun).isEmpty();
  }

  static Stream<Arguments> reset() {
    return Stream.of(
            with(null, "an upper-case name", "X-Up", "1"),
            with(null, "connection", "connection", "close"),
            with(null, "transfer-encoding", "transfer-encoding", "chunked"),
            with(null, "upgrade", "upgrade", "h2c"),
            with(null, "te other than trailers", "te", "gzip"),
            with(null, "an unknown pseudo-header", ":protocol", "websocket"),
            with(null, "a status", ":status", "200"),
            with(null, "a line feed in a value", "x", "a\nb"),
            with(null, "NUL in a value", "x", "a\0b"))
        .map(a -> Arguments.of(a.get()[1], a.get()[2]));
  }

  private static Arguments with(Framing why, String name, String field, String value) {
    List<String> fields =
        new ArrayList<>(
            List.of(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/"));
    int at = fields.indexOf(field);
    if (at >= 0) {
      fields.set(at + 1, value);
    } else {
      int place = field.startsWith(":") ? 0 : fields.size();
      fields.addAll(place, List.of(field, value));
    }
    return Arguments.of(why, name, fields);
  }

  @Test
  void breaks_off_a_body_that_is_not_as_long_as_declared() throws Exception {
    bench.gate.holdRequest = true;
    H2Peer.Stream stream = call("content-length", "5").data("abc", true);
    assertThat(stream.next()).isEqualTo("HEADERS 400");
    assertThat(bench.gate.awaitEnd().sent()).isEqualTo(400);
  }

  @Test
  void says_goodbye_when_it_drains() throws Exception {
    try (H2Peer service = H2Peer.serve()) {
      bench.gate.upstreams = behind(service);
      H2Peer.Stream out = get("/");
      H2Peer.Stream in = service.stream();
      var drained =
          CompletableFuture.supplyAsync(() -> bench.listener.drain(Duration.ofSeconds(20)));
      in.headers(true, ":status", "204");
      assertThat(out.next()).isEqualTo("HEADERS 204");
      assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(caller.channel().closeFuture().await(10_000)).isTrue();
    }
  }

  @Test
  void survives_a_flood_of_resets_by_ending_the_connection() throws Exception {
    bench.gate.holdRequest = true;
    for (int i = 0; i < 400 && caller.channel().isActive(); i++) {
      H2Peer.Stream stream = new H2Peer.Stream();
      var opened = new Http2StreamChannelBootstrap(caller.channel()).handler(stream).open().await();
      if (!opened.isSuccess()) {
        break;
      }
      stream.headers(false, ":method", "POST", ":scheme", "http", ":authority", "a", ":path", "/");
      stream.write(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
    }
    assertThat(caller.channel().closeFuture().await(10_000)).isTrue();
  }

  @Test
  void ends_a_connection_that_floods_continuations() throws Exception {
    try (RawPeer peer = bench.peer()) {
      peer.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").send(frame(4, 0, 0, 0));
      peer.send(frame(1, 0, 1, 1));
      try {
        for (int i = 0; i < 10_000; i++) {
          peer.send(frame(9, 0, 1, 1));
        }
      } catch (IOException closed) {
        // The gate was quicker.
        assertThat(closed).isNotNull();
      }
      try {
        assertThat(peer.rest()).isNotNull();
      } catch (IOException reset) {
        assertThat(reset).hasMessageNotContaining("timed out");
      }
    }
    assertThat(bench.gate.begun).isEmpty();
  }

  /// A frame with a payload of zeros; for headers, of `:method: GET`.
  private static byte[] frame(int type, int flags, int stream, int length) {
    byte[] frame = new byte[9 + length];
    frame[2] = (byte) length;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    frame[8] = (byte) stream;
    for (int i = 9; i < frame.length; i++) {
      frame[i] = (byte) 0x82;
    }
    return frame;
  }

  @Test
  void sends_a_call_again_that_the_service_did_not_touch_though_it_acts() throws Exception {
    try (H2Peer service = H2Peer.serve()) {
      bench.gate.upstreams = behind(service);
      H2Peer.Stream out = caller.open().headers(false, POST).data("whole", true);
      H2Peer.Stream first = service.stream();
      first.write(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
      H2Peer.Stream second = service.stream();
      assertThat(second.next()).startsWith("HEADERS POST");
      assertThat(second.next()).isEqualTo("DATA whole");
      second.headers(true, ":status", "204");
      assertThat(out.next()).isEqualTo("HEADERS 204");
      // Once: who refuses again is believed.
      H2Peer.Stream again = caller.open().headers(false, POST).data("x", true);
      service.stream().write(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
      service.stream().write(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
      assertThat(again.next()).isEqualTo("HEADERS 502");
      assertThat(service.streams).isEmpty();
    }
  }

  private static final String[] POST = {
    ":method", "POST", ":scheme", "http", ":authority", "a", ":path", "/"
  };

  @Test
  void holds_little_of_a_call_that_the_service_does_not_read() throws Exception {
    int pieces = 256;
    String piece = "a".repeat(16 * 1024);
    bench.gate.holdRequest = false;
    bench.gate.mostRequest = 1L << 30;
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong read = new AtomicLong();
    try (H2Peer service = H2Peer.serve();
        RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  go.await();
                  read.addAndGet(peer.bytes(pieces * piece.length()).length);
                  peer.send(HELLO);
                })) {
      bench.gate.upstreams = shop.upstreams();
      H2Peer.Stream out = caller.open();
      String[] head = Arrays.copyOf(POST, POST.length + 2);
      head[POST.length] = "content-length";
      head[POST.length + 1] = String.valueOf(pieces * piece.length());
      out.headers(false, head);
      for (int i = 0; i < pieces; i++) {
        out.data(piece, i == pieces - 1);
      }
      // Its window is full, and the gate gives it no more.
      bench.gate.upstreams = behind(service);
      H2Peer.Stream quick = get("/quick");
      service.stream().headers(true, ":status", "204");
      assertThat(quick.next()).isEqualTo("HEADERS 204");
      assertThat(bench.transport.held()).isLessThan(1 << 20);
      go.countDown();
      assertThat(out.next()).isEqualTo("HEADERS 200");
      assertThat(read).hasValue((long) pieces * piece.length());
    }
  }

  @Test
  void pauses_a_service_of_http2_whose_reply_nobody_reads() throws Exception {
    int pieces = 256;
    String piece = "a".repeat(16 * 1024);
    try (H2Peer service = H2Peer.serve()) {
      bench.gate.upstreams = behind(service);
      H2Peer.Stream slow = caller.open();
      slow.channel().config().setAutoRead(false);
      slow.headers(true, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/long");
      H2Peer.Stream in = service.stream();
      in.headers(false, ":status", "200");
      for (int i = 0; i < pieces; i++) {
        in.data(piece, i == pieces - 1);
      }
      H2Peer.Stream quick = get("/quick");
      service.stream().headers(true, ":status", "204");
      assertThat(quick.next()).isEqualTo("HEADERS 204");
      // Most of it has not left the service: its window is not given back.
      assertThat(in.channel().isWritable()).isFalse();
      assertThat(bench.transport.held()).isLessThan(1 << 20);
      slow.channel().config().setAutoRead(true);
      long got = 0;
      for (String next = slow.next(); !next.equals("END"); next = slow.next()) {
        assertThat(next.substring(0, 4)).isIn("HEAD", "DATA");
        got += next.startsWith("DATA ") ? next.length() - 5 : 0;
      }
      assertThat(got).isEqualTo((long) pieces * piece.length());
    }
  }

  @Test
  void holds_little_of_a_reply_that_nobody_reads_and_serves_other_streams() throws Exception {
    int all = 16 << 20;
    byte[] block = new byte[1 << 16];
    AtomicLong written = new AtomicLong();
    try (RecordingUpstream shop =
        RecordingUpstream.with(
            peer -> {
              if (!peer.head().startsWith("GET /long")) {
                peer.send(HELLO);
                peer.read();
                return;
              }
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + all + "\r\n\r\n");
              for (int sent = 0; sent < all; sent += block.length) {
                peer.send(block);
                written.addAndGet(block.length);
              }
              peer.read();
            })) {
      bench.gate.upstreams = shop.upstreams();
      H2Peer.Stream slow = caller.open();
      slow.channel().config().setAutoRead(false);
      slow.headers(true, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/long");
      CountDownLatch never = new CountDownLatch(1);
      for (long before = -1; before != written.get() || before <= 0; ) {
        before = written.get();
        assertThat(never.await(300, TimeUnit.MILLISECONDS)).isFalse();
      }
      assertThat(written.get()).isLessThan(all);
      assertThat(bench.transport.held()).isLessThan(1 << 20);
      H2Peer.Stream quick = get("/short");
      assertThat(quick.next()).isEqualTo("HEADERS 200");
      assertThat(quick.next()).isEqualTo("DATA hello");
      slow.channel().config().setAutoRead(true);
      for (String next = slow.next(); !next.equals("END"); next = slow.next()) {
        assertThat(next.substring(0, 4)).isIn("HEAD", "DATA");
      }
      assertThat(written).hasValue(all);
    }
  }

  @Test
  void counts_a_request_once_that_is_cancelled_while_it_waits() throws Exception {
    Semaphore inside = new Semaphore(0);
    CountDownLatch go = new CountDownLatch(1);
    bench.gate.beforeJudge =
        () -> {
          if (!Thread.currentThread().isVirtual()) {
            throw WouldWait.INSTANCE;
          }
          inside.release();
          try {
            assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
          }
        };
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO)) {
      bench.gate.upstreams = shop.upstreams();
      for (int i = 0; i < 90; i++) {
        H2Peer.Stream stream = get("/");
        assertThat(inside.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        stream.write(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
      }
      H2Peer.Stream honest = get("/");
      go.countDown();
      assertThat(honest.next()).isEqualTo("HEADERS 200");
      assertThat(bench.listener.endings()).containsEntry("frames", 0L);
    }
  }
}
