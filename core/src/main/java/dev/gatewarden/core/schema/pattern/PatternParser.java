package dev.gatewarden.core.schema.pattern;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the pattern grammar of ECMA-262 (section 22.2.1) with the `u` flag, as far as it describes
/// a regular language.
///
/// Escaped punctuation that needs no escape is accepted, as everyone writes it.
final class PatternParser {
  private static final int MOST_DEPTH = 100;
  private static final int MOST_COUNT = 100_000;

  private final String source;

  /// Whether what cannot be judged is refused too.
  private final boolean exact;

  private final Set<String> names = new HashSet<>();
  private final Set<String> asked = new HashSet<>();
  private int groups;
  private int highest;
  private int at;
  private int depth;

  private PatternParser(String source, boolean exact) {
    this.source = source;
    this.exact = exact;
  }

  /// The tree of a pattern that describes a regular language.
  static Tree parse(String source) {
    return new PatternParser(source, true).whole();
  }

  /// Checks the grammar alone.
  static void check(String source) {
    new PatternParser(source, false).whole();
  }

  private Tree whole() {
    Tree tree = choice();
    if (at < source.length()) {
      throw wrong("`)` closes nothing");
    }
    if (highest > groups || !names.containsAll(asked)) {
      throw wrong("a reference leads to no group");
    }
    return tree;
  }

  private Tree choice() {
    if (++depth > MOST_DEPTH) {
      throw wrong("groups are nested too deeply");
    }
    List<Tree> parts = new ArrayList<>();
    parts.add(sequence());
    while (take("|")) {
      parts.add(sequence());
    }
    depth--;
    return parts.size() == 1 ? parts.getFirst() : new Tree.Choice(parts);
  }

  private Tree sequence() {
    List<Tree> parts = new ArrayList<>();
    while (at < source.length() && peek() != '|' && peek() != ')') {
      Tree part = atom();
      parts.add(
          part instanceof Tree.Start || part instanceof Tree.End || part instanceof Tree.Ahead
              ? part
              : repeated(part));
    }
    return parts.size() == 1 ? parts.getFirst() : new Tree.Sequence(parts);
  }

  private Tree atom() {
    int point = next();
    return switch (point) {
      case '^' -> new Tree.Start();
      case '$' -> new Tree.End();
      case '.' -> new Tree.One(CharSet.LINE_END.not());
      case '(' -> group();
      case '[' -> new Tree.One(characterClass());
      case '\\' -> escape();
      case '*', '+', '?' -> throw wrong("nothing stands before `" + (char) point + "`");
      default -> new Tree.One(CharSet.of(point, point));
    };
  }

  private Tree group() {
    if (take("?=")) {
      return new Tree.Ahead(closed(), false);
    }
    if (take("?!")) {
      return new Tree.Ahead(closed(), true);
    }
    if (take("?<=") || take("?<!")) {
      return beyond("looking behind is not supported", closed());
    }
    if (take("?<")) {
      int end = source.indexOf('>', at);
      if (end < 0 || !source.substring(at, end).matches("[\\p{L}$_][\\p{L}\\p{N}$_]*")) {
        throw wrong("a group has no proper name");
      }
      names.add(source.substring(at, end));
      groups++;
      at = end + 1;
      return closed();
    }
    boolean captures = !source.startsWith("?", at);
    groups += captures ? 1 : 0;
    if (!take("?:") && at < source.length() && peek() == '?') {
      throw wrong("a group begins with what ECMA-262 does not know");
    }
    return closed();
  }

  private Tree beyond(String why, Tree instead) {
    if (exact) {
      throw wrong(why);
    }
    return instead;
  }

  private Tree closed() {
    Tree tree = choice();
    if (!take(")")) {
      throw wrong("a group is not closed");
    }
    return tree;
  }

  private Tree repeated(Tree part) {
    if (at >= source.length()) {
      return part;
    }
    Tree result = part;
    if (take("*")) {
      result = new Tree.Repeat(part, 0, -1);
    } else if (take("+")) {
      result = new Tree.Repeat(part, 1, -1);
    } else if (take("?")) {
      result = new Tree.Repeat(part, 0, 1);
    } else if (peek() == '{' && counted()) {
      result = counts(part);
    } else {
      return part;
    }
    take("?");
    if (at < source.length() && (peek() == '*' || peek() == '+' || peek() == '?')) {
      throw wrong("a repetition is repeated");
    }
    return result;
  }

  private boolean counted() {
    int end = source.indexOf('}', at);
    return end > 0 && source.substring(at + 1, end).matches("[0-9]+(,[0-9]*)?");
  }

  private Tree counts(Tree part) {
    int end = source.indexOf('}', at);
    String[] bounds = source.substring(at + 1, end).split(",", -1);
    at = end + 1;
    int least = count(bounds[0]);
    int most = bounds.length == 1 ? least : bounds[1].isEmpty() ? -1 : count(bounds[1]);
    if (most >= 0 && most < least) {
      throw wrong("a repetition ends before it begins");
    }
    return new Tree.Repeat(part, least, most);
  }

  private int count(String digits) {
    if (digits.length() > 9 || Integer.parseInt(digits) > MOST_COUNT) {
      throw wrong("a repetition counts beyond " + MOST_COUNT);
    }
    return Integer.parseInt(digits);
  }

