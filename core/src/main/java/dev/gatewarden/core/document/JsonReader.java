package dev.gatewarden.core.document;

import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.Place.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One reading of a JSON text (RFC 8259) in a single pass over its bytes.
final class JsonReader {
  /// Beyond this a document is a wall of problems that nobody reads.
  private static final int MOST_PROBLEMS = 100;

  /// Longer literals are no numbers anybody computes with.
  private static final int MOST_DIGITS = 1000;

  private final Origin origin;
  private final byte[] text;
  private final Bounds bounds;
  private final Names names = new Names();
  private final List<Problem> problems = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;

  /// Bytes of the line so far that continue a character, so that columns count characters.
  private int continued;

  private int nodes;

  JsonReader(Origin origin, byte[] text, Bounds bounds) {
    this.origin = origin;
    this.text = text;
    this.bounds = bounds;
  }

  Node read() {
    if (text.length >= 3
        && text[0] == (byte) 0xEF
        && text[1] == (byte) 0xBB
        && text[2] == (byte) 0xBF) {
      at = 3;
      lineStart = 3;
    }
    space();
    if (at == text.length) {
      throw fault(Path.ROOT, "the document is empty");
    }
    Node root = value(Path.ROOT, 1);
    space();
    if (at < text.length) {
      throw fault(Path.ROOT, "something follows the end of the document: " + found());
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return root;
  }

  private Node value(Path path, int depth) {
    if (depth > bounds.depth()) {
      throw fault(path, "the document is nested deeper than " + bounds.depth() + " levels");
    }
    if (++nodes > bounds.nodes()) {
      throw fault(path, "the document holds more than " + bounds.nodes() + " values");
    }
    if (at == text.length) {
      throw fault(path, "the text ends where a value should stand");
    }
    Place place = place(path);
    return switch (text[at]) {
      case '{' -> object(place, depth);
      case '[' -> array(place, depth);
      case '"' -> new Node.Text(place, string(path));
      case 't' -> word(place, "true", new Node.Bool(place, true));
      case 'f' -> word(place, "false", new Node.Bool(place, false));
      case 'n' -> word(place, "null", new Node.Null(place));
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(place);
      default -> throw fault(path, "a value should stand here, not " + found());
    };
  }

  private Node object(Place place, int depth) {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    at++;
    space();
    if (at < text.length && text[at] == '}') {
      at++;
      return new Node.Obj(place, members);
    }
    while (true) {
      if (at == text.length) {
        throw fault(
            place.path(), "the text ends inside the object that begins in line " + place.line());
      }
      if (text[at] != '"') {
        throw fault(place.path(), "a name in quotes should stand here, not " + found());
      }
      int column = column();
      String name = string(place.path());
      Place namePlace = new Place(origin, line, column, place.path().then(name));
      space();
      if (at == text.length || text[at] != ':') {
        throw fault(place.path(), "`:` should follow the name, not " + found());
      }
      at++;
      space();
      Node value = value(namePlace.path(), depth + 1);
      Node.Member first = members.putIfAbsent(name, new Node.Member(name, namePlace, value));
      if (first != null) {
        repeated(namePlace, name, first.namePlace());
      }
      space();
      if (!another(place, '}', "object")) {
        return new Node.Obj(place, members);
      }
    }
  }

  private void repeated(Place place, String name, Place first) {
    problems.add(Faults.repeated(place, name, first));
    if (problems.size() >= MOST_PROBLEMS) {
      throw new ProblemsException(problems);
    }
  }

  private Node array(Place place, int depth) {
    List<Node> items = new ArrayList<>();
    at++;
    space();
    if (at < text.length && text[at] == ']') {
      at++;
      return new Node.Arr(place, items);
    }
    while (true) {
      items.add(value(place.path().then(Names.index(items.size())), depth + 1));
      space();
      if (!another(place, ']', "array")) {
        return new Node.Arr(place, items);
      }
    }
  }

  private boolean another(Place place, char end, String what) {
    if (at == text.length) {
      throw fault(
          place.path(),
          "the text ends inside the " + what + " that begins in line " + place.line());
    }
    if (text[at] == end) {
      at++;
      return false;
    }
    if (text[at] != ',') {
      throw fault(place.path(), "`,` or `" + end + "` should stand here, not " + found());
    }
    at++;
    space();
    return true;
  }

  private Node word(Place place, String word, Node node) {
    for (int i = 0; i < word.length(); i++) {
      if (at + i == text.length || text[at + i] != word.charAt(i)) {
        throw fault(
            place.path(), "a value should stand here; words are `true`, `false` and `null`");
      }
    }
    at += word.length();
    return node;
  }

  private Node number(Place place) {
    int from = at;
    if (text[at] == '-') {
      at++;
    }
    if (at < text.length && text[at] == '0') {
      at++;
    } else {
      digits(place, "a digit should follow the sign");
    }
    if (at < text.length && text[at] == '.') {
      at++;
      digits(place, "a digit should follow the point");
    }
    boolean bounded = true;
    if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
      at++;
      if (at < text.length && (text[at] == '+' || text[at] == '-')) {
        at++;
      }
      int exponent = at;
      digits(place, "a digit should follow the exponent");
      bounded = at - exponent <= 6;
    }
    if (!bounded || at - from > MOST_DIGITS) {
      throw new ProblemsException(with(new Problem(place, "the number is out of all bounds")));
    }
    return new Node.Num(place, names.ascii(text, from, at));
  }

