package dev.gatewarden.core.schema;

import java.util.List;

/// A value that is read once for all that is known beforehand, and again for each question only the
/// value can answer.
///
/// The result is remembered for each offset, so that nesting multiplies nothing.
final class Composite extends Rule {
  private static final int RECORDED = 1 << 29;
  private static final int EXPLAINED = 1 << 30;

  /// How many values that are read several times may lie within each other, so that the stack
  /// suffices whatever a schema nests: four for each level of a document of the usual depth.
  private static final int DEEPEST = 256;

  private final Rule main;
  private final int id;
  private final boolean withholds;
  private Branching[] branchings = new Branching[0];

  /// @param withholds whether anything in it may not travel this way, which trying it does not show
  Composite(Rule main, int id, boolean withholds) {
    this.main = main;
    this.id = id;
    this.withholds = withholds;
  }

  Composite asking(List<Branching> questions) {
    branchings = questions.toArray(new Branching[0]);
    return this;
  }

  @Override
  int scan(Visit v, int at) {
    if (v.explanation != null) {
      return explain(v, at);
    }
    int known = v.memo.get(id, at);
    if (known != Memo.NONE && (known < 0 || !v.recording || v.memo.get(id | RECORDED, at) >= 0)) {
      return known;
    }
    int end = judge(v, at);
    v.memo.put(id, at, end);
    if (end >= 0) {
      v.memo.put(Memo.SKIPPED, at, end);
      if (v.recording) {
        v.memo.put(id | RECORDED, at, end);
      }
    }
    return end;
  }

  private int judge(Visit v, int at) {
    int separator = v.separator;
    int name = v.name;
    if (++v.composites > DEEPEST) {
      v.exhausted = true;
    }
    int end = v.exhausted ? ~at : main.scan(v, at);
    v.again++;
    for (int i = 0; i < branchings.length && end >= 0; i++) {
      v.separator = separator;
      v.name = name;
      int bad = branchings[i].check(v, at);
      end = bad < 0 ? bad : end;
    }
    v.again--;
    v.composites--;
    return v.exhausted && end >= 0 ? ~at : end;
  }

  private int explain(Visit v, int at) {
    Explanation explanation = java.util.Objects.requireNonNull(v.explanation);
    if (!explanation.readsOn()) {
      int known = v.attempt(this, id, at);
      if (known >= 0 && !(withholds && v.recording)) {
        return known;
      }
      if (known < 0 && explanation.countsWhole(at)) {
        explanation.add(~known, null, Keyword.ALL_OF, "");
        return Skip.value(v, at);
      }
    }
    if (explanation.counts()) {
      return judge(v, at);
    }
    int before = v.memo.get(id | EXPLAINED, at);
    if (before != Memo.NONE) {
      return before;
    }
    int end = judge(v, at);
    v.spend(8 + Math.max(0, end - at));
    v.memo.put(id | EXPLAINED, at, end);
    return end;
  }
}
