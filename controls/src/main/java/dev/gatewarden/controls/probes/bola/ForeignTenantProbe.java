package dev.gatewarden.controls.probes.bola;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names another tenant where a request names its own.
@Attack(
    id = "foreign-tenant",
    title = "a request may name another tenant than the caller's",
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    changes = true,
    guards = "tenant-match",
    remedy = "hold the tenant of the request against the caller's on every operation")
public final class ForeignTenantProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      TenantRule rule = operation.tenant();
      if (rule != null && scene.harmless(operation, null) && operation.security().stated()) {
        attack(scene, operation, rule);
      }
    }
  }

  private static void attack(Scene scene, Operation operation, TenantRule rule) {
    for (Identity caller : scene.identities()) {
      String other = other(scene, rule, caller);
      Draft honest =
          other == null || !scene.allowed(operation, caller, null)
              ? null
              : scene.honest(operation, caller);
      Draft foreign = honest == null ? null : placed(honest, rule.from(), other);
      if (honest == null || foreign == null || !operation.safe()) {
        continue;
      }
      if (!scene.send(honest).ok()) {
        continue;
      }
      Answer answer = scene.send(foreign);
      if (answer.ok()) {
        scene.found(
            new Fault(
                operation,
                rule.from().text(),
                Severity.HIGH,
                Confidence.PROVED,
                "`" + caller + "` names another tenant and is answered " + answer.status(),
                List.of(answer.attempt())));
      } else {
        scene.withstood(operation);
      }
      return;
    }
  }

  private static @Nullable String other(Scene scene, TenantRule rule, Identity caller) {
    String own = Ownership.part(rule.is(), caller.is());
    for (Identity each : scene.identities()) {
      String theirs = Ownership.part(rule.is(), each.is());
      if (own != null && theirs != null && !theirs.equals(own)) {
        return theirs;
      }
    }
    return null;
  }

  private static @Nullable Draft placed(Draft draft, Selector from, @Nullable String tenant) {
    return tenant == null
        ? null
        : switch (from) {
          case Selector.PathParameter(String name) -> draft.path(name, tenant);
          case Selector.QueryParameter(String name) -> draft.query(name, tenant);
          case Selector.Header(String name) -> draft.header(name, tenant);
          default -> null;
        };
  }
}
