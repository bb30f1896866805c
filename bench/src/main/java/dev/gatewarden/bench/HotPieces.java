package dev.gatewarden.bench;

import dev.gatewarden.core.canon.TargetReader;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The pieces of a request that are ours: the rooms without the sockets.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HotPieces {
  private final ShopWalks shop = new ShopWalks();
  private final String target = "/v1/orders/" + Payloads.ORDER_ID;
  private final Bytes order = bytes(Payloads.order());
  private final Bytes newOrder = bytes(Payloads.newOrder());
  private final RequestHead get = ShopWalks.head("GET", target, 0);
  private final RequestHead post = ShopWalks.head("POST", "/v1/orders", newOrder.length());
  private final ResponseHead found = head(200);
  private final ResponseHead created = head(201);

  /// One reading of a path with an id in it.
  @Benchmark
  public Object canonicalize() {
    return TargetReader.read(target);
  }

  /// A GET of 1 KB through all rooms, every guard on, the token proved already.
  @Benchmark
  public Object walkGet() {
    return shop.walk(get, Bytes.NONE, found, order);
  }

  /// A POST of 1 KB, answered with 1 KB, through all rooms.
  @Benchmark
  public Object walkPost() {
    return shop.walk(post, newOrder, created, order);
  }

  private ResponseHead head(int status) {
    return new ResponseHead(
        status,
        Lines.of("content-type", "application/json", "date", "Thu, 15 Jan 2026 10:00:00 GMT"),
        order.length());
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
