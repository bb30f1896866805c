package dev.gatewarden.gateway.transport.front;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How often the gate ended something for the sake of others.
public final class Endings {
  private final Map<Ending, LongAdder> counts = new EnumMap<>(Ending.class);

  Endings() {
    for (Ending each : Ending.values()) {
      counts.put(each, new LongAdder());
    }
  }

  void count(Ending why) {
    java.util.Objects.requireNonNull(counts.get(why)).increment();
  }

  /// All counts, by the words of `Ending`.
  public Map<String, Long> byWord() {
    Map<String, Long> all = new LinkedHashMap<>();
    counts.forEach((why, count) -> all.put(why.word(), count.sum()));
    return all;
  }
}
