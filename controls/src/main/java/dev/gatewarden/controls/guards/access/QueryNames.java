package dev.gatewarden.controls.guards.access;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the names of properties in the values of query parameters: `-total,+createdAt`,
/// `total desc`, `items(id,total)`, `status==open;total=gt=5`, `total gt 5 and contains(name,'x')`,
/// `{"total":{"$gt":5}}`.
///
/// What services make of such a value differs, so that anything that may be a name is taken for
/// one; a value that has no reading here is none that may pass.
final class QueryNames {
  /// Beyond this nobody types.
  private static final int LONGEST = 4096;

  private static final Set<String> DIRECTIONS =
      Set.of(
          "asc",
          "desc",
          "ascending",
          "descending",
          "nulls",
          "first",
          "last",
          "nullsfirst",
          "nullslast");

  private static final Set<String> OPERATORS =
      Set.of(
          "eq",
          "ne",
          "neq",
          "gt",
          "ge",
          "gte",
          "lt",
          "le",
          "lte",
          "in",
          "nin",
          "out",
          "like",
          "ilike",
          "nlike",
          "contains",
          "icontains",
          "startswith",
          "istartswith",
          "endswith",
          "iendswith",
          "starts",
          "ends",
          "iexact",
          "exact",
          "regex",
          "iregex",
          "match",
          "matches",
          "isnull",
          "null",
          "notnull",
          "is",
          "between",
          "range",
          "has",
          "any",
          "all",
          "exists",
          "empty",
          "before",
          "after",
          "since",
          "until",
          "from",
          "to",
          "min",
          "max",
          "sw",
          "ew",
          "co",
          "pr",
          "not");

  private static final Set<String> WORDS =
      Set.of("and", "or", "xor", "not", "true", "false", "null");

  /// Members of a written condition that are no names themselves, unless a property is called so.
  private static final Set<String> AROUND =
      Set.of(
          "field",
          "fields",
          "path",
          "property",
          "key",
          "name",
          "column",
          "by",
          "attribute",
          "value",
          "values",
          "operator",
          "op",
          "condition",
          "conditions",
          "group",
          "direction",
          "dir",
          "order",
          "sort",
          "filter",
          "filters",
          "where",
          "and",
          "or");

  /// Members whose value is a name.
  private static final Set<String> NAMING =
      Set.of("field", "fields", "path", "property", "key", "name", "column", "by", "attribute");

  /// How sure it is that a text names a property.
  enum Kind {
    /// It does.
    NAMED,
    /// It does, to leave that property out.
    OMITTED,
    /// Everything is meant.
    EVERYTHING,
    /// It may as well be a value.
    PERHAPS
  }

  /// One name, its steps parted by points.
  record Name(String text, Kind kind) {}

  private final String text;
  private final List<Name> names = new ArrayList<>(4);
  private int at;
  private boolean odd;

  private QueryNames(String text) {
    this.text = text;
  }

  /// The names in a list of fields; null where it has no reading.
  static @Nullable List<Name> fields(String text) {
    QueryNames names = new QueryNames(text);
    return names.read(
        names.isJson() && text.indexOf('"') >= 0 ? () -> names.json(Kind.NAMED) : names::mask);
  }

  /// The names to sort or group by.
  static @Nullable List<Name> ordering(String text) {
    QueryNames names = new QueryNames(text);
    return names.read(names.isJson() ? () -> names.json(Kind.NAMED) : names::order);
  }

  /// The names in a condition.
  static @Nullable List<Name> condition(String text) {
    QueryNames names = new QueryNames(text);
    return names.read(names.isJson() ? () -> names.json(Kind.PERHAPS) : names::expression);
  }

  /// The name between the brackets of `filter[status][gt]`, or empty where only operators and
  /// positions stand there.
  static String bracketed(String parameter) {
    StringBuilder name = new StringBuilder();
    for (String step : parted(parameter.substring(parameter.indexOf('[')), "[]")) {
      String plain = step.toLowerCase(Locale.ROOT);
      if (step.isEmpty()
          || step.charAt(0) == '$'
          || isNumber(step)
          || OPERATORS.contains(plain)
          || AROUND.contains(plain)) {
        continue;
      }
      name.append(name.isEmpty() ? "" : ".").append(step);
    }
    return canonical(name.toString());
  }

