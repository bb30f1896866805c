package dev.gatewarden.platform.auditing;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Spot;
import dev.gatewarden.core.finding.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was found before, so that only what is new is told: findings by their id, each with the
/// things it was found at, and for each of these how bad it was and at which operations.
///
/// A finding that shows at a new thing or operation is new there alone; one that is worse than it
/// was is new.
public record Baseline(Map<String, Map<String, Known>> known) {

  /// What was agreed to at one thing.
  ///
  /// @param operations the names of the operations that had it
  public record Known(Severity severity, Set<String> operations) {
    public Known {
      operations = Collections.unmodifiableSet(new LinkedHashSet<>(operations));
    }

    private Known and(Known other) {
      Set<String> all = new LinkedHashSet<>(operations);
      all.addAll(other.operations);
      return new Known(severity.compareTo(other.severity) >= 0 ? severity : other.severity, all);
    }
  }

  public Baseline {
    known = Collections.unmodifiableMap(new LinkedHashMap<>(known));
  }

  /// What is to be remembered of an audit.
  public static Baseline of(List<Ranked> findings) {
    Map<String, Map<String, Known>> known = new LinkedHashMap<>();
    for (Ranked ranked : findings) {
      Map<String, Known> places =
          known.computeIfAbsent(ranked.finding().id(), _ -> new LinkedHashMap<>());
      Severity severity = ranked.finding().severity();
      for (Spot spot : ranked.finding().spots()) {
        Known here = new Known(severity, new LinkedHashSet<>(spot.operations()));
        places.merge(key(spot), here, Known::and);
      }
    }
    return new Baseline(known);
  }

  private static String key(Spot spot) {
    return spot.subject().kind().word() + " " + spot.subject().name();
  }

  /// Reads `{"findings": {"<id>": {"<place>": {"severity": "<word>", "operations": […]}, …}}}`.
  ///
  /// @throws ProblemsException when it is none
  public static Baseline read(Node node) {
    Node.Obj findings = Tree.object(Tree.object(node), "findings");
    if (findings == null) {
      throw refused(node, "this is no baseline", "write one with `--write-baseline`");
    }
    Map<String, Map<String, Known>> known = new LinkedHashMap<>();
    for (Node.Member member : findings.entries()) {
      if (!(member.value() instanceof Node.Obj places)) {
        throw refused(
            member.value(),
            "the baseline does not say how bad `" + member.name() + "` was, and at what operations",
            "look at what it hides, and write it anew with `--write-baseline`");
      }
      Map<String, Known> each = new LinkedHashMap<>();
      places.entries().forEach(place -> each.put(place.name(), known(place.value())));
      known.put(member.name(), each);
    }
    return new Baseline(known);
  }

  private static Known known(Node node) {
    Node.Obj said = Tree.object(node);
    String word = said == null ? null : Tree.text(said, "severity");
    for (Severity severity : Severity.values()) {
      if (said != null && severity.word().equals(word)) {
        return new Known(severity, new LinkedHashSet<>(Tree.texts(said.get("operations"))));
      }
    }
    throw refused(
        node, "`severity` is not said", "it is one of `low`, `medium`, `high` and `critical`");
  }

  private static ProblemsException refused(Node node, String what, String hint) {
    return new ProblemsException(List.of(new Problem(node.place(), what, hint)));
  }

  /// What of the findings is new.
  public List<Ranked> fresh(List<Ranked> findings) {
    List<Ranked> fresh = new ArrayList<>();
    for (Ranked ranked : findings) {
      Ranked left = fresh(ranked);
      if (left != null) {
        fresh.add(left);
      }
    }
    return fresh;
  }

  private @Nullable Ranked fresh(Ranked ranked) {
    Map<String, Known> places = known.get(ranked.finding().id());
    if (places == null) {
      return ranked;
    }
    List<Spot> spots = new ArrayList<>();
    for (Spot spot : ranked.finding().spots()) {
      Spot left = fresh(spot, ranked.finding().severity(), places.get(key(spot)));
      if (left != null) {
        spots.add(left);
      }
    }
    return spots.isEmpty() ? null : new Ranked(ranked.finding().at(spots), ranked.risk());
  }

  private static @Nullable Spot fresh(Spot spot, Severity severity, @Nullable Known before) {
    if (before == null || severity.compareTo(before.severity) > 0) {
      return spot;
    }
    List<String> others =
        spot.operations().stream().filter(each -> !before.operations.contains(each)).toList();
    return others.isEmpty() ? null : new Spot(spot.subject(), spot.place(), others);
  }

  /// As it is read, for whoever writes it down.
  public Map<String, Object> written() {
    Map<String, Object> findings = new LinkedHashMap<>();
    known.forEach(
        (id, places) -> {
          Map<String, Object> all = new LinkedHashMap<>();
          places.forEach(
              (place, each) -> {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("severity", each.severity.word());
                one.put("operations", List.copyOf(each.operations));
                all.put(place, one);
              });
          findings.put(id, all);
        });
    return Map.of("findings", findings);
  }
}
