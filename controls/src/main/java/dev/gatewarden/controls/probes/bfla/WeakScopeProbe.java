package dev.gatewarden.controls.probes.bfla;

import dev.gatewarden.controls.probes.Anybody;
import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Calls operations with a token whose scopes do not suffice.
///
/// It needs somebody who signs for testers: `mint` of the identities.
@Attack(
    id = "scope-ignored",
    title = "a token may do more than it was given for",
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 863,
    changes = true,
    guards = "permission",
    remedy = "hold the scopes of each token against what the operation asks for")
public final class WeakScopeProbe implements Probe {
  private static final int MOST = 4;

  @Override
  public void run(Scene scene) {
    if (scene.mint(Map.of()) == null) {
      scene.untested(null, "nobody signs tokens for testers: name `mint` in the identities");
      return;
    }
    int tried = 0;
    for (Operation operation : scene.operations()) {
      Set<String> wanted = scopes(operation);
      if (wanted.isEmpty() || tried == MOST || !scene.harmless(operation, null)) {
        continue;
      }
      Draft honest = Honest.of(scene, operation);
      String subject = honest == null ? null : honest.as().is().subject();
      String all = subject == null ? null : token(scene, subject, String.join(" ", wanted));
      String few = subject == null ? null : token(scene, subject, others(scene, wanted));
      if (honest == null || all == null || few == null) {
        continue;
      }
      tried++;
      Answer less = scene.send(honest.as(bearing(honest.as(), "too few scopes", few)));
      if (!less.ok()) {
        scene.withstood(operation);
        continue;
      }
      if (Anybody.isPage(operation, less)) {
        scene.untested(operation, "a page is answered that the contract does not promise");
        continue;
      }
      scene.found(
          new Fault(
              operation,
              "scope",
              Severity.HIGH,
              Confidence.PROVED,
              "a token without `" + String.join(" ", wanted) + "` is answered " + less.status(),
              List.of(less.attempt())));
    }
    if (tried == 0) {
      scene.untested(null, "no operation asks for scopes that a tester's token could lack");
    }
  }

  private static @Nullable String token(Scene scene, String subject, String scope) {
    return scene.mint(Map.of("sub", subject, "scope", scope));
  }

  private static Identity bearing(Identity who, String how, String token) {
    return who.presenting(
        who.name() + ", with " + how,
        List.of(new Presented(Where.HEADER, "Authorization", "Bearer ", token)));
  }

  /// The scopes that all ways into an operation ask for.
  private static Set<String> scopes(Operation operation) {
    Set<String> wanted = new LinkedHashSet<>();
    for (Security.Alternative alternative : operation.security().alternatives()) {
      if (alternative.needs().stream().allMatch(each -> each.scopes().isEmpty())) {
        return Set.of();
      }
      alternative.needs().forEach(each -> wanted.addAll(each.scopes()));
    }
    return wanted;
  }

  /// A scope of the contract that is not among these; else one that there is not.
  private static String others(Scene scene, Set<String> wanted) {
    for (Operation each : scene.contract().operations()) {
      for (String scope : scopes(each)) {
        if (!wanted.contains(scope)) {
          return scope;
        }
      }
    }
    return "none";
  }
}
