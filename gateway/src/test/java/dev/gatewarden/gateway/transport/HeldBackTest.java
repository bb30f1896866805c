package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.gateway.transport.upstream.Reach;
import dev.gatewarden.gateway.transport.wire.Limits;
import dev.gatewarden.gateway.walk.Walk;
import dev.gatewarden.testkit.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Refusals that leave later.
@Timeout(60)
class HeldBackTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final Duration WAIT = Duration.ofSeconds(10);

  private Bench bench;

  @BeforeEach
  void start() throws Exception {
    Limits few = Bench.LIMITS;
    bench = new Bench(few, 64L << 20, null, Reach.DEFAULT);
    bench.gate.admission =
        () -> new Walk.Admission.Answered(Reply.text(429, "text/plain", "enough"));
    bench.gate.heldBack = WAIT;
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private RawPeer held(int before, String request) throws Exception {
    RawPeer peer = bench.peer().send(request);
    Waiting.until("one more is held", () -> bench.listener.heldBack() == before + 1);
    return peer;
  }

  private int most() {
    return Bench.LIMITS.connections() / 10;
  }

  @Test
  void a_refusal_leaves_when_its_time_has_come_and_the_connection_goes_on() throws Exception {
    try (RawPeer peer = held(0, GET)) {
      assertThat(peer.socket().getInputStream().available()).isZero();
      bench.pass(WAIT.plusSeconds(1));
      assertThat(peer.head()).startsWith("HTTP/1.1 429");
      assertThat(peer.text(6)).isEqualTo("enough");
      assertThat(bench.gate.awaitEnd().sent()).isEqualTo(429);
      assertThat(bench.listener.heldBack()).isZero();

      bench.gate.heldBack = Duration.ZERO;
      assertThat(peer.send(GET).head()).startsWith("HTTP/1.1 429");
    }
  }

  @Test
  void only_so_many_are_held_and_the_next_leaves_at_once() throws Exception {
    List<RawPeer> peers = new ArrayList<>();
    for (int i = 0; i < most(); i++) {
      peers.add(held(i, GET));
    }
    try (RawPeer next = bench.peer()) {
      assertThat(next.send(GET).head()).startsWith("HTTP/1.1 429");
    }
    assertThat(bench.listener.heldBack()).isEqualTo(most());

    // Who goes away gives their place to the next.
    peers.getFirst().close();
    Waiting.until("there is a place", () -> bench.listener.heldBack() == most() - 1);
    try (RawPeer next = held(most() - 1, GET)) {
      assertThat(next.socket().getInputStream().available()).isZero();
    }
    for (RawPeer peer : peers) {
      peer.close();
    }
    Waiting.until("nobody is held", () -> bench.listener.heldBack() == 0);
  }

  @Test
  void a_body_that_goes_on_is_let_go_and_costs_nothing() throws Exception {
    String request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n";
    try (RawPeer peer = held(0, request)) {
      peer.send("x".repeat(50_000));
      bench.pass(WAIT.plusSeconds(1));
      assertThat(peer.head()).startsWith("HTTP/1.1 429");
      assertThat(bench.gate.awaitEnd().sent()).isEqualTo(429);
    }
  }

  @Test
  void a_gate_that_stops_holds_nobody_back() throws Exception {
    try (RawPeer peer = held(0, GET)) {
      Thread stopping = Thread.ofVirtual().start(() -> bench.listener.drain(WAIT));
      assertThat(peer.head()).startsWith("HTTP/1.1 429");
      stopping.join();
      assertThat(bench.listener.heldBack()).isZero();
    }
  }
}