  private void digits(Place place, String otherwise) {
    int from = at;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (from == at) {
      throw fault(place.path(), otherwise);
    }
  }

  private String string(Path path) {
    int from = ++at;
    while (at < text.length) {
      byte b = text[at];
      if (b == '"') {
        return names.ascii(text, from, at++);
      }
      if (b == '\\' || b < ' ') {
        break;
      }
      at++;
    }
    return written(path, from);
  }

  /// The rest of a string that holds more than plain ASCII.
  private String written(Path path, int from) {
    StringBuilder value = new StringBuilder(at - from + 32);
    value.append(new String(text, from, at - from, java.nio.charset.StandardCharsets.ISO_8859_1));
    while (at < text.length) {
      byte b = text[at];
      if (b == '"') {
        at++;
        return value.toString();
      }
      if (b == '\\') {
        escape(path, value);
      } else if (b >= ' ') {
        value.append((char) b);
        at++;
      } else if (b >= 0) {
        throw fault(path, "a control character stands inside a string; write it as an escape");
      } else {
        int length = Utf8.sequence(text, at);
        if (length == 0) {
          throw fault(path, "the text is not UTF-8 here");
        }
        value.appendCodePoint(Utf8.codePoint(text, at, length));
        at += length;
        continued += length - 1;
      }
    }
    throw fault(path, "the text ends inside a string");
  }

  private void escape(Path path, StringBuilder value) {
    int escaped = at + 1 < text.length ? text[at + 1] : -1;
    switch (escaped) {
      case '"', '\\', '/' -> value.append((char) escaped);
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'u' -> {
        unicode(path, value);
        return;
      }
      default -> throw fault(path, "this is no escape that JSON knows");
    }
    at += 2;
  }

  private void unicode(Path path, StringBuilder value) {
    char unit = hex(path);
    if (Character.isHighSurrogate(unit)
        && at + 7 < text.length
        && text[at + 6] == '\\'
        && text[at + 7] == 'u') {
      at += 6;
      char low = hex(path);
      if (!Character.isLowSurrogate(low)) {
        throw fault(path, "half of a surrogate pair stands alone");
      }
      value.append(unit).append(low);
    } else if (Character.isSurrogate(unit)) {
      throw fault(path, "half of a surrogate pair stands alone");
    } else {
      value.append(unit);
    }
    at += 6;
  }

  private char hex(Path path) {
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = i < text.length ? Character.digit(text[i], 16) : -1;
      if (digit < 0) {
        throw fault(path, "four hexadecimal digits should follow `\\u`");
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  private void space() {
    while (at < text.length) {
      byte b = text[at];
      if (b == '\n') {
        at++;
        newLine();
      } else if (b == '\r') {
        at++;
        if (at < text.length && text[at] == '\n') {
          at++;
        }
        newLine();
      } else if (b == ' ' || b == '\t') {
        at++;
      } else {
        return;
      }
    }
  }

  private void newLine() {
    line++;
    lineStart = at;
    continued = 0;
  }

  private int column() {
    return at - lineStart - continued + 1;
  }

  private Place place(Path path) {
    return new Place(origin, line, column(), path);
  }

  private String found() {
    if (at >= text.length) {
      return "the end of the text";
    }
    byte b = text[at];
    return b > ' ' && b < 127 ? "`" + (char) b + "`" : "something that cannot be shown";
  }

  private ProblemsException fault(Path path, String message) {
    return new ProblemsException(with(new Problem(place(path), message)));
  }

  private List<Problem> with(Problem last) {
    problems.add(last);
    return problems;
  }
}
