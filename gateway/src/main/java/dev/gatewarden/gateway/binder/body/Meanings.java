package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Reading.Meaning;
import java.util.ArrayList;
import java.util.List;

/// The labels of one schema: a number for each thing a value can mean.
public final class Meanings {
  /// The schema engine keeps the labels of a value in one word.
  static final int MOST = 62;

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

  boolean isEmpty() {
    return byLabel.isEmpty();
  }
}
