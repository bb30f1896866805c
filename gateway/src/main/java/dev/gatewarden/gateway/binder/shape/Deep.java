package dev.gatewarden.gateway.binder.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object that grows by names in brackets: `filter[status]=open`, `filter[tags][]=a`.
///
/// A list is written `filter[tags]=a&filter[tags]=b` or `filter[tags][]=a&filter[tags][]=b`, and
/// not both; numbers in brackets are names of properties, never places in a list.
final class Deep {
  private final Map<String, Object> members = new LinkedHashMap<>();

  /// The values of a list, and whether their names end in `[]`.
  private record Listed(List<Piece> values, boolean bracketed) {}

  /// Whether a name leads to something that the shape has, and no deeper.
  static boolean leads(String name, int bracket, Shape shape) {
    Shape at = shape;
    int from = bracket;
    boolean first = true;
    while (from < name.length()) {
      int end = name.indexOf(']', from);
      if (name.charAt(from) != '[' || end < 0) {
        return false;
      }
      String key = name.substring(from + 1, end);
      if (key.isEmpty()) {
        return !first && end + 1 == name.length() && at.mayBeArray();
      }
      if (key.indexOf('[') >= 0
          || !at.mayBeObject()
          || !(at.properties().containsKey(key) || (at.open() && !resembles(key, at)))) {
        return false;
      }
      at = at.property(key);
      first = false;
      from = end + 1;
    }
    return true;
  }

  private static boolean resembles(String key, Shape shape) {
    for (String declared : shape.properties().keySet()) {
      if (declared.equalsIgnoreCase(key)) {
        return true;
      }
    }
    return false;
  }

  /// Puts a value where its name leads; what is wrong with that, or null.
  @Nullable String put(String name, int bracket, Shape shape, String value, int depth) {
    if (depth == 0) {
      return "is nested too deeply";
    }
    int end = name.indexOf(']', bracket);
    String key = name.substring(bracket + 1, end);
    Shape inside = shape.property(key);
    String rest = name.substring(end + 1);
    if (rest.isEmpty() || rest.equals("[]")) {
      return leaf(key, inside, value, !rest.isEmpty());
    }
    Object there = members.computeIfAbsent(key, _ -> new Deep());
    return there instanceof Deep deep
        ? deep.put(name, end + 1, inside, value, depth - 1)
        : "is given as a value and as an object";
  }

  @Nullable String leaf(String key, Shape shape, String value, boolean bracketed) {
    Piece text = new Piece.Text(value);
    Object there = members.get(key);
    if (!shape.mayBeArray() || (shape.mayBeScalar() && !bracketed && there == null)) {
      return members.put(key, text) == null ? null : "is given more than once";
    }
    if (there == null) {
      members.put(key, new Listed(new ArrayList<>(List.of(text)), bracketed));
      return null;
    }
    if (there instanceof Piece first && !bracketed) {
      members.put(key, new Listed(new ArrayList<>(List.of(first, text)), false));
      return null;
    }
    if (there instanceof Listed(List<Piece> values, boolean before) && before == bracketed) {
      values.add(text);
      return null;
    }
    return "is given in two ways";
  }

  Piece piece() {
    Map<String, Piece> pieces = new LinkedHashMap<>();
    members.keySet().forEach(name -> pieces.put(name, member(name)));
    return new Piece.Members(pieces);
  }

  Piece member(String name) {
    return switch (members.get(name)) {
      case Deep deep -> deep.piece();
      case Listed(List<Piece> values, boolean _) -> new Piece.Items(values);
      case Piece piece -> piece;
      case null, default -> new Piece.Nil();
    };
  }
}
