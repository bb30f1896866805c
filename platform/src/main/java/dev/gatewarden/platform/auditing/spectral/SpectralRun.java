package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Spot;
import dev.gatewarden.core.finding.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Runs rulesets over one document.
public final class SpectralRun {
  private static final int MOST_FAULTS = 20_000;

  private final Node document;
  private final Following following;
  private final Map<String, String> operations = new HashMap<>();

  /// @param document as it was written
  /// @param operations those of the contract, to say which of them a finding concerns
  public SpectralRun(Node document, References references, List<Operation> operations) {
    this.document = document;
    this.following = new Following(references);
    operations.forEach(
        each -> this.operations.put(each.method() + " " + each.path(), each.id().name()));
  }

  /// Everything that the rules find: what one rule says in the same words is one finding.
  ///
  /// @throws ProblemsException for rules that cost too much
  public List<Finding> findings(Ruleset ruleset) {
    List<Finding> findings = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (SpectralRule rule : ruleset.run()) {
      try {
        findings.addAll(findings(rule, ruleset.exemptions()));
      } catch (Budget.Spent spent) {
        problems.add(
            new Problem(
                rule.place(),
                "the rule `" + rule.name() + "` " + spent.getMessage(),
                "narrow `given`, or turn the rule off"));
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return findings;
  }

  /// What makes findings of one rule one.
  private record Cause(String message, Level level) {}

  /// One fault at its place.
  private record Seen(
      Match at, Place place, List<String> path, String error, @Nullable Node value) {}

  private List<Finding> findings(SpectralRule rule, List<Ruleset.Exemption> exemptions) {
    Map<Cause, Set<Spot>> causes = new LinkedHashMap<>();
    for (Seen seen : seen(rule)) {
      Level level = rule.level();
      for (Ruleset.Exemption each : exemptions) {
        if (each.rule().equals(rule.name()) && below(each.below(), seen.place)) {
          level = each.level();
        }
      }
      if (level != null) {
        Cause cause = new Cause(Wording.message(rule, seen.path, seen.error, seen.value), level);
        causes.computeIfAbsent(cause, _ -> new LinkedHashSet<>()).add(spot(seen));
      }
    }
    List<Finding> findings = new ArrayList<>();
    causes.forEach(
        (cause, spots) ->
            findings.add(
                new Finding(
                    "spectral:" + rule.name(),
                    cause.level.severity(),
                    Threat.API9_INVENTORY,
                    Finding.NO_WEAKNESS,
                    cause.message,
                    cause.message,
                    List.copyOf(spots),
                    List.of(new Remedy.Words(Wording.todo(rule, cause.message))))));
    return findings;
  }

  private boolean below(List<String> tokens, Place place) {
    if (!place.origin().address().equals(document.place().origin().address())) {
      return false;
    }
    StringBuilder top = new StringBuilder();
    for (String each : tokens) {
      top.append('/').append(each.replace("~", "~0").replace("/", "~1"));
    }
    String pointer = place.pointer();
    return pointer.equals(top.toString()) || pointer.startsWith(top + "/");
  }

  private List<Seen> seen(SpectralRule rule) {
    Budget budget = new Budget();
    UnaryOperator<Node> follow = rule.resolved() ? following : each -> each;
    Evaluation evaluation = new Evaluation(document, follow, budget);
    Sight sight = new Sight(document, follow, budget);
    Map<Object, Seen> all = new LinkedHashMap<>();
    for (JsonPath path : rule.given()) {
      for (Match match : evaluation.matches(path)) {
        for (Then then : rule.then()) {
          for (Target target : targets(then.field(), match, evaluation)) {
            for (Fault fault : then.function().judge(target.value, sight)) {
              budget.step();
              Seen seen = seen(match, target, fault, evaluation);
              all.putIfAbsent(List.of(seen.place, seen.error, last(seen.path)), seen);
              if (all.size() > MOST_FAULTS) {
                throw new Budget.Spent("finds more than " + MOST_FAULTS + " faults");
              }
            }
          }
        }
      }
    }
    return List.copyOf(all.values());
  }

  private static String last(List<String> path) {
    return path.isEmpty() ? "" : path.getLast();
  }

  /// What a function judges: a part of a match.
  ///
  /// @param below from the match on
  private record Target(
      @Nullable Node value, List<String> below, @Nullable Match found, boolean key) {}

  private List<Target> targets(Then.Field field, Match match, Evaluation evaluation) {
    boolean holds = match.value() instanceof Node.Obj || match.value() instanceof Node.Arr;
    if (!holds) {
      return List.of(new Target(match.value(), List.of(), null, false));
    }
    return switch (field) {
      case Then.Field.Itself _ -> List.of(new Target(match.value(), List.of(), null, false));
      case Then.Field.Keys _ -> {
        List<Target> keys = new ArrayList<>();
        if (match.value() instanceof Node.Obj object) {
          object
              .members()
              .keySet()
              .forEach(each -> keys.add(new Target(Json.of(each), List.of(each), null, true)));
        }
        yield keys;
      }
      case Then.Field.Below(List<String> names) -> {
        Node at = match.value();
        for (String name : names) {
          at = at == null ? null : evaluation.member(at, name);
        }
        yield List.of(new Target(at, names, null, false));
      }
      case Then.Field.Found(JsonPath path) -> {
        Match top = Match.whole(match.value());
        List<Target> found = new ArrayList<>();
        for (Match each : evaluation.matches(path, top)) {
          found.add(new Target(each.value(), each.path(), each, false));
        }
        yield found.isEmpty() ? List.of(new Target(null, List.of(), null, false)) : found;
      }
    };
  }

  /// Where a fault is to be mended: at the deepest that is there of the way to it.
  private static Seen seen(Match match, Target target, Fault fault, Evaluation evaluation) {
    List<String> path = new ArrayList<>(match.path());
    path.addAll(target.below);
    path.addAll(fault.below());
    Place place = match.place();
    Match found = target.found;
    if (target.key && match.value() instanceof Node.Obj object) {
      Node.Member member = object.members().get(target.below.getFirst());
      place = member == null ? place : member.namePlace();
    } else if (found != null && found.named()) {
      place = found.place();
    } else if (!match.named()) {
      List<String> rest = new ArrayList<>(target.below);
      rest.addAll(fault.below());
      place = deepest(match.value(), rest, place, evaluation);
    }
    return new Seen(match, place, path, fault.error(), target.value);
  }

  private static Place deepest(Node from, List<String> names, Place place, Evaluation evaluation) {
    Node at = from;
    Place deepest = place;
    for (String name : names) {
      Node next = evaluation.member(at, name);
      if (next == null) {
        return deepest;
      }
      at = next;
      deepest = next.place();
    }
    return deepest;
  }

  private Spot spot(Seen seen) {
    List<String> path = seen.path;
    String operation =
        path.size() > 2 && path.getFirst().equals("paths")
            ? operations.get(path.get(2).toUpperCase(java.util.Locale.ROOT) + " " + path.get(1))
            : null;
    String pointer = seen.place.pointer();
    Subject subject =
        operation != null && pointer.startsWith("/paths/")
            ? Subject.operation(operation)
            : new Subject(Subject.Kind.CONTRACT, pointer.isEmpty() ? "" : "#" + pointer);
    return new Spot(subject, seen.place, operation == null ? List.of() : List.of(operation));
  }
}
