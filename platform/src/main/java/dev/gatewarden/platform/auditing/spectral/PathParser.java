package dev.gatewarden.platform.auditing.spectral;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads paths.
final class PathParser {
  private static final int MOST_STEPS = 128;

  private final Cursor text;
  private final List<Step> steps = new ArrayList<>();

  PathParser(Cursor text) {
    this.text = text;
  }

  List<Step> steps() {
    text.space();
    text.take("$");
    text.space();
    while (!text.ended()) {
      step();
      text.space();
      if (steps.size() > MOST_STEPS) {
        throw new Malformed("the path has more than " + MOST_STEPS + " steps");
      }
    }
    return steps;
  }

  private void step() {
    switch (text.peek()) {
      case '^' -> {
        text.next();
        steps.add(new Step.Upward());
      }
      case '~' -> {
        text.next();
        steps.add(new Step.Names());
      }
      case '[' -> steps.add(bracket());
      case '.' -> {
        text.next();
        boolean deep = text.took(".");
        if (deep) {
          steps.add(new Step.Descent());
        }
        if (text.peek() == '[') {
          steps.add(bracket());
        } else if (!deep || !(text.ended() || text.peek() == '^' || text.peek() == '~')) {
          steps.add(new Step.Children(List.of(dotted())));
        }
      }
      default -> throw text.wrong("`.`, `[`, `^` or `~`");
    }
  }

  private Step.Selector dotted() {
    if (text.took("*")) {
      return new Step.Selector.Any();
    }
    StringBuilder name = new StringBuilder();
    while (!text.ended() && ".[]^~(),' \"".indexOf(text.peek()) < 0) {
      name.append(text.next());
    }
    if (name.isEmpty()) {
      throw text.wrong("a name");
    }
    return new Step.Selector.Named(name.toString());
  }

  private Step bracket() {
    text.take("[");
    List<Step.Selector> selectors = new ArrayList<>();
    do {
      text.space();
      selectors.add(selector());
      text.space();
    } while (text.took(","));
    text.take("]");
    return new Step.Children(selectors);
  }

  private Step.Selector selector() {
    char c = text.peek();
    if (c == '\'' || c == '"') {
      return new Step.Selector.Named(text.quoted());
    }
    if (text.took("*")) {
      return new Step.Selector.Any();
    }
    if (text.took("?")) {
      return new Step.Selector.Where(new ExpressionParser(text).filter());
    }
    if (c == '(') {
      throw new Malformed(
          "`[( … )]` computes an index, which is not read; a slice such as `[-1:]` often says the"
              + " same");
    }
    StringBuilder plain = new StringBuilder();
    while (!text.ended() && "],".indexOf(text.peek()) < 0) {
      plain.append(text.next());
    }
    String said = plain.toString().strip();
    if (said.isEmpty()) {
      throw text.wrong("a name, an index, `*` or `?( … )`");
    }
    return said.matches("-?\\d*:-?\\d*(:-?\\d*)?") ? slice(said) : new Step.Selector.Named(said);
  }

  private static Step.Selector slice(String said) {
    String[] parts = said.split(":", -1);
    Integer by = parts.length < 3 ? null : number(parts[2]);
    if (by != null && by <= 0) {
      throw new Malformed("the step of a slice is at least 1, in `" + said + "`");
    }
    return new Step.Selector.Slice(number(parts[0]), number(parts[1]), by == null ? 1 : by);
  }

  private static @Nullable Integer number(String digits) {
    try {
      return digits.isEmpty() ? null : Integer.valueOf(digits);
    } catch (NumberFormatException large) {
      throw new Malformed("`" + digits + "` is no index");
    }
  }
}
