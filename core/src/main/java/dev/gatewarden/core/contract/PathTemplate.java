package dev.gatewarden.core.contract;

import java.util.ArrayList;
import java.util.List;

/// A path with named holes, `/orders/{orderId}`, cut at its slashes.
///
/// @param text as the contract writes it
/// @param segments what stands between the slashes; `/` alone is one empty segment, a trailing
///     slash ends in one
/// @param variables the names of the variables, from left to right
public record PathTemplate(String text, List<Segment> segments, List<String> variables) {

  public PathTemplate {
    segments = List.copyOf(segments);
    variables = List.copyOf(variables);
  }

  public PathTemplate(String text, List<Segment> segments) {
    this(text, segments, variables(segments));
  }

  /// What stands between two slashes: one literal, one variable, or several in turn (`{id}.json`,
  /// `{a}-{b}`).
  public record Segment(List<Part> parts) {
    public Segment {
      parts = List.copyOf(parts);
    }

    /// Whether nothing in it varies.
    public boolean literal() {
      return parts.isEmpty() || (parts.size() == 1 && parts.getFirst() instanceof Literal);
    }

    /// Whether it is one variable and nothing else.
    public boolean variable() {
      return parts.size() == 1 && parts.getFirst() instanceof Variable;
    }
  }

  /// A piece of a segment.
  public sealed interface Part {}

  /// Text that must be there, decoded.
  public record Literal(String text) implements Part {}

  /// A hole filled by the path parameter of that name; at least one character.
  public record Variable(String name) implements Part {}

  private static List<String> variables(List<Segment> segments) {
    List<String> names = new ArrayList<>();
    for (Segment segment : segments) {
      for (Part part : segment.parts()) {
        if (part instanceof Variable(String name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  @Override
  public String toString() {
    return text;
  }
}
