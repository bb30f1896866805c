package dev.gatewarden.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.exchange.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The combiner against a slow twin that says the same in the obvious way, on generated verdicts.
class CombinerProperties {

  @Property
  void order_inside_a_stage_changes_nothing(
      @ForAll("verdicts") List<Judged> judged, @ForAll Random random) {
    List<Judged> shuffled = new ArrayList<>(judged);
    Collections.shuffle(shuffled, random);
    assertThat(Combiner.combine(Stage.AUTHORIZE, shuffled))
        .isEqualTo(Combiner.combine(Stage.AUTHORIZE, judged));
  }

  @Property
  void agrees_with_the_obvious_twin(@ForAll("verdicts") List<Judged> judged) {
    assertThat(Combiner.combine(Stage.ADMIT, judged).outcome()).isEqualTo(twin(judged));
  }

  @Property
  void a_guard_in_observe_never_changes_the_outcome(@ForAll("verdicts") List<Judged> judged) {
    List<Judged> enforced = judged.stream().filter(Judged::enforced).toList();
    assertThat(Combiner.combine(Stage.ADMIT, judged).outcome())
        .isEqualTo(Combiner.combine(Stage.ADMIT, enforced).outcome());
  }

  @Property
  void what_would_be_refused_is_recorded(@ForAll("verdicts") List<Judged> judged) {
    long refusals =
        judged.stream().filter(j -> !j.enforced() && Combiner.refuses(j.verdict())).count();
    assertThat(Combiner.combine(Stage.ADMIT, judged).wouldDeny()).hasSize((int) refusals);
  }

  /// Word for word as the design says it: Deny before Challenge before Answer before the rest.
  private static Outcome twin(List<Judged> judged) {
    for (String guard : List.of("a", "b", "c", "d")) {
      for (Judged each : judged) {
        if (each.enforced()
            && each.guard().equals(guard)
            && each.verdict() instanceof Verdict.Deny deny) {
          return new Outcome.Denied(deny);
        }
      }
    }
    List<String> schemes = new ArrayList<>();
    Reason first = null;
    for (String guard : List.of("a", "b", "c", "d")) {
      for (Judged each : judged) {
        if (each.enforced()
            && each.guard().equals(guard)
            && each.verdict() instanceof Verdict.Challenge(Reason reason, String scheme, var _)) {
          first = first == null ? reason : first;
          schemes.add(scheme);
        }
      }
    }
    if (first != null) {
      return new Outcome.Challenged(first, schemes);
    }
    for (String guard : List.of("a", "b", "c", "d")) {
      for (Judged each : judged) {
        if (each.enforced()
            && each.guard().equals(guard)
            && each.verdict() instanceof Verdict.Answer(Reason reason, Reply reply)) {
          return new Outcome.Answered(reason, reply);
        }
      }
    }
    return contradicting(judged)
        ? new Outcome.Denied(Verdict.deny(Combined.CONTRADICTING_EDITS))
        : Outcome.ALLOWED;
  }

  private static boolean contradicting(List<Judged> judged) {
    List<Edit> edits = new ArrayList<>();
    for (Judged each : judged) {
      if (each.enforced()) {
        edits.addAll(Combiner.edits(each.verdict()));
      }
    }
    for (Edit one : edits) {
      for (Edit other : edits) {
        if (one.target().equals(other.target()) && !one.equals(other)) {
          return true;
        }
      }
    }
    return false;
  }

  /// At most one verdict of each guard, as the pipeline gives them.
  @Provide
  Arbitrary<List<Judged>> verdicts() {
    return Combinators.combine(
            judged("a").optional(),
            judged("b").optional(),
            judged("c").optional(),
            judged("d").optional())
        .as(
            (a, b, c, d) -> {
              List<Judged> all = new ArrayList<>();
              a.ifPresent(all::add);
              b.ifPresent(all::add);
              c.ifPresent(all::add);
              d.ifPresent(all::add);
              return all;
            });
  }

  private static Arbitrary<Judged> judged(String guard) {
    Arbitrary<Verdict> verdict =
        Arbitraries.oneOf(
            Arbitraries.of(
                Verdict.pass(),
                Verdict.pass(new Word(guard, "OWNER", 200)),
                new Verdict.Challenge(new Word(guard, "STEP_UP", 401), "Bearer realm=" + guard),
                new Verdict.Answer(new Word(guard, "REPEAT", 200), Reply.ok()),
                Verdict.deny(new Word(guard, "FOREIGN", 404)),
                new Verdict.Deny(new Word(guard, "SPENT", 429), List.of(), Duration.ofSeconds(3)),
                new Verdict.Redact(new Word(guard, "CUT", 200), List.of(new Edit.CutBody(1, 2)))),
            Arbitraries.of("x-one", "x-two")
                .flatMap(
                    name ->
                        Arbitraries.of("1", "2")
                            .map(
                                value ->
                                    Verdict.pass()
                                        .editing(new Edit.SetRequestHeader(name, value)))));
    return Combinators.combine(verdict, Arbitraries.of(Mode.ENFORCE, Mode.OBSERVE))
        .as((said, mode) -> new Judged(guard, mode, said));
  }

  private record Word(String control, String name, int status) implements Reason {
    @Override
    public String summary() {
      return "as the test says";
    }
  }
}
