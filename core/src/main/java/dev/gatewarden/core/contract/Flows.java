package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.FlowStep.Holder;
import dev.gatewarden.core.contract.FlowStep.Once;
import dev.gatewarden.core.contract.FlowStep.Whose;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The business flows of a contract: what `x-gatewarden-flow` says at single operations, seen as
/// whole flows.
public final class Flows {
  private final Map<String, Flow> flows;

  private Flows(Map<String, Flow> flows) {
    this.flows = flows;
  }

  /// A step as its flow has it.
  ///
  /// @param step with `after` and limits as they hold: those of a preset that this contract leaves
  ///     without a meaning are gone
  /// @param holder who goes through the flow
  /// @param topic what all steps of the flow are about, by the names of `same`
  /// @param keeps how long it has to be known that it was done; zero where nothing comes after it
  /// @param lasts how long that has to be known of any step of its flow
  public record Seat(
      FlowStep step, Holder holder, List<String> topic, Duration keeps, Duration lasts) {
    public Seat {
      topic = List.copyOf(topic);
    }

    /// What those who are counted by `object` are told apart by.
    public List<String> object() {
      return topic.isEmpty() ? List.copyOf(step.same().keySet()) : topic;
    }
  }

  /// A step where it stands.
  record At(Operation operation, FlowStep step) {}

  /// A flow: its steps in the order of the contract.
  record Flow(String name, List<At> steps, Holder holder, List<String> topic) {
    static Flow of(String name, List<At> steps) {
      FlowPreset preset = FlowPreset.of(name);
      Holder holder = preset == null ? new Holder.Caller() : preset.by();
      for (At each : steps) {
        Holder said = each.step().by();
        if (said != null) {
          holder = said;
          break;
        }
      }
      Set<String> common = new LinkedHashSet<>(steps.getFirst().step().same().keySet());
      steps.forEach(each -> common.retainAll(each.step().same().keySet()));
      return new Flow(name, List.copyOf(steps), holder, List.copyOf(common));
    }

    Set<String> names() {
      Set<String> names = new LinkedHashSet<>();
      steps.forEach(each -> names.add(each.step().name()));
      return names;
    }

    /// Whether nothing tells one walk through it from another.
    boolean untold() {
      return holder instanceof Holder.Topic && topic.isEmpty();
    }

    /// The steps that have to be done before one, as far as the contract has them.
    List<String> after(FlowStep step) {
      if (!step.supposed()) {
        return step.after();
      }
      if (untold()) {
        return List.of();
      }
      Set<String> names = names();
      return step.after().stream().filter(names::contains).toList();
    }

    /// For how long it has to be known that a step was done.
    Duration keeps(String step) {
      Duration longest = Duration.ZERO;
      for (At each : steps) {
        if (after(each.step()).contains(step) && each.step().within().compareTo(longest) > 0) {
          longest = each.step().within();
        }
      }
      return longest;
    }

    private Duration lasts() {
      Duration longest = Duration.ZERO;
      for (String name : names()) {
        Duration each = keeps(name);
        longest = each.compareTo(longest) > 0 ? each : longest;
      }
      return longest;
    }

    Seat seat(FlowStep step) {
      List<String> after = after(step);
      Once once = step.once() instanceof Once.Run && after.isEmpty() ? new Once.Not() : step.once();
      boolean about = !topic.isEmpty() || !step.same().isEmpty();
      Map<String, Map<Whose, Rate>> different = new LinkedHashMap<>();
      step.different().forEach((tie, rates) -> different.put(tie, told(rates, about)));
      FlowStep settled =
          step.settled(
              after, once, told(step.most(), about), told(step.failed(), about), different);
      return new Seat(settled, holder, topic, keeps(step.name()), lasts());
    }

    private static Map<Whose, Rate> told(Map<Whose, Rate> rates, boolean about) {
      if (about || !rates.containsKey(Whose.OBJECT)) {
        return rates;
      }
      Map<Whose, Rate> rest = new EnumMap<>(rates);
      rest.remove(Whose.OBJECT);
      return rest;
    }
  }

  /// The flows of a checked contract.
  public static Flows of(Contract contract) {
    return new Flows(flows(contract.operations(), new Notes()));
  }

  /// The steps that an operation is; none where it is no step of a flow.
  public List<Seat> at(Operation operation) {
    List<Seat> seats = new ArrayList<>();
    for (Flow flow : flows.values()) {
      for (At each : flow.steps()) {
        if (each.operation().index() == operation.index()) {
          seats.add(flow.seat(each.step()));
        }
      }
    }
    return seats;
  }

  /// Whether any operation is a step of a flow.
  public static boolean any(Contract contract) {
    for (Operation operation : contract.operations()) {
      if (operation.extensions().get(FlowStep.WORD) != null) {
        return true;
      }
    }
    return false;
  }

  static Map<String, Flow> flows(List<Operation> operations, Notes notes) {
    Map<String, List<At>> steps = new LinkedHashMap<>();
    FlowReader reader = new FlowReader(notes);
    for (Operation operation : operations) {
      var node = operation.extensions().get(FlowStep.WORD);
      if (node != null && operation.source().get(Extensions.PREFIX + FlowStep.WORD) == null) {
        notes.problem(
            node.place(),
            "`x-gatewarden-flow` belongs in an operation",
            "move it below the method");
      }
      if (node != null) {
        for (FlowStep step : reader.read(node)) {
          steps.computeIfAbsent(step.flow(), _ -> new ArrayList<>()).add(new At(operation, step));
        }
      }
    }
    Map<String, Flow> flows = new LinkedHashMap<>();
    steps.forEach((name, all) -> flows.put(name, Flow.of(name, all)));
    return flows;
  }

  /// Says what no request could ever meet, and what means nothing where it stands.
  static void check(List<Operation> operations, SelectorCheck selectors, Notes notes) {
    Notes its = new Notes();
    Map<String, Flow> flows = flows(operations, its);
    notes.problems(its.problems());
    // what could not be read is not judged as a whole
    if (its.problems().isEmpty()) {
      flows.values().forEach(flow -> new FlowCheck(flow, selectors, notes).check());
    }
  }
}
