package dev.gatewarden.core.document;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The known name that a misspelt one most likely means.
public final class Nearest {
  private Nearest() {}

  /// `did you mean ...` with the nearest known name in backticks, or the empty text when none is
  /// near.
  public static String advice(String wrong, Collection<String> known) {
    String nearest = of(wrong, known);
    return nearest == null ? "" : "did you mean `" + nearest + "`?";
  }

  /// The nearest known name, or null when none is near: at most a third of its letters wrong.
  public static @Nullable String of(String wrong, Collection<String> known) {
    if (wrong.length() > 200) {
      return null;
    }
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String name : known) {
      int allowed = Math.max(1, Math.max(wrong.length(), name.length()) / 3);
      if (Math.abs(name.length() - wrong.length()) > allowed || name.length() > 200) {
        continue;
      }
      int distance = distance(fold(wrong), fold(name));
      // some letter must be right
      boolean alike = distance < Math.max(wrong.length(), name.length());
      if (alike && distance <= allowed && distance < least) {
        least = distance;
        best = name;
      }
    }
    return best;
  }

  private static String fold(String name) {
    return name.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /// Letters to insert, drop, replace or swap with a neighbour.
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] above = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int cost = Math.min(Math.min(above[j], row[j - 1]) + 1, above[j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        row[j] = cost;
      }
      int[] spare = before;
      before = above;
      above = row;
      row = spare;
    }
    return above[b.length()];
  }
}
