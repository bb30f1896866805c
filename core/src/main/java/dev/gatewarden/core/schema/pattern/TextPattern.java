package dev.gatewarden.core.schema.pattern;

import java.util.ArrayList;
import java.util.List;

/// A regular expression of ECMA-262 that is found in a text in time proportional to the text.
///
/// What describes no regular language (references to groups) and what would need too many states is
/// refused when it is compiled.
public final class TextPattern {

  /// An automaton and whether it must find something.
  private record Demand(Dfa automaton, boolean found) {}

  private final Demand[] demands;

  private TextPattern(List<Demand> demands) {
    this.demands = demands.toArray(new Demand[0]);
  }

  /// Compiles a pattern (ECMA-262, section 22.2, flag `u`).
  ///
  /// @throws IllegalArgumentException with a sentence when it is malformed or cannot be judged
  ///     exactly
  public static TextPattern compile(String source) {
    Tree tree = PatternParser.parse(source);
    List<Demand> demands = new ArrayList<>();
    try {
      demands.add(new Demand(new Dfa(new Nfa(shortened(split(tree, demands)))), true));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the pattern `" + source + "` cannot be judged: " + e.getMessage(), e);
    }
    return new TextPattern(demands);
  }

  /// Whether a text is a pattern of ECMA-262 at all, judged here or not.
  public static boolean wellFormed(String source) {
    try {
      PatternParser.check(source);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Whether it is found anywhere in well-formed UTF-8.
  public boolean finds(byte[] text, int from, int to) {
    for (Demand demand : demands) {
      if (demand.automaton().finds(text, from, to) != demand.found()) {
        return false;
      }
    }
    return true;
  }

  /// The closing quote of a raw string of JSON, from behind its opening quote, when the pattern is
  /// found in it and it is plain ASCII without escapes; -1 when that takes a closer look.
  public int quote(byte[] b, int from, int to) {
    Demand only = demands[0];
    return demands.length == 1 && only.found() ? only.automaton().quote(b, from, to) : -1;
  }

  /// Takes what looks ahead right behind the start out of a tree, as demands of their own.
  private static Tree split(Tree tree, List<Demand> demands) {
    if (!(tree instanceof Tree.Sequence(List<Tree> parts))) {
      return tree;
    }
    if (parts.isEmpty() || !(parts.getFirst() instanceof Tree.Start)) {
      return tree;
    }
    List<Tree> rest = new ArrayList<>();
    rest.add(parts.getFirst());
    int i = 1;
    for (; i < parts.size() && parts.get(i) instanceof Tree.Ahead(Tree part, boolean no); i++) {
      Tree anchored = new Tree.Sequence(List.of(new Tree.Start(), part));
      demands.add(new Demand(new Dfa(new Nfa(anchored)), !no));
    }
    rest.addAll(parts.subList(i, parts.size()));
    return new Tree.Sequence(rest);
  }

  /// At an open end no repetition needs to go beyond its least count: what stands around a match
  /// may be anything.
  private static Tree shortened(Tree tree) {
    return shortened(shortened(tree, true), false);
  }

  private static Tree shortened(Tree tree, boolean head) {
    if (tree instanceof Tree.Repeat(Tree part, int least, int most) && most != least) {
      return new Tree.Repeat(part, least, least);
    }
    if (!(tree instanceof Tree.Sequence(List<Tree> parts)) || parts.isEmpty()) {
      return tree;
    }
    int edge = head ? 0 : parts.size() - 1;
    List<Tree> shorter = new ArrayList<>(parts);
    shorter.set(edge, shortened(parts.get(edge), head));
    return new Tree.Sequence(shorter);
  }
}
