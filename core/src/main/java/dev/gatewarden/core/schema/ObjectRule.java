package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an object must obey, member by member, in one pass.
///
/// Every name that any part of the schema mentions has a number; a bit for each says that it was
/// seen, which serves repeated names and missing ones alike. Other names go to [Others].
final class ObjectRule extends Rule {

  /// A name that must be there.
  record Required(Node owner, int name, String text) {}

  /// Names that must be there when another one is.
  record Dependent(Node owner, int trigger, int[] names, List<String> texts) {}

  /// A limit of the number of members.
  record Size(Node owner, Keyword word, int limit) {
    boolean holds(int count) {
      return word == Keyword.MAX_PROPERTIES ? count <= limit : count >= limit;
    }
  }

  private final Names names;
  private final Rule[] rules;
  private final Others others;
  private final Required[] required;
  private final Dependent[] dependents;
  private final Size[] sizes;
  private final long requiredBits;
  private final int seenWords;
  private final int stated;
  private @Nullable NearNames near;
  private @Nullable Node nearOwner;

  ObjectRule(
      Names names,
      Rule[] rules,
      Others others,
      List<Required> required,
      List<Dependent> dependents,
      List<Size> sizes) {
    this.names = names;
    this.rules = rules;
    this.others = others;
    this.required = required.toArray(new Required[0]);
    this.dependents = dependents.toArray(new Dependent[0]);
    this.sizes = sizes.toArray(new Size[0]);
    seenWords = (Math.max(0, names.size() - 1)) >>> 6;
    long bits = 0;
    for (Required one : required) {
      bits |= one.name() < 64 ? 1L << one.name() : 0;
    }
    requiredBits = bits;
    int most = 0;
    for (Size size : sizes) {
      most = size.word() == Keyword.MAX_PROPERTIES ? Math.max(most, size.limit()) : most;
    }
    stated = most;
  }

  /// The same, refusing names that are taken for declared ones.
  ObjectRule refusing(NearNames names, Node owner) {
    near = names;
    nearOwner = owner;
    return this;
  }

  @Override
  int scan(Visit v, int start) {
    if (start >= v.to || v.bytes[start] != '{') {
      return otherwise.scan(v, start);
    }
    if (++v.depth > v.bounds.depth()) {
      return v.broken(start, Keyword.MAX_DEPTH);
    }
    byte[] b = v.bytes;
    int to = v.to;
    int most = Math.max(v.bounds.keys(), Math.min(stated, v.bounds.mostKeys()));
    int keys = v.keys.top();
    int more = seenWords == 0 ? 0 : v.reserve(seenWords);
    long seen = 0;
    int count = 0;
    int expected = 0;
    int separator = start;
    int at = Scan.behind(b, start + 1, to);
    if (at < to && b[at] == '}') {
      return finish(v, start, at + 1, 0, 0, more);
    }
    while (true) {
      int name = expected;
      int value = names.stands(expected, b, at, to);
      if (value < 0) {
        value = named(v, at);
        name = v.found;
      }
      value = value < 0 ? value : Scan.behind(b, value, to);
      if (value < 0) {
        return value;
      }
      v.separator = separator;
      v.name = at;
      int end;
      if (name < 0) {
        end = other(v, keys, at, value);
      } else {
        if (name < 64) {
          long before = seen;
          seen |= 1L << name;
          if (seen == before) {
            return v.broken(at, Keyword.DUPLICATE_KEY);
          }
        } else if (repeated(v, more, name)) {
          return v.broken(at, Keyword.DUPLICATE_KEY);
        }
        expected = name + 1;
        end = rules[name].scan(v, value);
      }
      if (end < 0) {
        return end;
      }
      if (++count > most) {
        return v.broken(start, Keyword.MAX_KEYS);
      }
      at = Scan.behind(b, end, to);
      if (at < to && b[at] == ',') {
        separator = at;
        at = Scan.behind(b, at + 1, to);
      } else if (at < to && b[at] == '}') {
        v.keys.release(keys);
        return finish(v, start, at + 1, count, seen, more);
      } else {
        return v.broken(at, Keyword.SYNTAX);
      }
    }
  }

  /// Reads a name that is not the expected one, and the colon behind it; leaves its number in the
  /// visit, and its closing quote.
  ///
  /// @return the offset behind the colon, or the complement of where the document breaks
  private int named(Visit v, int at) {
    byte[] b = v.bytes;
    int to = v.to;
    if (at >= to || b[at] != '"') {
      return v.broken(at, Keyword.SYNTAX);
    }
    int quote = Scan.string(v, at + 1);
    if (quote < 0) {
      return quote;
    }
    v.quote = quote;
    v.found = names.find(v, at + 1, quote);
    int colon = Scan.behind(b, quote + 1, to);
    return colon < to && b[colon] == ':' ? colon + 1 : v.broken(colon, Keyword.SYNTAX);
  }

