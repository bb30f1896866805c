package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.gateway.pipeline.Resilience;
import dev.gatewarden.gateway.pipeline.Within;
import dev.gatewarden.gateway.transport.upstream.Sight;
import dev.gatewarden.testkit.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Breakers, bounds at once and deadlines, towards services that hang and fail.
@Timeout(60)
class SparingTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String OTHER = "GET /other HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  private static final String BUSY = "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno";
  private static final String BROKEN = "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno";
  private static final Duration REST = Duration.ofSeconds(5);
  private static final Resilience.Breaker BREAKER =
      new Resilience.Breaker(50, 50, Duration.ofSeconds(2), Duration.ofSeconds(10), 10, REST, 2);

  private Bench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  /// A service whose answer changes.
  private static RecordingUpstream answering(AtomicReference<String> answer) throws Exception {
    RecordingUpstream[] self = new RecordingUpstream[1];
    self[0] =
        RecordingUpstream.with(
            peer -> {
              while (true) {
                self[0].readRequest(peer);
                peer.send(answer.get());
              }
            });
    return self[0];
  }

  /// A service that reads and never answers.
  private static RecordingUpstream hanging() throws Exception {
    RecordingUpstream[] self = new RecordingUpstream[1];
    self[0] =
        RecordingUpstream.with(
            peer -> {
              self[0].readRequest(peer);
              peer.read();
            });
    return self[0];
  }

  private int ask(String request) throws Exception {
    try (RawPeer peer = bench.peer()) {
      int status = Integer.parseInt(peer.send(request).head().substring(9, 12));
      bench.gate.awaitEnd();
      return status;
    }
  }

  private Sight sight() {
    return bench.transport.sights().getFirst();
  }

  @Test
  void leaves_a_service_alone_that_fails_and_tries_it_again_with_few() throws Exception {
    AtomicReference<String> answer = new AtomicReference<>(BUSY);
    try (RecordingUpstream shop = answering(answer)) {
      bench.gate.upstreams = shop.upstreams(Sparing.breaking(BREAKER));
      for (int i = 0; i < 10; i++) {
        assertThat(ask(GET)).isEqualTo(503);
      }
      assertThat(shop.heads).hasSize(10);
      assertThat(ask(GET)).isEqualTo(502);
      assertThat(bench.gate.walks.getLast().calls)
          .contains("unreachable RESTING", "retry after 5", "tried 0");
      assertThat(shop.heads).hasSize(10);
      assertThat(sight().breaker()).isEqualTo(2);

      bench.pass(REST.plusSeconds(1));
      Waiting.until("the rest is over", () -> bench.transport.sights() != null && tried(shop, 11));
      assertThat(ask(GET)).isEqualTo(502);
      assertThat(shop.heads).hasSize(11);

      answer.set(HELLO);
      bench.pass(REST.plusSeconds(1));
      Waiting.until("the rest is over again", () -> tried(shop, 12));
      assertThat(ask(GET)).isEqualTo(200);
      assertThat(sight().breaker()).isZero();
      assertThat(sight().opened()).isEqualTo(2);
    }
  }

  /// The moment is as of the last tick, so that it may take one more request to see it.
  private boolean tried(RecordingUpstream shop, int times) {
    try {
      if (shop.heads.size() < times) {
        ask(GET);
      }
      return shop.heads.size() == times;
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  @Test
  void counts_no_errors_of_one_operation_as_failures_of_the_service() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(BROKEN)) {
      bench.gate.upstreams = shop.upstreams(Sparing.breaking(BREAKER));
      for (int i = 0; i < 30; i++) {
        assertThat(ask(GET)).isEqualTo(500);
      }
      assertThat(shop.heads).hasSize(30);
    }
  }

  @Test
  void leaves_a_service_alone_that_does_not_answer_in_time() throws Exception {
    try (RecordingUpstream shop = hanging()) {
      bench.gate.upstreams = shop.upstreams(Sparing.breaking(BREAKER));
      assertThat(timeouts(shop, 10)).containsOnly(504);
      assertThat(ask(GET)).isEqualTo(502);
      assertThat(shop.heads).hasSize(10);
    }
  }

  @Test
  void lets_no_caller_open_it_by_giving_the_service_no_time() throws Exception {
    try (RecordingUpstream shop = hanging()) {
      bench.gate.upstreams = shop.upstreams(Sparing.breaking(BREAKER));
      bench.gate.within = new Within(Duration.ofMillis(1), Duration.ofMillis(1), true);
      assertThat(timeouts(shop, 30)).containsOnly(504);
      assertThat(sight().breaker()).isZero();
      assertThat(sight().places().getFirst().ejections()).isZero();
    }
  }

  @Test
  void lets_no_caller_open_it_by_sending_slowly_until_the_whole_time_is_over() throws Exception {
    int many = 2 * BREAKER.calls();
    CountDownLatch asked = new CountDownLatch(many);
    try (RecordingUpstream shop =
        RecordingUpstream.with(
            service -> {
              service.head();
              asked.countDown();
              service.rest();
            })) {
      bench.gate.holdRequest = false;
      bench.gate.upstreams = shop.upstreams(Sparing.breaking(BREAKER));
      bench.gate.within = new Within(Duration.ofSeconds(15), Duration.ofSeconds(5), false);
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        peers.add(bench.peer().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"));
      }
      asked.await();
      bench.pass(Duration.ofSeconds(6));
      for (RawPeer peer : peers) {
        assertThat(peer.head()).startsWith("HTTP/1.1 504");
        bench.gate.awaitEnd();
        peer.close();
      }
      assertThat(sight().breaker()).isZero();
      assertThat(sight().inside()).isZero();
    }
  }

  /// Sends many, lets their time pass, and reads what they are told.
  private List<Integer> timeouts(RecordingUpstream shop, int many) throws Exception {
    List<RawPeer> peers = new ArrayList<>();
    List<Integer> told = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      peers.add(bench.peer().send(GET));
    }
    Waiting.until("all are asked", () -> shop.heads.size() == many);
    bench.pass(Duration.ofSeconds(11));
    for (RawPeer peer : peers) {
      told.add(Integer.parseInt(peer.head().substring(9, 12)));
      bench.gate.awaitEnd();
      peer.close();
    }
    return told;
  }

  @Test
  void gives_the_trial_back_of_a_caller_who_leaves() throws Exception {
    AtomicReference<String> answer = new AtomicReference<>(BUSY);
    CountDownLatch leave = new CountDownLatch(2);
    RecordingUpstream[] self = new RecordingUpstream[1];
    self[0] =
        RecordingUpstream.with(
            peer -> {
              while (true) {
                self[0].readRequest(peer);
                if (answer.get().isEmpty()) {
                  leave.countDown();
                  peer.read();
                }
                peer.send(answer.get());
              }
            });
    try (RecordingUpstream shop = self[0]) {
      bench.gate.upstreams = shop.upstreams(Sparing.breaking(BREAKER));
      for (int i = 0; i < 10; i++) {
        ask(GET);
      }
      answer.set("");
      bench.pass(REST.plusSeconds(1));
      // Both trials are taken by callers who go away before the service answers.
      while (leave.getCount() > 0) {
        long before = leave.getCount();
        RawPeer peer = bench.peer().send(GET);
        Waiting.until(
            "asked or refused", () -> leave.getCount() < before || !bench.gate.ended.isEmpty());
        peer.close();
        bench.gate.awaitEnd();
      }
      answer.set(HELLO);
      assertThat(ask(GET)).isEqualTo(200);
      assertThat(ask(GET)).isEqualTo(200);
      assertThat(sight().breaker()).isZero();
    }
  }

  @Test
  void leaves_a_slow_service_alone() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    RecordingUpstream[] self = new RecordingUpstream[1];
    self[0] =
        RecordingUpstream.with(
            peer -> {
              self[0].readRequest(peer);
              go.await();
              peer.send(HELLO);
            });
    try (RecordingUpstream shop = self[0]) {
      bench.gate.upstreams = shop.upstreams(Sparing.breaking(BREAKER));
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        peers.add(bench.peer().send(GET));
      }
      Waiting.until("all are asked", () -> shop.heads.size() == 10);
      bench.pass(Duration.ofSeconds(3));
      Waiting.until("time has passed", () -> passed(3));
      go.countDown();
      for (RawPeer peer : peers) {
        assertThat(peer.head()).startsWith("HTTP/1.1 200");
        bench.gate.awaitEnd();
        peer.close();
      }
      assertThat(sight().breaker()).isEqualTo(2);
    }
  }

  /// Whether the workers have seen that much time pass.
  private boolean passed(int seconds) {
    return bench.transport.workers().all().stream()
        .allMatch(worker -> worker.moment() >= Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void a_service_that_hangs_takes_nothing_from_another() throws Exception {
    try (RecordingUpstream slow = hanging();
        RecordingUpstream other = RecordingUpstream.answering(HELLO)) {
      bench.gate.upstreams = slow.upstreams(Sparing.atOnce(2, 0, Duration.ZERO));
      bench.gate.others =
          RecordingUpstream.upstreams("other", Sparing.atOnce(2, 0, Duration.ZERO), other);
      RawPeer one = bench.peer().send(GET);
      RawPeer two = bench.peer().send(GET);
      Waiting.until("both are asked", () -> slow.heads.size() == 2);
      for (int i = 0; i < 5; i++) {
        assertThat(ask(GET)).isEqualTo(502);
        assertThat(bench.gate.walks.getLast().calls)
            .contains("unreachable FULL", "retry after 1", "tried 0");
        assertThat(ask(OTHER)).isEqualTo(200);
      }
      assertThat(slow.heads).hasSize(2);
      one.close();
      two.close();
      Waiting.until("both are gone", () -> shopIsEmpty());
      try (RawPeer three = bench.peer().send(GET)) {
        Waiting.until("the place is given on", () -> slow.heads.size() == 3);
        assertThat(three.socket().isConnected()).isTrue();
      }
    }
  }

  private boolean shopIsEmpty() {
    return bench.transport.sights().stream().allMatch(each -> each.inside() == 0);
  }

  @Test
  void lets_one_wait_for_its_turn_and_refuses_who_waits_too_long() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    RecordingUpstream[] self = new RecordingUpstream[1];
    self[0] =
        RecordingUpstream.with(
            peer -> {
              while (true) {
                self[0].readRequest(peer);
                go.await();
                peer.send(HELLO);
              }
            });
    try (RecordingUpstream shop = self[0]) {
      bench.gate.upstreams = shop.upstreams(Sparing.atOnce(1, 1, Duration.ofSeconds(2)));
      RawPeer first = bench.peer().send(GET);
      Waiting.until("the first is asked", () -> shop.heads.size() == 1);
      RawPeer late = bench.peer().send(GET);
      Waiting.until("one waits", () -> sight().waiting() == 1);
      assertThat(ask(GET)).isEqualTo(502);
      bench.pass(Duration.ofSeconds(3));
      assertThat(late.head()).startsWith("HTTP/1.1 502");
      bench.gate.awaitEnd();
      RawPeer second = bench.peer().send(GET);
      Waiting.until("another waits", () -> sight().waiting() == 1);
      go.countDown();
      assertThat(first.head()).startsWith("HTTP/1.1 200");
      assertThat(second.head()).startsWith("HTTP/1.1 200");
      bench.gate.awaitEnd();
      bench.gate.awaitEnd();
      assertThat(shop.heads).hasSize(2);
      assertThat(sight().inside()).isZero();
      assertThat(sight().waiting()).isZero();
      first.close();
      second.close();
      late.close();
    }
  }

  @Test
  void counts_a_held_body_until_it_is_answered() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    int length = 900_000;
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  asked.countDown();
                  go.await();
                  peer.bytes(length);
                  peer.send(HELLO);
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams(Sparing.NOT);
      peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n");
      peer.send("a".repeat(length));
      asked.await();
      assertThat(bench.transport.held()).isEqualTo(length);
      go.countDown();
      assertThat(peer.head()).startsWith("HTTP/1.1 200");
      bench.gate.awaitEnd();
      assertThat(bench.transport.held()).isZero();
    }
  }

  @Test
  void ends_an_exchange_that_goes_on_for_longer_than_the_whole_may() throws Exception {
    CountDownLatch hung = new CountDownLatch(1);
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
                  hung.await();
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams(Sparing.NOT);
      bench.gate.within = new Within(Duration.ofSeconds(5), Duration.ofSeconds(30), false);
      peer.send(GET);
      assertThat(peer.head()).startsWith("HTTP/1.1 200");
      assertThat(peer.text(5)).isEqualTo("hello");
      bench.pass(Duration.ofSeconds(31));
      assertThat(peer.read()).isEqualTo(-1);
      bench.gate.awaitEnd();
      assertThat(bench.gate.walks.getLast().calls).contains("unreachable TIMEOUT");
      hung.countDown();
    }
  }
}
