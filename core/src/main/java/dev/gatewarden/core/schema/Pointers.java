package dev.gatewarden.core.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Finds the JSON pointers (RFC 6901) of offsets in bytes that may break off anywhere, in one walk
/// over the bytes for all of them.
final class Pointers {
  private final byte[] b;
  private final int to;
  private final int most;

  /// Of each open object or array: the number of the item, or -1 in an object.
  private int[] indexes = new int[16];

  /// Of each open object: where the name of the member stands, its quotes included; -1 while it has
  /// none.
  private int[] names = new int[16];

  private int[] nameEnds = new int[16];
  private int depth;
  private boolean naming;

  private Pointers(byte[] b, int to, int most) {
    this.b = b;
    this.to = to;
    this.most = most;
  }

  /// The pointer of the innermost value that begins at or before an offset and is open there.
  static String at(byte[] b, int from, int to, int offset, int most) {
    return at(b, from, to, new int[] {offset}, most)[0];
  }

  /// The pointers of several offsets.
  static String[] at(byte[] b, int from, int to, int[] offsets, int most) {
    Integer[] order = new Integer[offsets.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (one, other) -> Integer.compare(offsets[one], offsets[other]));
    String[] pointers = new String[offsets.length];
    Pointers walk = new Pointers(b, to, most);
    int at = from;
    for (int index : order) {
      int stop = Math.min(offsets[index], to);
      at = walk.until(stop, at);
      pointers[index] = walk.pointer(at, stop);
    }
    return pointers;
  }

  /// Walks until the token in which an offset lies; where that begins.
  private int until(int stop, int from) {
    int at = from;
    while (at < stop) {
      switch (b[at]) {
        case '{' -> open(-1);
        case '[' -> open(0);
        case '}', ']' -> {
          depth = Math.max(0, depth - 1);
          naming = false;
        }
        case ',' -> {
          naming = depth > 0 && indexes[depth - 1] < 0;
          if (depth > 0 && indexes[depth - 1] >= 0) {
            indexes[depth - 1]++;
          }
        }
        case '"' -> {
          int quote = Skip.quote(b, at + 1, to);
          if (quote >= stop) {
            return at;
          }
          named(at, quote);
          at = quote;
        }
        default -> {}
      }
      at++;
    }
    return at;
  }

  private void open(int index) {
    if (depth == indexes.length) {
      indexes = Arrays.copyOf(indexes, depth * 2);
      names = Arrays.copyOf(names, depth * 2);
      nameEnds = Arrays.copyOf(nameEnds, depth * 2);
    }
    indexes[depth] = index;
    names[depth] = -1;
    depth++;
    naming = index < 0;
  }

  private void named(int start, int quote) {
    if (naming && depth > 0) {
      names[depth - 1] = start;
      nameEnds[depth - 1] = quote;
      naming = false;
    }
  }

  /// The pointer of what is open; a name that begins at the token belongs to it.
  private String pointer(int at, int stop) {
    boolean onName = naming && at < to && b[at] == '"' && at <= stop;
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      boolean last = i == depth - 1;
      if (indexes[i] >= 0) {
        pointer.append('/').append(indexes[i]);
      } else if (last && naming) {
        if (onName) {
          append(pointer, text(at, Skip.quote(b, at + 1, to)));
        }
      } else if (names[i] >= 0) {
        append(pointer, text(names[i], nameEnds[i]));
      }
      if (pointer.length() > most) {
        return pointer.substring(0, Math.max(0, most - 1)) + "…";
      }
    }
    return pointer.toString();
  }

  private static void append(StringBuilder pointer, String name) {
    pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
  }

  private String text(int start, int quote) {
    StringBuilder text = new StringBuilder();
    String raw = new String(b, start + 1, Math.max(0, quote - start - 1), StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\' && i + 5 < raw.length() && raw.charAt(i + 1) == 'u') {
        text.append(unit(raw, i + 2));
        i += 5;
      } else if (c == '\\' && i + 1 < raw.length()) {
        int known = "bfnrt".indexOf(raw.charAt(i + 1));
        text.append(known < 0 ? raw.charAt(i + 1) : "\b\f\n\r\t".charAt(known));
        i++;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static char unit(String raw, int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(raw.charAt(i), 16);
      if (digit < 0) {
        return '?';
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }
}
