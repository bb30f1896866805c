package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.command.probe.Told.Item;
import dev.gatewarden.app.text.Xml;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.platform.probing.Prober;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A run as JUnit XML: a suite a probe, and in it a test for each operation that it attacked.
///
/// A test fails where something at the bar was found; what was found below it stands in its output.
/// What a probe could not try is skipped, and says why.
public final class JunitReport {
  private static final String WHOLE = "the API";

  private final Told told;
  private final Severity bar;
  private final StringBuilder suites = new StringBuilder();
  private int tests;
  private int failures;
  private int skipped;

  private JunitReport(Told told, Severity bar) {
    this.told = told;
    this.bar = bar;
  }

  /// The document.
  ///
  /// @param probes those that were run
  /// @param bar what fails a test, and what is worse
  public static String of(Told told, List<Probe> probes, Severity bar) {
    JunitReport report = new JunitReport(told, bar);
    probes.forEach(each -> report.suite(Prober.attack(each)));
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "
        + counts(report.tests, report.failures, report.skipped)
        + ">\n"
        + report.suites
        + "</testsuites>\n";
  }

  private static String counts(int tests, int failures, int skipped) {
    return "tests=\"" + tests + "\" failures=\"" + failures + "\" skipped=\"" + skipped + "\"";
  }

  private void suite(Attack attack) {
    Map<String, List<Item>> found = new TreeMap<>();
    for (Item each : told.findings()) {
      if (each.finding().control().equals(attack.id())) {
        found.computeIfAbsent(where(each.finding()), _ -> new ArrayList<>()).add(each);
      }
    }
    Set<String> tried =
        new TreeSet<>(told.report().withstood().getOrDefault(attack.id(), List.of()));
    if (tried.remove("")) {
      tried.add(WHOLE);
    }
    tried.removeAll(found.keySet());
    Map<String, String> gaps = gaps(attack.id());
    gaps.keySet().removeAll(found.keySet());
    gaps.keySet().removeAll(tried);
    StringBuilder cases = new StringBuilder();
    int failed = 0;
    for (Map.Entry<String, List<Item>> each : found.entrySet()) {
      failed += test(attack.id(), each.getKey(), each.getValue(), cases) ? 1 : 0;
    }
    tried.forEach(each -> cases.append(opened(attack.id(), each)).append("/>\n"));
    gaps.forEach(
        (operation, why) ->
            cases
                .append(opened(attack.id(), operation))
                .append("><skipped message=\"")
                .append(Xml.escaped(why))
                .append("\"/></testcase>\n"));
    int all = found.size() + tried.size() + gaps.size();
    if (all > 0) {
      suites
          .append("<testsuite name=\"")
          .append(Xml.escaped(attack.id()))
          .append("\" ")
          .append(counts(all, failed, gaps.size()))
          .append(">\n")
          .append(cases)
          .append("</testsuite>\n");
    }
    tests += all;
    failures += failed;
    skipped += gaps.size();
  }

  private Map<String, String> gaps(String probe) {
    Map<String, String> gaps = new TreeMap<>();
    told.report().untested().stream()
        .filter(each -> each.probes().contains(probe))
        .forEach(
            each ->
                gaps.putIfAbsent(
                    each.operation().isEmpty() ? WHOLE : each.operation(), each.why()));
    return gaps;
  }

  private boolean test(String probe, String operation, List<Item> found, StringBuilder to) {
    boolean fails = found.stream().anyMatch(each -> each.finding().severity().compareTo(bar) >= 0);
    StringBuilder said = new StringBuilder();
    found.forEach(each -> said(each, said));
    to.append(opened(probe, operation)).append('>');
    if (fails) {
      to.append("<failure message=\"")
          .append(Xml.escaped(found.getFirst().finding().message()))
          .append("\">")
          .append(Xml.escaped(said.toString()))
          .append("</failure>");
    } else {
      to.append("<system-out>").append(Xml.escaped(said.toString())).append("</system-out>");
    }
    to.append("</testcase>\n");
    return fails;
  }

  private static void said(Item item, StringBuilder to) {
    Finding finding = item.finding();
    to.append(finding.severity().word()).append(": ").append(finding.message()).append('\n');
    item.attempts()
        .forEach(each -> to.append(each.status()).append(' ').append(each.curl()).append('\n'));
    finding.remedies().forEach(each -> to.append(each.words()).append('\n'));
    to.append(finding.id()).append('\n');
  }

  private static String where(Finding finding) {
    return finding.operations().isEmpty() ? WHOLE : finding.operations().getFirst();
  }

  private static String opened(String probe, String operation) {
    return "<testcase classname=\"gatewarden.probe."
        + Xml.escaped(probe)
        + "\" name=\""
        + Xml.escaped(operation)
        + "\"";
  }
}
