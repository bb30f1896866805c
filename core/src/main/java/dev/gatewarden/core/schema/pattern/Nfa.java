package dev.gatewarden.core.schema.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A nondeterministic automaton (Thompson's construction); state 0 begins, [#accepting()] accepts.
final class Nfa {
  private static final int MOST_STATES = 20_000;

  /// When an edge without a character may be taken.
  enum When {
    ALWAYS,
    AT_START,
    AT_END
  }

  record Edge(When when, int to) {}

  /// @param set null when the state only has edges
  record State(@Nullable CharSet set, int next, List<Edge> edges) {}

  private final List<State> states = new ArrayList<>();
  private final int accepting;

  Nfa(Tree tree) {
    int start = state();
    accepting = add(tree, start);
  }

  int accepting() {
    return accepting;
  }

  int size() {
    return states.size();
  }

  State state(int index) {
    return states.get(index);
  }

  /// All states reachable without a character.
  BitSet closure(BitSet from, boolean atStart, boolean atEnd) {
    BitSet found = new BitSet(states.size());
    int[] stack = new int[states.size()];
    int top = 0;
    for (int s = from.nextSetBit(0); s >= 0; s = from.nextSetBit(s + 1)) {
      found.set(s);
      stack[top++] = s;
    }
    while (top > 0) {
      for (Edge edge : states.get(stack[--top]).edges()) {
        boolean open =
            switch (edge.when()) {
              case ALWAYS -> true;
              case AT_START -> atStart;
              case AT_END -> atEnd;
            };
        if (open && !found.get(edge.to())) {
          found.set(edge.to());
          stack[top++] = edge.to();
        }
      }
    }
    return found;
  }

  private int state() {
    if (states.size() >= MOST_STATES) {
      throw new IllegalArgumentException("it repeats too much");
    }
    states.add(new State(null, -1, new ArrayList<>(2)));
    return states.size() - 1;
  }

  private void edge(int from, When when, int to) {
    states.get(from).edges().add(new Edge(when, to));
  }

  /// Adds a tree behind a state; the state behind it.
  private int add(Tree tree, int from) {
    return switch (tree) {
      case Tree.One(CharSet set) -> {
        int one = state();
        int next = state();
        edge(from, When.ALWAYS, one);
        states.set(one, new State(set, next, new ArrayList<>(0)));
        yield next;
      }
      case Tree.Sequence(List<Tree> parts) -> {
        int at = from;
        for (Tree part : parts) {
          at = add(part, at);
        }
        yield at;
      }
      case Tree.Choice(List<Tree> parts) -> {
        int end = state();
        for (Tree part : parts) {
          int begin = state();
          edge(from, When.ALWAYS, begin);
          edge(add(part, begin), When.ALWAYS, end);
        }
        yield end;
      }
      case Tree.Repeat repeat -> repeat(repeat, from);
      case Tree.Start() -> {
        int next = state();
        edge(from, When.AT_START, next);
        yield next;
      }
      case Tree.End() -> {
        int next = state();
        edge(from, When.AT_END, next);
        yield next;
      }
      case Tree.Ahead _ ->
          throw new IllegalArgumentException("looking ahead is supported only right behind `^`");
    };
  }

  private int repeat(Tree.Repeat repeat, int from) {
    int at = from;
    for (int i = 0; i < repeat.least(); i++) {
      at = add(repeat.part(), at);
    }
    if (repeat.most() < 0) {
      int loop = state();
      edge(at, When.ALWAYS, loop);
      edge(add(repeat.part(), loop), When.ALWAYS, loop);
      int end = state();
      edge(loop, When.ALWAYS, end);
      return end;
    }
    int end = state();
    for (int i = repeat.least(); i < repeat.most(); i++) {
      edge(at, When.ALWAYS, end);
      at = add(repeat.part(), at);
    }
    edge(at, When.ALWAYS, end);
    return end;
  }
}
