package dev.gatewarden.app.command.probe;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.platform.probing.Attempt;
import dev.gatewarden.platform.probing.Found;
import dev.gatewarden.platform.probing.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A run, as its reports tell it: findings with their evidence, the worst first.
public record Told(Contract contract, Report report, List<Item> findings) {

  /// A finding, how sure it is, and the requests that show it.
  public record Item(Finding finding, String title, Confidence confidence, List<Attempt> attempts) {
    public Item {
      attempts = List.copyOf(attempts);
    }
  }

  public Told {
    findings = List.copyOf(findings);
  }

  /// @param guessed whether whose the objects are was found out rather than said
  public static Told of(Contract contract, Report report, boolean guessed) {
    List<Item> items = new ArrayList<>();
    for (Found found : report.found()) {
      List<Attempt> attempts = new ArrayList<>();
      for (int number : found.fault().attempts()) {
        if (number > 0 && number <= report.attempts().size()) {
          attempts.add(report.attempts().get(number - 1));
        }
      }
      items.add(
          new Item(
              found.finding(contract),
              found.attack().title(),
              guessed && found.attack().threat() == Threat.API1_OBJECT_AUTHORIZATION
                  ? Confidence.LIKELY
                  : found.fault().confidence(),
              attempts));
    }
    items.sort(
        Comparator.comparing((Item each) -> each.finding().severity())
            .reversed()
            .thenComparing(each -> each.finding().control())
            .thenComparing(each -> each.finding().cause()));
    return new Told(contract, report, items);
  }
}
