package dev.gatewarden.core.canon.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON Canonicalization Scheme (RFC 8785): one spelling for each JSON value, for digests and
/// signatures of the gate's own.
///
/// Members are sorted by the UTF-16 code units of their names, numbers are written as ECMAScript
/// writes them, texts with no escape but those that must be, and nothing else stands between. What
/// has no canonical form is refused: names that come twice, half surrogate pairs, bytes that are
/// not UTF-8, numbers beyond a double. Two literals that are one double (`1` and `1.0`, and
/// integers beyond 2^53 that differ in their last digits) have one form.
public final class CanonicalJson {
  private final JsonLexer lexer;
  private final JsonOut out;
  private final boolean exact;

  private CanonicalJson(JsonLexer lexer, JsonOut out, boolean exact) {
    this.lexer = lexer;
    this.out = out;
    this.exact = exact;
  }

  /// The canonical form of a document, or null where it has none.
  ///
  /// @param from its first byte
  /// @param to behind its last byte
  /// @param depth how deeply objects and arrays may be nested; at most 1000
  public static byte @Nullable [] of(byte[] json, int from, int to, int depth) {
    return written(json, from, to, depth, false);
  }

  /// A form that is equal for two values where JSON Schema says that they are, numbers beyond a
  /// double included; null where there is none.
  static byte @Nullable [] comparable(byte[] json, int from, int to, int depth) {
    return written(json, from, to, depth, true);
  }

  private static byte @Nullable [] written(
      byte[] json, int from, int to, int depth, boolean exact) {
    JsonLexer lexer = new JsonLexer(json, to);
    CanonicalJson form = new CanonicalJson(lexer, new JsonOut(to - from), exact);
    int end = form.value(lexer.space(from), Math.min(depth, 1_000));
    return end >= 0 && lexer.space(end) == to ? form.out.copy() : null;
  }

  private int value(int at, int depth) {
    if (at >= lexer.to) {
      return -1;
    }
    return switch (lexer.bytes[at]) {
      case '"' -> text(at);
      case '{' -> depth == 0 ? -1 : object(at, depth - 1);
      case '[' -> depth == 0 ? -1 : array(at, depth - 1);
      case 't', 'f', 'n' -> literal(at);
      default -> number(at);
    };
  }

  private int text(int at) {
    int close = lexer.quote(at);
    if (close < 0) {
      return -1;
    }
    out.quoted(lexer.text(at, close));
    return close + 1;
  }

  private int literal(int at) {
    int end = lexer.literal(at);
    if (end >= 0) {
      out.put(lexer.bytes, at, end);
    }
    return end;
  }

  private int number(int at) {
    int end = lexer.number(at);
    if (end < 0) {
      return -1;
    }
    String literal =
        new String(lexer.bytes, at, end - at, java.nio.charset.StandardCharsets.ISO_8859_1);
    String form = exact ? CanonicalNumber.exact(literal) : CanonicalNumber.of(literal);
    if (form == null) {
      return -1;
    }
    out.ascii(form);
    return end;
  }

  private int array(int from, int depth) {
    out.put('[');
    int at = lexer.space(from + 1);
    if (lexer.is(at, ']')) {
      out.put(']');
      return at + 1;
    }
    while (true) {
      at = value(at, depth);
      if (at < 0) {
        return -1;
      }
      at = lexer.space(at);
      if (lexer.is(at, ']')) {
        out.put(']');
        return at + 1;
      }
      if (!lexer.is(at, ',')) {
        return -1;
      }
      out.put(',');
      at = lexer.space(at + 1);
    }
  }

  /// A member as it was written: its name, and where it stands in what was written.
  private record Member(String name, int from, int to) {}

  private int object(int from, int depth) {
    out.put('{');
    int begin = out.length;
    List<Member> members = new ArrayList<>();
    int at = lexer.space(from + 1);
    if (!lexer.is(at, '}')) {
      while (true) {
        int close = lexer.quote(at);
        int value = close < 0 ? -1 : lexer.behindName(at);
        if (value < 0) {
          return -1;
        }
        String name = lexer.text(at, close);
        int start = out.length;
        out.quoted(name);
        out.put(':');
        at = value(value, depth);
        if (at < 0) {
          return -1;
        }
        members.add(new Member(name, start, out.length));
        at = lexer.space(at);
        if (lexer.is(at, '}')) {
          break;
        }
        if (!lexer.is(at, ',')) {
          return -1;
        }
        at = lexer.space(at + 1);
      }
    }
    if (!sorted(members, begin)) {
      return -1;
    }
    out.put('}');
    return at + 1;
  }

  /// Puts the members that were written into their order; false where a name comes twice.
  private boolean sorted(List<Member> members, int begin) {
    List<Member> order = new ArrayList<>(members);
    order.sort((a, b) -> a.name().compareTo(b.name()));
    JsonOut copy = new JsonOut(out.length - begin + members.size());
    for (int i = 0; i < order.size(); i++) {
      Member member = order.get(i);
      if (i > 0) {
        if (member.name().equals(order.get(i - 1).name())) {
          return false;
        }
        copy.put(',');
      }
      copy.put(out.bytes, member.from(), member.to());
    }
    out.length = begin;
    out.put(copy.bytes, 0, copy.length);
    return true;
  }
}
