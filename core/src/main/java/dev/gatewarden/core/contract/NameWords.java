package dev.gatewarden.core.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words that a name is made of.
public final class NameWords {
  private NameWords() {}

  /// In lower case: `userEmail`, `user_email`, `User-Email` and `X-User-EMAIL` all end in `user`,
  /// `email`.
  public static List<String> of(String name) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean lower = i > 0 && Character.isLowerCase(name.charAt(i - 1));
      boolean acronym =
          i > 0
              && i + 1 < name.length()
              && Character.isUpperCase(name.charAt(i - 1))
              && Character.isLowerCase(name.charAt(i + 1));
      if (!Character.isLetterOrDigit(c)
          || (Character.isUpperCase(c) && (lower || acronym || digit(name, i - 1)))) {
        add(word, words);
      }
      if (Character.isLetterOrDigit(c)) {
        word.append(c);
      }
    }
    add(word, words);
    return words;
  }

  private static boolean digit(String name, int at) {
    return at >= 0 && Character.isDigit(name.charAt(at));
  }

  private static void add(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
      word.setLength(0);
    }
  }

  /// Whether the words end in those of a phrase, such as `card number`.
  public static boolean endIn(List<String> words, String phrase) {
    String[] last = phrase.split(" ", -1);
    int from = words.size() - last.length;
    return from >= 0 && words.subList(from, words.size()).equals(List.of(last));
  }
}
