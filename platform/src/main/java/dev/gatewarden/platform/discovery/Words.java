package dev.gatewarden.platform.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Names as people write them in contracts, taken apart.
public final class Words {
  /// What ends the name of something that names an object.
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "ids",
          "uuid",
          "guid",
          "uid",
          "ulid",
          "oid",
          "key",
          "slug",
          "sku",
          "ref",
          "number",
          "no",
          "num",
          "name",
          "title",
          "code",
          "handle",
          "identifier");

  private Words() {}

  /// `orderId`, `order_id` and `Order-ID` are `order`, `id`.
  public static List<String> of(String name) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean begins =
          Character.isUpperCase(c) && i > 0 && !Character.isUpperCase(name.charAt(i - 1));
      if (!Character.isLetterOrDigit(c) || begins) {
        add(words, word);
      }
      if (Character.isLetterOrDigit(c)) {
        word.append(c);
      }
    }
    add(words, word);
    return words;
  }

  private static void add(List<String> words, StringBuilder word) {
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
      word.setLength(0);
    }
  }

  /// The name with nothing but its letters and digits, in lower case.
  public static String plain(String name) {
    return String.join("", of(name));
  }

  /// What a key is the key of: `orderId` of `order`; empty for `id` alone.
  static String keyed(String name) {
    List<String> words = new ArrayList<>(of(name));
    if (words.equals(List.of("username"))) {
      return "user";
    }
    while (!words.isEmpty() && KEYS.contains(words.getLast())) {
      words.removeLast();
    }
    return camel(words);
  }

  /// The last word of a name: `rewardProgram` is a `program`.
  static String last(String name) {
    List<String> words = of(name);
    return words.isEmpty() ? "" : words.getLast();
  }

  /// Whether a name is that of several ids at once.
  static boolean several(String name) {
    return Set.of("ids", "identifiers", "uuids", "guids").contains(last(name));
  }

  /// Whether a name is that of an id and of nothing else, such as a title or a number.
  public static boolean id(String name) {
    List<String> words = of(name);
    return words.size() > 1 && Set.of("id", "uuid", "guid", "uid").contains(words.getLast());
  }

  /// Whether a name ends like that of a key.
  public static boolean key(String name) {
    List<String> words = of(name);
    return !words.isEmpty() && KEYS.contains(words.getLast());
  }

  /// One of many: `orders` is `order`, `categories` is `category`.
  public static String singular(String name) {
    List<String> words = new ArrayList<>(of(name));
    if (words.isEmpty()) {
      return name;
    }
    words.set(words.size() - 1, one(words.getLast()));
    return camel(words);
  }

  private static String one(String word) {
    if (word.equals("people")) {
      return "person";
    }
    if (word.length() < 4
        || !word.endsWith("s")
        || word.endsWith("ss")
        || word.endsWith("us")
        || word.endsWith("is")
        || word.endsWith("news")) {
      return word;
    }
    if (word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.endsWith("sses")
        || word.endsWith("xes")
        || word.endsWith("ches")
        || word.endsWith("shes")
        || word.endsWith("uses")) {
      return word.substring(0, word.length() - 2);
    }
    return word.substring(0, word.length() - 1);
  }

  static String camel(List<String> words) {
    StringBuilder name = new StringBuilder();
    for (String word : words) {
      name.append(
          name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }

  /// `v1`, `2.0`: a version, no kind of object.
  public static boolean version(String segment) {
    return segment.matches("v?[0-9]+([._-][0-9]+)*([a-z]+[0-9]*)?");
  }
}
