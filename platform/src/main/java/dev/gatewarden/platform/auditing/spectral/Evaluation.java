package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Pointer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Finds what paths mean in one document.
///
/// Each step looks once at each value, however many ways lead to it through references: that is
/// what keeps circles and hostile paths finite.
final class Evaluation {
  private final Node root;
  private final UnaryOperator<Node> follow;
  private final Budget budget;

  /// @param follow gives the value at the end of references, or the value itself
  Evaluation(Node root, UnaryOperator<Node> follow, Budget budget) {
    this.root = root;
    this.follow = follow;
    this.budget = budget;
  }

  List<Match> matches(JsonPath path) {
    return matches(path, Match.whole(root));
  }

  List<Match> matches(JsonPath path, Match from) {
    List<Match> matches = List.of(from);
    for (Step step : path.steps()) {
      matches = after(step, matches);
    }
    return matches;
  }

  private List<Match> after(Step step, List<Match> matches) {
    List<Match> next = new ArrayList<>();
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Match match : matches) {
      budget.step();
      switch (step) {
        case Step.Children(var selectors) -> {
          boolean several = selectors.size() > 1;
          int before = next.size();
          selectors.forEach(each -> select(each, match, next));
          if (several) {
            once(next, before);
          }
        }
        case Step.Descent _ -> descend(match, seen, next);
        case Step.Upward _ -> {
          Match parent = match.parent();
          if (parent != null && seen.add(parent.value())) {
            next.add(parent);
          }
        }
        case Step.Names _ -> {
          if (match.parent() != null) {
            next.add(match.name(Json.of(match.property())));
          }
        }
      }
      budget.holds(next.size());
    }
    return next;
  }

  /// Several selectors may mean one child.
  private static void once(List<Match> matches, int from) {
    Set<String> known = new java.util.HashSet<>();
    matches.subList(from, matches.size()).removeIf(each -> !known.add(each.property()));
  }

  private void descend(Match top, Set<Node> seen, List<Match> to) {
    java.util.ArrayDeque<Match> left = new java.util.ArrayDeque<>();
    left.push(top);
    while (!left.isEmpty()) {
      Match match = left.pop();
      budget.step();
      boolean holds = match.value() instanceof Node.Obj || match.value() instanceof Node.Arr;
      if (!match.named() && holds && seen.add(match.value())) {
        to.add(match);
        budget.holds(to.size());
        children(match).reversed().forEach(left::push);
      }
    }
  }

  private List<Match> children(Match match) {
    List<Match> children = new ArrayList<>();
    if (match.named()) {
      return children;
    }
    switch (match.value()) {
      case Node.Obj object -> {
        for (Node.Member member : object.entries()) {
          children.add(match.child(member.name(), follow.apply(member.value())));
        }
      }
      case Node.Arr array -> {
        for (int i = 0; i < array.items().size(); i++) {
          children.add(match.child(Integer.toString(i), follow.apply(array.items().get(i))));
        }
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
    budget.steps(children.size());
    return children;
  }

  private void select(Step.Selector selector, Match match, List<Match> to) {
    switch (selector) {
      case Step.Selector.Named(String name) -> {
        Node value = match.named() ? null : member(match.value(), name);
        if (value != null) {
          to.add(match.child(name, value));
        }
      }
      case Step.Selector.Any _ -> to.addAll(children(match));
      case Step.Selector.Slice slice -> slice(slice, match, to);
      case Step.Selector.Where(Expression filter) -> {
        for (Match child : children(match)) {
          if (Values.truthy(value(filter, child))) {
            to.add(child);
          }
        }
      }
    }
  }

  private void slice(Step.Selector.Slice slice, Match match, List<Match> to) {
    if (!(match.value() instanceof Node.Arr array)) {
      return;
    }
    int size = array.items().size();
    int from = slice.from() == null ? 0 : bounded(slice.from(), size);
    int end = slice.to() == null ? size : bounded(slice.to(), size);
    for (long i = from; i < end; i += slice.by()) {
      budget.step();
      to.add(match.child(Long.toString(i), follow.apply(array.items().get((int) i))));
    }
  }

  private static int bounded(int at, int size) {
    return at < 0 ? Math.max(0, size + at) : Math.min(at, size);
  }

  /// What stands under a name or index, with references followed; null where nothing does.
  @Nullable Node member(Node of, String name) {
    Node found =
        switch (of) {
          case Node.Obj object -> object.get(name);
          case Node.Arr array -> {
            int index = Pointer.index(name);
            yield index >= 0 && index < array.items().size() ? array.items().get(index) : null;
          }
          case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> null;
        };
    return found == null ? null : follow.apply(found);
  }

  private @Nullable Node value(Expression expression, Match match) {
    budget.step();
    return switch (expression) {
      case Expression.Literal(Node literal) -> literal;
      case Expression.Listed(List<Expression> items) -> {
        List<Node> values = new ArrayList<>();
        for (Expression item : items) {
          Node value = value(item, match);
          values.add(value == null ? Json.NULL : value);
        }
        yield Json.of(values);
      }
      case Expression.About about -> about(about, match);
      case Expression.Member(Expression of, String name) -> dotted(value(of, match), name);
      case Expression.Found(Regex pattern, Expression in) ->
          Json.of(
              value(in, match) instanceof Node.Text text && pattern.finds(text.value(), budget));
      case Expression.Call(Expression of, Expression.Method method, Expression argument) ->
          called(method, value(of, match), value(argument, match));
      case Expression.Typed(String type) -> Json.of(typed(type, match.value()));
      case Expression.Not(Expression it) -> Json.of(!Values.truthy(value(it, match)));
      case Expression.Both(Expression left, Expression right) -> {
        Node first = value(left, match);
        yield Values.truthy(first) ? value(right, match) : first;
      }
      case Expression.Either(Expression left, Expression right) -> {
        Node first = value(left, match);
        yield Values.truthy(first) ? first : value(right, match);
      }
      case Expression.Compared(Expression.Comparison how, Expression left, Expression right) ->
          Json.of(Values.compared(how, value(left, match), value(right, match)));
    };
  }

  private @Nullable Node about(Expression.About about, Match match) {
    Match parent = match.parent();
    return switch (about) {
      case VALUE -> match.value();
      case PROPERTY -> property(match);
      case PARENT -> parent == null ? null : parent.value();
      case PARENT_PROPERTY -> parent == null ? null : property(parent);
      case PATH -> {
        StringBuilder path = new StringBuilder("$");
        for (String each : match.path()) {
          budget.step();
          path.append("['").append(each).append("']");
        }
        yield Json.of(path.toString());
      }
      case ROOT -> root;
    };
  }

  /// An index is a number.
  private static @Nullable Node property(Match match) {
    Match parent = match.parent();
    if (parent == null) {
      return null;
    }
    return parent.value() instanceof Node.Arr
        ? Json.number(match.property())
        : Json.of(match.property());
  }

  private @Nullable Node dotted(@Nullable Node of, String name) {
    if (of == null) {
      return null;
    }
    if (name.equals("length")) {
      if (of instanceof Node.Text text) {
        return Json.of(text.value().length());
      }
      if (of instanceof Node.Arr array) {
        return Json.of(array.items().size());
      }
    }
    return member(of, name);
  }

  private @Nullable Node called(
      Expression.Method method, @Nullable Node of, @Nullable Node argument) {
    if (of instanceof Node.Arr array) {
      budget.steps(array.items().size());
      int at = -1;
      for (int i = 0; i < array.items().size() && at < 0; i++) {
        at = Values.same(array.items().get(i), argument) ? i : -1;
      }
      return switch (method) {
        case INCLUDES -> Json.of(at >= 0);
        case INDEX_OF -> Json.of(at);
        case STARTS_WITH, ENDS_WITH, LOWER, UPPER -> null;
      };
    }
    if (!(of instanceof Node.Text(var _, String text))) {
      return null;
    }
    budget.steps(text.length());
    String part = argument instanceof Node.Text(var _, String said) ? said : null;
    return switch (method) {
      case INCLUDES -> Json.of(part != null && text.contains(part));
      case INDEX_OF -> Json.of(part == null ? -1 : text.indexOf(part));
      case STARTS_WITH -> Json.of(part != null && text.startsWith(part));
      case ENDS_WITH -> Json.of(part != null && text.endsWith(part));
      case LOWER -> Json.of(text.toLowerCase(Locale.ROOT));
      case UPPER -> Json.of(text.toUpperCase(Locale.ROOT));
    };
  }

  /// Whether a value is of a type of JSON Schema, or no list and no object.
  static boolean typed(String type, Node value) {
    return switch (value) {
      case Node.Obj _ -> type.equals("object");
      case Node.Arr _ -> type.equals("array");
      case Node.Text _ -> type.equals("string") || type.equals("scalar");
      case Node.Num number ->
          type.equals("number")
              || type.equals("scalar")
              || (type.equals("integer") && whole(number));
      case Node.Bool _ -> type.equals("boolean") || type.equals("scalar");
      case Node.Null _ -> type.equals("null") || type.equals("scalar");
    };
  }

  private static boolean whole(Node.Num number) {
    java.math.BigDecimal exact = dev.gatewarden.core.finding.Tree.number(number);
    return exact != null && exact.stripTrailingZeros().scale() <= 0;
  }
}
