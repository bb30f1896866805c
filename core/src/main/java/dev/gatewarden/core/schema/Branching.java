package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question about a value that was read once already; it is answered by reading the value again.
abstract class Branching {

  /// One schema to try.
  ///
  /// @param id       known to the memo
  /// @param labelled  whether anything in it may carry a label
  /// @param withholds whether anything in it may not travel this way
  /// @param name what the contract calls it; empty where it has no name
  record Branch(Rule rule, int id, boolean labelled, boolean withholds, String name) {

    /// One that only asks.
    static Branch question(Rule rule, int id) {
      return new Branch(rule, id, false, false, "");
    }

    boolean holds(Visit v, int at) {
      return v.attempt(rule, id, at) >= 0;
    }

    /// Reads a value that holds once more, for what is written down of it and what must not travel;
    /// a negative number where something must not.
    int keep(Visit v, int at) {
      boolean marks = labelled && (v.explanation == null || v.explanation.readsOn());
      return (marks || withholds) && v.recording ? Math.min(0, rule.scan(v, at)) : 0;
    }

    boolean keeps() {
      return labelled || withholds;
    }

    /// How much is wrong with a value that does not hold, as far as it takes to compare branches.
    Explanation measured(Visit v, int at) {
      Explanation before = v.explanation;
      Explanation measure = Explanation.counting(at);
      int keys = v.keys.top();
      int depth = v.depth;
      int words = v.wordTop;
      boolean recording = v.recording;
      v.explanation = measure;
      v.recording = false;
      int end = rule.scan(v, at);
      v.explanation = before;
      v.recording = recording;
      v.keys.release(keys);
      v.depth = depth;
      v.wordTop = words;
      v.spend((end < 0 ? ~end : end) - at + 8);
      if (end < 0) {
        measure.countsAsHopeless();
      }
      return measure;
    }
  }

  final Node owner;

  Branching(Node owner) {
    this.owner = owner;
  }

  /// Zero or more when the value passes, else the complement of where it fails.
  abstract int check(Visit v, int at);

  /// `anyOf` and `oneOf`.
  static final class Choice extends Branching {
    private final Keyword word;
    private final Branch[] branches;
    private final boolean keeps;

    Choice(Node owner, Keyword word, List<Branch> branches) {
      super(owner);
      this.word = word;
      this.branches = branches.toArray(new Branch[0]);
      keeps = branches.stream().anyMatch(Branch::keeps);
    }

    @Override
    int check(Visit v, int at) {
      int separator = v.separator;
      int name = v.name;
      int holding = 0;
      for (Branch branch : branches) {
        if (branch.holds(v, at)) {
          holding++;
          v.separator = separator;
          v.name = name;
          if (holding > 1 && word == Keyword.ONE_OF) {
            int bad = v.fail(at, owner, word, "several");
            if (v.explanation == null || !v.explanation.readsOn()) {
              return bad;
            }
          }
          int bad = branch.keep(v, at);
          if (bad < 0) {
            return bad;
          }
          if (word != Keyword.ONE_OF && !(keeps && v.recording)) {
            return 0;
          }
        }
      }
      return holding > 0 ? 0 : none(v, at);
    }

    private int none(Visit v, int at) {
      Explanation explanation = v.explanation;
      if (explanation == null || explanation.counts()) {
        return v.fail(at, owner, word);
      }
      return explanation.readsOn() ? all(v, at) : closest(v, at);
    }

    /// Reads on as if each of them held.
    private int all(Visit v, int at) {
      int separator = v.separator;
      int name = v.name;
      int bad = v.fail(at, owner, word);
      for (Branch branch : branches) {
        if (bad >= 0) {
          v.separator = separator;
          v.name = name;
          v.spend(8);
          bad = v.exhausted ? ~at : Math.min(0, branch.rule().scan(v, at));
        }
      }
      return bad;
    }

    /// Tells what keeps the value from the alternative that is least wrong, and among those the one
    /// whose fault comes last.
    private int closest(Visit v, int at) {
      Branch closest = branches[0];
      Explanation least = null;
      for (Branch branch : branches) {
        Explanation measured = branch.measured(v, at);
        if (least == null
            || measured.count() < least.count()
            || (measured.count() == least.count() && measured.furthest() > least.furthest())) {
          least = measured;
          closest = branch;
        }
        if (v.exhausted) {
          break;
        }
      }
      int bad = v.fail(at, owner, word, "closest " + closest.name());
      return bad < 0 || v.exhausted ? bad : Math.min(0, closest.rule().scan(v, at));
    }
  }

  /// `not`.
  static final class Not extends Branching {
    private final Branch branch;

    Not(Node owner, Branch branch) {
      super(owner);
      this.branch = branch;
    }

    @Override
    int check(Visit v, int at) {
      return branch.holds(v, at) ? v.fail(at, owner, Keyword.NOT) : 0;
    }
  }

  /// `if`, `then` and `else`; also a schema that waits for a member, whose condition is that the
  /// member is there.
  static final class Condition extends Branching {
    private final Branch condition;
    private final @Nullable Branch then;
    private final @Nullable Branch otherwise;

    Condition(Node owner, Branch condition, @Nullable Branch then, @Nullable Branch otherwise) {
      super(owner);
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    int check(Visit v, int at) {
      int separator = v.separator;
      int name = v.name;
      boolean holds = condition.holds(v, at);
      if (holds) {
        v.separator = separator;
        v.name = name;
        int bad = condition.keep(v, at);
        if (bad < 0) {
          return bad;
        }
      }
      Branch branch = holds ? then : otherwise;
      if (branch == null) {
        return 0;
      }
      v.separator = separator;
      v.name = name;
      return Math.min(0, branch.rule().scan(v, at));
    }
  }

  /// `enum` and `const` of objects and arrays.
  static final class Listed extends Branching {
    private final Keyword word;
    private final Constant[] values;

    Listed(Node owner, Keyword word, List<Node> values) {
      super(owner);
      this.word = word;
      this.values = values.stream().map(Constant::of).toArray(Constant[]::new);
    }

    @Override
    int check(Visit v, int at) {
      for (Constant value : values) {
        v.spend(1);
        if (v.exhausted) {
          return ~at;
        }
        if (value.same(v, at)) {
          return 0;
        }
      }
      return v.fail(at, owner, word);
    }
  }
}
