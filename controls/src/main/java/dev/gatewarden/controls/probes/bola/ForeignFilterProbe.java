package dev.gatewarden.controls.probes.bola;

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
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.Map;

/// Filters lists by somebody else.
@Attack(
    id = "foreign-filter",
    title = "a filter shows somebody else's objects",
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    guards = {"object-release", "owner-filter"},
    remedy = "let the owner and the tenant in a filter be the caller")
public final class ForeignFilterProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.does() == Does.LIST && operation.safe()) {
          FilterNames.each(
              scene,
              operation,
              binding,
              (honest, named, object, _) -> judge(scene, binding, honest, named, object));
        }
      }
    }
  }

  private static void judge(
      Scene scene,
      ObjectBinding binding,
      Draft honest,
      Map.Entry<String, String> named,
      KnownObject object) {
    String parameter = named.getKey();
    Answer answer = scene.send(honest.query(parameter, named.getValue()));
    if (answer.ok() && scene.ids(binding, answer).contains(object.id())) {
      scene.found(
          new Fault(
              honest.operation(),
              "query." + parameter,
              Severity.HIGH,
              Confidence.PROVED,
              "`"
                  + honest.as()
                  + "` is shown the `"
                  + binding.type().name()
                  + "` of `"
                  + object.owner()
                  + "` by `"
                  + parameter
                  + "`",
              List.of(answer.attempt())));
    } else {
      scene.withstood(honest.operation());
    }
  }
}
