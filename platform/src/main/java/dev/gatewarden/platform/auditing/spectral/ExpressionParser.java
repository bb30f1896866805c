package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.platform.auditing.spectral.Expression.About;
import dev.gatewarden.platform.auditing.spectral.Expression.Comparison;
import dev.gatewarden.platform.auditing.spectral.Expression.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Reads filters.
final class ExpressionParser {
  private static final int DEEPEST = 64;
  private static final Set<String> TYPES =
      Set.of("string", "number", "integer", "boolean", "null", "array", "object", "scalar");

  private final Cursor text;
  private int depth;

  ExpressionParser(Cursor text) {
    this.text = text;
  }

  /// The filter from its opening parenthesis to behind the closing one.
  Expression filter() {
    text.space();
    text.take("(");
    Expression filter = either();
    text.space();
    text.take(")");
    return filter;
  }

  private Expression either() {
    if (++depth > DEEPEST) {
      throw new Malformed("the filter nests deeper than " + DEEPEST + " levels");
    }
    Expression left = both();
    while (sign("||")) {
      left = new Expression.Either(left, both());
      bounded();
    }
    depth--;
    return left;
  }

  private Expression both() {
    Expression left = compared();
    while (sign("&&")) {
      left = new Expression.Both(left, compared());
      bounded();
    }
    return left;
  }

  private Expression compared() {
    Expression left = unary();
    for (Comparison how : Comparison.values()) {
      if (sign(how.sign())) {
        return new Expression.Compared(how, left, unary());
      }
    }
    return left;
  }

  private boolean sign(String sign) {
    text.space();
    return text.took(sign);
  }

  private int links;

  /// A long chain is as deep as a nested one when it is judged.
  private void bounded() {
    if (++links > 512) {
      throw new Malformed("the filter has more than 512 links");
    }
  }

  private Expression unary() {
    text.space();
    int nots = 0;
    while (text.took("!")) {
      nots++;
      text.space();
    }
    Expression it = postfix(primary());
    if (nots > 0) {
      it = new Expression.Not(it);
    }
    return nots > 0 && nots % 2 == 0 ? new Expression.Not(it) : it;
  }

  private Expression primary() {
    char c = text.peek();
    if (text.took("(")) {
      Expression inner = either();
      text.space();
      text.take(")");
      return inner;
    }
    if (c == '\'' || c == '"') {
      return new Expression.Literal(Json.of(text.quoted()));
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return number();
    }
    if (c == '/') {
      Regex pattern = regex();
      text.take(".test(");
      Expression in = either();
      text.space();
      text.take(")");
      return new Expression.Found(pattern, in);
    }
    if (text.took("[")) {
      return listed();
    }
    return text.took("@") ? about() : word();
  }

  private Expression listed() {
    List<Expression> items = new ArrayList<>();
    text.space();
    while (!text.took("]")) {
      items.add(either());
      text.space();
      if (!text.took(",") && text.peek() != ']') {
        throw text.wrong("`,` or `]`");
      }
      text.space();
    }
    return new Expression.Listed(items);
  }

  private Expression number() {
    StringBuilder digits = new StringBuilder();
    while ("-.0123456789".indexOf(text.peek()) >= 0) {
      digits.append(text.next());
    }
    if (!digits.toString().matches("-?(0|[1-9]\\d{0,17})(\\.\\d{1,18})?")) {
      throw new Malformed("`" + digits + "` is no number");
    }
    return new Expression.Literal(Json.number(digits.toString()));
  }

  private Expression about() {
    String name = name();
    if (TYPES.contains(name) && text.took("()")) {
      return new Expression.Typed(name);
    }
    return switch (name) {
      case "" -> About.VALUE;
      case "property" -> About.PROPERTY;
      case "parent" -> About.PARENT;
      case "parentProperty" -> About.PARENT_PROPERTY;
      case "path" -> About.PATH;
      case "root" -> About.ROOT;
      default ->
          throw new Malformed(
              "`@"
                  + name
                  + "` is not known; there are `@`, `@property`, `@parent`,"
                  + " `@parentProperty`, `@path` and `@root`");
    };
  }

  private Expression word() {
    if (text.took("$")) {
      return About.ROOT;
    }
    Cursor here = text;
    String name = name();
    return switch (name) {
      case "true" -> new Expression.Literal(Json.of(true));
      case "false" -> new Expression.Literal(Json.of(false));
      case "null" -> new Expression.Literal(Json.NULL);
      case "undefined" -> new Expression.Literal(null);
      case "" -> throw here.wrong("a value");
      default ->
          throw new Malformed(
              "`"
                  + name
                  + "` in a filter is not read; write it with `@`, comparisons, `&&`, `||`,"
                  + " `!`, `.match( … )`, `.includes( … )` and `.length`");
    };
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    while (Character.isLetterOrDigit(text.peek()) || text.peek() == '_' || text.peek() == '$') {
      name.append(text.next());
    }
    return name.toString();
  }

  private Expression postfix(Expression first) {
    Expression it = first;
    while (true) {
      bounded();
      if (text.took("?.") || text.took(".")) {
        it = member(it);
      } else if (text.took("[")) {
        text.space();
        char c = text.peek();
        String name = c == '\'' || c == '"' ? text.quoted() : name();
        text.space();
        text.take("]");
        it = new Expression.Member(it, name);
      } else {
        return it;
      }
    }
  }

  private Expression member(Expression of) {
    StringBuilder name = new StringBuilder(name());
    // names such as `x-internal`, which JavaScript would take for a difference
    while (text.peek() == '-') {
      name.append(text.next()).append(name());
    }
    if (name.isEmpty()) {
      throw text.wrong("a name");
    }
    if (!text.took("(")) {
      return new Expression.Member(of, name.toString());
    }
    text.space();
    return called(of, name.toString());
  }

  private Expression called(Expression of, String name) {
    if (name.equals("match")) {
      Regex pattern = text.peek() == '/' ? regex() : Regex.compile(text.quoted(), "");
      text.space();
      text.take(")");
      return new Expression.Found(pattern, of);
    }
    Method method =
        Arrays.stream(Method.values())
            .filter(each -> each.word().equals(name))
            .findAny()
            .orElseThrow(
                () ->
                    new Malformed(
                        "the method `"
                            + name
                            + "` is not known in filters; there are `match`,"
                            + " `includes`, `startsWith`, `endsWith`, `indexOf`, `toLowerCase` and"
                            + " `toUpperCase`"));
    Expression argument = method.bare() ? new Expression.Literal(null) : either();
    text.space();
    text.take(")");
    return new Expression.Call(of, method, argument);
  }

  private Regex regex() {
    text.take("/");
    StringBuilder source = new StringBuilder();
    boolean within = false;
    while (text.peek() != '/' || within) {
      char c = text.next();
      source.append(c);
      if (c == '\\') {
        source.append(text.next());
      } else if (c == '[') {
        within = true;
      } else if (c == ']') {
        within = false;
      }
    }
    text.take("/");
    return Regex.compile(source.toString(), name());
  }
}
