package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.JsonPath.Choice;
import dev.gatewarden.core.contract.JsonPath.Segment;
import dev.gatewarden.core.contract.JsonPath.Test;
import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the text of a [JsonPath].
final class JsonPathReader {
  /// A text that is none, and what is wrong at the position reached.
  private static final class Malformed extends RuntimeException {
    Malformed(String message) {
      super(message);
    }
  }

  /// Deeper filters are written by nobody but a fuzzer.
  private static final int DEEPEST = 64;

  private final String text;
  private int at;

  private JsonPathReader(String text) {
    this.text = text;
  }

  /// The path, or null when a problem says what is wrong with it.
  static @Nullable JsonPath read(Node.Text text, Notes notes) {
    JsonPathReader reader = new JsonPathReader(text.value());
    try {
      return reader.path();
    } catch (Malformed wrong) {
      notes.problem(
          text.place(),
          "`"
              + Nodes.shown(text.value())
              + "` is no path we read: "
              + wrong.getMessage()
              + " at character "
              + (reader.at + 1));
      return null;
    }
  }

  private JsonPath path() {
    if (!taken("$")) {
      throw new Malformed("it should begin with `$`");
    }
    List<Segment> segments = new ArrayList<>();
    while (at < text.length()) {
      segments.add(segment());
    }
    return new JsonPath(segments);
  }

  private Segment segment() {
    if (taken("..")) {
      return new Segment(true, peek() == '[' ? bracket() : List.of(dotted()));
    }
    if (taken(".")) {
      return new Segment(false, List.of(dotted()));
    }
    if (peek() == '[') {
      return new Segment(false, bracket());
    }
    throw new Malformed("`.` or `[` should stand");
  }

  private Choice dotted() {
    if (taken("*")) {
      return new Choice.All();
    }
    return new Choice.Name(name());
  }

  private String name() {
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_-$".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (from == at) {
      throw new Malformed("a name should stand");
    }
    return text.substring(from, at);
  }

  private List<Choice> bracket() {
    expect("[");
    List<Choice> choices = new ArrayList<>();
    do {
      space();
      choices.add(choice());
      space();
    } while (taken(","));
    expect("]");
    return choices;
  }

  private Choice choice() {
    char c = peek();
    if (taken("*")) {
      return new Choice.All();
    }
    if (taken("?")) {
      space();
      return new Choice.Filter(either(0));
    }
    if (c == '\'' || c == '"') {
      return new Choice.Name(quoted());
    }
    return new Choice.Index(index());
  }

  private int index() {
    int from = at;
    if (peek() == '-') {
      at++;
    }
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    try {
      return Integer.parseInt(text.substring(from, at));
    } catch (NumberFormatException notOne) {
      throw new Malformed("a name in quotes, a position, `*` or `?` should stand");
    }
  }

  private Test either(int depth) {
    Test test = both(depth);
    while (taken("||")) {
      space();
      test = new Test.Either(test, both(depth));
    }
    return test;
  }

  private Test both(int depth) {
    Test test = single(depth);
    while (taken("&&")) {
      space();
      test = new Test.Both(test, single(depth));
    }
    return test;
  }

  private Test single(int depth) {
    if (depth > DEEPEST) {
      throw new Malformed("the filter is nested too deep");
    }
    space();
    if (taken("!")) {
      return new Test.Not(single(depth + 1));
    }
    if (taken("(")) {
      Test test = either(depth + 1);
      expect(")");
      space();
      return test;
    }
    return asked();
  }

  private Test asked() {
    if (!taken("@")) {
      throw new Malformed("`@` should stand");
    }
    List<String> path = new ArrayList<>();
    while (peek() == '.' || peek() == '[') {
      if (taken(".")) {
        path.add(name());
      } else {
        expect("[");
        path.add(peek() == '\'' || peek() == '"' ? quoted() : Integer.toString(index()));
        expect("]");
      }
    }
    space();
    String operator = taken("==") ? "==" : taken("!=") ? "!=" : "";
    if (operator.isEmpty()) {
      return new Test.There(path);
    }
    space();
    boolean quoted = peek() == '\'' || peek() == '"';
    String value = quoted ? quoted() : bare();
    space();
    return new Test.Compared(path, operator, value, quoted);
  }

  private String bare() {
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (from == at) {
      throw new Malformed("a value should stand");
    }
    return text.substring(from, at);
  }

  private String quoted() {
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    if (at == text.length()) {
      throw new Malformed("the quote should end");
    }
    at++;
    return value.toString();
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean taken(String token) {
    if (text.startsWith(token, at)) {
      at += token.length();
      return true;
    }
    return false;
  }

  private void expect(String token) {
    space();
    if (!taken(token)) {
      throw new Malformed("`" + token + "` should stand");
    }
  }

  private void space() {
    while (peek() == ' ') {
      at++;
    }
  }
}
