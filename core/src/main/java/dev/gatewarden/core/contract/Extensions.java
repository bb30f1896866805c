package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `x-gatewarden-*` words at one place, as written.
///
/// @param words by name without the prefix: `owner`, `lifecycle`, `limits`, `mode`, `flow`,
///     `login`,
///     `step-up`, `permission`, `priority`
public record Extensions(Map<String, Node> words) {

  public static final Extensions NONE = new Extensions(Map.of());

  /// What every word begins with.
  public static final String PREFIX = "x-gatewarden-";

  public Extensions {
    words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
  }

  public @Nullable Node get(String word) {
    return words.get(word);
  }

  /// These words with one said otherwise.
  Extensions with(String word, Node value) {
    Map<String, Node> all = new LinkedHashMap<>(words);
    all.put(word, value);
    return new Extensions(all);
  }

  /// These words, and those of the outer place that are not said here.
  public Extensions within(Extensions outer) {
    if (outer.words.isEmpty()) {
      return this;
    }
    Map<String, Node> all = new LinkedHashMap<>(outer.words);
    all.putAll(words);
    return new Extensions(all);
  }
}
