package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.FlowStep.Holder;
import dev.gatewarden.core.contract.FlowStep.Once;
import dev.gatewarden.core.contract.FlowStep.Whose;
import dev.gatewarden.core.contract.Flows.At;
import dev.gatewarden.core.contract.Flows.Flow;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.limit.DurationText;
import dev.gatewarden.core.limit.Rate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Whether each step of a flow can be reached, and whether what is compared can be told in time.
final class FlowCheck {
  private final Flow flow;
  private final SelectorCheck selectors;
  private final Notes notes;

  FlowCheck(Flow flow, SelectorCheck selectors, Notes notes) {
    this.flow = flow;
    this.selectors = selectors;
    this.notes = notes;
  }

  void check() {
    Set<String> seen = new HashSet<>();
    for (At each : flow.steps()) {
      FlowStep step = each.step();
      step.same().forEach((_, at) -> selectors.check(each.operation(), at, step.place(), notes));
      if (!seen.add(each.operation().id().name())) {
        problem(step, "`" + each.operation().id().name() + "` is already a step of this flow", "");
      }
      known(step);
      holder(each);
      times(step);
      ties(each);
      volumes(step);
      stepUp(each);
      idle(step);
    }
    reachable();
  }

  private void known(FlowStep step) {
    Set<String> names = flow.names();
    for (String name : flow.after(step)) {
      if (!names.contains(name)) {
        problem(
            step,
            "`" + step.text() + "` comes after `" + Nodes.shown(name) + "`, which no operation is",
            Nearest.advice(name, names));
      }
    }
    if (step.once() instanceof Once.Run && !step.supposed() && flow.after(step).isEmpty()) {
      if (FlowPreset.of(step.flow()) == null) {
        problem(
            step,
            "`once: true` of `" + step.text() + "` uses up the steps before it, and there are none",
            "say `after:`, or `once:` and a name of `same`");
      }
    }
  }

  private void holder(At at) {
    FlowStep step = at.step();
    Holder said = step.by();
    if (said != null && !said.equals(flow.holder())) {
      problem(
          step,
          "`"
              + flow.name()
              + "` goes by `"
              + flow.holder().text()
              + "` at another step, and here by `"
              + Nodes.shown(said.text())
              + "`",
          "say `by` at one step, for the whole flow");
    }
    Security security = at.operation().security();
    boolean ordered = !flow.after(step).isEmpty() || flow.keeps(step.name()).isPositive();
    if (ordered
        && flow.holder() instanceof Holder.Caller
        && security.stated()
        && security.admitsAnonymous()) {
      problem(
          step,
          "`"
              + flow.name()
              + "` goes by who calls, and `"
              + at.operation().id().name()
              + "` lets callers in who prove nothing",
          "say `by: cookie.sid`, `by: source` or `by: object`, or give it `security` without `{}`");
    }
    if (flow.untold() && !step.supposed() && !step.after().isEmpty()) {
      problem(
          step,
          "`"
              + flow.name()
              + "` goes by what it is about, and no name stands under `same` at all"
              + " its steps",
          "write `same: {account: body#/email}` at each");
    }
  }

  private void times(FlowStep step) {
    if (!flow.after(step).isEmpty() && step.pace().compareTo(step.within()) >= 0) {
      problem(
          step,
          "`"
              + step.text()
              + "` may come not sooner than `"
              + DurationText.write(step.pace())
              + "` and not later than `"
              + DurationText.write(step.within())
              + "`",
          "let `pace` be shorter than `within`");
    }
  }

  private void ties(At at) {
    FlowStep step = at.step();
    step.same()
        .forEach(
            (tie, selector) -> {
              boolean compared = compared(step, tie);
              boolean counted = isCounted(step, tie);
              if (selector.afterwards() && (compared || counted)) {
                problem(
                    step,
                    "`"
                        + tie
                        + "` of `"
                        + step.text()
                        + "` is known when the service has answered,"
                        + " and is needed before",
                    "say where the request has it");
              } else if (!compared && !counted && !awaited(step, tie) && !step.after().isEmpty()) {
                problem(
                    step,
                    "`"
                        + tie
                        + "` of `"
                        + step.text()
                        + "` is compared with nothing: no step before"
                        + " it has it under `same`",
                    "say there where it stands");
              }
            });
  }

