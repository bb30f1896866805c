package dev.gatewarden.app.command.probe.emit;

import dev.gatewarden.app.command.probe.Told;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.platform.probing.Attempt;
import dev.gatewarden.platform.probing.Oracle;
import dev.gatewarden.platform.probing.Target;
import dev.gatewarden.platform.probing.regression.Shot;
import dev.gatewarden.platform.probing.remedy.Overlay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Writes findings down as probe tests: a file for each, and beside it what can be laid over the
/// contract to end it.
public final class Emission {
  /// What is expected of a request that has to work.
  static final String WORKS = "2xx";

  private final Contract contract;
  private final List<Identity> identities;
  private final Target target;
  private final long seed;
  private final Map<String, String> fuzzed;

  /// @param identities who took part, whatever they presented
  /// @param fuzzed lines of the corpus by the finding they show
  public Emission(
      Contract contract,
      List<Identity> identities,
      Target target,
      long seed,
      Map<String, String> fuzzed) {
    this.contract = contract;
    this.identities = List.copyOf(identities);
    this.target = target;
    this.seed = seed;
    this.fuzzed = new LinkedHashMap<>(fuzzed);
  }

  /// The texts of the files by their names.
  public Map<String, String> files(Told told) {
    Map<String, String> files = new LinkedHashMap<>();
    for (Told.Item item : told.findings()) {
      String id = item.finding().id();
      files.put(id + TestFile.ENDING, test(item, told.report().met()));
      String overlay = overlay(item.finding());
      if (overlay != null) {
        files.put(overlayName(id), overlay);
      }
    }
    return files;
  }

  private static String overlayName(String id) {
    return id + ".overlay.yaml";
  }

  private static @Nullable String overlay(Finding finding) {
    for (Remedy each : finding.remedies()) {
      if (each instanceof Remedy.Edit edit) {
        return Overlay.of(edit);
      }
    }
    return null;
  }

