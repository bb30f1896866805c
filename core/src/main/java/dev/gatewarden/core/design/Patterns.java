package dev.gatewarden.core.design;

import java.util.List;

/// Patterns by which owner rules name paths and words.
final class Patterns {
  private Patterns() {}

  /// Whether a path of a contract fits: `*` is a part of a segment or all of it, `**` any number of
  /// segments, and `{}` with any name in it is any parameter.
  static boolean path(String pattern, String path) {
    List<String> wanted = List.of(pattern.substring(1).split("/", -1));
    List<String> given = List.of(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1));
    boolean[] fits = new boolean[given.size() + 1];
    fits[0] = true;
    for (String each : wanted) {
      boolean[] next = new boolean[given.size() + 1];
      boolean any = each.equals("**");
      for (int i = 0; i <= given.size(); i++) {
        next[i] =
            any
                ? fits[i] || i > 0 && next[i - 1]
                : i > 0 && fits[i - 1] && segment(each, given.get(i - 1));
      }
      fits = next;
    }
    return fits[given.size()];
  }

  private static boolean segment(String pattern, String segment) {
    return parameter(pattern) ? parameter(segment) : word(pattern, segment);
  }

  private static boolean parameter(String segment) {
    return segment.startsWith("{") && segment.indexOf('}') == segment.length() - 1;
  }

  /// Whether a text fits, in which `*` is any number of characters.
  static boolean word(String pattern, String text) {
    int at = 0;
    int star = -1;
    int from = 0;
    for (int i = 0; i < text.length(); ) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        from = i;
      } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++from;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}
