package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.gateway.pipeline.Resilience;
import dev.gatewarden.gateway.pipeline.Resilience.When;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.pipeline.Within;
import dev.gatewarden.testkit.Waiting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is sent again and what is not, as the service sees it; and which places are left out.
@Timeout(60)
class RepeatingTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  private static final String BUSY = "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno";
  private static final String BROKEN = "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno";

  private Bench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  /// A service that answers the first requests otherwise; an empty answer is a broken connection.
  private static RecordingUpstream first(int times, String answer) throws Exception {
    AtomicInteger count = new AtomicInteger();
    RecordingUpstream[] self = new RecordingUpstream[1];
    self[0] =
        RecordingUpstream.with(
            peer -> {
              while (true) {
                self[0].readRequest(peer);
                String now = count.incrementAndGet() <= times ? answer : HELLO;
                if (now.isEmpty()) {
                  peer.close();
                  return;
                }
                peer.send(now);
              }
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

  private static String with(String method, String more) {
    return method + " / HTTP/1.1\r\nHost: a\r\n" + more + "Content-Length: 3\r\n\r\nabc";
  }

  @Test
  void asks_again_where_the_service_says_that_it_cannot() throws Exception {
    try (RecordingUpstream shop = first(2, BUSY)) {
      bench.gate.upstreams = shop.upstreams(Sparing.repeating(2, 20, 10, false, When.UNAVAILABLE));
      assertThat(ask(GET)).isEqualTo(200);
      assertThat(shop.heads).hasSize(3);
      assertThat(bench.gate.walks.getLast().calls).contains("tried 3").containsOnlyOnce("receive");
    }
  }

  @Test
  void asks_no_oftener_than_it_may_and_tells_the_last_answer() throws Exception {
    try (RecordingUpstream shop = first(9, BUSY)) {
      bench.gate.upstreams = shop.upstreams(Sparing.repeating(2, 20, 10, false, When.UNAVAILABLE));
      assertThat(ask(GET)).isEqualTo(503);
      assertThat(shop.heads).hasSize(3);
    }
  }

  @Test
  void does_not_ask_again_before_the_service_wants_it() throws Exception {
    try (RecordingUpstream shop =
        first(1, "HTTP/1.1 503 No\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n")) {
      bench.gate.upstreams = shop.upstreams(Sparing.repeating(2, 20, 10, false, When.UNAVAILABLE));
      assertThat(ask(GET)).isEqualTo(503);
      assertThat(shop.heads).hasSize(1);
    }
  }

  @Test
  void sends_nothing_twice_that_acts() throws Exception {
    try (RecordingUpstream shop = first(1, BUSY)) {
      bench.gate.upstreams =
          shop.upstreams(Sparing.repeating(2, 20, 10, false, When.UNAVAILABLE, When.BROKEN_OFF));
      assertThat(ask(with("POST", ""))).isEqualTo(503);
      assertThat(shop.heads).hasSize(1);
    }
    for (String method : List.of("POST", "PATCH")) {
      try (RecordingUpstream shop = first(1, "")) {
        bench.gate.upstreams = shop.upstreams(Sparing.repeating(2, 20, 10, false, When.BROKEN_OFF));
        bench.gate.within = Within.head(Duration.ofSeconds(5));
        // A key alone does not say that the service heeds it.
        assertThat(ask(with(method, "Idempotency-Key: a\r\n"))).isEqualTo(502);
        assertThat(shop.heads).hasSize(1);
      }
    }
  }

  @Test
  void sends_what_sets_again_with_its_whole_body() throws Exception {
    try (RecordingUpstream shop = first(1, "")) {
      bench.gate.upstreams = shop.upstreams(Sparing.repeating(1, 20, 10, false, When.BROKEN_OFF));
      assertThat(ask(with("PUT", ""))).isEqualTo(200);
      assertThat(shop.bodies).containsExactly("abc", "abc");
      assertThat(shop.heads.get(0)).isEqualTo(shop.heads.get(1));
    }
  }

  @Test
  void sends_what_a_key_guards_again_where_the_service_heeds_keys() throws Exception {
    try (RecordingUpstream shop = first(1, "")) {
      bench.gate.upstreams = shop.upstreams(Sparing.repeating(1, 20, 10, true, When.BROKEN_OFF));
      bench.gate.within = Within.head(Duration.ofSeconds(5));
      assertThat(ask(with("POST", "Idempotency-Key: a\r\n"))).isEqualTo(200);
      assertThat(shop.bodies).containsExactly("abc", "abc");
      assertThat(ask(with("POST", ""))).isEqualTo(200);
    }
  }

  @Test
  void sends_no_body_again_that_is_streamed() throws Exception {
    bench.gate.holdRequest = false;
    try (RecordingUpstream shop = first(1, "")) {
      bench.gate.upstreams = shop.upstreams(Sparing.repeating(2, 20, 10, false, When.BROKEN_OFF));
      assertThat(ask(with("PUT", ""))).isEqualTo(502);
      assertThat(shop.bodies).containsExactly("abc");
    }
  }

  @Test
  void asks_nothing_again_of_which_an_answer_has_begun() throws Exception {
    String begun = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf";
    AtomicInteger count = new AtomicInteger();
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  count.incrementAndGet();
                  peer.send(begun);
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams =
          shop.upstreams(Sparing.repeating(2, 20, 10, false, When.UNAVAILABLE, When.BROKEN_OFF));
      peer.send(GET);
      assertThat(peer.rest()).endsWith("half");
      bench.gate.awaitEnd();
      assertThat(count).hasValue(1);
    }
  }

  @Test
  void a_service_that_is_down_is_not_hit_threefold() throws Exception {
    int requests = 60;
    try (RecordingUpstream shop = first(Integer.MAX_VALUE, BUSY)) {
      bench.gate.upstreams = shop.upstreams(Sparing.repeating(2, 20, 3, false, When.UNAVAILABLE));
      for (int i = 0; i < requests; i++) {
        assertThat(ask(GET)).isEqualTo(503);
      }
      // All of them, three to spare, and a fifth of them.
      assertThat(shop.heads.size()).isBetween(requests + 4, requests + 3 + requests / 5);
      assertThat(bench.transport.sights().getFirst().overBudget()).isPositive();
    }
  }

  @Test
  void tells_that_a_request_may_have_been_done_though_the_second_try_found_nobody()
      throws Exception {
    RecordingUpstream[] self = new RecordingUpstream[1];
    self[0] =
        RecordingUpstream.with(
            peer -> {
              self[0].readRequest(peer);
              // From now on nobody listens.
              self[0].close();
            });
    bench.gate.upstreams =
        self[0].upstreams(Sparing.repeating(2, 20, 10, false, When.BROKEN_OFF, When.UNREACHED));
    assertThat(ask(with("PUT", ""))).isEqualTo(502);
    assertThat(bench.gate.walks.getLast().calls).contains("unreachable RESET");
  }

  @Test
  void goes_to_another_place_where_one_breaks_off() throws Exception {
    try (RecordingUpstream bad = first(Integer.MAX_VALUE, "");
        RecordingUpstream good = first(0, "")) {
      bench.gate.upstreams =
          RecordingUpstream.upstreams(
              "two", Sparing.repeating(1, 20, 10, false, When.BROKEN_OFF), bad, good);
      for (int i = 0; i < 6; i++) {
        assertThat(ask(GET)).isEqualTo(200);
      }
      assertThat(good.heads).hasSize(6);
    }
  }

  @Test
  void sends_a_request_elsewhere_that_found_nobody_whatever_it_does() throws Exception {
    ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    InetSocketAddress nobody =
        new InetSocketAddress(closed.getInetAddress(), closed.getLocalPort());
    closed.close();
    try (RecordingUpstream shop = first(0, "")) {
      bench.gate.upstreams =
          new Upstreams(
              "two",
              List.of(
                  new Upstreams.Place(nobody, false, "a"),
                  new Upstreams.Place(shop.address(), false, "b")),
              false);
      for (int i = 0; i < 4; i++) {
        assertThat(ask(with("POST", ""))).isEqualTo(200);
      }
      assertThat(shop.bodies).containsExactly("abc", "abc", "abc", "abc");
    }
  }

  @Test
  void leaves_a_place_out_that_fails_and_takes_it_again_later() throws Exception {
    Resilience sparing =
        Sparing.ejecting(new Resilience.Ejection(3, Duration.ofSeconds(30), 50, Duration.ZERO));
    try (RecordingUpstream bad = first(3, BROKEN);
        RecordingUpstream good = first(0, "")) {
      bench.gate.upstreams = RecordingUpstream.upstreams("two", sparing, bad, good);
      for (int i = 0; i < 40; i++) {
        ask(GET);
      }
      assertThat(bad.heads).hasSize(3);
      assertThat(good.heads).hasSize(37);
      assertThat(bench.transport.sights().getFirst().places().getFirst().ejected()).isTrue();
      bench.pass(Duration.ofSeconds(31));
      Waiting.until("it is asked again", () -> bad.heads.size() > 3 || asked() == 0);
      assertThat(bench.transport.sights().getFirst().places().getFirst().ejected()).isFalse();
    }
  }

  private int asked() {
    try {
      return ask(GET);
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  @Test
  void never_leaves_all_places_out() throws Exception {
    Resilience sparing =
        Sparing.ejecting(new Resilience.Ejection(1, Duration.ofSeconds(30), 50, Duration.ZERO));
    try (RecordingUpstream one = first(Integer.MAX_VALUE, BROKEN);
        RecordingUpstream other = first(Integer.MAX_VALUE, BROKEN)) {
      bench.gate.upstreams = RecordingUpstream.upstreams("two", sparing, one, other);
      for (int i = 0; i < 10; i++) {
        assertThat(ask(GET)).isEqualTo(500);
      }
      long out =
          bench.transport.sights().getFirst().places().stream().filter(p -> p.ejected()).count();
      assertThat(out).isEqualTo(1);
    }
  }

  @Test
  void asks_places_whether_they_are_well_and_goes_to_those_alone() throws Exception {
    AtomicInteger checks = new AtomicInteger();
    AtomicBoolean well = new AtomicBoolean();
    RecordingUpstream[] self = new RecordingUpstream[1];
    self[0] =
        RecordingUpstream.with(
            peer -> {
              while (true) {
                String head = peer.head();
                if (head.startsWith("GET /healthz HTTP/1.1\r\nhost: shop.internal")) {
                  checks.incrementAndGet();
                  peer.send(well.get() ? HELLO : BUSY);
                } else {
                  self[0].heads.add(head);
                  peer.send(HELLO);
                }
              }
            });
    Resilience sparing =
        Sparing.asking(
            new Resilience.Health(
                "/healthz", Duration.ofSeconds(10), Duration.ofSeconds(10), 2, 2));
    try (RecordingUpstream ill = self[0];
        RecordingUpstream good = RecordingUpstream.answering(HELLO)) {
      Upstreams both = RecordingUpstream.upstreams("two", sparing, good, ill);
      bench.transport.serve(List.of(both));
      bench.gate.upstreams = both;
      pass(false);
      int before = ill.heads.size();
      for (int i = 0; i < 10; i++) {
        assertThat(ask(GET)).isEqualTo(200);
      }
      assertThat(ill.heads).hasSize(before);
      well.set(true);
      pass(true);
      bench.transport.serve(List.of());
      Waiting.until("nobody is known", () -> bench.transport.sights().isEmpty());
      bench.transport.workers().all().getFirst().loop().submit(() -> {}).sync();
      int asked = checks.get();
      bench.pass(Duration.ofMinutes(5));
      long now = bench.nanos.get();
      Waiting.until(
          "time has passed",
          () -> bench.transport.workers().all().stream().allMatch(each -> each.moment() >= now));
      assertThat(checks).hasValue(asked);
    }
  }

  private boolean illIsWell() {
    return bench.transport.sights().getFirst().places().get(1).well();
  }

  /// Lets time pass, slowly enough for answers to come in it.
  private void pass(boolean well) {
    Waiting.asking(
        well ? "it is well again" : "it is left out",
        () -> {
          bench.pass(Duration.ofSeconds(3));
          return illIsWell() == well;
        });
  }
}
