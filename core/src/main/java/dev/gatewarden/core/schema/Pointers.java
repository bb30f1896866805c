package dev.gatewarden.core.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Finds the JSON pointer (RFC 6901) of an offset in bytes that may break off anywhere.
final class Pointers {

  private Pointers() {}

  /// The pointer of the innermost value that begins at or before an offset and is open there.
  static String at(byte[] b, int from, int to, int offset, int most) {
    Deque<String> path = new ArrayDeque<>();
    Deque<Integer> indexes = new ArrayDeque<>();
    String name = "";
    boolean naming = false;
    int at = from;
    int stop = Math.min(offset, to);
    while (at < stop) {
      switch (b[at]) {
        case '{' -> {
          indexes.push(-1);
          path.push("");
          naming = true;
        }
        case '[' -> {
          indexes.push(0);
          path.push("0");
        }
        case '}', ']' -> {
          if (!path.isEmpty()) {
            path.pop();
            indexes.pop();
          }
          naming = false;
        }
        case ',' -> {
          naming = !indexes.isEmpty() && indexes.peek() < 0;
          next(path, indexes);
        }
        case '"' -> {
          int quote = quote(b, at + 1, to);
          if (naming) {
            name = text(b, at, quote);
            path.pop();
            path.push(name);
            naming = false;
          }
          if (quote >= stop) {
            return write(path, most);
          }
          at = quote;
        }
        default -> {}
      }
      at++;
    }
    boolean open = at < to && naming && b[at] == '"';
    if (open && !path.isEmpty()) {
      path.pop();
      path.push(text(b, at, quote(b, at + 1, to)));
    } else if (naming && !path.isEmpty()) {
      path.pop();
    }
    return write(path, most);
  }

  private static void next(Deque<String> path, Deque<Integer> indexes) {
    if (!indexes.isEmpty() && indexes.peek() >= 0) {
      int index = indexes.pop() + 1;
      indexes.push(index);
      path.pop();
      path.push(Integer.toString(index));
    }
  }

  private static int quote(byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] != '"') {
      at += b[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, to);
  }

  private static String text(byte[] b, int start, int quote) {
    StringBuilder text = new StringBuilder();
    String raw =
        new String(
            b, start + 1, Math.max(0, quote - start - 1), java.nio.charset.StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\' && i + 5 < raw.length() && raw.charAt(i + 1) == 'u') {
        String digits = raw.substring(i + 2, i + 6);
        text.append(digits.matches("[0-9A-Fa-f]{4}") ? (char) Integer.parseInt(digits, 16) : '?');
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

  private static String write(Deque<String> path, int most) {
    StringBuilder pointer = new StringBuilder();
    for (Iterator<String> names = path.descendingIterator(); names.hasNext(); ) {
      pointer.append('/').append(names.next().replace("~", "~0").replace("/", "~1"));
      if (pointer.length() > most) {
        return pointer.substring(0, Math.max(0, most - 1)) + "…";
      }
    }
    return pointer.toString();
  }
}
