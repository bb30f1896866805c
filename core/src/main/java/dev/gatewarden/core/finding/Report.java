package dev.gatewarden.core.finding;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where one rule says what it finds: places gathered by their cause.
public final class Report {
  private final Rule rule;
  private final Map<String, Cause> causes = new LinkedHashMap<>();

  public Report(Rule rule) {
    this.rule = rule;
  }

  /// What is wrong, by its one cause.
  ///
  /// @param key tells this cause from others of the rule, see [Finding#cause()]; the empty text
  ///     where a rule has only one
  /// @param message what is wrong at every place with this cause; of several, the first stays
  public Cause cause(String key, String message) {
    return causes.computeIfAbsent(key, _ -> new Cause(key, message));
  }

  /// Everything found, in the order it was found.
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    causes.values().stream()
        .filter(cause -> !cause.spots.isEmpty())
        .forEach(cause -> findings.add(cause.finding()));
    return findings;
  }

  /// What tells places of a cause apart.
  private record Anchor(Subject subject, Place place) {
    Spot spot(Set<String> operations) {
      return new Spot(subject, place, List.copyOf(operations));
    }
  }

  /// One cause, and the places that are added to it.
  public final class Cause {
    private final String key;
    private final String message;
    private final Map<Anchor, Set<String>> spots = new LinkedHashMap<>();
    private final Set<Remedy> remedies = new LinkedHashSet<>();
    private @Nullable Severity severity;

    private Cause(String key, String message) {
      this.key = key;
      this.message = message;
    }

    /// At an operation.
    public Cause at(Operation operation) {
      return at(operation, operation.place());
    }

    /// At something that belongs to an operation.
    public Cause at(Operation operation, Place place) {
      return at(Subject.operation(operation.id().name()), place, List.of(operation));
    }

    /// At something that operations share.
    public Cause at(Subject subject, Place place, List<Operation> operations) {
      Set<String> names =
          spots.computeIfAbsent(new Anchor(subject, place), _ -> new LinkedHashSet<>());
      operations.forEach(each -> names.add(each.id().name()));
      return this;
    }

    /// At a schema that travels some way.
    public Cause at(Audited contract, Shapes.Shape shape, Shapes.Way way) {
      List<Operation> operations = contract.shapes().operations(shape, way);
      Subject subject =
          (way == Shapes.Way.PARAMETER || way == Shapes.Way.PATH) && !operations.isEmpty()
              ? Subject.parameter(operations.getFirst().id().name(), shape.name())
              : Subject.schema(shape.name());
      return at(subject, shape.place(), operations);
    }

    /// At a parameter.
    public Cause at(Operation operation, Parameter parameter) {
      return at(
          Subject.parameter(operation.id().name(), parameter.name()),
          parameter.place(),
          List.of(operation));
    }

    /// Another weight than the rule's own; of several, the heaviest.
    public Cause weighs(Severity other) {
      severity = severity == null || other.compareTo(severity) > 0 ? other : severity;
      return this;
    }

    /// What would end it here, before what the rule says.
    public Cause remedy(Remedy remedy) {
      remedies.add(remedy);
      return this;
    }

    /// Several that would end it here, the best first.
    public Cause remedies(List<? extends Remedy> several) {
      remedies.addAll(several);
      return this;
    }

    private Finding finding() {
      List<Remedy> all = new ArrayList<>(remedies);
      all.add(new Remedy.Words(rule.remedy()));
      return new Finding(
          rule.id(),
          severity == null ? rule.severity() : severity,
          rule.threat(),
          rule.cwe(),
          key,
          message,
          spots.entrySet().stream().map(each -> each.getKey().spot(each.getValue())).toList(),
          all);
    }
  }
}
