package dev.gatewarden.platform.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What traffic showed of the objects of each type: which of their values equalled something of
/// the caller.
final class Evidence {
  /// An answer with more is counted by its first ones.
  private static final int MOST_VALUES = 64;

  private final Map<String, Map<String, Tally>> byType = new HashMap<>();
  private final Map<String, Integer> objects = new HashMap<>();

  /// How often a value equalled a part of the caller, and for how many different callers.
  private static final class Tally {
    int equal;
    int seen;
    final Map<String, Integer> callers = new HashMap<>();
  }

  /// Counts one object that a caller got.
  ///
  /// @param values by JSON pointer
  /// @param caller what is known of the caller, by the words of the binding language
  void add(String type, Map<String, String> values, Map<String, String> caller) {
    objects.merge(type, 1, Integer::sum);
    Map<String, Tally> tallies = byType.computeIfAbsent(type, _ -> new TreeMap<>());
    int counted = 0;
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (counted++ == MOST_VALUES) {
        return;
      }
      for (Map.Entry<String, String> part : caller.entrySet()) {
        Tally tally =
            tallies.computeIfAbsent(value.getKey() + " " + part.getKey(), _ -> new Tally());
        tally.seen++;
        if (value.getValue().equals(part.getValue())) {
          tally.equal++;
          tally.callers.merge(part.getValue(), 1, Integer::sum);
        }
      }
    }
  }

  /// How many objects of a type were seen.
  int seen(String type) {
    return objects.getOrDefault(type, 0);
  }

  /// What equalled a part of the caller in every object of a type, for two callers or more: one
  /// caller alone may equal anything.
  List<Guess> always(String type) {
    List<Guess> all = new ArrayList<>();
    new LinkedHashMap<>(byType.getOrDefault(type, Map.of()))
        .forEach(
            (key, tally) -> {
              if (tally.equal == tally.seen && tally.callers.size() > 1) {
                int space = key.lastIndexOf(' ');
                all.add(
                    new Guess(
                        key.substring(0, space),
                        key.substring(space + 1),
                        tally.seen >= 20 ? 0.99 : 0.9,
                        said(key.substring(space + 1), tally)));
              }
            });
    return all;
  }

  /// What traffic says against a guess: the value differed from the caller.
  Optional<String> against(String type, Guess guess) {
    Tally tally = byType.getOrDefault(type, Map.of()).get(guess.at() + " " + guess.is());
    return tally == null || tally.seen == tally.equal
        ? Optional.empty()
        : Optional.of(said(guess.is(), tally));
  }

  private static String said(String part, Tally tally) {
    return "equalled the caller's "
        + part.substring(part.indexOf('.') + 1)
        + " in "
        + tally.equal
        + " of "
        + tally.seen
        + " objects, of "
        + tally.callers.size()
        + (tally.callers.size() == 1 ? " caller" : " callers");
  }
}
