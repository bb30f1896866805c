package dev.gatewarden.gateway.lookup;

import dev.gatewarden.core.exchange.Exchange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// What was refused to whom a moment ago, so that a caller who asks again and again does not ask
/// the service.
///
/// Bounded for each caller and in the number of callers: the oldest is forgotten first, and nobody
/// makes the gate forget what it keeps of others but by being many.
final class Refusals {
  private static final long MOMENT = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_CALLERS = 1024;
  private static final int MOST_EACH = 64;

  private final LongSupplier nanos;
  private final Map<String, Map<Refused, Long>> callers = bounded(MOST_CALLERS);

  private record Refused(int operation, String type, String id, Map<String, String> within) {}

  Refusals(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  synchronized boolean known(String type, String id, Map<String, String> within, Exchange cause) {
    Map<Refused, Long> own = callers.isEmpty() ? null : callers.get(cause.principal().key());
    Long until =
        own == null ? null : own.get(new Refused(cause.operation().index(), type, id, within));
    return until != null && nanos.getAsLong() - until < 0;
  }

  /// Remembers it, from the first time on: who asks all the time hears anew after the moment.
  synchronized void remember(String type, String id, Map<String, String> within, Exchange cause) {
    Map<Refused, Long> own =
        callers.computeIfAbsent(cause.principal().key(), _ -> bounded(MOST_EACH));
    Refused refused = new Refused(cause.operation().index(), type, id, Map.copyOf(within));
    Long until = own.get(refused);
    if (until == null || nanos.getAsLong() - until >= 0) {
      own.remove(refused);
      own.put(refused, nanos.getAsLong() + MOMENT);
    }
  }

  /// Forgets all that was refused to one caller.
  synchronized void forget(Exchange cause) {
    if (!callers.isEmpty()) {
      callers.remove(cause.principal().key());
    }
  }
}
