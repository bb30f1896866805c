package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Collects the `x-gatewarden-*` words of one place that are carried as written.
final class ExtensionReader {
  /// These have a reader of their own.
  private static final Set<String> READ = Set.of("object", "objects", "tenant");

  private ExtensionReader() {}

  static Extensions words(Obj object) {
    Map<String, Node> words = new LinkedHashMap<>();
    for (Node.Member member : object.entries()) {
      if (member.name().startsWith(Extensions.PREFIX)) {
        String word = member.name().substring(Extensions.PREFIX.length());
        if (!READ.contains(word)) {
          words.put(word, member.value());
        }
      }
    }
    return words.isEmpty() ? Extensions.NONE : new Extensions(words);
  }
}
