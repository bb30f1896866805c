package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `unevaluatedProperties` and `unevaluatedItems` where only the value tells which branches count.
abstract class Unevaluated extends Branching {

  /// What a set of schemas evaluates by itself, and what it asks.
  record Gather(
      List<String> names,
      List<StringRule.TextTest> patterns,
      boolean all,
      int prefix,
      List<Branching.Branch> contains,
      List<Ask> asks) {}

  /// A question, and what each answer evaluates.
  record Ask(
      Keyword word, List<Branching.@Nullable Branch> branches, List<@Nullable Gather> gathers) {}

  /// A step of the gathering with everything numbered.
  static final class Step {
    final int[] names;
    final long patterns;
    final boolean all;
    final int prefix;
    final long contains;
    final Keyword[] words;
    final List<List<Branching.@Nullable Branch>> branches = new ArrayList<>();
    final List<List<@Nullable Step>> below = new ArrayList<>();

    Step(Gather gather, Names table, List<StringRule.TextTest> tests, List<Branch> items) {
      // What an array's schemas say of names is of no account here, and the table lacks it.
      names = gather.names().stream().mapToInt(table::index).filter(name -> name >= 0).toArray();
      long patternBits = 0;
      for (StringRule.TextTest test : gather.patterns()) {
        patternBits |= 1L << Math.min(63, number(tests, test));
      }
      patterns = patternBits;
      long containsBits = 0;
      for (Branch branch : gather.contains()) {
        containsBits |= 1L << Math.min(63, number(items, branch));
      }
      contains = containsBits;
      all = gather.all();
      prefix = gather.prefix();
      int asks = gather.asks().size();
      words = new Keyword[asks];
      for (int i = 0; i < asks; i++) {
        Ask ask = gather.asks().get(i);
        words[i] = ask.word();
        branches.add(ask.branches());
        List<@Nullable Step> steps = new ArrayList<>();
        for (Gather one : ask.gathers()) {
          steps.add(one == null ? null : new Step(one, table, tests, items));
        }
        below.add(steps);
      }
    }

    private static <T> int number(List<T> list, T one) {
      int index = list.indexOf(one);
      if (index < 0) {
        list.add(one);
        return list.size() - 1;
      }
      return index;
    }
  }

  private static final int ALL = 0;
  private static final int PATTERNS = 1;
  private static final int PREFIX = 2;
  private static final int CONTAINS = 3;
  private static final int NAMES = 4;

  final Step root;
  final Rule rest;
  final StringRule.TextTest[] tests;
  final Branch[] items;
  final Names table;

  private Unevaluated(Node owner, Gather gather, Names table, Rule rest) {
    super(owner);
    this.table = table;
    this.rest = rest;
    List<StringRule.TextTest> foundTests = new ArrayList<>();
    List<Branch> foundItems = new ArrayList<>();
    root = new Step(gather, table, foundTests, foundItems);
    tests = foundTests.toArray(new StringRule.TextTest[0]);
    items = foundItems.toArray(new Branch[0]);
  }

  @Override
  int check(Visit v, int at) {
    int base = v.reserve(NAMES + (table.size() + 63 >>> 6));
    gather(v, at, root, base);
    int bad = v.word(base + ALL) != 0 ? 0 : walk(v, at, base);
    v.wordTop = base;
    return Math.min(0, bad);
  }

  abstract int walk(Visit v, int at, int base);

  private static void gather(Visit v, int at, Step step, int base) {
    for (int name : step.names) {
      int word = base + NAMES + (name >>> 6);
      v.word(word, v.word(word) | 1L << (name & 63));
    }
    v.word(base + ALL, v.word(base + ALL) | (step.all ? 1 : 0));
    v.word(base + PATTERNS, v.word(base + PATTERNS) | step.patterns);
    v.word(base + CONTAINS, v.word(base + CONTAINS) | step.contains);
    v.word(base + PREFIX, Math.max(v.word(base + PREFIX), step.prefix));
    for (int i = 0; i < step.words.length; i++) {
      ask(v, at, step.words[i], step.branches.get(i), step.below.get(i), base);
    }
  }

