package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules that need no state: anything, nothing, a word, one of several types.
final class BasicRules {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private BasicRules() {}

  /// Any value that is JSON.
  static final class Anything extends Rule {
    static final Anything RULE = new Anything();

    @Override
    int scan(Visit v, int at) {
      return Skip.value(v, at);
    }
  }

  /// No value at all.
  static final class Nothing extends Rule {
    private final @Nullable Node owner;
    private final Keyword word;
    private final boolean leads;
    private final List<String> declared;

    Nothing(@Nullable Node owner, Keyword word) {
      this(owner, word, false, List.of());
    }

    /// @param leads whether marked values may stand in what is refused here
    /// @param declared the names that stand here otherwise, for who misspelled one
    Nothing(@Nullable Node owner, Keyword word, boolean leads, List<String> declared) {
      this.owner = owner;
      this.word = word;
      this.leads = leads;
      this.declared = declared;
    }

    @Override
    int scan(Visit v, int at) {
      if (at >= v.to) {
        return v.broken(at, Keyword.SYNTAX);
      }
      int place = v.name >= 0 && (word == Keyword.UNKNOWN_FIELD) ? v.name : at;
      int bad = v.explanation == null ? ~place : told(v, v.explanation, place);
      int separator = v.separator;
      int name = v.name;
      int end = bad < 0 ? bad : Skip.value(v, at);
      if (end >= 0 && leads && v.recording && v.explanation != null && v.explanation.readsOn()) {
        return unread(v, separator, name, at, end);
      }
      return end;
    }

    private int told(Visit v, Explanation explanation, int place) {
      boolean misspelled = !declared.isEmpty() && !explanation.counts() && v.name >= 0;
      String detail = misspelled ? Spelling.nearest(v, v.name, declared) : "";
      return explanation.add(place, owner, word, detail) ? 0 : ~place;
    }

    /// A value that was not read hides what stands in it; `null`, `true` and `false` hide nothing.
    private static int unread(Visit v, int separator, int name, int at, int end) {
      byte first = v.bytes[at];
      boolean hides = first != 'n' && first != 't' && first != 'f';
      return !hides || v.spans.add(Spans.BROKEN, separator, name, at, end, v.bounds.spans())
          ? end
          : v.broken(at, Keyword.MAX_SPANS);
    }
  }

  /// One of the three words; which of them is settled when the schema is compiled.
  static final class Word extends Rule {
    private final @Nullable Nothing forTrue;
    private final @Nullable Nothing forFalse;

    /// The refusals of `true` and `false`, where a list of values leaves them out.
    Word(@Nullable Nothing forTrue, @Nullable Nothing forFalse) {
      this.forTrue = forTrue;
      this.forFalse = forFalse;
    }

    @Override
    int scan(Visit v, int at) {
      Nothing refusal = v.bytes[at] == 't' ? forTrue : v.bytes[at] == 'f' ? forFalse : null;
      return refusal == null ? word(v, at) : refusal.scan(v, at);
    }
  }

  static int word(Visit v, int at) {
    return Scan.literal(v, at, v.bytes[at] == 't' ? TRUE : v.bytes[at] == 'f' ? FALSE : NULL);
  }

  /// A rule for each type of value.
  static final class ByType extends Rule {
    private final Rule string;
    private final Rule number;
    private final Rule object;
    private final Rule array;
    private final Rule bool;
    private final Rule nil;

    ByType(Rule[] rules) {
      object = rules[Type.OBJECT.ordinal()];
      array = rules[Type.ARRAY.ordinal()];
      string = rules[Type.STRING.ordinal()];
      number = rules[Type.NUMBER.ordinal()];
      bool = rules[Type.BOOLEAN.ordinal()];
      nil = rules[Type.NULL.ordinal()];
    }

    @Override
    int scan(Visit v, int at) {
      if (at >= v.to) {
        return v.broken(at, Keyword.SYNTAX);
      }
      return switch (v.bytes[at]) {
        case '"' -> string.scan(v, at);
        case '{' -> object.scan(v, at);
        case '[' -> array.scan(v, at);
        case 't', 'f' -> bool.scan(v, at);
        case 'n' -> nil.scan(v, at);
        case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number.scan(v, at);
        default -> v.broken(at, Keyword.SYNTAX);
      };
    }
  }

  /// A member's value that does not travel this way: refused where it stands, and judged like any
  /// other while a branch is only tried, so that the word neither chooses a branch nor rules one
  /// out.
  static final class Withheld extends Rule {
    private final Rule rule;
    private final Nothing refusal;

    Withheld(Rule rule, Nothing refusal) {
      this.rule = rule;
      this.refusal = refusal;
    }

    @Override
    int scan(Visit v, int at) {
      return v.recording ? refusal.scan(v, at) : rule.scan(v, at);
    }
  }

  /// A number that must be written without a fraction and an exponent.
  static final class WholeLiteral extends Rule {
    private final Rule rule;
    private final Node owner;

    WholeLiteral(Rule rule, Node owner) {
      this.rule = rule;
      this.owner = owner;
    }

    @Override
    int scan(Visit v, int at) {
      int end = rule.scan(v, at);
      for (int i = at; i < end; i++) {
        byte c = v.bytes[i];
        if (c == '.' || (c | 0x20) == 'e') {
          int bad = v.fail(at, owner, Keyword.TYPE);
          return bad < 0 ? bad : end;
        }
      }
      return end;
    }
  }

  /// A rule that is still being compiled when something refers to it.
  static final class Late extends Rule {
    private Rule target = Anything.RULE;

    void become(Rule rule) {
      target = rule;
    }

    @Override
    int scan(Visit v, int at) {
      return target.scan(v, at);
    }
  }

  /// Keeps the span of a value that obeys a rule.
  static final class Labelled extends Rule {
    private final Rule rule;
    private final long labels;

    Labelled(Rule rule, long labels) {
      this.rule = rule;
      this.labels = labels;
    }

    @Override
    int scan(Visit v, int at) {
      int separator = v.separator;
      int name = v.name;
      int end = rule.scan(v, at);
      if (end < 0 || !v.recording) {
        return end;
      }
      for (long left = labels; left != 0; left &= left - 1) {
        int label = Long.numberOfTrailingZeros(left);
        if (v.severalTimes() && !v.spans.note(label, at)) {
          continue;
        }
        if (!v.spans.add(label, separator, name, at, end, v.bounds.spans())) {
          return v.broken(at, Keyword.MAX_SPANS);
        }
      }
      return end;
    }
  }
}
