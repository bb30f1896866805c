package dev.gatewarden.core.change;

import dev.gatewarden.core.change.OperationPairs.Matched;
import dev.gatewarden.core.change.Schemas.Beside;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.document.Place;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Compares what callers write beside the body.
final class ParameterComparison {
  private final Schemas schemas;
  private final Ledger ledger;
  private final Operation old;
  private final Operation now;

  ParameterComparison(Schemas schemas, Ledger ledger, Matched pair) {
    this.schemas = schemas;
    this.ledger = ledger;
    this.old = pair.old();
    this.now = pair.now();
  }

  void compare() {
    path();
    for (Parameter before : old.parameters()) {
      Parameter after = now.parameter(before.in(), before.name());
      if (before.in() == Parameter.In.PATH) {
        continue;
      }
      if (after == null) {
        note(Kind.PARAMETER_REMOVED, before, before.place(), now.place(), "is gone");
      } else {
        both(before, after);
      }
    }
    for (Parameter after : now.parameters()) {
      if (after.in() != Parameter.In.PATH && old.parameter(after.in(), after.name()) == null) {
        Kind kind = after.required() ? Kind.REQUIRED_PARAMETER_ADDED : Kind.PARAMETER_ADDED;
        String what = after.required() ? "is new, and required" : "is new";
        note(kind, after, old.place(), after.place(), what);
      }
    }
  }

  /// Variables of the path go together by their position.
  private void path() {
    List<String> before = old.path().variables();
    List<String> after = now.path().variables();
    for (int i = 0; i < before.size() && i < after.size(); i++) {
      Parameter one = old.parameter(Parameter.In.PATH, before.get(i));
      Parameter other = now.parameter(Parameter.In.PATH, after.get(i));
      if (one != null && other != null) {
        both(one, other);
        if (!one.name().equals(other.name())) {
          note(
              Kind.PATH_PARAMETER_RENAMED,
              other,
              one.place(),
              other.place(),
              "was called `" + Literals.shown(one.name()) + "`");
        }
      }
    }
  }

  private void both(Parameter before, Parameter after) {
    if (before.required() != after.required()) {
      Kind kind = after.required() ? Kind.PARAMETER_REQUIRED : Kind.PARAMETER_OPTIONAL;
      String what = after.required() ? "is required now" : "is no longer required";
      note(kind, after, before.place(), after.place(), what);
    }
    if (before.style() != after.style()
        || before.explode() != after.explode()
        || before.allowReserved() != after.allowReserved()
        || !Objects.equals(before.mediaType(), after.mediaType())) {
      note(
          Kind.PARAMETER_STYLE_CHANGED,
          after,
          before.place(),
          after.place(),
          "was written " + style(before) + " and is written " + style(after));
    }
    schemas.root(
        List.of(before.schema().schema()),
        List.of(after.schema().schema()),
        Flow.REQUEST,
        new Beside(before.place(), after.place(), "`" + Literals.shown(name(after)) + "`"),
        now.id().name(),
        false);
  }

  private static String style(Parameter parameter) {
    return parameter.mediaType() != null
        ? "as `" + parameter.mediaType() + "`"
        : "in style `"
            + parameter.style().name().toLowerCase(Locale.ROOT).replace('_', '-')
            + (parameter.explode() ? "`, exploded" : "`")
            + (parameter.allowReserved() ? ", reserved characters plain" : "");
  }

  private static String name(Parameter parameter) {
    return parameter.in().name().toLowerCase(Locale.ROOT) + "." + parameter.name();
  }

  private void note(
      Kind kind, Parameter parameter, @Nullable Place before, @Nullable Place after, String what) {
    String name = name(parameter);
    ledger.note(
        kind,
        Comparison.shown(now) + "\n" + name,
        before,
        after,
        "the parameter `" + Literals.shown(name) + "` of `" + Comparison.shown(now) + "` " + what,
        now.id().name());
  }
}
