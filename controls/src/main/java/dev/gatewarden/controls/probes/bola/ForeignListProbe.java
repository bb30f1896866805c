package dev.gatewarden.controls.probes.bola;

import dev.gatewarden.controls.probes.Anybody;
import dev.gatewarden.controls.probes.Ones;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Looks for foreign objects in what lists show a caller.
@Attack(
    id = "foreign-in-list",
    title = "a list shows somebody else's objects",
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    guards = {"object-release", "owner-filter"},
    remedy = "let the list be filtered by owner and tenant before it is released")
public final class ForeignListProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.does() == Does.LIST
            && operation.safe()
            && Ones.read(operation, binding) == null) {
          attack(scene, operation, binding);
        }
      }
    }
  }

  private static void attack(Scene scene, Operation operation, ObjectBinding binding) {
    String type = binding.type().name();
    boolean tried = false;
    for (Identity caller : scene.identities()) {
      if (!scene.allowed(operation, caller, null)) {
        continue;
      }
      List<KnownObject> foreign =
          scene.objects(type).stream()
              .filter(each -> !scene.allowed(operation, caller, each))
              .toList();
      Draft draft = foreign.isEmpty() ? null : scene.honest(operation, caller);
      Answer answer = draft == null ? null : scene.send(draft);
      if (draft == null || answer == null || !answer.ok()) {
        continue;
      }
      tried = true;
      List<String> shown = scene.ids(binding, answer);
      for (KnownObject each : foreign) {
        if (shown.contains(each.id())) {
          if (Anybody.isShown(scene, draft, answer, each.id())) {
            return;
          }
          scene.found(
              new Fault(
                  operation,
                  "response",
                  Severity.HIGH,
                  Confidence.PROVED,
                  "the list of `" + caller + "` shows the `" + type + "` of `" + each.owner() + "`",
                  List.of(answer.attempt())));
          return;
        }
      }
    }
    if (tried) {
      scene.withstood(operation);
    } else {
      scene.untested(operation, "no `" + type + "` is known that some identity must not see");
    }
  }
}
