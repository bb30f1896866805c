package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The text of a document, and where in it things begin and end.
final class Text {
  /// What some editors let texts begin with; no place counts it.
  private static final String MARK = "\uFEFF";

  private final String text;
  private final List<Integer> lines = new ArrayList<>();

  Text(String text) {
    this.text = text;
    lines.add(text.startsWith(MARK) ? MARK.length() : 0);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        lines.add(i + 1);
      }
    }
  }

  /// A piece of text in the place of another.
  ///
  /// @param depth of what it is made for: of two at one place, what lies deeper comes first
  record Edit(int from, int to, String by, int depth) {}

  int length() {
    return text.length();
  }

  char at(int index) {
    return text.charAt(index);
  }

  String piece(int from, int to) {
    return text.substring(from, to);
  }

  /// How many lines it has, the empty one behind the last line break included.
  int lines() {
    return lines.size();
  }

  /// Where a line begins, counted from 1; the end of the text for the line behind the last.
  int begin(int line) {
    return line <= lines.size() ? lines.get(line - 1) : text.length();
  }

  /// A line without its end.
  String line(int number) {
    int from = begin(number);
    int to = number < lines.size() ? begin(number + 1) - 1 : text.length();
    return text.substring(from, Math.max(from, to)).replace("\r", "");
  }

  /// Where a place stands in the text; columns count code points.
  int offset(Place place) {
    int line = begin(Math.min(place.line(), lines.size()));
    int end = place.line() < lines.size() ? begin(place.line() + 1) : text.length();
    int at = line;
    for (int i = 1; i < place.column() && at < end; i++) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  int lineStart(int at) {
    return Math.max(begin(1), text.lastIndexOf('\n', at - 1) + 1);
  }

  /// Whether a comment of YAML begins there.
  boolean comment(int at) {
    return text.charAt(at) == '#' && at > 0 && Character.isWhitespace(text.charAt(at - 1));
  }

  /// Behind the quote that ends what begins with one; -1 where none does.
  int quoteEnd(int from) {
    char quote = text.charAt(from);
    for (int i = from + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote == '"') {
        i++;
      } else if (c == quote) {
        if (quote == '\'' && i + 1 < text.length() && text.charAt(i + 1) == quote) {
          i++;
        } else {
          return i + 1;
        }
      }
    }
    return -1;
  }

  /// The bracket that closes the one there; -1 where none does.
  int closing(int from) {
    return end(from, false);
  }

  /// The comma behind what begins there, within braces; -1 where none follows.
  int comma(int from) {
    return end(from, true);
  }

  /// @param comma whether a comma ends it as well
  private int end(int from, boolean comma) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean begins = " ,:[{\n\t".indexOf(text.charAt(Math.max(0, i - 1))) >= 0;
      if (c == '"' || c == '\'' && begins) {
        int end = quoteEnd(i);
        if (end < 0) {
          return -1;
        }
        i = end - 1;
      } else if (comment(i)) {
        i = text.indexOf('\n', i);
        if (i < 0) {
          return -1;
        }
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == ',' && depth == 0 && comma) {
        return i;
      } else if (c == '}' || c == ']') {
        depth--;
        if (depth < 0 || depth == 0 && !comma) {
          return comma ? -1 : i;
        }
      }
    }
    return -1;
  }

  /// The text with edits made, which do not overlap; new lines end as its own do.
  String with(List<Edit> edits) {
    List<Edit> sorted = new ArrayList<>(edits);
    sorted.sort(
        Comparator.comparingInt(Edit::from).thenComparing(Edit::depth, Comparator.reverseOrder()));
    boolean windows = text.contains("\r\n");
    StringBuilder changed = new StringBuilder(text.length() + 64 * edits.size());
    int at = 0;
    for (Edit edit : sorted) {
      changed
          .append(text, at, Math.max(at, edit.from()))
          .append(windows ? edit.by().replace("\n", "\r\n") : edit.by());
      at = Math.max(at, edit.to());
    }
    return changed.append(text, at, text.length()).toString();
  }
}
