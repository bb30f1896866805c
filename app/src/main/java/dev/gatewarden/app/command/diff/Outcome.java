package dev.gatewarden.app.command.diff;

import dev.gatewarden.core.change.Change;
import dev.gatewarden.core.change.Kind;
import dev.gatewarden.core.contract.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What came of a comparison.
///
/// @param changes those that nobody agreed to
/// @param accepted how many somebody did
/// @param bars any of them stops
public record Outcome(
    Contract old, Contract now, List<Change> changes, int accepted, Set<Bar> bars) {

  public Outcome {
    changes = List.copyOf(changes);
    bars = Set.copyOf(bars);
  }

  /// Whether a change reaches the bar.
  public boolean stops(Change change) {
    return bars.stream().anyMatch(bar -> bar.stops(change));
  }

  /// Whether any change does.
  public boolean failed() {
    return changes.stream().anyMatch(this::stops);
  }

  /// The classes of a kind, as users name them.
  static List<String> classes(Kind kind) {
    List<String> classes = new ArrayList<>();
    if (kind.policy()) {
      classes.add("policy");
    }
    if (kind.breaking()) {
      classes.add("breaking");
    }
    if (kind.security()) {
      classes.add("security");
    }
    if (classes.isEmpty()) {
      classes.add("non-breaking");
    }
    return classes;
  }
}