  private static void ask(
      Visit v,
      int at,
      Keyword word,
      List<Branching.@Nullable Branch> branches,
      List<@Nullable Step> below,
      int base) {
    boolean first = holds(v, at, branches.get(0));
    boolean told = v.explanation != null && word != Keyword.IF && word != Keyword.DEPENDENT_SCHEMAS;
    boolean none = told && !first;
    switch (word) {
      case IF -> {
        if (first) {
          below(v, at, below.get(0), base);
        }
        below(v, at, below.get(first ? 1 : 2), base);
      }
      default -> {
        for (int i = 0; i < branches.size(); i++) {
          if (i == 0 ? first : holds(v, at, branches.get(i))) {
            none = false;
            below(v, at, below.get(i), base);
          }
        }
        for (int i = 0; i < below.size() && none; i++) {
          below(v, at, below.get(i), base);
        }
      }
    }
  }

  private static boolean holds(Visit v, int at, Branching.@Nullable Branch branch) {
    return branch != null && branch.holds(v, at);
  }

  private static void below(Visit v, int at, @Nullable Step step, int base) {
    if (step != null) {
      gather(v, at, step, base);
    }
  }

  /// Members of an object.
  static final class OfMembers extends Unevaluated {

    OfMembers(Node owner, Gather gather, Names table, Rule rest) {
      super(owner, gather, table, rest);
    }

    @Override
    int walk(Visit v, int start, int base) {
      byte[] b = v.bytes;
      int separator = start;
      int at = Scan.space(b, start + 1, v.to);
      while (b[at] != '}') {
        int quote = Scan.string(v, at + 1);
        int value = Scan.colon(b, quote + 1, v.to);
        if (!evaluated(v, at + 1, quote, base)) {
          v.separator = separator;
          v.name = at;
          int depth = v.depth++;
          int end = rest.scan(v, value);
          v.depth = depth;
          if (end < 0) {
            return end;
          }
        }
        separator = Scan.space(b, Skip.judged(v, value), v.to);
        at = b[separator] == ',' ? Scan.space(b, separator + 1, v.to) : separator;
      }
      return 0;
    }

    private boolean evaluated(Visit v, int from, int quote, int base) {
      int name = table.find(v, from, quote);
      if (name >= 0 && (v.word(base + NAMES + (name >>> 6)) & 1L << (name & 63)) != 0) {
        return true;
      }
      byte[] text = v.escaped ? v.text : v.bytes;
      int start = v.escaped ? 0 : from;
      int end = v.escaped ? v.textLength : quote;
      for (long left = v.word(base + PATTERNS); left != 0; left &= left - 1) {
        if (tests[Long.numberOfTrailingZeros(left)].holds(text, start, end)) {
          return true;
        }
      }
      return false;
    }
  }

  /// Items of an array.
  static final class OfItems extends Unevaluated {

    OfItems(Node owner, Gather gather, Rule rest) {
      super(owner, gather, new Names(gather.names()), rest);
    }

    @Override
    int walk(Visit v, int start, int base) {
      byte[] b = v.bytes;
      int separator = start;
      int index = 0;
      int at = Scan.space(b, start + 1, v.to);
      while (b[at] != ']') {
        if (index++ >= v.word(base + PREFIX) && !contained(v, at, base)) {
          v.separator = separator;
          v.name = -1;
          int depth = v.depth++;
          int end = rest.scan(v, at);
          v.depth = depth;
          if (end < 0) {
            return end;
          }
        }
        separator = Scan.space(b, Skip.judged(v, at), v.to);
        at = b[separator] == ',' ? Scan.space(b, separator + 1, v.to) : separator;
      }
      return 0;
    }

    private boolean contained(Visit v, int at, int base) {
      for (long left = v.word(base + CONTAINS); left != 0; left &= left - 1) {
        if (items[Long.numberOfTrailingZeros(left)].holds(v, at)) {
          return true;
        }
      }
      return false;
    }
  }
}
