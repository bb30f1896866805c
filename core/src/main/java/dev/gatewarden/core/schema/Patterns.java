package dev.gatewarden.core.schema;

import dev.gatewarden.core.schema.pattern.TextPattern;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The patterns of one contract, each compiled once.
final class Patterns {
  private final Map<String, StringRule.TextTest> tests = new HashMap<>();
  private final Map<String, StringRule.Glance> glances = new HashMap<>();

  /// The test behind a pattern.
  ///
  /// @throws IllegalArgumentException when it cannot be judged exactly
  StringRule.TextTest test(String pattern) {
    StringRule.TextTest known = tests.get(pattern);
    if (known == null) {
      TextPattern compiled = TextPattern.compile(pattern);
      known = compiled::finds;
      tests.put(pattern, known);
      glances.put(pattern, compiled::quote);
    }
    return known;
  }

  /// A first look at raw strings for a pattern whose test was asked for before.
  StringRule.@Nullable Glance glance(String pattern) {
    return glances.get(pattern);
  }

  /// Whether a pattern is found in a name; one that cannot be judged finds nothing, and is told
  /// elsewhere.
  boolean finds(String pattern, String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    try {
      return test(pattern).holds(text, 0, text.length);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
