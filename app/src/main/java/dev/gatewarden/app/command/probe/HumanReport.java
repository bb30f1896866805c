package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.app.command.probe.Told.Item;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.platform.probing.Attempt;
import dev.gatewarden.platform.probing.Dependencies;
import dev.gatewarden.platform.probing.Oracle;
import dev.gatewarden.platform.probing.Prober;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A run for people: what was found, the requests to see it by, and what was not tested.
public final class HumanReport {
  private HumanReport() {}

  public static String of(Told told, Terminal terminal) {
    StringBuilder text = new StringBuilder();
    for (Item item : told.findings()) {
      finding(item, terminal, text);
    }
    untested(told, terminal, text);
    if (!told.report().left().isEmpty()) {
      text.append(terminal.strong("left behind")).append('\n');
      told.report().left().forEach(each -> text.append("  ").append(each).append('\n'));
      text.append('\n');
    }
    summary(told, terminal, text);
    return text.toString();
  }

  private static void finding(Item item, Terminal terminal, StringBuilder text) {
    Finding finding = item.finding();
    String severity = finding.severity().word();
    text.append(
            finding.severity().compareTo(Severity.HIGH) >= 0
                ? terminal.bad(severity)
                : terminal.strong(severity))
        .append("  ")
        .append(terminal.strong(where(finding)))
        .append("  ")
        .append(item.title())
        .append('\n');
    text.append("  ").append(finding.message());
    text.append(item.confidence() == Confidence.LIKELY ? " (likely)\n" : "\n");
    for (Attempt attempt : item.attempts()) {
      text.append("    ")
          .append(attempt.status() == 0 ? "---" : attempt.status())
          .append("  ")
          .append(attempt.curl())
          .append('\n');
    }
    text.append("  ")
        .append(
            terminal.faint(
                finding.threat().label() + ", CWE-" + finding.cwe() + ", " + finding.id()))
        .append('\n');
    for (Remedy each : finding.remedies()) {
      text.append("  ").append(each.words()).append('\n');
      Cure.lines(each).forEach(line -> text.append("    ").append(line).append('\n'));
    }
    text.append('\n');
  }

  private static String where(Finding finding) {
    return finding.first().subject().toString();
  }

  private static void untested(Told told, Terminal terminal, StringBuilder text) {
    if (told.report().untested().isEmpty()) {
      return;
    }
    text.append(terminal.strong("not tested")).append('\n');
    told.gaps()
        .forEach(
            (why, operations) ->
                text.append("  ")
                    .append(String.join(", ", operations))
                    .append(": ")
                    .append(why)
                    .append('\n'));
    text.append('\n');
  }

  /// Each finding in a line, where there are many, and what was done.
  private static void summary(Told told, Terminal terminal, StringBuilder text) {
    if (told.findings().size() > 3) {
      text.append(terminal.strong("in short")).append('\n');
      Map<String, List<String>> alike = new LinkedHashMap<>();
      for (Item each : told.findings()) {
        String line =
            each.finding().severity().word() + "  " + where(each.finding()) + ": " + each.title();
        alike.computeIfAbsent(line, _ -> new ArrayList<>()).add(each.finding().id());
      }
      alike.forEach(
          (line, ids) ->
              text.append("  ")
                  .append(line)
                  .append("  ")
                  .append(terminal.faint(ids.size() == 1 ? ids.getFirst() : ids.size() + " times"))
                  .append('\n'));
      text.append('\n');
    }
    String counts = told.counts();
    boolean old = told.known() + told.suppressed() > 0;
    text.append(
            counts.isEmpty()
                ? quiet(told, old ? "nothing new was found" : "nothing was found", terminal)
                : terminal.strong(counts))
        .append("; ")
        .append(told.effort())
        .append('\n');
  }

  private static String quiet(Told told, String text, Terminal terminal) {
    return told.unrun() == 0 ? terminal.good(text) : terminal.strong(text);
  }

  /// What would be tried.
  public static String plan(
      Contract contract,
      List<Operation> operations,
      List<Oracle.Expected> expected,
      List<Probe> probes,
      Terminal terminal) {
    StringBuilder text = new StringBuilder();
    text.append(terminal.strong("probes")).append('\n');
    for (Probe probe : probes) {
      Attack attack = Prober.attack(probe);
      text.append("  ").append(attack.id()).append(": ").append(attack.title()).append('\n');
    }
    text.append(terminal.strong("objects")).append('\n');
    for (String type : contract.types().keySet()) {
      Map<String, StringBuilder> roles = new LinkedHashMap<>();
      for (Operation operation : contract.operations()) {
        for (ObjectBinding binding : operation.objects().list()) {
          if (binding.type().name().equals(type)) {
            StringBuilder names =
                roles.computeIfAbsent(role(binding.does()), _ -> new StringBuilder());
            names.append(names.isEmpty() ? "" : ", ").append(operation.id().name());
          }
        }
      }
      text.append("  ").append(type);
      String parents = String.join(", ", contract.types().get(type).parents().keySet());
      text.append(parents.isEmpty() ? "" : " (below " + parents + ")").append('\n');
      roles.forEach(
          (role, names) ->
              text.append("    ").append(role).append(": ").append(names).append('\n'));
    }
    text.append(PlanReport.human(Dependencies.of(contract, operations), terminal));
    text.append(terminal.strong("operations")).append('\n');
    operations.forEach(
        each ->
            text.append("  ")
                .append(each.method())
                .append(' ')
                .append(each.path().text())
                .append("  ")
                .append(each.id().name())
                .append(each.objects().list().isEmpty() ? " (no object)" : "")
                .append('\n'));
    text.append(terminal.strong("expected")).append('\n');
    for (Oracle.Expected each : expected) {
      text.append("  ")
          .append(each.operation().id().name())
          .append("  ")
          .append(each.identity())
          .append("  ")
          .append(each.whose().word())
          .append("  ")
          .append(each.answer())
          .append('\n');
    }
    return text.toString();
  }

  private static String role(ObjectBinding.Does does) {
    return switch (does) {
      case CREATE -> "made by";
      case LIST -> "found by";
      case READ, AGGREGATE -> "read by";
      case UPDATE, ACT -> "changed by";
      case DELETE -> "deleted by";
    };
  }
}
