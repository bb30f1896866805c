package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.PathTemplate.Literal;
import dev.gatewarden.core.contract.PathTemplate.Part;
import dev.gatewarden.core.contract.PathTemplate.Segment;
import dev.gatewarden.core.contract.PathTemplate.Variable;

/// A path segment of literals and variables in turn, matched only where it can be read in one way.
///
/// `{a}-{b}` does not match `x-y-z`: the service might cut it elsewhere than the gate.
final class SegmentPattern {
  private final String[] literals;
  private final int variables;

  /// The first literal before the first variable, the last behind the last; either may be empty.
  SegmentPattern(Segment segment) {
    int count = 0;
    for (Part part : segment.parts()) {
      count += part instanceof Variable ? 1 : 0;
    }
    variables = count;
    literals = new String[count + 1];
    java.util.Arrays.fill(literals, "");
    int at = 0;
    for (Part part : segment.parts()) {
      switch (part) {
        case Literal(String text) -> literals[at] = PathCoding.encoded(text);
        case Variable ignored -> at++;
      }
    }
  }

  int variables() {
    return variables;
  }

  /// How many characters are fixed; the more, the more specific.
  int fixed() {
    int fixed = 0;
    for (String literal : literals) {
      fixed += literal.length();
    }
    return fixed;
  }

  /// The same for patterns that match the same segments.
  String shape() {
    return String.join("{}", literals);
  }

  /// Whether some segment might match both, as far as their two ends tell.
  boolean mayOverlap(SegmentPattern other) {
    String head = literals[0];
    String otherHead = other.literals[0];
    String tail = literals[variables];
    String otherTail = other.literals[other.variables];
    return (head.startsWith(otherHead) || otherHead.startsWith(head))
        && (tail.endsWith(otherTail) || otherTail.endsWith(tail));
  }

  boolean matches(String path, int from, int to) {
    return cut(path, from, to, null, 0);
  }

  /// Whether the stretch matches in exactly one way; if so and bounds are given, where each
  /// variable begins and ends.
  boolean cut(
      String path, int from, int to, int @org.jspecify.annotations.Nullable [] bounds, int at) {
    String head = literals[0];
    String tail = literals[variables];
    int begin = from + head.length();
    int end = to - tail.length();
    if (end - begin < variables || !path.startsWith(head, from) || !path.startsWith(tail, end)) {
      return false;
    }
    for (int i = 1; i < variables; i++) {
      String between = literals[i];
      int first = path.indexOf(between, begin + 1, end);
      // a second place for the cut is a second reading
      if (first < 0 || path.indexOf(between, first + 1, end) >= 0) {
        return false;
      }
      if (bounds != null) {
        bounds[at + 2 * i - 2] = begin;
        bounds[at + 2 * i - 1] = first;
      }
      begin = first + between.length();
    }
    if (begin >= end) {
      return false;
    }
    if (bounds != null) {
      bounds[at + 2 * variables - 2] = begin;
      bounds[at + 2 * variables - 1] = end;
    }
    return true;
  }
}
