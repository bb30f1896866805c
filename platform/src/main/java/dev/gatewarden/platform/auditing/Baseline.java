package dev.gatewarden.platform.auditing;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
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
/// things and operations it was found at.
///
/// A finding that shows at a new place is new there alone.
public record Baseline(Map<String, Set<String>> known) {
  public Baseline {
    known = Collections.unmodifiableMap(new LinkedHashMap<>(known));
  }

  /// What is to be remembered of an audit.
  public static Baseline of(List<Ranked> findings) {
    Map<String, Set<String>> known = new LinkedHashMap<>();
    for (Ranked ranked : findings) {
      Set<String> places = known.computeIfAbsent(ranked.finding().id(), _ -> new LinkedHashSet<>());
      ranked.finding().spots().forEach(spot -> places.add(key(spot)));
    }
    return new Baseline(known);
  }

  private static String key(Spot spot) {
    return spot.subject().kind().word() + " " + spot.subject().name();
  }

  /// Reads `{"findings": {"<id>": ["<place>", …]}}`.
  ///
  /// @throws ProblemsException when it is none
  public static Baseline read(Node node) {
    Node.Obj findings = Tree.object(Tree.object(node), "findings");
    if (findings == null) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  node.place(), "this is no baseline", "write one with `--write-baseline`")));
    }
    Map<String, Set<String>> known = new LinkedHashMap<>();
    for (Node.Member member : findings.entries()) {
      known.put(member.name(), new LinkedHashSet<>(Tree.texts(member.value())));
    }
    return new Baseline(known);
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
    Set<String> places = known.get(ranked.finding().id());
    if (places == null) {
      return ranked;
    }
    List<Spot> spots =
        ranked.finding().spots().stream().filter(spot -> !places.contains(key(spot))).toList();
    return spots.isEmpty() ? null : new Ranked(ranked.finding().at(spots), ranked.risk());
  }
}
