package dev.gatewarden.core.policy;

import dev.gatewarden.core.policy.Relations.Key;
import dev.gatewarden.core.policy.Relations.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Objects and relations as one text each, which two of them share only when they are equal:
/// every part is preceded by its length, so that no id can be written to look like another's.
public final class RelationText {
  private RelationText() {}

  /// Whether a store can keep it: texts that are texts (no half surrogate pair, which stores would
  /// write like any other) and not too long.
  public static boolean fits(Key key, Relation relation) {
    long length = length(key.api()) + length(key.type()) + length(key.id());
    length += length(relation.owner()) + length(relation.tenant()) + length(relation.issuer());
    for (Map.Entry<String, String> parent : relation.parents().entrySet()) {
      length += length(parent.getKey()) + length(parent.getValue());
    }
    return length <= Relations.MOST_CHARS;
  }

  /// Whether a store could know such an object.
  public static boolean fits(Key key) {
    return length(key.api()) + length(key.type()) + length(key.id()) <= Relations.MOST_CHARS;
  }

  /// An object's name.
  public static String of(Key key) {
    StringBuilder text = new StringBuilder();
    part(key.api(), text);
    part(key.type(), text);
    part(key.id(), text);
    return text.toString();
  }

  /// A relation, its parents in the order of their types, and behind them the owner's issuer where
  /// there is one.
  public static String of(Relation relation) {
    StringBuilder text = new StringBuilder();
    part(relation.owner(), text);
    part(relation.tenant(), text);
    new TreeMap<>(relation.parents())
        .forEach(
            (type, id) -> {
              part(type, text);
              part(id, text);
            });
    if (relation.issuer() != null) {
      part(relation.issuer(), text);
    }
    return text.toString();
  }

  /// The object of a name.
  ///
  /// @throws IllegalArgumentException when it is none
  public static Key key(String text) {
    List<@Nullable String> parts = parts(text);
    if (parts.size() == 3) {
      String api = parts.get(0);
      String type = parts.get(1);
      String id = parts.get(2);
      if (api != null && type != null && id != null) {
        return new Key(api, type, id);
      }
    }
    throw new IllegalArgumentException("this names no object");
  }

  /// The relation of a text.
  ///
  /// @throws IllegalArgumentException when it is none
  public static Relation relation(String text) {
    List<@Nullable String> parts = parts(text);
    String issuer = parts.size() % 2 == 0 ? null : parts.getLast();
    if (parts.size() < 2 || (parts.size() % 2 != 0 && issuer == null)) {
      throw new IllegalArgumentException("this is no relation");
    }
    Map<String, String> parents = new HashMap<>();
    for (int i = 2; i + 1 < parts.size(); i += 2) {
      String type = parts.get(i);
      String id = parts.get(i + 1);
      if (type == null || id == null) {
        throw new IllegalArgumentException("this is no relation");
      }
      parents.put(type, id);
    }
    return new Relation(parts.get(0), parts.get(1), parents, issuer);
  }

  private static void part(@Nullable String part, StringBuilder text) {
    if (part == null) {
      text.append('-');
    } else {
      text.append(part.length()).append(':').append(part);
    }
  }

  private static List<@Nullable String> parts(String text) {
    List<@Nullable String> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '-') {
        parts.add(null);
        at++;
        continue;
      }
      int colon = text.indexOf(':', at);
      if (colon <= at || colon > at + 5) {
        throw new IllegalArgumentException("a length is missing");
      }
      int length = Integer.parseInt(text, at, colon, 10);
      if (length < 0 || length > text.length() - colon - 1) {
        throw new IllegalArgumentException("a part is shorter than it says");
      }
      parts.add(text.substring(colon + 1, colon + 1 + length));
      at = colon + 1 + length;
    }
    return parts;
  }

  /// Its length, or more than any store takes where it is no text.
  private static long length(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < length
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return Relations.MOST_CHARS + 1L;
        }
        i++;
      }
    }
    return length;
  }
}