  private String test(Told.Item item, List<KnownObject> met) {
    Finding finding = item.finding();
    String operation = finding.operations().isEmpty() ? null : finding.operations().getFirst();
    List<Shot> shots = new ArrayList<>();
    List<KnownObject> named = new ArrayList<>();
    item.attempts().forEach(each -> shots.add(Shot.of(contract, target.root(), met, each, named)));
    Map<String, KnownObject> objects = new LinkedHashMap<>();
    named.forEach(each -> objects.putIfAbsent(Shot.said(each), each));
    StringBuilder text = new StringBuilder();
    String head = where(operation) + ": " + item.title();
    text.append("# ")
        .append(head.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " "))
        .append('\n');
    text.append("# Tried again by `gatewarden probe --test`, see README.md.\n");
    text.append("probe-test: 1\n");
    line("finding", finding.id(), text);
    line("probe", finding.control(), text);
    line("operation", operation, text);
    line("title", item.title(), text);
    line("message", finding.message(), text);
    line("severity", finding.severity().word(), text);
    line("confidence", item.confidence().name().toLowerCase(Locale.ROOT), text);
    line("owasp", finding.threat().label() + ":2023 " + finding.threat().title(), text);
    text.append("cwe: ").append(finding.cwe()).append('\n');
    text.append("seed: ").append(seed).append('\n');
    Set<String> may = new TreeSet<>();
    target.may().forEach(each -> may.add(each.name().toLowerCase(Locale.ROOT)));
    text.append("may: [").append(String.join(", ", may)).append("]\n");
    identities(shots, objects, text);
    things(objects, text);
    text.append(shots.isEmpty() ? "requests: []\n" : "requests:\n");
    for (int i = 0; i < shots.size(); i++) {
      request(finding, item.attempts().get(i), shots.get(i), objects, text);
    }
    line("expected", where(operation) + " withstands `" + finding.control() + "`", text);
    remedies(finding, text);
    line("fuzz", fuzzed.get(finding.id()), text);
    return text.toString();
  }

  private static String where(@Nullable String operation) {
    return operation == null ? "the API" : operation;
  }

  private void identities(List<Shot> shots, Map<String, KnownObject> objects, StringBuilder text) {
    Set<String> names = new LinkedHashSet<>();
    objects.values().forEach(each -> names.add(each.owner().name()));
    shots.forEach(each -> names.add(each.as()));
    names.removeIf(name -> identities.stream().noneMatch(each -> each.name().equals(name)));
    List<String> quoted = new ArrayList<>();
    names.forEach(each -> quoted.add(quoted(each)));
    text.append("identities: [").append(String.join(", ", quoted)).append("]\n");
  }

  private void things(Map<String, KnownObject> objects, StringBuilder text) {
    if (objects.isEmpty()) {
      return;
    }
    text.append("objects:\n");
    for (KnownObject each : objects.values()) {
      text.append("- {type: ").append(quoted(each.type().name())).append(", of: ");
      text.append(quoted(each.owner().name())).append(", by: ");
      text.append(quoted(source(each))).append("}\n");
    }
  }

  private String source(KnownObject object) {
    String type = object.type().name();
    if (object.made()) {
      return "made by " + named(type, ObjectBinding.Does.CREATE, "the run");
    }
    return object.owner().owns().getOrDefault(type, List.of()).contains(object.id())
        ? "named in `owns`"
        : "found by " + named(type, ObjectBinding.Does.LIST, "what answers showed");
  }

  private String named(String type, ObjectBinding.Does does, String otherwise) {
    for (Operation operation : contract.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.does() == does && binding.type().name().equals(type)) {
          return operation.id().name();
        }
      }
    }
    return otherwise;
  }

  private void request(
      Finding finding,
      Attempt attempt,
      Shot shot,
      Map<String, KnownObject> objects,
      StringBuilder text) {
    text.append("- as: ").append(quoted(shot.as())).append('\n');
    line("  operation", shot.operation(), text);
    line("  request", shot.request(), text);
    if (!shot.with().isEmpty()) {
      List<String> with = new ArrayList<>();
      shot.with().forEach((name, said) -> with.add(quoted(name) + ": " + quoted(said)));
      text.append("  with: {").append(String.join(", ", with)).append("}\n");
    }
    text.append("  answered: ").append(attempt.status()).append('\n');
    String expected = expected(shot, objects);
    line(
        "  expected",
        WORKS.equals(expected) && !isPlain(finding, shot, objects) ? null : expected,
        text);
    line("  curl", attempt.curl().replace("'" + target.root(), "\"$TARGET\"'"), text);
  }

  /// Whether nothing can be wrong with a request but who sends it about what.
  private static boolean isPlain(Finding finding, Shot shot, Map<String, KnownObject> objects) {
    boolean who =
        finding.threat() == Threat.API1_OBJECT_AUTHORIZATION
            || finding.threat() == Threat.API5_FUNCTION_AUTHORIZATION;
    boolean known = objects.keySet().containsAll(shot.with().values());
    return who && known && shot.request().indexOf('?') < 0 && !shot.request().contains(" {");
  }

  /// What the contract asks for; null where it says nothing of who sends it, or of the object.
  private @Nullable String expected(Shot shot, Map<String, KnownObject> objects) {
    Operation operation = contract.operation(shot.operation());
    if (operation == null || !shot.request().startsWith(operation.method() + " ")) {
      return null;
    }
    for (Oracle.Expected each : new Oracle(contract).expected(List.of(operation), identities)) {
      if (each.identity().name().equals(shot.as())
          && each.whose() == whose(each.identity(), shot, objects)) {
        return each.answer();
      }
    }
    return null;
  }

  private static Oracle.Whose whose(Identity caller, Shot shot, Map<String, KnownObject> objects) {
    Oracle.Whose worst = Oracle.Whose.NONE;
    for (String said : shot.with().values()) {
      KnownObject object = objects.get(said);
      if (object != null) {
        boolean own = object.owner().name().equals(caller.name());
        boolean same =
            object.type().tenant() == null
                || String.valueOf(object.owner().is().tenant())
                    .equals(String.valueOf(caller.is().tenant()));
        Oracle.Whose whose =
            own ? Oracle.Whose.OWN : same ? Oracle.Whose.SAME_TENANT : Oracle.Whose.OTHER_TENANT;
        worst = whose.compareTo(worst) > 0 ? whose : worst;
      }
    }
    return worst;
  }

  private static void remedies(Finding finding, StringBuilder text) {
    text.append("remedies:\n");
    for (Remedy each : finding.remedies()) {
      text.append("- words: ").append(quoted(each.words())).append('\n');
      switch (each) {
        case Remedy.Words _ -> {}
        case Remedy.Setting(var _, String yaml) -> {
          text.append("  setting: |\n");
          yaml.lines().forEach(line -> text.append("    ").append(line).append('\n'));
        }
        case Remedy.Edit _ -> line("  overlay", overlayName(finding.id()), text);
      }
    }
  }

  private static void line(String key, @Nullable String value, StringBuilder text) {
    if (value != null && !value.isEmpty()) {
      text.append(key).append(": ").append(quoted(value)).append('\n');
    }
  }

  /// As YAML and JSON both read it; plain where nothing can be mistaken.
  private static String quoted(String text) {
    boolean plain =
        text.matches("[A-Za-z][A-Za-z0-9 _./-]*[A-Za-z0-9]")
            && !text.matches("(?i)true|false|null|yes|no|on|off");
    return plain ? text : Json.text(Json.of(text));
  }
}
