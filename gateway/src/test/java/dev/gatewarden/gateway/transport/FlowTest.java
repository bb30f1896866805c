package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.gateway.pipeline.ClearedForTests;
import dev.gatewarden.gateway.pipeline.HeaderLines;
import dev.gatewarden.gateway.transport.upstream.Fetch;
import dev.gatewarden.gateway.walk.Walk;
import dev.gatewarden.testkit.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Back-pressure, drain, bounds of connections, and look-ups beside the path.
@Timeout(60)
class FlowTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private Bench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void holds_little_of_a_long_response_that_nobody_reads() throws Exception {
    long all = 64L << 20;
    AtomicLong written = new AtomicLong();
    byte[] block = new byte[1 << 16];
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + all + "\r\n\r\n");
                  for (long sent = 0; sent < all; sent += block.length) {
                    peer.send(block);
                    written.addAndGet(block.length);
                  }
                  peer.read();
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send(GET);
      peer.head();
      awaitStandstill(written);
      // What has left the upstream lies in socket buffers; the gate itself holds a few pieces.
      assertThat(written.get()).isLessThan(all / 2);
      assertThat(bench.transport.held()).isLessThan(1 << 20);
      for (long got = 0; got < all; got += block.length) {
        assertThat(peer.bytes(block.length)).hasSize(block.length);
      }
      assertThat(bench.gate.awaitEnd().out()).isEqualTo(all);
    }
  }

  @Test
  void holds_little_of_a_long_request_that_the_upstream_does_not_read() throws Exception {
    long all = 64L << 20;
    AtomicLong written = new AtomicLong();
    byte[] block = new byte[1 << 16];
    CountDownLatch go = new CountDownLatch(1);
    bench.gate.holdRequest = false;
    bench.gate.mostRequest = all;
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  go.await();
                  for (long got = 0; got < all; got += block.length) {
                    peer.bytes(block.length);
                  }
                  peer.send(HELLO);
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + all + "\r\n\r\n");
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (long sent = 0; sent < all; sent += block.length) {
                        peer.send(block);
                        written.addAndGet(block.length);
                      }
                    } catch (java.io.IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      awaitStandstill(written);
      assertThat(written.get()).isLessThan(all / 2);
      assertThat(bench.transport.held()).isLessThan(1 << 20);
      go.countDown();
      assertThat(peer.head()).startsWith("HTTP/1.1 200");
      writer.join();
      assertThat(bench.gate.awaitEnd().in()).isEqualTo(all);
    }
  }

  /// Returns once nothing has moved for a good while; a slow machine only makes it return later.
  private static void awaitStandstill(AtomicLong written) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long before = -1;
    while (before != written.get() || before <= 0) {
      before = written.get();
      assertThat(never.await(300, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void lets_running_requests_finish_when_it_drains() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  asked.countDown();
                  go.await();
                  peer.send(HELLO);
                  peer.read();
                });
        RawPeer busy = bench.peer();
        RawPeer idle = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      busy.send(GET);
      asked.await();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> bench.listener.drain(Duration.ofSeconds(20)));
      assertThat(idle.rest()).isEmpty();
      go.countDown();
      assertThat(busy.rest())
          .startsWith("HTTP/1.1 200")
          .contains("connection: close")
          .endsWith("hello");
      assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void answers_what_does_not_finish_in_time() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  asked.countDown();
                  peer.read();
                });
        RawPeer busy = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      busy.send(GET);
      asked.await();
      assertThat(bench.listener.drain(Duration.ofMillis(20))).isFalse();
      assertThat(busy.rest()).startsWith("HTTP/1.1 503").endsWith("DRAINING");
      assertThat(bench.gate.awaitEnd().sent()).isEqualTo(503);
    }
  }

  @Test
  void ends_the_connection_that_rests_longest_where_there_is_no_room_for_another()
      throws Exception {
    bench.gate.admission = () -> new Walk.Admission.Answered(Reply.empty(204));
    RawPeer[] all = new RawPeer[64];
    for (int i = 0; i < all.length; i++) {
      all[i] = bench.peer();
      all[i].send(GET);
      all[i].head();
    }
    try (RawPeer one = bench.peer()) {
      assertThat(one.send(GET).head()).startsWith("HTTP/1.1 204");
      assertThat(bench.listener.connections()).isEqualTo(64);
      assertThat(bench.listener.endings()).containsEntry("made_room", 1L);
    }
    for (RawPeer each : all) {
      each.close();
    }
    Waiting.until("all callers are gone", () -> bench.listener.connections() == 0);
    try (RawPeer one = bench.peer()) {
      assertThat(one.send(GET).head()).startsWith("HTTP/1.1 204");
    }
  }

  @Test
  void looks_something_up_beside_the_path() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO)) {
      var cleared =
          ClearedForTests.of(
              "GET",
              "/v1/orders/7",
              line -> line.accept("authorization", "Bearer x"),
              shop.upstreams(),
              Duration.ofSeconds(5),
              "");
      Fetch.Fetched fetched = bench.transport.fetch().send(cleared, 5).get(10, TimeUnit.SECONDS);
      assertThat(fetched.status()).isEqualTo(200);
      assertThat(fetched.body()).asString().isEqualTo("hello");
      assertThat(shop.heads.getFirst())
          .isEqualTo(
              "GET /v1/orders/7 HTTP/1.1\r\n"
                  + "host: shop.internal\r\n"
                  + "authorization: Bearer x\r\n\r\n");
      assertThat(bench.transport.fetch().send(cleared, 4))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableOfType(java.util.concurrent.ExecutionException.class)
          .withMessageContaining("BODY_TOO_LONG");
    }
  }

  @Test
  void gives_a_look_up_up_at_its_deadline() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RecordingUpstream shop =
        RecordingUpstream.with(
            peer -> {
              peer.head();
              asked.countDown();
              peer.read();
            })) {
      var cleared =
          ClearedForTests.of(
              "GET", "/", HeaderLines.NONE, shop.upstreams(), Duration.ofSeconds(5), "");
      CompletableFuture<Fetch.Fetched> fetched = bench.transport.fetch().send(cleared, 5);
      asked.await();
      bench.pass(Duration.ofSeconds(6));
      assertThat(fetched)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableOfType(java.util.concurrent.ExecutionException.class)
          .withMessageContaining("TIMEOUT");
    }
  }

  @Test
  void begins_no_request_of_a_caller_that_does_not_take_its_replies() throws Exception {
    int requests = 400;
    int length = 64 * 1024;
    String response =
        "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "a".repeat(length);
    try (RecordingUpstream shop = RecordingUpstream.answering(response);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.holdResponse = true;
      peer.send(GET.repeat(requests));
      CountDownLatch never = new CountDownLatch(1);
      for (int before = -1; before != bench.gate.begun.size() || before <= 0; ) {
        before = bench.gate.begun.size();
        assertThat(never.await(300, TimeUnit.MILLISECONDS)).isFalse();
      }
      assertThat(bench.gate.begun.size()).isLessThan(requests);
      assertThat(bench.transport.held()).isLessThan(1 << 20);
      for (int i = 0; i < requests; i++) {
        assertThat(peer.head()).startsWith("HTTP/1.1 200");
        assertThat(peer.bytes(length)).hasSize(length);
      }
    }
  }
}
