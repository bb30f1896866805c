package dev.gatewarden.platform.probing.remedy;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Fault;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lines of `gatewarden.yaml` that end a fault in front of the service.
final class Settings {
  private final Contract contract;
  private final @Nullable Operation operation;

  private Settings(Contract contract, @Nullable Operation operation) {
    this.contract = contract;
    this.operation = operation;
  }

  /// @param operation where, if the contract lists it
  /// @return null where nothing has to be set
  static @Nullable Remedy of(
      Contract contract, Attack attack, Fault fault, @Nullable Operation operation) {
    Settings settings = new Settings(contract, operation);
    List<String> guards = Arrays.asList(attack.guards());
    if (guards.contains("security-headers")) {
      return settings.guard(
          "set the headers at the gate", "security-headers: {transport-security: 365d}");
    }
    if (guards.contains("cors")) {
      return settings.guard(
          "name the origins whose scripts may read; nobody's until one is named",
          "cors: {origins: []}");
    }
    if (guards.contains("response-schema") || fault.place().startsWith("response (unnamed)")) {
      return settings.guard(
          "let the gate cut what the contract does not promise",
          "response-schema: {unknown-fields: redact, violations: redact}");
    }
    if (guards.contains("principal-limit")) {
      return settings.limited();
    }
    if (guards.contains("signed-token")) {
      return settings.issuer();
    }
    return attack.threat() == Threat.API4_RESOURCE_CONSUMPTION && fault.place().equals("body")
        ? new Remedy.Setting(
            "bound bodies by `limits.body`, 413 beyond it", "limits:\n  body: 1MiB\n")
        : null;
  }

  private Remedy guard(String words, String line) {
    return new Remedy.Setting(words, api() + "    guards:\n      " + line + "\n");
  }

  private @Nullable Remedy limited() {
    return operation == null
        ? null
        : new Remedy.Setting(
            "bound how often one caller may use `" + operation.id().name() + "`",
            api()
                + "    operations:\n      "
                + quoted(operation.id().name())
                + ":\n        guards:\n          principal-limit: {rate: 60/1m}\n");
  }

  /// Who may sign tokens, for whom, and by which algorithms.
  private @Nullable Remedy issuer() {
    String scheme = operation == null ? null : bearer(operation);
    return scheme == null
        ? null
        : new Remedy.Setting(
            "let the gate prove tokens: name who issues them, for whom, and by which algorithms",
            "issuers:\n"
                + "  tokens:\n"
                + "    url: https://id.example.com\n"
                + "    audience: https://api.example.com\n"
                + "    algorithms: [RS256, ES256]\n"
                + api()
                + "    security:\n      "
                + quoted(scheme)
                + ": tokens\n");
  }

  private @Nullable String bearer(Operation where) {
    for (Security.Alternative alternative : where.security().alternatives()) {
      for (Security.Need need : alternative.needs()) {
        SecurityScheme scheme = contract.schemes().get(need.scheme());
        if (scheme != null && bearer(scheme.kind())) {
          return need.scheme();
        }
      }
    }
    return null;
  }

  private static boolean bearer(SecurityScheme.Kind kind) {
    return switch (kind) {
      case SecurityScheme.Http(String scheme, var _) -> scheme.equals("bearer");
      case SecurityScheme.OAuth2 _, SecurityScheme.OpenIdConnect _ -> true;
      case SecurityScheme.ApiKey _, SecurityScheme.MutualTls _ -> false;
    };
  }

  private String api() {
    return "apis:\n  " + quoted(contract.api()) + ":\n";
  }

  private static String quoted(String name) {
    return name.matches("[A-Za-z][A-Za-z0-9_.-]*") ? name : "'" + name.replace("'", "''") + "'";
  }
}
