package dev.gatewarden.core.canon;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller can make use of: `Accept` in its one reading (RFC 9110, section 12.5.1).
///
/// @param ranges in the order of the text
public record Accept(List<Range> ranges) {
  private static final int MOST = 64;

  /// One media range.
  ///
  /// @param range lower case, without parameters
  /// @param weight from 0, never, to 1000
  /// @param text as it was written
  public record Range(String range, int weight, String text) {

    /// Whether it takes in more than one type.
    public boolean isWide() {
      return range.endsWith("/*");
    }
  }

  public Accept {
    ranges = List.copyOf(ranges);
  }

  /// What a text says, or null when it can not be read in exactly one way. Several lines are one
  /// text with commas between them.
  public static @Nullable Accept read(String text) {
    List<Range> ranges = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int end = end(text, from);
      String each = text.substring(from, end).strip();
      if (!each.isEmpty()) {
        Range range = range(each);
        if (range == null || ranges.size() == MOST) {
          return null;
        }
        ranges.add(range);
      }
      from = end + 1;
    }
    return new Accept(ranges);
  }

  /// The next comma that stands outside of quotes, or the end.
  private static int end(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (c == ',' && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  private static @Nullable Range range(String text) {
    ContentType type = ContentType.read(text);
    if (type == null || !isRange(type.type())) {
      return null;
    }
    String q = type.parameter("q");
    int weight = q == null ? 1000 : thousandths(q);
    return weight < 0 ? null : new Range(type.type(), weight, text);
  }

  private static boolean isRange(String type) {
    int star = type.indexOf('*');
    return star < 0 || type.equals("*/*") || star == type.length() - 1 && type.endsWith("/*");
  }

  /// RFC 9110, section 12.4.2: at most three digits behind the point; -1 where it is no weight.
  private static int thousandths(String q) {
    boolean zero = q.startsWith("0");
    if (!zero && !q.startsWith("1") || q.length() > 5 || q.length() > 1 && q.charAt(1) != '.') {
      return -1;
    }
    int weight = zero ? 0 : 1000;
    int digit = 100;
    for (int i = 2; i < q.length(); i++) {
      int value = q.charAt(i) - '0';
      if (value < 0 || value > 9 || !zero && value > 0) {
        return -1;
      }
      weight += value * digit;
      digit /= 10;
    }
    return weight;
  }

  /// How much a caller wants a type: the weight of the closest range it falls into; 0 where it
  /// falls into none.
  public int weight(String type) {
    int close = -1;
    int weight = 0;
    for (int i = 0; i < ranges.size(); i++) {
      Range each = ranges.get(i);
      int near =
          each.range().equals(type)
              ? 2
              : each.range().equals("*/*")
                  ? 0
                  : each.isWide()
                          && type.startsWith(each.range().substring(0, each.range().length() - 1))
                      ? 1
                      : -1;
      if (near > close) {
        close = near;
        weight = each.weight();
      }
    }
    return weight;
  }
}
