package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Scene;
import dev.gatewarden.platform.probing.fuzz.Shown.Kind;
import dev.gatewarden.platform.probing.fuzz.Shown.Wrong;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What answers prove about one operation.
final class Verdicts {
  /// What says that a request is not as it should be; the others say that something else is not.
  private static final Set<Integer> REFUSALS = Set.of(400, 405, 406, 411, 413, 414, 415, 422, 431);

  private final Scene scene;
  private final Draft honest;
  private final Answer usual;
  private final boolean keeps;
  private final Function<Draft, Answer> wire;

  /// @param usual the answer to the request that works
  Verdicts(Scene scene, Draft honest, Answer usual, Function<Draft, Answer> wire) {
    this.scene = scene;
    this.honest = honest;
    this.usual = usual;
    this.keeps = usual.ok() && scene.breaks(honest.operation(), usual).isEmpty();
    this.wire = wire;
  }

  /// @param plain the same request plainly written, where it was written otherwise; else null
  @Nullable Wrong of(
      FuzzCase made, Answer answer, @Nullable Draft plain, Coding.@Nullable Meaning meaning) {
    if (answer.broke()) {
      return new Wrong(Kind.FAILS, String.valueOf(answer.status()));
    }
    return switch (made.rule().is()) {
      case WRONG -> answer.ok() && !isToldElsewhere(made) ? new Wrong(Kind.TAKEN, "") : null;
      case RIGHT -> right(answer, plain, meaning);
      case ODD ->
          !answer.ok()
              ? null
              : made.rule() == Rule.READ_ONLY
                  ? sticks(made, answer)
                  : meaning(answer, plain, meaning);
    };
  }

  private boolean isToldElsewhere(FuzzCase made) {
    return made.rule() == Rule.MEDIA_TYPE && scene.isFound("content-type", honest.operation());
  }

  private @Nullable Wrong right(
      Answer answer, @Nullable Draft plain, Coding.@Nullable Meaning meaning) {
    if (REFUSALS.contains(answer.status())) {
      // what works may have ceased to work by what was done meanwhile
      boolean still = plain == null ? isUsual(wire.apply(honest)) : wire.apply(plain).ok();
      return still ? new Wrong(Kind.REFUSED, String.valueOf(answer.status())) : null;
    }
    if (!answer.ok()) {
      return null;
    }
    List<String> breaks = keeps ? scene.breaks(honest.operation(), answer) : List.of();
    return breaks.isEmpty()
        ? meaning(answer, plain, meaning)
        : new Wrong(Kind.ANSWER, breaks.getFirst());
  }

  private boolean isUsual(Answer again) {
    return again.status() == usual.status();
  }

  private @Nullable Wrong meaning(
      Answer answer, @Nullable Draft plain, Coding.@Nullable Meaning meaning) {
    if (plain == null || meaning == null || meaning == Coding.Meaning.OPEN) {
      return null;
    }
    Answer plainly = wire.apply(plain);
    if (!plainly.ok()) {
      return null;
    }
    Node body = plain.body();
    if (body != null) {
      String at = Echo.other(body, plainly, answer);
      return at == null ? null : new Wrong(Kind.MEANING, "`" + at + "` of the answer is another");
    }
    boolean stable = plain.operation().safe() && wire.apply(plain).sameAs(plainly);
    if (!stable) {
      return null;
    }
    boolean same = answer.sameAs(plainly);
    if (meaning == Coding.Meaning.SAME) {
      return same ? null : new Wrong(Kind.MEANING, "it is answered otherwise");
    }
    Draft control = Percent.control(plain);
    boolean matters = same && control != null && !wire.apply(control).sameAs(plainly);
    return matters ? new Wrong(Kind.MEANING, "it is answered like the plain one") : null;
  }

  /// Whether a member that is only to be read is what was sent, and was not before.
  private @Nullable Wrong sticks(FuzzCase made, Answer answer) {
    for (var each : made.values().entrySet()) {
      Node value = each.getValue();
      if (value != null && Trials.inBody(each.getKey())) {
        List<String> path = Pointers.path(each.getKey().substring("body".length()));
        if (Echo.repeats(answer.json(), path, value) && !Echo.repeats(usual.json(), path, value)) {
          return new Wrong(Kind.STICKS, "");
        }
      }
    }
    return null;
  }
}
