package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question about a value that was read once already; it is answered by reading the value again.
abstract class Branching {

  /// One schema to try.
  ///
  /// @param id       known to the memo
  /// @param labelled whether anything in it may carry a label
  record Branch(Rule rule, int id, boolean labelled) {
    boolean holds(Visit v, int at) {
      return v.attempt(rule, id, at) >= 0;
    }

    void record(Visit v, int at) {
      if (labelled && v.recording && v.explanation == null) {
        rule.scan(v, at);
      }
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

    Choice(Node owner, Keyword word, List<Branch> branches) {
      super(owner);
      this.word = word;
      this.branches = branches.toArray(new Branch[0]);
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
          branch.record(v, at);
          if (holding > 1 && word == Keyword.ONE_OF) {
            return v.fail(at, owner, word, "several");
          }
          if (word == Keyword.ANY_OF && !v.recording) {
            return 0;
          }
        }
      }
      return holding > 0 ? 0 : none(v, at);
    }

    private int none(Visit v, int at) {
      int bad = v.fail(at, owner, word);
      if (bad < 0) {
        return bad;
      }
      Branch closest = branches[0];
      int furthest = -1;
      for (Branch branch : branches) {
        int where = ~v.attempt(branch.rule(), branch.id(), at);
        if (where > furthest) {
          furthest = where;
          closest = branch;
        }
      }
      return Math.min(0, closest.rule().scan(v, at));
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
        condition.record(v, at);
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
        if (value.same(v, at)) {
          return 0;
        }
      }
      return v.fail(at, owner, word);
    }
  }
}
