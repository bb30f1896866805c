package dev.gatewarden.app.command.policy;

import dev.gatewarden.core.policy.model.ApiModel;
import dev.gatewarden.core.policy.model.Assumption;
import dev.gatewarden.core.policy.model.Finding;
import dev.gatewarden.core.policy.model.OperationModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What came of a proof.
///
/// @param findings without those that were agreed to, the weightiest first
/// @param accepted how many were agreed to
/// @param assumed what decides outside the model
public record Outcome(
    Models models, List<Finding> findings, int accepted, List<Assumption> assumed, Set<Bar> bars) {
  public Outcome {
    findings = findings.stream().sorted(Comparator.comparing(Finding::kind)).toList();
    assumed = List.copyOf(assumed);
  }

  /// Everything that is believed of the operations of a configuration.
  public static List<Assumption> assumed(Models models) {
    List<Assumption> all = new ArrayList<>();
    for (ApiModel api : models.byApi().values()) {
      all.addAll(api.further());
      for (OperationModel model : api.operations()) {
        all.addAll(api.assumed(model));
      }
    }
    return all;
  }

  /// Whether a finding makes the proof fail.
  public boolean stops(Finding finding) {
    return bars.stream().anyMatch(each -> each.stops(finding));
  }

  /// Whether anything does.
  public boolean failed() {
    return findings.stream().anyMatch(this::stops)
        || (!assumed.isEmpty() && (bars.contains(Bar.ASSUMED) || bars.contains(Bar.ANY)));
  }

  /// How many cells of the relation were computed.
  public long cells() {
    return models.byApi().values().stream()
        .flatMap(each -> each.operations().stream())
        .mapToLong(ApiModel::cells)
        .sum();
  }
}
