package dev.gatewarden.core.change;

import dev.gatewarden.core.change.OperationPairs.Matched;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.contract.QueryWords;
import dev.gatewarden.core.contract.StepUp;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.limit.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares the words of ours that hold for an operation: owner, limits, mode, flow, login,
/// step-up, permission.
///
/// A word said once for many operations is one change that concerns them all.
final class ExtensionComparison {
  private static final List<String> MODES = List.of("off", "observe", "enforce");

  private final Ledger ledger;

  ExtensionComparison(Ledger ledger) {
    this.ledger = ledger;
  }

  void compare(Matched pair) {
    gone(pair, "flow", Kind.FLOW_REMOVED);
    gone(pair, "login", Kind.LOGIN_REMOVED);
    owner(pair);
    mode(pair);
    limits(pair);
    stepUp(pair);
    permission(pair);
    queries(pair);
  }

  /// A parameter that nobody takes for naming properties any more is judged no longer.
  private void queries(Matched pair) {
    Node before = pair.old().extensions().get("queries");
    Node after = pair.now().extensions().get("queries");
    if (before == null && after == null) {
      return;
    }
    Map<String, QueryWords.Use> now = QueryWords.of(pair.now()).uses();
    for (String name : QueryWords.of(pair.old()).uses().keySet()) {
      if (!now.containsKey(name) && pair.now().parameter(Parameter.In.QUERY, name) != null) {
        String sentence = "`query." + name + "` is not held to who may read what it names any more";
        note(Kind.QUERIES_WEAKENED, pair, before, after, name, sentence);
      }
    }
  }

  private void gone(Matched pair, String word, Kind kind) {
    Node before = pair.old().extensions().get(word);
    Node after = pair.now().extensions().get(word);
    boolean is = after != null && !(after instanceof Node.Bool(Place _, boolean on) && !on);
    if (before != null && !is) {
      note(kind, pair, before, after, "", "`x-gatewarden-" + word + "` is gone");
    }
  }

  /// An authentication context that will do besides weakens, one that will no longer do raises; so
  /// do more time and less.
  private void stepUp(Matched pair) {
    StepUp before = StepUp.in(pair.old().extensions());
    StepUp after = StepUp.in(pair.now().extensions());
    if (before != null
        && (after == null || !covers(before.acr(), after.acr()) || older(before, after))) {
      String sentence =
          after == null
              ? "no step-up is asked for: it was " + before.text()
              : "the step-up was " + before.text() + " and is " + after.text();
      note(Kind.STEP_UP_WEAKENED, pair, node(pair.old()), node(pair.now()), "", sentence);
    }
    if (after != null
        && (before == null || !covers(after.acr(), before.acr()) || older(after, before))) {
      String sentence =
          before == null
              ? "a step-up is asked for: " + after.text()
              : "the step-up is " + after.text() + " and was " + before.text();
      note(Kind.STEP_UP_RAISED, pair, node(pair.old()), node(pair.now()), "up", sentence);
    }
  }

  private static @Nullable Node node(Operation operation) {
    return operation.extensions().get("step-up");
  }

  /// A role that will do besides widens, one that will no longer do narrows.
  private void permission(Matched pair) {
    Permission before = Permission.in(pair.old().extensions());
    Permission after = Permission.in(pair.now().extensions());
    List<String> was = before == null ? List.of() : before.roles();
    List<String> is = after == null ? List.of() : after.roles();
    if (before != null && !covers(was, is)) {
      String sentence =
          after == null
              ? "no role is asked for: it was " + before.text()
              : "the roles were " + before.text() + " and are " + after.text();
      note(Kind.PERMISSION_WIDENED, pair, role(pair.old()), role(pair.now()), "role", sentence);
    }
    if (after != null && !covers(is, was)) {
      String sentence =
          before == null
              ? "a role is asked for: " + after.text()
              : "the roles are " + after.text() + " and were " + before.text();
      note(Kind.PERMISSION_NARROWED, pair, role(pair.old()), role(pair.now()), "roles", sentence);
    }
  }

  private static @Nullable Node role(Operation operation) {
    return operation.extensions().get("permission");
  }

  /// Whether what will do now is among what did; none named means any.
  private static boolean covers(List<String> before, List<String> after) {
    return before.isEmpty() || (!after.isEmpty() && before.containsAll(after));
  }

