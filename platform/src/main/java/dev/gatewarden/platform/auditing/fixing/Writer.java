package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes values into a document as its author wrote those around them: in lines, in braces, with
/// the same indent and quotes.
final class Writer {
  private final Text text;

  /// @param text of the whole document
  Writer(Text text) {
    this.text = text;
  }

  /// Another scalar in the place of one; null where its end cannot be told.
  Text.@Nullable Edit replaced(Node scalar, Node by, int depth) {
    int from = text.offset(scalar.place());
    if (from >= text.length()) {
      return null;
    }
    char first = text.at(from);
    if (first == '"' || first == '\'') {
      int to = text.quoteEnd(from);
      boolean single = first == '\'' && by instanceof Node.Text(var _, String s) && plainly(s);
      return to < 0
          ? null
          : new Text.Edit(from, to, single ? "'" + Json.scalar(by) + "'" : Written.json(by), depth);
    }
    int to = from;
    while (to < text.length() && "\n\r,}]".indexOf(text.at(to)) < 0 && !text.comment(to)) {
      to++;
    }
    while (to > from && text.at(to - 1) == ' ') {
      to--;
    }
    boolean plain = by instanceof Node.Text;
    return new Text.Edit(
        from, to, plain ? Written.plain(((Node.Text) by).value()) : Written.json(by), depth);
  }

  private static boolean plainly(String text) {
    return text.indexOf('\'') < 0 && text.chars().noneMatch(Character::isISOControl);
  }

  /// Further members at the end of an object; null where its end cannot be told.
  Text.@Nullable Edit added(Node.Obj object, Map<String, Node> members, int depth) {
    int from = text.offset(object.place());
    if (from < text.length() && text.at(from) == '{') {
      return inBraces(from, object, members, depth);
    }
    return object.members().isEmpty() ? null : inBlock(object, members, depth);
  }

  private Text.@Nullable Edit inBraces(
      int from, Node.Obj object, Map<String, Node> members, int depth) {
    int close = text.closing(from);
    if (close < 0) {
      return null;
    }
    int at = close;
    while (Character.isWhitespace(text.at(at - 1))) {
      at--;
    }
    boolean json = json(from, object);
    String indent = indent(object, close);
    boolean lined = text.piece(from, close).indexOf('\n') >= 0 && indent != null;
    String gap = lined ? "\n" + indent : text.at(at - 1) == ',' || json && tight(from) ? "" : " ";
    boolean first = object.members().isEmpty();
    boolean comma = text.at(at - 1) == ',';
    StringBuilder by = new StringBuilder();
    for (Map.Entry<String, Node> each : members.entrySet()) {
      by.append(first || comma ? "" : ",").append(first && !lined ? "" : gap);
      by.append(
          member(each, json, lined && indent != null ? indent : null, close, json && tight(from)));
      first = false;
      comma = false;
    }
    return new Text.Edit(at, at, by.toString(), depth);
  }

  private String member(
      Map.Entry<String, Node> each,
      boolean json,
      @Nullable String indent,
      int close,
      boolean tight) {
    if (!json) {
      String both = Written.flow(Json.of(Map.of(each.getKey(), each.getValue())));
      return both.substring(1, both.length() - 1);
    }
    if (tight && indent == null) {
      return Json.quoted(each.getKey()) + ":" + Json.text(each.getValue());
    }
    String name = Json.quoted(each.getKey()) + ": ";
    if (indent == null) {
      return name + Written.json(each.getValue());
    }
    String outer = text.piece(text.lineStart(close), close);
    boolean stepped = outer.isBlank() && indent.length() > outer.length();
    String step = stepped ? indent.substring(outer.length()) : "  ";
    return name + Written.lines(each.getValue(), indent, step);
  }

  /// Whether nothing stands behind its colons.
  private boolean tight(int from) {
    int colon = text.piece(from, Math.min(text.length(), from + 200)).indexOf("\":");
    return colon >= 0
        && from + colon + 2 < text.length()
        && !Character.isWhitespace(text.at(from + colon + 2));
  }

  private boolean json(int from, Node.Obj object) {
    Iterator<Node.Member> members = object.entries().iterator();
    return members.hasNext()
        ? text.at(text.offset(members.next().namePlace())) == '"'
        : text.piece(0, from + 1).stripLeading().startsWith("{");
  }

  /// What stands before its members, null where they do not begin lines.
  private @Nullable String indent(Node.Obj object, int close) {
    Iterator<Node.Member> members = object.entries().iterator();
    if (!members.hasNext()) {
      return text.piece(text.lineStart(close), close) + "  ";
    }
    int name = text.offset(members.next().namePlace());
    String before = text.piece(text.lineStart(name), name);
    return before.isBlank() ? before : null;
  }

  private Text.Edit inBlock(Node.Obj object, Map<String, Node> members, int depth) {
    Node.Member last = object.entries().iterator().next();
    for (Node.Member each : object.entries()) {
      last = each;
    }
    int name = text.offset(last.namePlace());
    int indent = name - text.lineStart(name);
    int end = new Blocks(text).end(last, indent);
    char quote = text.at(name);
    StringBuilder by = new StringBuilder();
    members.forEach(
        (member, value) ->
            Written.yaml(named(member, quote), value)
                .forEach(each -> by.append(" ".repeat(indent)).append(each).append('\n')));
    int at = text.begin(end + 1);
    boolean bare = at == text.length() && (at == 0 || text.at(at - 1) != '\n');
    return bare
        ? new Text.Edit(at, at, "\n" + by.substring(0, by.length() - 1), depth)
        : new Text.Edit(at, at, by.toString(), depth);
  }

  /// A name that needs quotes has those of its neighbour, and none where a number has none.
  private static String named(String name, char neighbour) {
    String plain = Written.plain(name);
    boolean needed = plain.startsWith("'");
    if (needed && neighbour == '"') {
      return Json.quoted(name);
    }
    boolean number = name.chars().allMatch(c -> c >= '0' && c <= '9');
    return needed && number && Character.isDigit(neighbour) ? name : plain;
  }
}
