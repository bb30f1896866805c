package dev.gatewarden.core.change;

import dev.gatewarden.core.contract.Dialect;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.List;

/// Sets of the types of JSON, as bits; every integer is a number too.
final class Types {
  static final int NULL = 1;
  static final int BOOLEAN = 2;
  static final int INTEGER = 4;
  static final int FRACTION = 8;
  static final int STRING = 16;
  static final int ARRAY = 32;
  static final int OBJECT = 64;
  static final int ALL = 127;

  private Types() {}

  /// The types a schema names; all where it names none.
  static int said(Obj schema, Dialect dialect) {
    Node type = schema.get("type");
    int said =
        switch (type) {
          case Node.Text(var _, String name) -> named(name);
          case Node.Arr(var _, List<Node> names) -> {
            int any = 0;
            for (Node each : names) {
              any |= each instanceof Node.Text(var _, String name) ? named(name) : 0;
            }
            yield any;
          }
          case null, default -> ALL;
        };
    boolean nullable =
        dialect == Dialect.OPENAPI_3_0
            && schema.get("nullable") instanceof Node.Bool(var _, boolean on)
            && on;
    return nullable ? said | NULL : said;
  }

  private static int named(String name) {
    return switch (name) {
      case "null" -> NULL;
      case "boolean" -> BOOLEAN;
      case "integer" -> INTEGER;
      case "number" -> INTEGER | FRACTION;
      case "string" -> STRING;
      case "array" -> ARRAY;
      case "object" -> OBJECT;
      default -> ALL;
    };
  }

  /// The type of a value.
  static int of(Node value) {
    return switch (value) {
      case Obj _ -> OBJECT;
      case Node.Arr _ -> ARRAY;
      case Node.Text _ -> STRING;
      case Node.Num number -> number.value().stripTrailingZeros().scale() <= 0 ? INTEGER : FRACTION;
      case Node.Bool _ -> BOOLEAN;
      case Node.Null _ -> NULL;
    };
  }

  /// The set in words.
  static String shown(int types) {
    if (types == ALL) {
      return "anything";
    }
    List<String> names = new ArrayList<>();
    add(names, types, STRING, "string");
    add(names, types, FRACTION, "number");
    if ((types & FRACTION) == 0) {
      add(names, types, INTEGER, "integer");
    }
    add(names, types, BOOLEAN, "boolean");
    add(names, types, OBJECT, "object");
    add(names, types, ARRAY, "array");
    add(names, types, NULL, "null");
    return names.isEmpty() ? "nothing" : String.join(" or ", names);
  }

  private static void add(List<String> names, int types, int type, String name) {
    if ((types & type) != 0) {
      names.add(name);
    }
  }
}
