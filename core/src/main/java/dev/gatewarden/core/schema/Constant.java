package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.List;

/// Compares judged bytes with a value a schema gives.
final class Constant {

  private Constant() {}

  /// Whether the judged value means the same: numbers by value, objects without regard to order.
  static boolean same(Visit v, int at, Node value) {
    byte[] b = v.bytes;
    return switch (value) {
      case Node.Null _ -> b[at] == 'n';
      case Node.Bool(var place, boolean truth) -> b[at] == (truth ? 't' : 'f');
      case Node.Text(var place, String text) ->
          b[at] == '"'
              && JsonText.says(
                  b,
                  at,
                  Skip.quote(b, at + 1) + 1,
                  text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      case Node.Num(var place, String literal) -> number(v, at, literal);
      case Node.Arr(var place, var items) -> b[at] == '[' && array(v, at, items);
      case Node.Obj object -> b[at] == '{' && object(v, at, object);
    };
  }

  private static boolean number(Visit v, int at, String literal) {
    byte first = v.bytes[at];
    if (first != '-' && (first < '0' || first > '9')) {
      return false;
    }
    Decimal.read(v, v.bytes, at, Skip.judged(v.bytes, at));
    return Decimal.of(literal).compare(v) == 0;
  }

  private static boolean array(Visit v, int start, List<Node> items) {
    byte[] b = v.bytes;
    int at = Scan.space(b, start + 1, v.to);
    for (Node item : items) {
      if (b[at] == ']' || !same(v, at, item)) {
        return false;
      }
      at = Scan.space(b, Skip.judged(b, at), v.to);
      at = b[at] == ',' ? Scan.space(b, at + 1, v.to) : at;
    }
    return b[at] == ']';
  }

  private static boolean object(Visit v, int start, Node.Obj object) {
    byte[] b = v.bytes;
    int count = 0;
    int at = Scan.space(b, start + 1, v.to);
    while (b[at] != '}') {
      int quote = Skip.quote(b, at + 1);
      Node expected = object.get(JsonText.decode(b, at, quote + 1));
      int value = Scan.colon(b, quote + 1, v.to);
      if (expected == null || !same(v, value, expected)) {
        return false;
      }
      count++;
      at = Scan.space(b, Skip.judged(b, value), v.to);
      at = b[at] == ',' ? Scan.space(b, at + 1, v.to) : at;
    }
    return count == object.members().size();
  }
}
