package dev.gatewarden.gateway.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a claim stands in a token: a JSON pointer (RFC 6901) through objects.
///
/// @param steps the names from the outside in; never empty
public record ClaimPointer(List<String> steps) {

  public ClaimPointer {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a claim pointer must name a claim");
    }
  }

  /// The pointer a text such as `/realm_access/roles` spells.
  ///
  /// @throws IllegalArgumentException when it spells none
  public static ClaimPointer parse(String text) {
    if (text.length() < 2 || text.charAt(0) != '/') {
      throw new IllegalArgumentException("`" + text + "` is no pointer to a claim, such as `/org`");
    }
    List<String> steps = new ArrayList<>();
    int begin = 1;
    for (int i = 1; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '/') {
        steps.add(text.substring(begin, i).replace("~1", "/").replace("~0", "~"));
        begin = i + 1;
      }
    }
    return new ClaimPointer(steps);
  }

  /// What stands there, or null.
  public @Nullable Object in(Map<String, Object> claims) {
    Object value = claims;
    for (String step : steps) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return value;
  }

  /// The text that stands there; null when there is none or something else.
  public @Nullable String text(Map<String, Object> claims) {
    return in(claims) instanceof String text && !text.isEmpty() ? text : null;
  }

  /// The words that stand there: the texts of an array, or of one text parted at spaces (RFC 8693,
  /// section 4.2). Anything else grants nothing.
  public Set<String> words(Map<String, Object> claims) {
    Object value = in(claims);
    Set<String> words = new LinkedHashSet<>();
    if (value instanceof String text) {
      Collections.addAll(words, text.split(" ", -1));
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof String word) {
          words.add(word);
        }
      }
    }
    words.remove("");
    return words;
  }
}
