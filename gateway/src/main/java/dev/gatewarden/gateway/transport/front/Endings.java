package dev.gatewarden.gateway.transport.front;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How often the gate ended something for the sake of others.
public final class Endings {
  private final Map<End, LongAdder> counts = new EnumMap<>(End.class);

  Endings() {
    for (End each : End.values()) {
      counts.put(each, new LongAdder());
    }
  }

  void count(End why) {
    java.util.Objects.requireNonNull(counts.get(why)).increment();
  }

  /// All counts, by the words of `End`.
  public Map<String, Long> byWord() {
    Map<String, Long> all = new LinkedHashMap<>();
    counts.forEach((why, count) -> all.put(why.word(), count.sum()));
    return all;
  }
}
