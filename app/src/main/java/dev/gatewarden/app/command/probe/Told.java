package dev.gatewarden.app.command.probe;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.platform.probing.Attempt;
import dev.gatewarden.platform.probing.Found;
import dev.gatewarden.platform.probing.Prober;
import dev.gatewarden.platform.probing.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A run, as its reports tell it: findings with their evidence, the worst first.
///
/// @param known how many findings are left out because they were known before
/// @param suppressed how many are left out because somebody answers for them
public record Told(
    Contract contract, Report report, List<Item> findings, int known, int suppressed) {

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
              found.finding(contract, guessed),
              found.title(),
              guessed && restsOnBindings(found) ? Confidence.LIKELY : found.fault().confidence(),
              attempts));
    }
    items.sort(
        Comparator.comparing((Item each) -> each.finding().severity())
            .reversed()
            .thenComparing(each -> each.finding().control())
            .thenComparing(each -> each.finding().cause()));
    return new Told(contract, report, items, 0, 0);
  }

  /// Accounts that were made for it are somebody's whatever anybody says.
  private static boolean restsOnBindings(Found found) {
    return found.attack().threat() == Threat.API1_OBJECT_AUTHORIZATION
        && !found.attack().id().equals("foreign-account");
  }

  /// The same run, telling some of its findings.
  ///
  /// @param fresh their ids
  public Told showing(Set<String> fresh, int alreadyKnown, int answeredFor) {
    List<Item> some =
        findings.stream().filter(each -> fresh.contains(each.finding().id())).toList();
    return new Told(contract, report, some, alreadyKnown, answeredFor);
  }

  /// How many findings of each severity there are, the worst first: `2 high, 1 low`; or the empty
  /// text.
  String counts() {
    Map<Severity, Integer> counts = new TreeMap<>(Comparator.reverseOrder());
    findings.forEach(each -> counts.merge(each.finding().severity(), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    counts.forEach((severity, count) -> words.add(count + " " + severity.word()));
    return String.join(", ", words);
  }

  /// How many probes were not run, because no request was left for them.
  long unrun() {
    return report.untested().stream()
        .filter(each -> each.why().endsWith(Prober.UNRUN))
        .mapToLong(each -> each.probes().size())
        .sum();
  }

  /// What was done, in one line.
  String effort() {
    int withstood = report.withstood().values().stream().mapToInt(List::size).sum();
    return withstood
        + (withstood == 1 ? " attack" : " attacks")
        + " withstood; "
        + report.attempts().size()
        + " requests, "
        + report.objects()
        + " objects known"
        + (unrun() == 0
            ? ""
            : "; " + unrun() + (unrun() == 1 ? " probe was" : " probes were") + " not run")
        + (known == 0 ? "" : "; " + known + " in the baseline")
        + (suppressed == 0 ? "" : "; " + suppressed + " suppressed");
  }

  /// What could not be tested: the operations, by why it could not be and by which probes.
  Map<String, Set<String>> gaps() {
    Map<String, Set<String>> gaps = new LinkedHashMap<>();
    for (Report.Untested each : report.untested()) {
      String probes = String.join(", ", each.probes().stream().filter(p -> !p.isEmpty()).toList());
      gaps.computeIfAbsent(
              each.why() + (probes.isEmpty() ? "" : " (" + probes + ")"), _ -> new TreeSet<>())
          .add(each.operation().isEmpty() ? "all" : each.operation());
    }
    return gaps;
  }
}
