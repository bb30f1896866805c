package dev.gatewarden.platform.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What traffic showed of the objects of each type: which of their values equalled something of
/// the caller.
final class Evidence {
  /// An answer with more is counted by its first ones.
  private static final int MOST_VALUES = 64;

  private static final String SUBJECT = "principal.subject";

  private final Map<String, Map<String, Tally>> byType = new HashMap<>();
  private final Map<String, Integer> objects = new HashMap<>();

  /// By type and id: who created it, and who got it.
  private final Map<String, Map<String, String>> creators = new HashMap<>();

  private final Map<String, Map<String, Set<String>>> readers = new HashMap<>();

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

  /// Counts one object that a caller created, by its id.
  void created(String type, String id, Map<String, String> caller) {
    String subject = caller.get(SUBJECT);
    if (subject != null) {
      creators.computeIfAbsent(type, _ -> new HashMap<>()).putIfAbsent(id, subject);
    }
  }

  /// Counts one object that a caller got, by its id.
  void got(String type, String id, Map<String, String> caller) {
    String subject = caller.get(SUBJECT);
    if (subject != null) {
      readers
          .computeIfAbsent(type, _ -> new HashMap<>())
          .computeIfAbsent(id, _ -> new HashSet<>())
          .add(subject);
    }
  }

  /// What is known of who gets what was created.
  ///
  /// @param created objects that were seen both created and got
  /// @param alone those of them that nobody got but who created them
  /// @param callers how many created them
  record Creations(int created, int alone, int callers) {

    /// Whether it speaks for objects that belong to who created them: one caller alone may be the
    /// only one there is.
    boolean speak() {
      return created > 1 && alone == created && callers > 1;
    }
  }

  Creations creations(String type) {
    Map<String, Set<String>> got = readers.getOrDefault(type, Map.of());
    int both = 0;
    int alone = 0;
    Set<String> callers = new HashSet<>();
    for (Map.Entry<String, String> each : creators.getOrDefault(type, Map.of()).entrySet()) {
      Set<String> by = got.get(each.getKey());
      if (by != null) {
        both++;
        alone += by.equals(Set.of(each.getValue())) ? 1 : 0;
        callers.add(each.getValue());
      }
    }
    return new Creations(both, alone, callers.size());
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
