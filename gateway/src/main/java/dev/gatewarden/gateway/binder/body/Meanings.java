package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.schema.Spans;
import java.util.ArrayList;
import java.util.List;

/// The labels of one schema: a number for each thing a value can mean.
public final class Meanings {
  /// The schema engine keeps the labels of a value in one word.
  static final int MOST = 62;

  private static final Meaning UNDECLARED = new Meaning.Undeclared();
  private static final Meaning UNREAD = new Meaning.Unread();
  private static final Meaning BROKEN = new Meaning.Broken();

  private final List<Meaning> byLabel = new ArrayList<>();

  /// The label of a meaning, the same for the same meaning; -1 when there are too many.
  public int label(Meaning meaning) {
    int known = byLabel.indexOf(meaning);
    if (known >= 0) {
      return known;
    }
    if (byLabel.size() == MOST) {
      return -1;
    }
    byLabel.add(meaning);
    return byLabel.size() - 1;
  }

  Meaning of(int label) {
    return byLabel.get(label);
  }

  /// The marked values of a document that was judged, in the order of the text.
  List<Reading.Mark> marks(Spans spans) {
    int size = spans.size();
    if (size == 0) {
      return List.of();
    }
    List<Reading.Mark> marks = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int from = spans.startOf(i);
      int name = spans.nameOf(i);
      int end = spans.endOf(i);
      Meaning meaning =
          switch (spans.label(i)) {
            case Spans.UNKNOWN -> UNDECLARED;
            case Spans.BROKEN -> end == from ? BROKEN : UNREAD;
            default -> of(spans.label(i));
          };
      marks.add(new Reading.Mark(meaning, name < 0 ? from : name, from, end));
    }
    return marks;
  }

  /// Whether any value is hidden from somebody.
  public boolean hides() {
    for (Meaning meaning : byLabel) {
      if (meaning instanceof Meaning.Readable || meaning instanceof Meaning.Classified) {
        return true;
      }
    }
    return false;
  }

  /// Whether any value means something that its place alone does not tell.
  boolean annotated() {
    for (Meaning meaning : byLabel) {
      if (!(meaning instanceof Meaning.Part) && !(meaning instanceof Meaning.Identity)) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return byLabel.isEmpty();
  }
}