  /// Whether a step before is told by the same name; each operation that is such a step has to say
  /// it.
  private boolean compared(FlowStep step, String tie) {
    boolean any = false;
    for (String name : flow.after(step)) {
      boolean told = false;
      At silent = null;
      for (At each : flow.steps()) {
        if (each.step().name().equals(name)) {
          boolean has = each.step().same().containsKey(tie);
          told |= has;
          silent = has ? silent : each;
        }
      }
      if (told && silent != null) {
        problem(
            silent.step(),
            "`"
                + silent.operation().id().name()
                + "` does not say its `"
                + tie
                + "`, by which `"
                + step.name()
                + "` knows it",
            "write `same: {" + tie + ": …}`");
      }
      any |= told;
    }
    return any;
  }

  private boolean awaited(FlowStep step, String tie) {
    for (At each : flow.steps()) {
      if (each.step().same().containsKey(tie) && flow.after(each.step()).contains(step.name())) {
        return true;
      }
    }
    return flow.holder() instanceof Holder.Topic && flow.topic().contains(tie);
  }

  private boolean isCounted(FlowStep step, String tie) {
    if ((step.once() instanceof Once.Each(String by) && by.equals(tie))
        || step.different().containsKey(tie)) {
      return true;
    }
    boolean objects =
        step.most().containsKey(Whose.OBJECT) || step.failed().containsKey(Whose.OBJECT);
    return objects && (flow.topic().isEmpty() || flow.topic().contains(tie));
  }

  private void volumes(FlowStep step) {
    FlowPreset preset = FlowPreset.of(step.flow());
    FlowPreset.Step usual = preset == null ? null : preset.steps().get(step.name());
    boolean about = !flow.topic().isEmpty() || !step.same().isEmpty();
    if (!about
        && (untold(step.most(), usual == null ? Map.of() : usual.most())
            || untold(step.failed(), usual == null ? Map.of() : usual.failed()))) {
      problem(
          step,
          "`" + step.text() + "` counts by `object`, and does not say what it is about",
          "write `same: {account: body#/email}`");
    }
  }

  private static boolean untold(Map<Whose, Rate> rates, Map<Whose, Rate> usual) {
    return rates.containsKey(Whose.OBJECT) && !rates.equals(usual);
  }

  private void stepUp(At at) {
    Security security = at.operation().security();
    if (at.step().stepUp() != null && security.stated() && security.admitsAnonymous()) {
      problem(
          at.step(),
          "`" + at.step().text() + "` asks for step-up and lets callers in who prove nothing",
          "give the operation `security` without `{}`, or leave `step-up` out");
    }
    if (at.step().stepUp() != null && !at.step().bounded()) {
      problem(
          at.step(),
          "`step-up` of `" + at.step().text() + "` is for who spent a limit, and it has none",
          "say `most`, `failed` or `different`, or ask everybody by `x-gatewarden-step-up`");
    }
  }

  private void idle(FlowStep step) {
    if (flow.after(step).isEmpty()
        && flow.keeps(step.name()).isZero()
        && !step.bounded()
        && step.pace().isZero()
        && !(step.once() instanceof Once.Each)) {
      notes.warning(
          step.place(),
          "`" + step.text() + "` guards nothing: no step comes after it, and no limit");
    }
  }

  /// A step that comes after itself, by whatever way, is done by nobody.
  private void reachable() {
    Set<String> reached = new HashSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (At each : flow.steps()) {
        if (!reached.contains(each.step().name()) && reached.containsAll(flow.after(each.step()))) {
          reached.add(each.step().name());
          more = true;
        }
      }
    }
    Set<String> names = flow.names();
    for (At each : flow.steps()) {
      if (!reached.contains(each.step().name()) && names.containsAll(flow.after(each.step()))) {
        problem(
            each.step(),
            "nobody can reach `"
                + each.step().text()
                + "`: it comes after "
                + String.join(", ", flow.after(each.step()))
                + ", and nothing leads there",
            "let one step of `" + flow.name() + "` come after no other");
      }
    }
  }

  private void problem(FlowStep step, String message, String advice) {
    notes.problem(step.place(), message, advice);
  }
}