  private int other(Visit v, int keys, int at, int value) {
    int quote = v.quote;
    if (!v.keys.add(v, keys, at + 1, quote)) {
      return v.broken(at, Keyword.DUPLICATE_KEY);
    }
    if (near != null && near.resembles(v.bytes, at, quote)) {
      int bad = v.fail(at, nearOwner, Keyword.LOOKALIKE_FIELD);
      if (bad < 0) {
        return bad;
      }
    }
    return others.scan(v, at, quote, value);
  }

  private static boolean repeated(Visit v, int more, int name) {
    int word = more + (name >>> 6) - 1;
    long bit = 1L << (name & 63);
    if ((v.word(word) & bit) != 0) {
      return true;
    }
    v.word(word, v.word(word) | bit);
    return false;
  }

  private boolean seen(Visit v, int name, long seen, int more) {
    long word = name < 64 ? seen : v.word(more + (name >>> 6) - 1);
    return (word & 1L << (name & 63)) != 0;
  }

  private int finish(Visit v, int start, int end, int count, long seen, int more) {
    v.depth--;
    int bad = 0;
    if ((seen & requiredBits) != requiredBits || (seenWords > 0 && required.length > 0)) {
      bad = missing(v, start, seen, more);
    }
    if (bad >= 0 && dependents.length + sizes.length > 0) {
      bad = rest(v, start, count, seen, more);
    }
    if (seenWords > 0) {
      v.wordTop = more;
    }
    return bad < 0 ? bad : end;
  }

  private int missing(Visit v, int start, long seen, int more) {
    for (Required one : required) {
      if (!seen(v, one.name(), seen, more)) {
        int bad = v.fail(start, one.owner(), Keyword.REQUIRED, one.text());
        if (bad < 0) {
          return bad;
        }
      }
    }
    return 0;
  }

  private int rest(Visit v, int start, int count, long seen, int more) {
    for (Size size : sizes) {
      if (!size.holds(count)) {
        int bad = v.fail(start, size.owner(), size.word());
        if (bad < 0) {
          return bad;
        }
      }
    }
    for (Dependent dependent : dependents) {
      if (!seen(v, dependent.trigger(), seen, more)) {
        continue;
      }
      for (int i = 0; i < dependent.names().length; i++) {
        if (!seen(v, dependent.names()[i], seen, more)) {
          int bad =
              v.fail(
                  start, dependent.owner(), Keyword.DEPENDENT_REQUIRED, dependent.texts().get(i));
          if (bad < 0) {
            return bad;
          }
        }
      }
    }
    return 0;
  }

  /// What names must obey that no part of the schema mentions.
  static final class Others {

    /// A rule for names that a pattern finds.
    record Patterned(StringRule.TextTest pattern, Rule rule) {}

    /// A rule for names that none of some patterns finds; the patterns are bits.
    record Remainder(long patterns, Rule rule) {}

    private final @Nullable Rule propertyNames;
    private final Patterned[] patterned;
    private final Remainder[] remainders;
    private final @Nullable Rule only;

    Others(@Nullable Rule propertyNames, List<Patterned> patterned, List<Remainder> remainders) {
      this.propertyNames = propertyNames;
      this.patterned = patterned.toArray(new Patterned[0]);
      this.remainders = remainders.toArray(new Remainder[0]);
      only =
          !patterned.isEmpty() || remainders.size() > 1
              ? null
              : remainders.isEmpty() ? BasicRules.Anything.RULE : remainders.getFirst().rule();
    }

    /// Whether some name passes that nothing declares.
    boolean open() {
      return !(only instanceof BasicRules.Nothing);
    }

    int scan(Visit v, int at, int quote, int value) {
      boolean escaped = v.escaped;
      if (propertyNames != null) {
        int bad = propertyNames.scan(v, at);
        if (bad < 0) {
          return bad;
        }
      }
      return only != null ? only.scan(v, value) : several(v, at, quote, value, escaped);
    }

    private int several(Visit v, int at, int quote, int value, boolean escaped) {
      int separator = v.separator;
      long hits = hits(v, at, quote, escaped);
      int end = 0;
      v.again++;
      for (int i = 0; i < patterned.length && end >= 0; i++) {
        if ((hits & 1L << i) != 0) {
          v.separator = separator;
          v.name = at;
          end = patterned[i].rule().scan(v, value);
        }
      }
      for (int i = 0; i < remainders.length && end >= 0; i++) {
        if ((remainders[i].patterns() & hits) == 0) {
          v.separator = separator;
          v.name = at;
          end = remainders[i].rule().scan(v, value);
        }
      }
      v.again--;
      return end == 0 ? Skip.value(v, value) : end;
    }

    private long hits(Visit v, int at, int quote, boolean escaped) {
      byte[] text = v.bytes;
      int from = at + 1;
      int to = quote;
      if (escaped) {
        Scan.decode(v, from, to);
        text = v.text;
        from = 0;
        to = v.textLength;
      }
      long hits = 0;
      for (int i = 0; i < patterned.length; i++) {
        hits |= patterned[i].pattern().holds(text, from, to) ? 1L << i : 0;
      }
      return hits;
    }
  }
}
