package dev.gatewarden.core.change;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.document.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The changes found so far, each once, with the operations they concern.
final class Ledger {
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(
      Kind kind,
      String id,
      @Nullable Place before,
      @Nullable Place after,
      String sentence,
      Set<String> operations) {}

  /// Notes a change of the contract itself.
  void note(
      Kind kind, String about, @Nullable Place before, @Nullable Place after, String sentence) {
    note(kind, about, before, after, sentence, Set.of());
  }

  /// Notes a change of an operation.
  ///
  /// @param about what tells the change from others of its kind, whatever line it stands in
  /// @param operation by name
  void note(
      Kind kind,
      String about,
      @Nullable Place before,
      @Nullable Place after,
      String sentence,
      String operation) {
    note(kind, about, before, after, sentence, Set.of(operation));
  }

  void note(
      Kind kind,
      String about,
      @Nullable Place before,
      @Nullable Place after,
      String sentence,
      Set<String> operations) {
    String key = kind.name() + "\n" + about;
    Entry known = entries.get(key);
    if (known == null) {
      entries.put(
          key,
          new Entry(
              kind,
              kind.word() + "-" + digest(key),
              before,
              after,
              sentence,
              new LinkedHashSet<>(operations)));
    } else {
      known.operations().addAll(operations);
    }
  }

  /// All of them: policy, then breaking, then security, then the rest; each in the order of the new
  /// contract.
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (Entry each : entries.values()) {
      changes.add(
          new Change(
              each.kind(),
              each.id(),
              each.before(),
              each.after(),
              each.sentence(),
              List.copyOf(each.operations())));
    }
    changes.sort(
        Comparator.comparingInt(Ledger::rank)
            .thenComparing(each -> name(place(each)))
            .thenComparingInt(each -> line(place(each)))
            .thenComparing(Change::id));
    return changes;
  }

  private static int rank(Change change) {
    Kind kind = change.kind();
    return kind.policy() ? 0 : kind.breaking() ? 1 : kind.security() ? 2 : 3;
  }

  private static @Nullable Place place(Change change) {
    return change.after() != null ? change.after() : change.before();
  }

  private static String name(@Nullable Place place) {
    return place == null ? "" : place.origin().name();
  }

  private static int line(@Nullable Place place) {
    return place == null ? 0 : place.line();
  }

  private static String digest(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException absent) {
      throw new GatewardenBug("every Java has SHA-256", absent);
    }
  }
}
