package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Scene;
import dev.gatewarden.platform.probing.fuzz.Shown.Wrong;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The requests of one operation: sent, judged, and made small where they show something.
final class Round {
  private final Scene scene;
  private final Operation operation;
  private final long seed;
  private final boolean replayed;
  private final Trials trials;
  private final Writing writing;
  private final Codings codings;
  private final Causes causes = new Causes();
  private @Nullable Verdicts verdicts;

  /// @param replayed whether what is sent is known to be small
  Round(Scene scene, Draft honest, long seed, boolean replayed) {
    this.scene = scene;
    this.operation = honest.operation();
    this.seed = seed;
    this.replayed = replayed;
    this.trials = new Trials(honest, seed);
    this.writing = new Writing(honest, trials.roots());
    this.codings = new Codings(honest);
  }

  Causes causes() {
    return causes;
  }

  /// @param kept what showed something before
  /// @param cases how many more are made
  /// @return whether anything could be tried
  boolean run(List<FuzzCase> kept, int cases) {
    FuzzCase plain = FuzzCase.of(operation.id().name(), Rule.RIGHT, java.util.Map.of());
    List<FuzzCase> coded = new ArrayList<>(codings.cases(trials, writing, operation.id().name()));
    if (trials.roots().isEmpty() && coded.isEmpty()) {
      scene.untested(operation, "nothing of its requests can be varied");
      return false;
    }
    Draft draft = writing.of(plain);
    Answer usual = sent(draft);
    if (!usual.ok() && usual.status() != 409) {
      scene.untested(operation, "the request that should work is answered " + usual.status());
      return false;
    }
    verdicts = new Verdicts(scene, draft, usual, this::sent);
    kept.forEach(this::judge);
    Collections.shuffle(coded, new Random(seed));
    Deque<FuzzCase> right = new ArrayDeque<>(trials.rights(cases));
    Deque<FuzzCase> wrong = new ArrayDeque<>(trials.wrongs(cases));
    Deque<FuzzCase> odd = new ArrayDeque<>(coded);
    for (int i = 0; i < cases; i++) {
      FuzzCase next = next(i, right, wrong, odd);
      if (next == null) {
        break;
      }
      judge(next);
    }
    return true;
  }

  /// Of five two are right, two wrong and one is written otherwise, as long as there are such.
  private static @Nullable FuzzCase next(
      int turn, Deque<FuzzCase> right, Deque<FuzzCase> wrong, Deque<FuzzCase> odd) {
    List<Deque<FuzzCase>> order =
        switch (turn % 5) {
          case 0, 2 -> List.of(right, wrong, odd);
          case 1, 3 -> List.of(wrong, right, odd);
          default -> List.of(odd, wrong, right);
        };
    for (Deque<FuzzCase> each : order) {
      if (!each.isEmpty()) {
        return each.removeFirst();
      }
    }
    return null;
  }

  private void judge(FuzzCase made) {
    Tried tried = tried(made);
    if (tried == null) {
      return;
    }
    if (made.rule().is() == Rule.Is.WRONG) {
      int status = tried.answer().status();
      causes.tried(made, status >= 400 && status < 500);
    }
    Wrong wrong = tried.wrong();
    if (wrong == null || isHeldByOther(made, wrong)) {
      return;
    }
    FuzzCase small = made;
    int attempt = tried.answer().attempt();
    if (!replayed && !causes.knows(wrong.kind(), made.where())) {
      small = new Smaller(trials::stands, less -> shows(less, wrong)).of(made, trials.roots());
      Tried last = small.equals(made) ? tried : tried(small);
      if (last != null && last.wrong() != null && last.wrong().kind() == wrong.kind()) {
        attempt = last.answer().attempt();
      } else {
        small = made;
      }
    }
    causes.add(new Shown(small, wrong, attempt));
  }

  /// Whether another probe has told that odd input breaks the operation.
  private boolean isHeldByOther(FuzzCase made, Wrong wrong) {
    return made.rule() == Rule.ODD_TEXT
        && wrong.kind() == Shown.Kind.FAILS
        && scene.isFound("odd-input", operation);
  }

  private boolean shows(FuzzCase made, Wrong wrong) {
    Tried again = tried(made);
    return again != null && again.wrong() != null && again.wrong().kind() == wrong.kind();
  }

  private record Tried(Answer answer, @Nullable Wrong wrong) {}

  /// Null where it cannot be written, or was not answered.
  private @Nullable Tried tried(FuzzCase made) {
    Draft plain = writing.of(made);
    Coding coding = made.coding().isEmpty() ? null : codings.of(made.coding());
    Draft draft = coding == null ? plain : coding.written().apply(plain);
    if (draft == null || verdicts == null || (coding == null && !made.coding().isEmpty())) {
      return null;
    }
    Answer answer = sent(draft);
    if (answer.status() == 0) {
      return null;
    }
    return new Tried(
        answer,
        verdicts.of(
            made, answer, coding == null ? null : plain, coding == null ? null : coding.meaning()));
  }

  private Answer sent(Draft draft) {
    Answer answer = scene.send(draft);
    if (answer.ok()) {
      scene.made(operation, draft, answer);
    }
    return answer;
  }
}
