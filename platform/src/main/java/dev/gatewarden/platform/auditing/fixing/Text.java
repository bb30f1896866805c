package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text of a document, and where in it things begin and end.
final class Text {
  private final String text;
  private final List<Integer> lines = new ArrayList<>();

  Text(String text) {
    this.text = text;
    lines.add(0);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        lines.add(i + 1);
      }
    }
  }

  /// A piece of text in the place of another.
  record Edit(int from, int to, String by) {}

  /// Columns count code points.
  private int offset(Place place) {
    int line = lines.get(Math.min(place.line(), lines.size()) - 1);
    int end = place.line() < lines.size() ? lines.get(place.line()) : text.length();
    int at = line;
    for (int i = 1; i < place.column() && at < end; i++) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  /// Another scalar in the place of one; null where its end cannot be told.
  @Nullable Edit replaced(Node scalar, Node by) {
    int from = offset(scalar.place());
    if (from >= text.length()) {
      return null;
    }
    char first = text.charAt(from);
    if (first == '"' || first == '\'') {
      int to = quoteEnd(from);
      return to < 0 ? null : new Edit(from, to, Written.json(by));
    }
    int to = from;
    while (to < text.length() && "\n\r,}]".indexOf(text.charAt(to)) < 0 && !comment(to)) {
      to++;
    }
    while (to > from && text.charAt(to - 1) == ' ') {
      to--;
    }
    return new Edit(
        from, to, by instanceof Node.Text plain ? Written.plain(plain.value()) : Written.json(by));
  }

  private boolean comment(int at) {
    return text.charAt(at) == '#' && at > 0 && text.charAt(at - 1) == ' ';
  }

  private int quoteEnd(int from) {
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

  /// Further members at the end of an object; null where its end cannot be told.
  @Nullable Edit added(Node.Obj object, Map<String, Node> members) {
    int from = offset(object.place());
    if (from < text.length() && text.charAt(from) == '{') {
      return inBraces(from, object, members);
    }
    return object.members().isEmpty() ? null : inBlock(object, members);
  }

  private @Nullable Edit inBraces(int from, Node.Obj object, Map<String, Node> members) {
    int close = closing(from);
    if (close < 0) {
      return null;
    }
    int at = close;
    while (Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    boolean many = text.substring(from, close).indexOf('\n') >= 0;
    String gap = many ? "\n" + indentOf(object, close) : " ";
    boolean first = object.members().isEmpty();
    boolean comma = text.charAt(at - 1) == ',';
    StringBuilder by = new StringBuilder();
    for (Map.Entry<String, Node> each : members.entrySet()) {
      by.append(first || comma ? "" : ",").append(first ? "" : gap);
      by.append(Written.quoted(each.getKey())).append(": ").append(Written.json(each.getValue()));
      first = false;
      comma = false;
    }
    return new Edit(at, at, by.toString());
  }

  private String indentOf(Node.Obj object, int close) {
    Iterator<Node.Member> members = object.entries().iterator();
    if (members.hasNext()) {
      int name = offset(members.next().namePlace());
      return text.substring(lineStart(name), name).isBlank()
          ? text.substring(lineStart(name), name)
          : "  ";
    }
    return text.substring(lineStart(close), close) + "  ";
  }

  private int lineStart(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  private int closing(int from) {
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
      } else if (c == '}' || c == ']') {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }

  private Edit inBlock(Node.Obj object, Map<String, Node> members) {
    Node.Member last = object.entries().iterator().next();
    for (Node.Member each : object.entries()) {
      last = each;
    }
    int name = offset(last.namePlace());
    int indent = name - lineStart(name);
    int line = last.namePlace().line();
    int end = line;
    for (int next = line + 1; next <= lines.size() && lines.get(next - 1) < text.length(); next++) {
      String each = line(next);
      if (each.isBlank() || each.stripLeading().startsWith("#")) {
        continue;
      }
      int own = each.length() - each.stripLeading().length();
      boolean item =
          own == indent && each.startsWith("- ", own) && last.value() instanceof Node.Arr;
      boolean closes = own == indent && (each.charAt(own) == '}' || each.charAt(own) == ']');
      if (own <= indent && !item && !closes) {
        break;
      }
      end = next;
    }
    StringBuilder by = new StringBuilder();
    members.forEach(
        (member, value) ->
            Written.yaml(member, value)
                .forEach(each -> by.append(" ".repeat(indent)).append(each).append('\n')));
    int at = end < lines.size() ? lines.get(end) : text.length();
    boolean bare = at == text.length() && !text.endsWith("\n");
    return bare
        ? new Edit(at, at, "\n" + by.substring(0, by.length() - 1))
        : new Edit(at, at, by.toString());
  }

  private String line(int number) {
    int from = lines.get(number - 1);
    int to = number < lines.size() ? lines.get(number) - 1 : text.length();
    return text.substring(from, Math.max(from, to)).replace("\r", "");
  }

  /// The text with edits made, which do not overlap.
  String with(List<Edit> edits) {
    List<Edit> sorted = new ArrayList<>(edits);
    sorted.sort(java.util.Comparator.comparingInt(Edit::from));
    StringBuilder changed = new StringBuilder();
    int at = 0;
    for (Edit edit : sorted) {
      changed.append(text, at, Math.max(at, edit.from())).append(edit.by());
      at = Math.max(at, edit.to());
    }
    return changed.append(text, at, text.length()).toString();
  }
}
