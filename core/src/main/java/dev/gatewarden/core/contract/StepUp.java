package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.limit.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How strongly, and how recently, a user must have signed in to call an operation (RFC 9470), as
/// `x-gatewarden-step-up` says.
///
/// @param acr the authentication contexts of which one will do, the preferred first; empty for any
/// @param maxAge how long ago the user may have signed in; null for any time
public record StepUp(List<String> acr, @Nullable Duration maxAge, Place place) {
  static final String WORD = "step-up";
  private static final String NONE = "none";
  private static final String ADVICE = "write `{acr: [urn:example:mfa], max-age: 5m}`, or `none`";
  private static final Duration LONGEST = Duration.ofDays(365);

  public StepUp {
    acr = List.copyOf(acr);
  }

  /// What a checked contract says there, or null where it asks for nothing.
  public static @Nullable StepUp in(Extensions extensions) {
    Node node = extensions.get(WORD);
    return node == null ? null : read(node, new Notes());
  }

  static @Nullable StepUp read(Node node, Notes notes) {
    if (NONE.equals(Nodes.text(node))) {
      return null;
    }
    if (!(node instanceof Obj object)) {
      notes.problem(
          node.place(),
          "`x-gatewarden-step-up` should be a map or `none`, not " + Nodes.kind(node),
          ADVICE);
      return null;
    }
    Fields fields = new Fields(object, notes, "acr", "max-age");
    List<String> acr = acr(fields.node("acr"), notes);
    Duration maxAge = maxAge(fields.text("max-age"), notes);
    if (!fields.has("acr") && !fields.has("max-age")) {
      notes.problem(object.place(), "`x-gatewarden-step-up` asks for nothing", ADVICE);
    }
    return new StepUp(acr, maxAge, object.place());
  }

  private static List<String> acr(@Nullable Node node, Notes notes) {
    if (node == null) {
      return List.of();
    }
    List<Node> items = node instanceof Node.Arr list ? list.items() : List.of(node);
    if (items.isEmpty()) {
      notes.problem(node.place(), "`acr` names no authentication context", ADVICE);
    }
    List<String> all = new ArrayList<>();
    for (Node item : items) {
      String value = Nodes.scalar(item);
      if (value == null || value.isEmpty() || !value.chars().allMatch(StepUp::quotable)) {
        notes.problem(
            item.place(),
            "an authentication context is a text without spaces, quotes and backslashes",
            "write it as the issuer writes it into `acr`");
      } else {
        all.add(value);
      }
    }
    return all;
  }

  /// What may stand in `acr_values`, where a space separates, and between quotes (RFC 9110, section
  /// 5.6.4).
  private static boolean quotable(int c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '\\';
  }

  private static @Nullable Duration maxAge(Node.@Nullable Text text, Notes notes) {
    if (text == null) {
      return null;
    }
    try {
      Duration age = DurationText.parse(text.value());
      if (age.toSeconds() >= 1 && age.compareTo(LONGEST) <= 0) {
        return age;
      }
      notes.problem(text.place(), "`max-age` lies between `1s` and `365d`");
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      notes.problem(
          text.place(),
          "`max-age` is `" + Nodes.shown(text.value()) + "`, which is no length of time",
          "write it as `5m`");
    }
    return null;
  }

  /// Whether nobody can meet what an operation asks for: who proves nothing never signed in.
  static void check(Operation operation, Notes notes) {
    StepUp asked = in(operation.extensions());
    if (asked != null && operation.security().stated() && operation.security().admitsAnonymous()) {
      notes.problem(
          operation.place(),
          "`" + operation.id().name() + "` asks for step-up and lets callers in who prove nothing",
          "give it `security` without `{}`, or say `x-gatewarden-step-up: none`");
    }
  }

  /// In a few words, as summaries show it.
  public String text() {
    String contexts = String.join(" or ", acr);
    Duration age = maxAge;
    if (age == null) {
      return contexts;
    }
    String within = "signed in within " + DurationText.write(age);
    return contexts.isEmpty() ? within : contexts + ", " + within;
  }
}
