package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A value a schema gives, made ready to be compared with judged bytes: numbers by value, strings
/// after unescaping, objects without regard to order.
abstract class Constant {

  /// Whether the judged value means the same.
  abstract boolean same(Visit v, int at);

  static Constant of(Node value) {
    return switch (value) {
      case Node.Null _ -> new Word('n');
      case Node.Bool(var place, boolean truth) -> new Word(truth ? 't' : 'f');
      case Node.Text(var place, String text) -> new Text(text.getBytes(StandardCharsets.UTF_8));
      case Node.Num(var place, String literal) -> new Number(Decimal.of(literal));
      case Node.Arr(var place, var items) ->
          new Array(items.stream().map(Constant::of).toArray(Constant[]::new));
      case Node.Obj object -> {
        List<String> names = new ArrayList<>();
        List<Constant> values = new ArrayList<>();
        for (Node.Member member : object.entries()) {
          names.add(member.name());
          values.add(of(member.value()));
        }
        yield new Members(new Names(names), values.toArray(new Constant[0]));
      }
    };
  }

  private static final class Word extends Constant {
    private final char first;

    Word(char first) {
      this.first = first;
    }

    @Override
    boolean same(Visit v, int at) {
      return v.bytes[at] == first;
    }
  }

  private static final class Text extends Constant {
    private final byte[] text;

    Text(byte[] text) {
      this.text = text;
    }

    @Override
    boolean same(Visit v, int at) {
      byte[] b = v.bytes;
      return b[at] == '"' && JsonText.says(b, at, Skip.quote(b, at + 1) + 1, text);
    }
  }

  private static final class Number extends Constant {
    private final Decimal value;

    Number(Decimal value) {
      this.value = value;
    }

    @Override
    boolean same(Visit v, int at) {
      byte first = v.bytes[at];
      if (first != '-' && (first < '0' || first > '9')) {
        return false;
      }
      Decimal.read(v, v.bytes, at, Skip.judged(v, at));
      return value.compare(v) == 0;
    }
  }

  private static final class Array extends Constant {
    private final Constant[] items;

    Array(Constant[] items) {
      this.items = items;
    }

    @Override
    boolean same(Visit v, int start) {
      byte[] b = v.bytes;
      if (b[start] != '[') {
        return false;
      }
      int at = Scan.space(b, start + 1, v.to);
      for (Constant item : items) {
        if (b[at] == ']' || !item.same(v, at)) {
          return false;
        }
        at = Skip.next(v, Skip.judged(v, at));
      }
      return b[at] == ']';
    }
  }

  private static final class Members extends Constant {
    private final Names names;
    private final Constant[] values;

    Members(Names names, Constant[] values) {
      this.names = names;
      this.values = values;
    }

    @Override
    boolean same(Visit v, int start) {
      byte[] b = v.bytes;
      if (b[start] != '{') {
        return false;
      }
      int count = 0;
      int at = Scan.space(b, start + 1, v.to);
      while (b[at] != '}') {
        int quote = Scan.string(v, at + 1);
        int name = names.find(v, at + 1, quote);
        int value = Scan.colon(b, quote + 1, v.to);
        if (name < 0 || !values[name].same(v, value)) {
          return false;
        }
        count++;
        at = Skip.next(v, Skip.judged(v, value));
      }
      return count == values.length;
    }
  }
}