  private static boolean older(StepUp before, StepUp after) {
    Duration was = before.maxAge();
    Duration is = after.maxAge();
    return was != null && (is == null || is.compareTo(was) > 0);
  }

  private void owner(Matched pair) {
    Node before = pair.old().extensions().get("owner");
    Node after = pair.now().extensions().get("owner");
    if (before == null) {
      return;
    }
    if (after == null) {
      note(Kind.OWNER_REMOVED, pair, before, null, "", "nobody is named as owner any more");
    } else if (!Literals.of(before).equals(Literals.of(after))) {
      String sentence =
          "the owner is `" + Literals.shown(after) + "` and not `" + Literals.shown(before) + "`";
      note(Kind.OWNER_CHANGED, pair, before, after, "", sentence);
    }
  }

  private void mode(Matched pair) {
    Node before = pair.old().extensions().get("mode");
    Node after = pair.now().extensions().get("mode");
    if (rank(after) < rank(before)) {
      String said = after == null ? "enforce" : Literals.shown(after);
      note(Kind.MODE_WEAKENED, pair, before, after, "", "the mode is `" + said + "` now");
    }
  }

  private static int rank(@Nullable Node mode) {
    int known = mode instanceof Node.Text text ? MODES.indexOf(text.value()) : -1;
    return known < 0 ? MODES.indexOf("enforce") : known;
  }

  private void limits(Matched pair) {
    Node before = pair.old().extensions().get("limits");
    Node after = pair.now().extensions().get("limits");
    Map<String, Node> old = new TreeMap<>();
    Map<String, Node> now = new TreeMap<>();
    leaves(before, "", old);
    leaves(after, "", now);
    old.forEach(
        (name, was) -> {
          Node is = now.get(name);
          if (is == null) {
            String sentence =
                "the limit" + of(name) + " is gone: it was `" + Literals.shown(was) + "`";
            note(Kind.LIMITS_RAISED, pair, before, after, name, sentence);
          } else if (!Literals.of(was).equals(Literals.of(is))) {
            String sentence =
                "the limit"
                    + of(name)
                    + " was `"
                    + Literals.shown(was)
                    + "` and is `"
                    + Literals.shown(is)
                    + "`";
            note(moved(was, is), pair, before, after, name, sentence);
          }
        });
    now.forEach(
        (name, is) -> {
          if (!old.containsKey(name)) {
            String sentence = "the limit" + of(name) + " is new: `" + Literals.shown(is) + "`";
            note(Kind.LIMITS_LOWERED, pair, before, after, name, sentence);
          }
        });
  }

  private static String of(String name) {
    return name.isEmpty() ? "" : " `" + Literals.shown(name) + "`";
  }

  private static void leaves(@Nullable Node node, String name, Map<String, Node> to) {
    if (node instanceof Node.Obj object) {
      for (Node.Member member : object.entries()) {
        leaves(member.value(), name.isEmpty() ? member.name() : name + "." + member.name(), to);
      }
    } else if (node != null) {
      to.put(name, node);
    }
  }

  private static Kind moved(Node was, Node is) {
    BigDecimal old = amount(was);
    BigDecimal now = amount(is);
    if (old == null || now == null) {
      return Kind.LIMITS_CHANGED;
    }
    return now.compareTo(old) > 0 ? Kind.LIMITS_RAISED : Kind.LIMITS_LOWERED;
  }

  /// A number, or how often a second.
  private static @Nullable BigDecimal amount(Node node) {
    if (node instanceof Node.Num number) {
      return number.value();
    }
    if (!(node instanceof Node.Text text)) {
      return null;
    }
    try {
      Rate rate = Rate.parse(text.value());
      return BigDecimal.valueOf(rate.count())
          .divide(BigDecimal.valueOf(rate.per().toMillis()), java.math.MathContext.DECIMAL64);
    } catch (IllegalArgumentException noRate) {
      return null;
    }
  }

  private void note(
      Kind kind,
      Matched pair,
      @Nullable Node before,
      @Nullable Node after,
      String about,
      String sentence) {
    Operation old = pair.old();
    Operation now = pair.now();
    String shared =
        Spot.pointer(before == null ? null : before.place())
            + "\n"
            + Spot.pointer(after == null ? null : after.place());
    ledger.note(
        kind,
        shared + "\n" + about,
        before == null ? old.place() : before.place(),
        after == null ? now.place() : after.place(),
        sentence,
        now.id().name());
  }
}
