package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.framing.Framing;
import dev.gatewarden.gateway.transport.upstream.Reach;
import dev.gatewarden.gateway.walk.Walk;
import dev.gatewarden.testkit.Waiting;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of a request on every path through the driver, and that each walk ends once.
@Timeout(60)
class DriverTest {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private Bench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void stop() {
    assertThat(bench.gate.walks)
        .allSatisfy(walk -> assertThat(walk.calls.stream().filter("end"::equals)).hasSize(1));
    assertThat(bench.transport.held()).isZero();
    bench.close();
  }

  private static Runnable waitingOnce() {
    AtomicBoolean waited = new AtomicBoolean();
    return () -> {
      if (!waited.getAndSet(true)) {
        throw WouldWait.INSTANCE;
      }
      assertThat(Thread.currentThread().isVirtual()).isTrue();
    };
  }

  @Test
  void runs_a_step_again_where_waiting_is_allowed() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.holdResponse = true;
      bench.gate.beforeJudge = waitingOnce();
      bench.gate.beforeReceive = waitingOnce();
      bench.gate.beforeRelease = waitingOnce();
      peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
      peer.head();
      assertThat(peer.text(5)).isEqualTo("hello");
      assertThat(bench.gate.awaitEnd()).isEqualTo(new ScriptedGate.Ended(200, 3, 5));
      assertThat(bench.gate.walks.getFirst().calls)
          .containsExactly("admit", "judge", "receive", "release", "end");
      assertThat(bench.gate.walks.getFirst().judgedBody).isEqualTo("abc");
      assertThat(shop.bodies).containsExactly("abc");
    }
  }

  @Test
  void breaks_a_stream_off_when_the_caller_is_shut_out() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                service -> {
                  service.head();
                  service.send(
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                  await(never);
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send(GET);
      peer.head();
      assertThat(peer.until("hello")).endsWith("hello");
      bench.pass(Duration.ofSeconds(1));
      bench.gate.callerHolds = false;
      bench.pass(Duration.ofSeconds(1));

      assertThat(bench.gate.awaitEnd().sent()).isEqualTo(200);
      assertThat(bench.gate.walks.getFirst().calls).contains("abandon PROOF_ENDED");
      never.countDown();
    }
  }

  @Test
  void takes_no_more_of_a_long_body_when_the_caller_is_shut_out() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                service -> {
                  service.head();
                  asked.countDown();
                  await(never);
                });
        RawPeer peer = bench.peer()) {
      bench.gate.holdRequest = false;
      bench.gate.upstreams = shop.upstreams();
      peer.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      // The head leaves in the turn in which it is asked for the first time whether the caller may.
      await(asked);
      bench.gate.callerHolds = false;
      bench.pass(Duration.ofSeconds(1));

      assertThat(peer.head()).contains(" 401 ");
      assertThat(bench.gate.awaitEnd().sent()).isEqualTo(401);
      never.countDown();
    }
  }

  private static final String LINES =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "d\r\none\nsecret\ntw\r\n"
          + "a\r\no\nsecret\n3\r\n"
          + "0\r\n\r\n";

  @Test
  void judges_each_part_of_a_body_while_it_passes() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(LINES);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.byLine = true;
      peer.send(GET);
      assertThat(peer.head()).contains("transfer-encoding: chunked");
      assertThat(peer.until("0\r\n\r\n").replaceAll("\\p{XDigit}+\r\n(?!\r\n)|\r\n", ""))
          .doesNotContain("secret")
          .contains("one\n", "two\n");
      assertThat(bench.gate.awaitEnd().out()).isEqualTo(9);
    }
  }

  @Test
  void waits_for_a_part_where_waiting_is_allowed_and_goes_on_behind_it() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(LINES);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.byLine = true;
      bench.gate.beforePass =
          () -> {
            if (!Thread.currentThread().isVirtual()) {
              throw WouldWait.INSTANCE;
            }
          };
      peer.send(GET);
      peer.head();
      assertThat(peer.until("0\r\n\r\n")).doesNotContain("secret").contains("one\n", "two\n");
      assertThat(bench.gate.awaitEnd().out()).isEqualTo(9);
      assertThat(bench.gate.walks.getFirst().calls.stream().filter("pass"::equals)).hasSize(5);
    }
  }

  @Test
  void cuts_a_reply_off_of_which_one_part_is_too_long() throws Exception {
    try (RecordingUpstream shop =
            RecordingUpstream.answering(
                "HTTP/1.1 200 OK\r\nContent-Length: 104\r\n\r\none\n" + "x".repeat(100));
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.byLine = true;
      peer.send(GET);
      assertThat(bench.gate.awaitEnd().sent()).isEqualTo(200);
      assertThat(bench.gate.walks.getFirst().calls).contains("unreachable BODY_TOO_LONG");
    }
  }

  @Test
  void ends_a_walk_once_when_the_caller_leaves_while_a_part_waits() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    try (RecordingUpstream shop = RecordingUpstream.answering(LINES)) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.byLine = true;
      bench.gate.beforePass =
          () -> {
            if (!Thread.currentThread().isVirtual()) {
              throw WouldWait.INSTANCE;
            }
            waits.countDown();
            try {
              assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stopped) {
              throw new AssertionError(stopped);
            }
          };
      try (RawPeer peer = bench.peer()) {
        peer.send(GET);
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
      }
      left.countDown();
      assertThat(bench.gate.awaitEnd().sent()).isEqualTo(200);
    }
  }

  @Test
  void ends_a_walk_once_when_the_caller_leaves_while_a_step_waits() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    bench.gate.beforeJudge =
        () -> {
          if (first.getAndSet(false)) {
            throw WouldWait.INSTANCE;
          }
          inside.countDown();
          await(go);
        };
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO)) {
      bench.gate.upstreams = shop.upstreams();
      RawPeer peer = bench.peer();
      peer.send(GET);
      await(inside);
      // An abortive close is seen although nothing is read.
      peer.socket().setSoLinger(true, 0);
      peer.close();
      Waiting.until("the caller is gone", () -> bench.listener.connections() == 0);
      go.countDown();
      assertThat(bench.gate.awaitEnd().sent()).isZero();
      assertThat(bench.gate.walks.getFirst().calls).contains("abandon CALLER_GONE");
      assertThat(shop.heads).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void ends_a_walk_when_the_caller_leaves_before_the_response() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RecordingUpstream shop =
        RecordingUpstream.with(
            peer -> {
              peer.head();
              asked.countDown();
              peer.read();
            })) {
      bench.gate.upstreams = shop.upstreams();
      RawPeer peer = bench.peer();
      peer.send(GET);
      await(asked);
      peer.close();
      assertThat(bench.gate.awaitEnd().sent()).isZero();
    }
  }

  @Test
  void answers_by_itself_without_an_upstream_and_keeps_the_connection() throws Exception {
    bench.gate.admission =
        () -> new Walk.Admission.Answered(Reply.text(401, "text/plain", "who are you"));
    try (RawPeer peer = bench.peer()) {
      for (int i = 0; i < 2; i++) {
        peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
        assertThat(peer.head())
            .isEqualTo(
                "HTTP/1.1 401 Unauthorized\r\n"
                    + "content-type: text/plain\r\n"
                    + "content-length: 11\r\n\r\n");
        assertThat(peer.text(11)).isEqualTo("who are you");
      }
    }
    assertThat(bench.gate.awaitEnd()).isEqualTo(new ScriptedGate.Ended(401, 0, 11));
    bench.gate.awaitEnd();
  }

  @Test
  void closes_after_an_early_answer_to_a_body_that_is_not_worth_reading() throws Exception {
    bench.gate.admission = () -> new Walk.Admission.Answered(Reply.empty(403));
    try (RawPeer peer = bench.peer()) {
      peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc");
      assertThat(peer.rest()).startsWith("HTTP/1.1 403").contains("connection: close");
    }
    bench.gate.awaitEnd();
  }

  @Test
  void says_continue_only_after_admission() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      String head =
          "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
      peer.send(head);
      assertThat(peer.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      peer.send("abc");
      assertThat(peer.head()).startsWith("HTTP/1.1 200");
      peer.text(5);
      assertThat(shop.heads.getFirst()).doesNotContain("expect");
      bench.gate.awaitEnd();
      bench.gate.admission = () -> new Walk.Admission.Answered(Reply.empty(401));
      peer.send(head);
      assertThat(peer.rest()).startsWith("HTTP/1.1 401").contains("connection: close");
    }
    bench.gate.awaitEnd();
  }

  @Test
  void refuses_a_body_beyond_its_bound_and_takes_one_at_it() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO)) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.mostRequest = 3;
      for (String request :
          List.of(
              "Content-Length: 4\r\n\r\nabcd",
              "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n")) {
        try (RawPeer peer = bench.peer()) {
          peer.send("POST / HTTP/1.1\r\nHost: a\r\n" + request);
          assertThat(peer.head()).startsWith("HTTP/1.1 413");
        }
        assertThat(bench.gate.awaitEnd().sent()).isEqualTo(413);
      }
      try (RawPeer peer = bench.peer()) {
        peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
        assertThat(peer.head()).startsWith("HTTP/1.1 200");
      }
      bench.gate.awaitEnd();
    }
  }

  @Test
  void refuses_a_body_that_does_not_come_in_time() throws Exception {
    try (RawPeer peer = bench.peer()) {
      peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na");
      awaitCall("admit");
      bench.pass(Duration.ofSeconds(30));
      assertThat(peer.head()).startsWith("HTTP/1.1 408");
    }
    bench.gate.awaitEnd();
  }

  @Test
  void answers_504_when_the_upstream_is_silent() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  asked.countDown();
                  peer.read();
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send(GET);
      await(asked);
      bench.pass(Duration.ofSeconds(11));
      assertThat(peer.head()).startsWith("HTTP/1.1 504");
      assertThat(bench.gate.awaitEnd().sent()).isEqualTo(504);
    }
  }

  private void awaitCall(String call) {
    Waiting.until(
        call, () -> !bench.gate.walks.isEmpty() && bench.gate.walks.getLast().calls.contains(call));
  }

  @Test
  void answers_408_when_a_head_does_not_end() throws Exception {
    bench.gate.admission = () -> new Walk.Admission.Answered(Reply.empty(204));
    try (RawPeer slow = bench.peer()) {
      // Both in one segment: the answer to the first shows that the second has begun to be read.
      slow.send(GET + "GET / HTTP/1.1\r\nHo");
      assertThat(slow.head()).startsWith("HTTP/1.1 204");
      bench.pass(Duration.ofSeconds(30));
      assertThat(slow.rest()).startsWith("HTTP/1.1 408").contains("connection: close");
    }
    assertThat(bench.gate.refused).containsExactly(Framing.HEAD_TIMEOUT);
  }

  @Test
  void closes_a_connection_of_which_the_first_head_does_not_end() throws Exception {
    try (RawPeer slow = bench.peer()) {
      Waiting.until("it is there", () -> bench.listener.connections() == 1);
      slow.send("GET / HTTP/1.1\r\nHo");
      // Whether it is read before time passes or afterwards.
      Waiting.until(
          "it is gone",
          () -> {
            bench.pass(Duration.ofSeconds(1));
            return bench.listener.connections() == 0;
          });
    }
    assertThat(bench.gate.begun).isEmpty();
  }

  @Test
  void closes_a_connection_that_rests() throws Exception {
    bench.gate.admission = () -> new Walk.Admission.Answered(Reply.empty(204));
    try (RawPeer idle = bench.peer()) {
      idle.send(GET);
      assertThat(idle.head()).startsWith("HTTP/1.1 204").doesNotContain("content-length");
      bench.pass(Duration.ofSeconds(80));
      assertThat(idle.rest()).isEmpty();
    }
  }

  @Test
  void refuses_bodies_when_the_budget_is_spent() throws Exception {
    bench.close();
    bench = new Bench(Bench.LIMITS, 1000, null, Reach.DEFAULT);
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO);
        RawPeer first = bench.peer();
        RawPeer second = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      first.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n" + "a".repeat(800));
      Waiting.until("the body is held", () -> bench.transport.held() >= 800);
      second.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300\r\n\r\n" + "b".repeat(300));
      assertThat(second.head()).startsWith("HTTP/1.1 503");
      first.send("a".repeat(100));
      assertThat(first.head()).startsWith("HTTP/1.1 200");
      bench.gate.awaitEnd();
      bench.gate.awaitEnd();
    }
  }

  @Test
  void frames_replies_without_a_body_as_such() throws Exception {
    Queue<String> answers =
        new ConcurrentLinkedQueue<>(
            List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nETag: x\r\nContent-Length: 500\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  while (true) {
                    peer.head();
                    peer.send(answers.remove());
                  }
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(peer.head()).contains("content-length: 500");
      peer.send(GET);
      assertThat(peer.head()).startsWith("HTTP/1.1 304").doesNotContain("content-length");
      peer.send(GET);
      assertThat(peer.head()).startsWith("HTTP/1.1 204").doesNotContain("content-length");
      peer.send(GET);
      assertThat(peer.head()).startsWith("HTTP/1.1 200").contains("content-length: 0");
      // A body that is declared where none may come is not waited for on a connection of others.
      assertThat(shop.connections).hasValue(3);
    }
    for (int i = 0; i < 4; i++) {
      bench.gate.awaitEnd();
    }
  }

  @Test
  void frees_a_held_body_of_its_coding() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("hello hello hello".getBytes(StandardCharsets.UTF_8));
    }
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  for (int i = 0; i < 2; i++) {
                    peer.head();
                    peer.send(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                            + packed.size()
                            + "\r\n\r\n");
                    peer.send(packed.toByteArray());
                  }
                  peer.read();
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.holdResponse = true;
      peer.send(GET);
      assertThat(peer.head()).contains("content-length: 17").doesNotContain("gzip");
      assertThat(peer.text(17)).isEqualTo("hello hello hello");
      assertThat(bench.gate.awaitEnd().out()).isEqualTo(17);
      // The bound is for the plain bytes.
      bench.gate.mostResponse = 16;
      peer.send(GET);
      assertThat(peer.head()).startsWith("HTTP/1.1 502");
      bench.gate.awaitEnd();
    }
  }

  @Test
  void refuses_a_response_that_is_too_long_to_hold() throws Exception {
    for (String response :
        List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello!\r\n0\r\n\r\n")) {
      try (RecordingUpstream shop = RecordingUpstream.answering(response);
          RawPeer peer = bench.peer()) {
        bench.gate.upstreams = shop.upstreams();
        bench.gate.holdResponse = true;
        bench.gate.mostResponse = 5;
        peer.send(GET);
        assertThat(peer.head()).startsWith("HTTP/1.1 502");
        bench.gate.awaitEnd();
        assertThat(bench.gate.walks.getLast().calls).contains("unreachable BODY_TOO_LONG");
      }
    }
  }

  @Test
  void takes_a_body_that_ends_with_the_connection() throws Exception {
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.holdResponse = true;
      peer.send(GET);
      assertThat(peer.head()).contains("content-length: 5").doesNotContain("connection");
      assertThat(peer.text(5)).isEqualTo("hello");
    }
    bench.gate.awaitEnd();
  }

  @Test
  void cuts_a_streamed_reply_off_when_the_upstream_breaks() throws Exception {
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send(GET);
      assertThat(peer.head()).startsWith("HTTP/1.1 200");
      assertThat(peer.rest()).doesNotContain("0\r\n\r\n");
    }
    assertThat(bench.gate.awaitEnd().sent()).isEqualTo(200);
    assertThat(bench.gate.walks.getFirst().calls).contains("unreachable RESET");
  }

  @Test
  void flushes_events_as_they_come() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  peer.send(
                      "HTTP/1.1 200 OK\r\n"
                          + "Content-Type: text/event-stream\r\n"
                          + "Transfer-Encoding: chunked\r\n\r\n");
                  peer.send("9\r\ndata: 1\n\n\r\n");
                  await(seen);
                  peer.send("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send(GET);
      peer.head();
      assertThat(peer.until("\n\n\r\n")).contains("data: 1");
      seen.countDown();
      assertThat(peer.until("0\r\n\r\n")).contains("data: 2");
    }
    bench.gate.awaitEnd();
  }

  @Test
  void asks_once_more_when_a_resting_connection_turns_out_dead() throws Exception {
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  peer.send(HELLO);
                  // The second request on this connection is read and never answered.
                  peer.head();
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      for (int i = 0; i < 2; i++) {
        peer.send(GET);
        assertThat(peer.head()).startsWith("HTTP/1.1 200");
        peer.text(5);
        bench.gate.awaitEnd();
      }
      assertThat(shop.connections).hasValue(2);
      peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
      assertThat(peer.head()).startsWith("HTTP/1.1 502");
      bench.gate.awaitEnd();
    }
  }

  @Test
  void asks_another_place_when_one_refuses_and_shuns_it_then() throws Exception {
    ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    InetSocketAddress nobody =
        new InetSocketAddress(closed.getInetAddress(), closed.getLocalPort());
    closed.close();
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO)) {
      bench.gate.upstreams =
          new Upstreams(
              "two",
              List.of(
                  new Upstreams.Place(nobody, false, "a"),
                  new Upstreams.Place(shop.address(), false, "b")),
              false);
      for (int i = 0; i < 6; i++) {
        try (RawPeer peer = bench.peer()) {
          peer.send(GET);
          assertThat(peer.head()).startsWith("HTTP/1.1 200");
        }
        bench.gate.awaitEnd();
      }
      bench.gate.upstreams =
          new Upstreams("one", List.of(new Upstreams.Place(nobody, false, "a")), false);
      try (RawPeer peer = bench.peer()) {
        peer.send(GET);
        assertThat(peer.head()).startsWith("HTTP/1.1 502");
      }
      bench.gate.awaitEnd();
    }
  }

  @Test
  void answers_500_for_its_own_fault_and_goes_on() throws Exception {
    bench.gate.beforeJudge =
        () -> {
          throw new IllegalStateException("secret in a message");
        };
    try (RawPeer peer = bench.peer()) {
      peer.send(GET);
      assertThat(peer.head()).startsWith("HTTP/1.1 500");
      assertThat(peer.text(3)).isEqualTo("BUG");
    }
    assertThat(bench.gate.awaitEnd().sent()).isEqualTo(500);
  }

  @Test
  void carries_trailers_to_a_caller_that_takes_them() throws Exception {
    try (RecordingUpstream shop =
            RecordingUpstream.answering(
                "HTTP/1.1 200 OK\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "1\r\n"
                    + "a\r\n"
                    + "0\r\n"
                    + "X-Sum: 7\r\n"
                    + "Content-Length: 9\r\n\r\n");
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.holdRequest = false;
      // A trailer that would frame anew is broken framing, so this reply is cut off.
      peer.send(GET);
      assertThat(peer.rest()).doesNotContain("X-Sum").doesNotContain("0\r\n");
      bench.gate.awaitEnd();
    }
    try (RecordingUpstream shop =
            RecordingUpstream.answering(
                "HTTP/1.1 200 OK\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "1\r\n"
                    + "a\r\n"
                    + "0\r\n"
                    + "X-Sum: 7\r\n\r\n");
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send(
          "POST / HTTP/1.1\r\n"
              + "Host: a\r\n"
              + "TE: trailers\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + "1\r\n"
              + "b\r\n"
              + "0\r\n"
              + "X-In: 8\r\n\r\n");
      peer.head();
      assertThat(peer.until("\r\n\r\n")).isEqualTo("1\r\na\r\n0\r\nx-sum: 7\r\n\r\n");
      assertThat(shop.bodies).containsExactly("b");
      bench.gate.awaitEnd();
    }
  }
}
