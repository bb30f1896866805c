package dev.gatewarden.gateway.state.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Settlements on their way; those that spend an id are kept, bounded, until Redis is back, so that
/// an outage lets nothing be delivered twice.
final class Unsettled {
  private static final int MOST = 10_000;

  private final Redis redis;
  private final Script settle;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  private record Waiting(String[] keys, List<byte[]> arguments) {}

  Unsettled(Redis redis, Script settle) {
    this.redis = redis;
    this.settle = settle;
    redis.watch(this::again);
  }

  /// @param arguments all but the time
  /// @param spends whether it must not be lost
  void send(String[] keys, List<byte[]> arguments, boolean spends) {
    List<byte[]> all = new ArrayList<>(arguments.size() + 1);
    all.add(redis.now());
    all.addAll(arguments);
    redis.send(
        settle,
        keys,
        all.toArray(byte[][]::new),
        () -> {
          if (spends && size.incrementAndGet() <= MOST) {
            waiting.add(new Waiting(keys, arguments));
          } else if (spends) {
            size.decrementAndGet();
          }
        });
  }

  private void again() {
    for (int i = size.get(); i > 0; i--) {
      Waiting next = waiting.poll();
      if (next == null) {
        return;
      }
      size.decrementAndGet();
      send(next.keys, next.arguments, true);
    }
  }
}
