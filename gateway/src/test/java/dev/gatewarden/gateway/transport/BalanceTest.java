package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.gateway.pipeline.Resilience;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.testkit.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever services and callers do, in whatever order: what a request holds is given back once, a
/// breaker's trials too.
@Timeout(120)
class BalanceTest {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
  private static final Resilience SPARING =
      new Resilience(
          new Resilience.AtOnce(4, 3, 2, Duration.ofSeconds(2)),
          new Resilience.Breaker(
              50, 101, Duration.ZERO, Duration.ofSeconds(10), 6, Duration.ofSeconds(5), 2),
          new Resilience.Retry(
              2,
              EnumSet.allOf(Resilience.When.class),
              Duration.ofMillis(1),
              Duration.ofMillis(2),
              50,
              20,
              false),
          new Resilience.Ejection(2, Duration.ofSeconds(5), 50, Duration.ZERO),
          null);
  private static final List<String> REQUESTS =
      List.of(
          "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
          "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na",
          "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");

  private final AtomicBoolean well = new AtomicBoolean();

  /// A service that does this and that until it is well.
  private RecordingUpstream moody(long seed) throws Exception {
    Random random = new Random(seed);
    RecordingUpstream[] self = new RecordingUpstream[1];
    self[0] =
        RecordingUpstream.with(
            peer -> {
              while (true) {
                int mood;
                synchronized (random) {
                  mood = random.nextInt(9);
                }
                if (mood == 0 && !well.get()) {
                  peer.head();
                  peer.send("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
                  return;
                }
                self[0].readRequest(peer);
                switch (well.get() ? 1 : mood) {
                  case 1, 2 -> peer.send(HELLO);
                  case 3 -> peer.send("HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno");
                  case 4 -> peer.send("HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno");
                  case 5 -> peer.send(HALF).read();
                  case 6 -> peer.send(HALF).close();
                  case 7 -> peer.send("NOPE\r\n\r\n");
                  case 8 -> peer.close();
                  default -> peer.read();
                }
              }
            });
    return self[0];
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void gives_everything_back_once(long seed) throws Exception {
    Random random = new Random(seed);
    try (Bench bench = new Bench();
        RecordingUpstream one = moody(seed + 100);
        RecordingUpstream other = moody(seed + 200)) {
      bench.gate.upstreams =
          seed % 2 == 0
              ? RecordingUpstream.upstreams("shop", SPARING, one)
              : RecordingUpstream.upstreams("shop", SPARING, one, other);
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        act(bench, random, peers);
      }
      for (RawPeer peer : peers) {
        peer.close();
      }
      Waiting.until("all have gone", () -> bench.listener.connections() == 0);
      Waiting.until(
          "each walk has ended", () -> bench.gate.ended.size() == bench.gate.begun.size());
      assertThat(bench.gate.walks)
          .allSatisfy(walk -> assertThat(walk.calls.stream().filter("end"::equals)).hasSize(1));
      assertThat(bench.transport.held()).isZero();
      Waiting.until("nothing is held at the service", () -> empty(bench));

      well.set(true);
      Waiting.asking("the breaker closes again", () -> closes(bench));
      Waiting.until("nothing is held afterwards", () -> empty(bench));
    }
  }

  private static void act(Bench bench, Random random, List<RawPeer> peers) throws Exception {
    switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> {
        bench.gate.holdRequest = random.nextBoolean();
        int before = bench.gate.begun.size();
        peers.add(bench.peer().send(REQUESTS.get(random.nextInt(REQUESTS.size()))));
        Waiting.until("it has begun", () -> bench.gate.begun.size() > before);
      }
      case 4, 5 -> {
        if (!peers.isEmpty()) {
          peers.remove(random.nextInt(peers.size())).close();
        }
      }
      case 6 -> pass(bench, Duration.ofMillis(random.nextInt(12_000)));
      default -> bench.transport.serve(List.of(again(bench.gate.upstreams)));
    }
  }

  /// All workers have seen it afterwards, so that who comes next has time.
  private static void pass(Bench bench, Duration time) {
    bench.pass(time);
    long now = bench.nanos.get();
    Waiting.until(
        "time has passed",
        () -> bench.transport.workers().all().stream().allMatch(each -> each.moment() >= now));
  }

  /// The same, as another generation would have it.
  private static Upstreams again(Upstreams same) {
    return new Upstreams(same.name(), same.places(), same.http2(), same.resilience());
  }

  private static boolean empty(Bench bench) {
    return bench.transport.sights().stream()
        .allMatch(
            each ->
                each.inside() == 0
                    && each.waiting() == 0
                    && each.places().stream().allMatch(place -> place.busy() == 0));
  }

  private static boolean closes(Bench bench) {
    pass(bench, Duration.ofSeconds(1));
    try (RawPeer peer = bench.peer()) {
      peer.send(REQUESTS.getFirst()).head();
    } catch (java.io.IOException gone) {
      throw new AssertionError(gone);
    }
    return bench.transport.sights().getFirst().breaker() == 0;
  }
}
