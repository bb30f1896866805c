package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compiles what is known beforehand about strings, numbers and booleans.
final class ScalarBuilder {

  /// The least number that rounds to infinity (IEEE 754): who reads it so far reads another number.
  private static final Decimal FLOAT_OVERFLOWS = overflows(128, 25);

  private static final Decimal DOUBLE_OVERFLOWS = overflows(1024, 54);

  private ScalarBuilder() {}

  private static Decimal overflows(int exponent, int digits) {
    BigInteger half = BigInteger.ONE.shiftLeft(exponent - digits);
    return Decimal.of(BigInteger.ONE.shiftLeft(exponent).subtract(half).toString());
  }

  static Rule string(SchemaCompiler compiler, Closure closure) {
    List<StringRule.Length> lengths = new ArrayList<>();
    List<StringRule.OneOf> lists = new ArrayList<>();
    List<StringRule.Content> contents = new ArrayList<>();
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      lengths.addAll(facts.lengths);
      if (facts.values != null) {
        lists.add(new StringRule.OneOf(facts.owner, Keyword.ENUM, texts(facts.values)));
      }
      if (facts.constant != null) {
        lists.add(new StringRule.OneOf(facts.owner, Keyword.CONST, texts(List.of(facts.constant))));
      }
      if (facts.pattern != null) {
        pattern(compiler, facts, facts.pattern, contents);
      }
      if (compiler.assertsFormats(member.part)) {
        formats(member, contents);
      }
    }
    return new StringRule(lengths, lists, contents);
  }

  private static void formats(Closure.Member member, List<StringRule.Content> contents) {
    Facts facts = member.facts;
    String name = facts.format;
    StringRule.TextTest format =
        name == null ? null : Formats.test(name, member.part.language().dialect());
    if (name != null && format != null) {
      contents.add(
          new StringRule.Content(facts.owner, Keyword.FORMAT, format, Formats.glance(name)));
    }
    StringRule.TextTest encoding = Contents.encoding(facts.encoding);
    if (encoding != null) {
      contents.add(new StringRule.Content(facts.owner, Keyword.CONTENT_ENCODING, encoding));
    }
    StringRule.TextTest media = Contents.media(facts.media, facts.encoding);
    if (media != null) {
      contents.add(new StringRule.Content(facts.owner, Keyword.CONTENT_MEDIA_TYPE, media));
    }
  }

  private static void pattern(
      SchemaCompiler compiler, Facts facts, String pattern, List<StringRule.Content> contents) {
    try {
      Patterns patterns = compiler.patterns();
      contents.add(
          new StringRule.Content(
              facts.owner, Keyword.PATTERN, patterns.test(pattern), patterns.glance(pattern)));
    } catch (IllegalArgumentException e) {
      compiler.problem(
          facts.owner, String.valueOf(e.getMessage()), "write it without what is not supported");
    }
  }

  private static Names texts(List<Node> values) {
    List<String> texts = new ArrayList<>();
    for (Node value : values) {
      if (value instanceof Node.Text(var place, String text)) {
        texts.add(text);
      }
    }
    return new Names(texts.stream().distinct().toList());
  }

  static Rule number(SchemaCompiler compiler, Closure closure) {
    @Nullable Node whole = null;
    @Nullable Node literal = null;
    List<NumberRule.Limit> limits = new ArrayList<>();
    List<NumberRule.Multiple> multiples = new ArrayList<>();
    List<NumberRule.OneOf> lists = new ArrayList<>();
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      whole = facts.whole ? facts.owner : whole;
      literal = facts.literal ? facts.owner : literal;
      limits.addAll(facts.limits);
      if (facts.multiple != null) {
        multiples.add(facts.multiple);
      }
      if (facts.values != null) {
        lists.add(new NumberRule.OneOf(facts.owner, Keyword.ENUM, numbers(facts.values)));
      }
      if (facts.constant != null) {
        lists.add(
            new NumberRule.OneOf(facts.owner, Keyword.CONST, numbers(List.of(facts.constant))));
      }
      if (facts.format != null && compiler.assertsFormats(member.part)) {
        width(facts, facts.format, limits);
      }
    }
    Rule rule = new NumberRule(whole, limits, multiples, lists);
    return literal == null ? rule : new BasicRules.WholeLiteral(rule, literal);
  }

  private static void width(Facts facts, String format, List<NumberRule.Limit> limits) {
    int bits = format.equals("int32") ? 31 : format.equals("int64") ? 63 : 0;
    if (bits > 0) {
      BigInteger edge = BigInteger.ONE.shiftLeft(bits);
      Decimal low = Decimal.of(edge.negate().toString());
      limits.add(new NumberRule.Limit(facts.owner, Keyword.FORMAT, low, -1, false));
      Decimal high = Decimal.of(edge.toString());
      limits.add(new NumberRule.Limit(facts.owner, Keyword.FORMAT, high, 1, true));
    } else if (format.equals("float") || format.equals("double")) {
      Decimal edge = format.equals("float") ? FLOAT_OVERFLOWS : DOUBLE_OVERFLOWS;
      limits.add(new NumberRule.Limit(facts.owner, Keyword.FORMAT, edge.negated(), -1, true));
      limits.add(new NumberRule.Limit(facts.owner, Keyword.FORMAT, edge, 1, true));
    }
  }

  private static List<Decimal> numbers(List<Node> values) {
    List<Decimal> numbers = new ArrayList<>();
    for (Node value : values) {
      if (value instanceof Node.Num(var place, String literal)) {
        numbers.add(Decimal.of(literal));
      }
    }
    numbers.sort(Decimal::compareTo);
    return numbers;
  }

  static Rule bool(Closure closure) {
    BasicRules.@Nullable Nothing forTrue = null;
    BasicRules.@Nullable Nothing forFalse = null;
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      for (List<Node> values : lists(facts)) {
        Keyword word = values == facts.values ? Keyword.ENUM : Keyword.CONST;
        if (!has(values, true)) {
          forTrue = new BasicRules.Nothing(facts.owner, word);
        }
        if (!has(values, false)) {
          forFalse = new BasicRules.Nothing(facts.owner, word);
        }
      }
    }
    return new BasicRules.Word(forTrue, forFalse);
  }

  private static List<List<Node>> lists(Facts facts) {
    List<List<Node>> lists = new ArrayList<>();
    if (facts.values != null) {
      lists.add(facts.values);
    }
    if (facts.constant != null) {
      lists.add(List.of(facts.constant));
    }
    return lists;
  }

  private static boolean has(List<Node> values, boolean truth) {
    return values.stream()
        .anyMatch(value -> value instanceof Node.Bool(var place, boolean one) && one == truth);
  }
}
