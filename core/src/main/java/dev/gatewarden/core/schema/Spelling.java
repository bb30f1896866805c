package dev.gatewarden.core.schema;

import java.util.List;
import java.util.Locale;

/// Finds the declared name that somebody meant who wrote another one.
final class Spelling {
  private static final int LONGEST = 48;
  private static final int MOST_NAMES = 256;

  private Spelling() {}

  /// The declared name that is nearest to the one whose quote is given; empty where none is near.
  /// What is told is always a word of the contract.
  static String nearest(Visit v, int quote, List<String> declared) {
    int end = Skip.quote(v.bytes, quote + 1, v.to);
    if (end >= v.to || end - quote > LONGEST) {
      return "";
    }
    return nearest(JsonText.decode(v.bytes, quote, end + 1), declared);
  }

  static String nearest(String name, List<String> declared) {
    String plain = plain(name);
    String best = "";
    int least = Math.min(4, plain.length() / 3 + 1);
    for (int i = 0; i < declared.size() && i < MOST_NAMES; i++) {
      String candidate = plain(declared.get(i));
      if (candidate.length() > LONGEST) {
        continue;
      }
      int distance = distance(plain, candidate, least);
      if (distance < least) {
        least = distance;
        best = declared.get(i);
      }
    }
    return best;
  }

  /// `order_id`, `order-id` and `orderId` are the same mistake.
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /// How many letters have to be added, dropped, changed or swapped with their neighbour; `most`
  /// where it is no less.
  private static int distance(String a, String b, int most) {
    if (Math.abs(a.length() - b.length()) >= most) {
      return most;
    }
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] free = before;
      before = last;
      last = row;
      row = free;
    }
    return Math.min(most, last[b.length()]);
  }
}
