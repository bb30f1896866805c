package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What becomes of violations in a run that does not end at the first one: they are told, counted,
/// or only kept as places while everything else goes on.
final class Explanation {
  private static final int MOST_COUNTED = 32;

  /// One of them, before it is told.
  record Found(int at, @Nullable Node owner, Keyword word, String detail) {}

  /// What a run is for.
  private enum Purpose {
    TELL,
    COUNT,
    READ_ON
  }

  private final Purpose purpose;
  private final Violation.Limits limits;
  private final Set<Found> found = new LinkedHashSet<>();
  private final @Nullable Spans spans;
  private final int mostSpans;
  private int count;
  private int furthest = -1;
  private int start = -1;

  private Explanation(
      Purpose purpose, Violation.Limits limits, @Nullable Spans spans, int mostSpans) {
    this.purpose = purpose;
    this.limits = limits;
    this.spans = spans;
    this.mostSpans = mostSpans;
  }

  /// A run that tells what is wrong.
  static Explanation telling(Violation.Limits limits) {
    return new Explanation(Purpose.TELL, limits, null, 0);
  }

  /// A run that finds out how much is wrong with one alternative.
  ///
  /// @param start where the value begins
  static Explanation counting(int start) {
    Explanation counting = new Explanation(Purpose.COUNT, Violation.Limits.DEFAULT, null, 0);
    counting.start = start;
    return counting;
  }

  /// A run that marks values as if nothing were wrong, and where something is.
  static Explanation readingOn(Spans spans, int most) {
    return new Explanation(Purpose.READ_ON, Violation.Limits.DEFAULT, spans, most);
  }

  boolean counts() {
    return purpose == Purpose.COUNT;
  }

  /// Whether a composition is counted as one fault, whatever is wrong in it: it stands deeper than
  /// the alternatives that are compared.
  boolean countsWhole(int at) {
    return purpose == Purpose.COUNT && at != start;
  }

  boolean readsOn() {
    return purpose == Purpose.READ_ON;
  }

  List<Found> found() {
    return List.copyOf(found);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /// How many were counted; a value of the wrong type counts as much as any number of others.
  int count() {
    return count;
  }

  /// The largest offset of any of them.
  int furthest() {
    return furthest;
  }

  void countsAsHopeless() {
    count = MOST_COUNTED;
  }

  /// Notes a violation; false when nothing more will be told.
  boolean add(int at, @Nullable Node owner, Keyword word, String detail) {
    furthest = Math.max(furthest, at);
    boolean otherType = at == start && word == Keyword.TYPE;
    count = otherType ? MOST_COUNTED : Math.min(MOST_COUNTED, count + 1);
    return switch (purpose) {
      case COUNT -> count < MOST_COUNTED;
      case READ_ON -> spans == null || spans.add(Spans.BROKEN, at, -1, at, at, mostSpans);
      case TELL -> {
        if (found.size() < limits.violations()) {
          found.add(new Found(at, owner, word, detail));
        }
        yield found.size() < limits.violations();
      }
    };
  }

  List<Violation> violations(byte[] bytes, int from, int to) {
    List<Found> told = inOrder();
    int[] offsets = told.stream().mapToInt(Found::at).toArray();
    String[] pointers = Pointers.at(bytes, from, to, offsets, limits.pointer());
    List<Violation> violations = new ArrayList<>(offsets.length);
    for (Found one : told) {
      Node owner = one.owner();
      violations.add(
          new Violation(
              pointers[violations.size()],
              owner == null ? "" : owner.place().origin().name(),
              Sentences.location(owner, one.word()),
              Sentences.word(owner, one.word()),
              Sentences.of(owner, one.word(), one.detail()),
              one.at()));
    }
    return violations;
  }

  /// As they were found; but where the document is no JSON, that comes first, and nothing else is
  /// told of what stands in that place.
  private List<Found> inOrder() {
    List<Found> told = new ArrayList<>(found);
    for (Found one : found) {
      if (one.word() == Keyword.SYNTAX || one.word() == Keyword.ENCODING) {
        told.removeIf(other -> other.at() == one.at());
        told.addFirst(one);
      }
    }
    return told;
  }
}