  /// Whether a text only says which way.
  static boolean isDirection(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    return plain.isEmpty()
        || isNumber(plain)
        || DIRECTIONS.contains(plain)
        || plain.equals("true")
        || plain.equals("false");
  }

  /// The steps of a name, however they are parted: `lines.cost`, `lines/cost`, `lines[0][cost]`,
  /// `lines->cost`, `lines__cost`.
  static String canonical(String name) {
    int plain = 0;
    while (plain < name.length()
        && (Character.isLetterOrDigit(name.charAt(plain)) || name.charAt(plain) == '.')) {
      plain++;
    }
    if (plain == name.length()
        && !name.startsWith(".")
        && !name.endsWith(".")
        && !name.contains("..")
        && !startsStepWithDigit(name)) {
      return name;
    }
    StringBuilder out = new StringBuilder(name.length());
    String parted = name.replace("__", ".").replace("->>", ".").replace("->", ".");
    for (String step : parted(parted, "./[]>")) {
      if (step.isEmpty() || step.equals("*") || isNumber(step)) {
        continue;
      }
      out.append(out.isEmpty() ? "" : ".").append(step);
    }
    return out.toString();
  }

  /// What stands between any of the separators.
  static List<String> parted(String text, String separators) {
    List<String> parts = new ArrayList<>(4);
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || separators.indexOf(text.charAt(i)) >= 0) {
        if (i > from) {
          parts.add(text.substring(from, i));
        }
        from = i + 1;
      }
    }
    return parts;
  }

  private static boolean startsStepWithDigit(String name) {
    for (int i = 0; i < name.length(); i++) {
      if ((i == 0 || name.charAt(i - 1) == '.') && Character.isDigit(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /// A name without the operators behind it: `total__gte`, `total.desc.nullslast`.
  static String withoutOperators(String name) {
    String left = name;
    for (int point = left.lastIndexOf('.'); point > 0; point = left.lastIndexOf('.')) {
      String last = left.substring(point + 1).toLowerCase(Locale.ROOT);
      if (!OPERATORS.contains(last) && !DIRECTIONS.contains(last)) {
        return left;
      }
      left = left.substring(0, point);
    }
    return left;
  }

  /// A name without the words that compare: `minSalary`, `salary_gte`, `salary[lt]`.
  static String withoutComparison(String name) {
    StringBuilder left = new StringBuilder(name.length());
    int from = 0;
    for (int i = 1; i <= name.length(); i++) {
      boolean ends =
          i == name.length()
              || !Character.isLetterOrDigit(name.charAt(i))
              || (Character.isUpperCase(name.charAt(i))
                  && Character.isLowerCase(name.charAt(i - 1)));
      if (ends) {
        String word = name.substring(from, i);
        StringBuilder plain = new StringBuilder(word.length());
        for (int j = 0; j < word.length(); j++) {
          if (Character.isLetterOrDigit(word.charAt(j))) {
            plain.append(word.charAt(j));
          }
        }
        if (!OPERATORS.contains(plain.toString().toLowerCase(Locale.ROOT))) {
          left.append(plain);
        }
        from = i;
      }
    }
    return left.toString();
  }

  private static boolean isNumber(String text) {
    int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > from;
  }

  private @Nullable List<Name> read(Runnable reading) {
    if (text.length() > LONGEST) {
      return null;
    }
    reading.run();
    return odd ? null : names;
  }

  private boolean isJson() {
    int first = 0;
    while (first < text.length() && text.charAt(first) == ' ') {
      first++;
    }
    return first < text.length() && (text.charAt(first) == '{' || text.charAt(first) == '[');
  }

  private void add(String name, Kind kind) {
    names.add(new Name(name, kind));
  }

  // Masks.

  private void mask() {
    Deque<String> above = new ArrayDeque<>();
    String prefix = "";
    StringBuilder token = new StringBuilder();
    while (at <= text.length() && !odd) {
      char c = at == text.length() ? ',' : text.charAt(at);
      at++;
      switch (c) {
        case '(', '{' -> {
          String name = token.toString();
          token.setLength(0);
          above.push(prefix);
          prefix = name.isEmpty() ? prefix : masked(prefix, name);
        }
        case ')', '}' -> {
          masked(prefix, token);
          odd |= above.isEmpty();
          prefix = above.isEmpty() ? "" : above.pop();
        }
        case ',', ';', '|', ' ', '\t' -> masked(prefix, token);
        case '=' -> {
          odd |= token.isEmpty() || token.charAt(0) != '$';
          token.setLength(0);
        }
        case ':', '"', '\'', '\\', '?', '&' -> odd = true;
        default -> token.append(c);
      }
    }
    odd |= !above.isEmpty();
  }

  private void masked(String prefix, StringBuilder token) {
    if (!token.isEmpty()) {
      masked(prefix, token.toString());
      token.setLength(0);
    }
  }

  private String masked(String prefix, String token) {
    boolean minus = token.startsWith("-") || token.startsWith("!");
    String bare = minus || token.startsWith("+") ? token.substring(1) : token;
    String name = canonical(bare);
    String full = prefix.isEmpty() || name.isEmpty() ? prefix + name : prefix + "." + name;
    if (full.isEmpty() || bare.endsWith("*")) {
      add(full, minus ? Kind.OMITTED : Kind.EVERYTHING);
    } else {
      add(full, minus ? Kind.OMITTED : Kind.NAMED);
    }
    return full;
  }

  // Orders.

  private void order() {
    int from = 0;
    boolean behindColon = false;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      boolean parts =
          c == ',' || c == ';' || c == '|' || c == ':' || c == '(' || c == ')' || c == ' '
              || c == '\t' || c == '=';
      if (!parts) {
        odd |= c == '"' || c == '\'' || c == '\\';
        continue;
      }
      String token = text.substring(from, i);
      boolean direction =
          DIRECTIONS.contains(token.toLowerCase(Locale.ROOT)) || (behindColon && isNumber(token));
      if (!token.isEmpty()) {
        // a property may be called like a direction, and stand where a function does
        ordered(token, c == '(' || direction ? Kind.PERHAPS : Kind.NAMED);
      }
      behindColon = c == ':' || (behindColon && token.isEmpty());
      from = i + 1;
    }
  }

  private void ordered(String token, Kind kind) {
    char first = token.isEmpty() ? ' ' : token.charAt(0);
    String bare = first == '-' || first == '+' || first == '!' ? token.substring(1) : token;
    String name = canonical(bare);
    if (!bare.isEmpty()) {
      add(name.isEmpty() ? bare : name, kind);
    }
  }

  // Conditions.

  private void expression() {
    Deque<Boolean> functions = new ArrayDeque<>();
    while (at < text.length() && !odd) {
      char c = text.charAt(at);
      if (c == '(') {
        functions.push(false);
        at++;
      } else if (c == ')') {
        odd |= functions.isEmpty();
        functions.poll();
        at++;
      } else if (c == '\'' || c == '"') {
        quoted();
      } else if (begins(c)) {
        word(functions);
      } else {
        at++;
      }
    }
  }

  private static boolean begins(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '@';
  }

  private static boolean goesOn(char c) {
    return begins(c) || c == '.' || c == '/' || c == '[' || c == ']' || c == '-' || c == '*';
  }

  /// A text between quotes; before an operator it is a name.
  private void quoted() {
    String inside = unquoted();
    int behind = at;
    if (operator()) {
      add(canonical(inside), Kind.NAMED);
      value();
    } else {
      at = behind;
      add(canonical(inside), Kind.PERHAPS);
    }
  }

  private String unquoted() {
    char quote = text.charAt(at++);
    StringBuilder inside = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        inside.append(text.charAt(at++));
      } else if (c != quote) {
        inside.append(c);
      } else if (at < text.length() && text.charAt(at) == quote) {
        inside.append(c);
        at++;
      } else {
        return inside.toString();
      }
    }
    odd = true;
    return "";
  }

  private void word(Deque<Boolean> functions) {
    int from = at;
    while (at < text.length() && goesOn(text.charAt(at))) {
      at++;
    }
    String word = text.substring(from, at);
    String plain = word.toLowerCase(Locale.ROOT);
    if (at < text.length() && text.charAt(at) == '(') {
      function(word, plain, functions);
      return;
    }
    if (WORDS.contains(plain)) {
      return;
    }
    if (Character.isDigit(word.charAt(0))) {
      return;
    }
    int behind = at;
    if (operator()) {
      add(canonical(word), Kind.NAMED);
      value();
      return;
    }
    at = behind;
    boolean argument = !functions.isEmpty() && functions.peek();
    add(canonical(word), argument ? Kind.NAMED : Kind.PERHAPS);
  }

  /// What stands before a parenthesis is an operator or a function; a path before it is a name.
  private void function(String word, String plain, Deque<Boolean> functions) {
    int slash = Math.max(word.lastIndexOf('/'), word.lastIndexOf('.'));
    if (slash > 0) {
      add(canonical(word.substring(0, slash)), Kind.NAMED);
    } else {
      add(canonical(word), Kind.PERHAPS);
    }
    boolean groups = WORDS.contains(plain) || plain.equals("in");
    functions.push(!groups);
    at++;
  }

  /// Steps over operators, signs or words; false where none stands here.
  private boolean operator() {
    boolean any = false;
    while (true) {
      int from = at;
      int spaces = at;
      while (spaces < text.length() && text.charAt(spaces) == ' ') {
        spaces++;
      }
      int end = spaces;
      while (end < text.length() && "=<>!~:".indexOf(text.charAt(end)) >= 0) {
        end++;
      }
      if (end > spaces) {
        at = end;
        any = true;
        continue;
      }
      while (end < text.length() && Character.isLetter(text.charAt(end))) {
        end++;
      }
      boolean ends = end == text.length() || " =<>!~:('\"".indexOf(text.charAt(end)) >= 0;
      boolean stands = spaces > from || (any && end < text.length());
      String word = text.substring(spaces, end).toLowerCase(Locale.ROOT);
      if (end > spaces && ends && stands && OPERATORS.contains(word)) {
        at = end;
        any = true;
        continue;
      }
      return any;
    }
  }

  /// Steps over what something is compared with; each word of it may still be a name.
  private void value() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
      add(canonical(unquoted()), Kind.PERHAPS);
      return;
    }
    boolean list = at < text.length() && text.charAt(at) == '(';
    int from = at;
    while (at < text.length()
        && (list ? text.charAt(at) != ')' : " ,;)|&".indexOf(text.charAt(at)) < 0)) {
      at++;
    }
    for (String each : parted(text.substring(from, at), "(), \t:'\"")) {
      if (!each.isEmpty()) {
        add(canonical(each), Kind.PERHAPS);
      }
    }
    at += list && at < text.length() ? 1 : 0;
  }

  // JSON.

  /// Every member is a name, but for operators; every text may be one.
  ///
  /// @param texts what a text is that is no member
  private void json(Kind texts) {
    boolean naming = false;
    while (at < text.length() && !odd) {
      char c = text.charAt(at);
      if (c != '"') {
        outside(c);
        naming &= c == ':' || Character.isWhitespace(c);
        at++;
        continue;
      }
      String inside = string();
      String plain = inside.toLowerCase(Locale.ROOT);
      if (!isMember()) {
        ordered(inside, DIRECTIONS.contains(plain) ? Kind.PERHAPS : naming ? Kind.NAMED : texts);
      } else if (inside.startsWith("$")) {
        odd |= plain.equals("$where") || plain.equals("$expr") || plain.equals("$function");
      } else {
        boolean around = OPERATORS.contains(plain) || AROUND.contains(plain);
        add(canonical(inside), around ? Kind.PERHAPS : Kind.NAMED);
      }
      naming = NAMING.contains(plain);
    }
  }

  /// Outside of texts stands nothing that could be a name (RFC 8259, section 3).
  private void outside(char c) {
    if (Character.isLetter(c)) {
      int from = at;
      while (at + 1 < text.length() && Character.isLetter(text.charAt(at + 1))) {
        at++;
      }
      String word = text.substring(from, at + 1);
      boolean exponent =
          word.equalsIgnoreCase("e") && from > 0 && Character.isDigit(text.charAt(from - 1));
      odd |= !exponent && !WORDS.contains(word);
    } else {
      odd |= "{}[]:,+-. \t\r\n0123456789".indexOf(c) < 0;
    }
  }

  private boolean isMember() {
    int next = at;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < text.length() && text.charAt(next) == ':';
  }

  /// A string of JSON (RFC 8259, section 7).
  private String string() {
    StringBuilder inside = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return inside.toString();
      }
      if (c != '\\') {
        inside.append(c);
        continue;
      }
      char e = at < text.length() ? text.charAt(at++) : '"';
      if (e != 'u') {
        inside.append(e);
      } else if (at + 4 <= text.length() && isHex(at)) {
        inside.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
        at += 4;
      } else {
        break;
      }
    }
    odd = true;
    return "";
  }

  private boolean isHex(int from) {
    for (int i = from; i < from + 4; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
