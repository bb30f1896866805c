package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Setting;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.serving.Gatewarden;
import dev.gatewarden.app.serving.Options;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.controls.guards.login.LoginLimitGuard;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Unbounded;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.login.LoginRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden check-config`.
@Command(
    name = "gatewarden check-config",
    description =
        "Says everything that is wrong with a configuration and with the contracts it names.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden check-config",
      "  gatewarden check-config -c staging/gatewarden.yaml --effective",
      "  gatewarden check-config --format json",
      "",
      "Exit code: 0 sound, 1 problems were found, 2 it could not run."
    })
final class CheckConfigCommand implements Callable<Integer> {
  private static final int MOST_WARNINGS = 10;

  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(
      names = "--effective",
      description = "Prints each value in force with its origin: a place, or `default`.")
  private boolean effective;

  @Option(
      names = "--verbose",
      description = "Names each text and each list of requests that has no bound of its own.")
  private boolean verbose;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  CheckConfigCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      Reading reading = configuration.read(terminal);
      Contracts contracts = Contracts.read(reading, ConfigurationFile.today());
      Options options = Options.plain().in(terminal.environment());
      List<String> absent = Gatewarden.rehearse(reading, contracts, options);
      List<Problem> warnings = new ArrayList<>(reading.warnings());
      warnings.addAll(contracts.warnings());
      warnings.addAll(Gatewarden.warnings(reading, contracts, options));
      switch (format) {
        case JSON ->
            terminal.out().print(Json.text(json(List.of(), warnings, reading, contracts.byApi())));
        case TEXT -> {
          sound(reading, contracts, warnings);
          absent.forEach(
              secret -> terminal.err().println("not here, and needed to run: " + secret));
        }
      }
      return Commands.CLEAN;
    } catch (ProblemsException wrong) {
      switch (format) {
        case JSON ->
            terminal.out().print(Json.text(json(wrong.problems(), List.of(), null, Map.of())));
        case TEXT -> {
          terminal.out().print(Problems.text(wrong.problems(), terminal));
          terminal.out().println(terminal.bad(Problems.count(wrong.problems().size(), "problem")));
        }
      }
      return Commands.FINDINGS;
    }
  }

  private void sound(Reading reading, Contracts contracts, List<Problem> warnings) {
    if (effective) {
      int width = 0;
      for (Setting setting : reading.settings()) {
        width = Math.max(width, setting.path().length() + setting.value().length() + 2);
      }
      for (Setting setting : reading.settings()) {
        String value = setting.path() + ": " + setting.value();
        String gap = " ".repeat(width - value.length() + 2);
        terminal.out().println(value + gap + terminal.faint(setting.origin()));
      }
      terminal.out().println();
    }
    for (Contract contract : contracts.byApi().values()) {
      terminal.out().println(contract);
      if (effective) {
        logins(reading.configuration(), contract)
            .forEach((name, is) -> terminal.out().println("  " + name + ": " + is));
      }
      unbounded(Unbounded.in(contract));
    }
    if (!warnings.isEmpty()) {
      int shown = Math.min(warnings.size(), MOST_WARNINGS);
      terminal.err().print(Problems.text(warnings.subList(0, shown), terminal));
      String rest = warnings.size() > shown ? "; `--format json` names all" : "";
      terminal.err().println(Problems.count(warnings.size(), "warning") + rest);
    }
    terminal.out().println(terminal.good("`" + reading.file() + "` is sound"));
  }

  /// The operations by which callers prove themselves to the service, whose account they try, and
  /// how often that may be tried: what `login-limit` bounds.
  private static Map<String, String> logins(Configuration configuration, Contract contract) {
    Map<String, String> logins = new LinkedHashMap<>();
    for (Operation operation : contract.operations()) {
      LoginRoute route = LoginRoute.of(contract, operation);
      if (route != null) {
        Record tuned =
            configuration.tuned(LoginLimitGuard.ENTRY.id(), contract.api(), operation.id().name());
        LoginLimitGuard.Config config =
            tuned instanceof LoginLimitGuard.Config said ? said : LoginLimitGuard.ENTRY.defaults();
        logins.put(
            operation.id().name(), route.text() + ": " + LoginLimitGuard.told(route, config));
      }
    }
    return logins;
  }

  /// What only the usual bound holds for; a hint, since it does hold.
  private void unbounded(Unbounded unbounded) {
    int texts = unbounded.texts().size();
    int lists = unbounded.lists().size();
    if (texts + lists == 0) {
      return;
    }
    terminal
        .out()
        .println(
            terminal.faint(
                "  in requests "
                    + Problems.count(texts, "text")
                    + " without `maxLength` and "
                    + Problems.count(lists, "list")
                    + " without `maxItems` get the usual bound"
                    + (verbose ? "" : "; `--verbose` names them")));
    if (verbose) {
      terminal.out().print(Problems.text(unbounded.texts(), terminal));
      terminal.out().print(Problems.text(unbounded.lists(), terminal));
    }
  }

  private Object hints(Unbounded unbounded) {
    Map<String, Object> hints = new LinkedHashMap<>();
    hints.put("texts", unbounded.texts().size());
    hints.put("lists", unbounded.lists().size());
    if (verbose) {
      hints.put("textsWithoutMaxLength", Problems.json(unbounded.texts()));
      hints.put("listsWithoutMaxItems", Problems.json(unbounded.lists()));
    }
    return hints;
  }

  private Map<String, Object> json(
      List<Problem> problems,
      List<Problem> warnings,
      @Nullable Reading reading,
      Map<String, Contract> contracts) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("sound", problems.isEmpty());
    result.put("problems", Problems.json(problems));
    result.put("warnings", Problems.json(warnings));
    Map<String, Object> hints = new LinkedHashMap<>();
    contracts.forEach((api, contract) -> hints.put(api, hints(Unbounded.in(contract))));
    if (!hints.isEmpty()) {
      result.put("unbounded", hints);
    }
    if (effective && reading != null) {
      List<Object> values = new ArrayList<>();
      for (Setting setting : reading.settings()) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("path", setting.path());
        value.put("value", setting.value());
        value.put("origin", setting.origin());
        values.add(value);
      }
      result.put("effective", values);
      Map<String, Object> logins = new LinkedHashMap<>();
      contracts.forEach(
          (api, contract) -> logins.put(api, logins(reading.configuration(), contract)));
      result.put("logins", logins);
    }
    return result;
  }
}
