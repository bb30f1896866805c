package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.contracts.Tenants;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.policy.Isolation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden policy tenants`.
@Command(
    name = "gatewarden policy tenants",
    description = {
      "Tells of each operation how its tenant is known and how it is checked.",
      "An operation without an answer does not load, unless an exception to `tenant-match` names"
          + " it."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden policy tenants",
      "  gatewarden policy tenants shop --format json",
      "",
      "Exit code: 0 every operation is checked, 1 one is excused, 2 it could not tell."
    })
final class PolicyTenantsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Parameters(
      arity = "0..1",
      paramLabel = "<api>",
      description = "Only this API; all where it is not said.")
  private @Nullable String only;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  PolicyTenantsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Refusal {
    Reading reading = configuration.read(terminal);
    Contracts contracts = Contracts.read(reading, ConfigurationFile.today());
    if (only != null && !contracts.byApi().containsKey(only)) {
      String advice = Nearest.advice(only, contracts.byApi().keySet());
      throw new Refusal("`" + only + "` is no API" + (advice.isEmpty() ? "" : "; " + advice));
    }
    boolean excused = false;
    List<Map<String, Object>> all = new ArrayList<>();
    for (var each : contracts.byApi().entrySet()) {
      if (only == null || only.equals(each.getKey())) {
        Api api =
            java.util.Objects.requireNonNull(reading.configuration().apis().get(each.getKey()));
        Tenants tenants =
            new Tenants(reading, each.getKey(), api, each.getValue(), ConfigurationFile.today());
        if (format == Format.TEXT) {
          heading(each.getKey(), api);
        }
        for (Isolation.Row row : tenants.rows()) {
          ExceptionEntry excuse = tenants.excuse(row.operation());
          excused |= excuse != null;
          switch (format) {
            case JSON -> all.add(json(row, excuse));
            case TEXT -> text(row, excuse);
          }
        }
      }
    }
    if (format == Format.JSON) {
      terminal.out().print(Json.text(all));
    }
    return excused ? Commands.FINDINGS : Commands.CLEAN;
  }

  private void heading(String name, Api api) {
    terminal
        .out()
        .println(
            terminal.strong(name) + ", tenancy " + api.tenancy().name().toLowerCase(Locale.ROOT));
    terminal.out().println(terminal.faint("  " + line("operation", "known by", "checked by")));
  }

  private void text(Isolation.Row row, @Nullable ExceptionEntry excuse) {
    String line = "  " + line(row.operation().id().name(), row.known(), checked(row));
    terminal.out().println(excuse == null ? line : terminal.bad(line + ", " + told(excuse)));
  }

  private static String checked(Isolation.Row row) {
    return row.checks().isEmpty() ? "nothing" : String.join("; ", row.checks());
  }

  private static String told(ExceptionEntry excuse) {
    return "excused until "
        + excuse.until()
        + " by "
        + excuse.owner()
        + " (`"
        + excuse.guard()
        + "`: "
        + excuse.because()
        + ")";
  }

  private static String line(String operation, String known, String checked) {
    return wide(operation, 24) + wide(known, 34) + checked;
  }

  private static String wide(String text, int width) {
    return text.length() >= width ? text + "  " : text + " ".repeat(width - text.length());
  }

  private static Map<String, Object> json(Isolation.Row row, @Nullable ExceptionEntry excuse) {
    Operation operation = row.operation();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("operation", operation.id().toString());
    all.put("method", operation.method());
    all.put("path", operation.path().toString());
    all.put("known", row.known());
    all.put("checked", row.checks());
    if (excuse != null) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("guard", excuse.guard());
      told.put("because", excuse.because());
      told.put("owner", excuse.owner());
      told.put("until", excuse.until().toString());
      all.put("excused", told);
    }
    return all;
  }
}
