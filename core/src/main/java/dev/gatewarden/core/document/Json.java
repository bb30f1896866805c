package dev.gatewarden.core.document;

import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Bool;
import dev.gatewarden.core.document.Node.Member;
import dev.gatewarden.core.document.Node.Null;
import dev.gatewarden.core.document.Node.Num;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Node.Text;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON values that the program makes rather than reads: made, changed, and written as text.
///
/// A change gives a new value; what it does not touch is shared.
public final class Json {
  /// Where a value stands that no document holds.
  private static final Place NOWHERE =
      new Place(new Place.Origin(URI.create("made:value"), "made"), 0, 0, Place.Path.ROOT);

  public static final Node NULL = new Null(NOWHERE);

  /// The object without members.
  public static final Obj EMPTY = new Obj(NOWHERE, Map.of());

  private Json() {}

  public static Node of(String text) {
    return new Text(NOWHERE, text);
  }

  public static Node of(boolean truth) {
    return new Bool(NOWHERE, truth);
  }

  public static Node of(long number) {
    return new Num(NOWHERE, Long.toString(number));
  }

  /// @param literal as JSON writes a number
  public static Node number(String literal) {
    return new Num(NOWHERE, literal);
  }

  public static Arr of(List<Node> items) {
    return new Arr(NOWHERE, items);
  }

  /// An object with these members, in their order.
  public static Obj of(Map<String, Node> members) {
    Map<String, Member> all = new LinkedHashMap<>();
    members.forEach((name, value) -> all.put(name, new Member(name, NOWHERE, value)));
    return new Obj(NOWHERE, all);
  }

  /// What stands at a path of names and indexes, or null where nothing does.
  public static @Nullable Node at(@Nullable Node node, List<String> path) {
    Node here = node;
    for (String step : path) {
      here =
          switch (here) {
            case Obj object -> object.get(step);
            case Arr array -> {
              int index = Pointer.index(step);
              yield index >= 0 && index < array.items().size() ? array.items().get(index) : null;
            }
            case null, default -> null;
          };
    }
    return here;
  }

  /// The value with another one at a path; objects on the way are made where they are missing, and
  /// an index behind the end of an array appends.
  public static Node with(@Nullable Node node, List<String> path, Node value) {
    if (path.isEmpty()) {
      return value;
    }
    String step = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    if (node instanceof Arr array) {
      List<Node> items = new ArrayList<>(array.items());
      int index = Pointer.index(step);
      if (index < 0 || index >= items.size()) {
        items.add(with(null, rest, value));
      } else {
        items.set(index, with(items.get(index), rest, value));
      }
      return new Arr(array.place(), items);
    }
    Map<String, Member> members =
        node instanceof Obj object ? new LinkedHashMap<>(object.members()) : new LinkedHashMap<>();
    Member before = members.get(step);
    members.put(
        step, new Member(step, NOWHERE, with(before == null ? null : before.value(), rest, value)));
    return new Obj(NOWHERE, members);
  }

  /// The object without a member.
  public static Obj without(Obj object, String name) {
    Map<String, Member> members = new LinkedHashMap<>(object.members());
    members.remove(name);
    return new Obj(object.place(), members);
  }

  /// A text, or a number or a truth value as it is written; null for everything else.
  public static @Nullable String scalar(@Nullable Node node) {
    return switch (node) {
      case Text(var _, String value) -> value;
      case Num(var _, String literal) -> literal;
      case Bool(var _, boolean value) -> Boolean.toString(value);
      case null, default -> null;
    };
  }

  /// The JSON text, in one line (RFC 8259).
  public static String text(Node node) {
    StringBuilder text = new StringBuilder();
    write(node, text);
    return text.toString();
  }

  private static void write(Node node, StringBuilder to) {
    switch (node) {
      case Obj object -> {
        char before = '{';
        for (Member member : object.entries()) {
          quoted(member.name(), to.append(before));
          write(member.value(), to.append(':'));
          before = ',';
        }
        to.append(before == '{' ? "{}" : "}");
      }
      case Arr array -> {
        char before = '[';
        for (Node item : array.items()) {
          write(item, to.append(before));
          before = ',';
        }
        to.append(before == '[' ? "[]" : "]");
      }
      case Text(var _, String value) -> quoted(value, to);
      case Num(var _, String literal) -> to.append(literal);
      case Bool(var _, boolean value) -> to.append(value);
      case Null _ -> to.append("null");
    }
  }

  /// The text as a JSON string, quotes around it.
  public static String quoted(String text) {
    StringBuilder to = new StringBuilder(text.length() + 2);
    quoted(text, to);
    return to.toString();
  }

  /// Appends the text as a JSON string, quotes around it (RFC 8259, section 7).
  ///
  /// Control characters and halves of characters are escaped, so that the JSON text can be printed
  /// and encoded whatever it holds.
  public static void quoted(String text, StringBuilder to) {
    to.append('"');
    int written = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && c < 0x7F || plain(text, i, c)) {
        continue;
      }
      to.append(text, written, i);
      written = i + 1;
      escaped(c, to);
    }
    to.append(text, written, length).append('"');
  }

  /// Whether a character beyond ASCII stands for itself.
  private static boolean plain(String text, int at, char c) {
    if (c <= 0x9F) {
      return false;
    }
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    return !Character.isLowSurrogate(c) || at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static void escaped(char c, StringBuilder to) {
    switch (c) {
      case '"', '\\' -> to.append('\\').append(c);
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      default -> {
        to.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          to.append(Character.forDigit(c >> shift & 15, 16));
        }
      }
    }
  }
}