  private Tree escape() {
    if (at >= source.length()) {
      throw wrong("it ends with a backslash");
    }
    int point = peek();
    if (point == 'b' || point == 'B') {
      next();
      return beyond("word boundaries are not supported", new Tree.Start());
    }
    if (point >= '1' && point <= '9') {
      highest = Math.max(highest, number());
      return beyond("references to groups are not supported", new Tree.Sequence(List.of()));
    }
    if (point == 'k') {
      int end = source.indexOf('>', at);
      if (end < 0 || !source.startsWith("k<", at)) {
        throw wrong("`\\k` names no group");
      }
      asked.add(source.substring(at + 2, end));
      at = end + 1;
      return beyond("references to groups are not supported", new Tree.Sequence(List.of()));
    }
    return new Tree.One(escapedSet());
  }

  /// All digits that follow.
  private int number() {
    int value = 0;
    while (at < source.length() && peek() >= '0' && peek() <= '9') {
      value = Math.min(MOST_COUNT, value * 10 + next() - '0');
    }
    return value;
  }

  private CharSet escapedSet() {
    int point = next();
    return switch (point) {
      case 'd' -> CharSet.DIGIT;
      case 'D' -> CharSet.DIGIT.not();
      case 'w' -> CharSet.WORD;
      case 'W' -> CharSet.WORD.not();
      case 's' -> CharSet.SPACE;
      case 'S' -> CharSet.SPACE.not();
      case 'p' -> property();
      case 'P' -> property().not();
      default -> {
        int one = escapedPoint(point);
        yield CharSet.of(one, one);
      }
    };
  }

  private int escapedPoint(int point) {
    return switch (point) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'v' -> 0x0B;
      case '0' -> 0;
      case 'c' -> control();
      case 'x' -> hex(2);
      case 'u' -> unicode();
      default -> {
        if (Character.isLetterOrDigit(point)) {
          throw wrong("`\\" + Character.toString(point) + "` means nothing in ECMA-262");
        }
        yield point;
      }
    };
  }

  private int control() {
    int letter = at < source.length() ? next() : 0;
    if ((letter < 'a' || letter > 'z') && (letter < 'A' || letter > 'Z')) {
      throw wrong("`\\c` stands before a letter");
    }
    return letter & 0x1F;
  }

  private int hex(int digits) {
    if (at + digits > source.length()
        || !source.substring(at, at + digits).matches("[0-9A-Fa-f]+")) {
      throw wrong("an escape has too few hexadecimal digits");
    }
    int value = Integer.parseInt(source.substring(at, at + digits), 16);
    at += digits;
    return value;
  }

  private int unicode() {
    if (take("{")) {
      int end = source.indexOf('}', at);
      String digits = end < 0 ? "" : source.substring(at, end);
      if (!digits.matches("[0-9A-Fa-f]{1,6}") || Integer.parseInt(digits, 16) > 0x10FFFF) {
        throw wrong("`\\u{…}` holds no code point");
      }
      at = end + 1;
      return Integer.parseInt(digits, 16);
    }
    int high = hex(4);
    if (Character.isHighSurrogate((char) high) && source.startsWith("\\u", at)) {
      int before = at;
      at += 2;
      int low = hex(4);
      if (Character.isLowSurrogate((char) low)) {
        return Character.toCodePoint((char) high, (char) low);
      }
      at = before;
    }
    return high;
  }

  private CharSet property() {
    int end = source.indexOf('}', at);
    if (!take("{") || end < 0) {
      throw wrong("`\\p` stands before a property in braces");
    }
    String name = source.substring(at, end);
    at = end + 1;
    try {
      return Properties.named(name);
    } catch (IllegalArgumentException e) {
      throw wrong("`" + name + "` is no Unicode property it knows");
    }
  }

  private CharSet characterClass() {
    boolean negative = take("^");
    CharSet set = CharSet.NONE;
    while (true) {
      if (at >= source.length()) {
        throw wrong("a character class is not closed");
      }
      if (take("]")) {
        return negative ? set.not() : set;
      }
      CharSet low = classAtom();
      boolean range =
          at + 1 < source.length() && peek() == '-' && source.charAt(at + 1) != ']' && single(low);
      if (!range) {
        set = set.or(low);
        continue;
      }
      int before = at;
      at++;
      CharSet high = classAtom();
      if (!single(high)) {
        at = before;
        set = set.or(low).or(CharSet.of('-', '-'));
        at++;
        set = set.or(high);
        at = skipAtom(before + 1);
        continue;
      }
      if (high.ranges()[0] < low.ranges()[0]) {
        throw wrong("a range in a character class ends before it begins");
      }
      set = set.or(CharSet.of(low.ranges()[0], high.ranges()[0]));
    }
  }

  private int skipAtom(int from) {
    at = from;
    classAtom();
    return at;
  }

  private static boolean single(CharSet set) {
    return set.ranges().length == 2 && set.ranges()[0] == set.ranges()[1];
  }

  private CharSet classAtom() {
    if (at >= source.length()) {
      throw wrong("a character class is not closed");
    }
    int point = next();
    if (point != '\\') {
      return CharSet.of(point, point);
    }
    if (at >= source.length()) {
      throw wrong("it ends with a backslash");
    }
    if (take("b")) {
      return CharSet.of('\b', '\b');
    }
    return escapedSet();
  }

  private int peek() {
    return source.codePointAt(at);
  }

  private int next() {
    int point = source.codePointAt(at);
    at += Character.charCount(point);
    return point;
  }

  private boolean take(String text) {
    boolean there = source.startsWith(text, at);
    at += there ? text.length() : 0;
    return there;
  }

  private IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException("the pattern `" + source + "` cannot be judged: " + why);
  }
}
