package dev.gatewarden.controls.probes.input;

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
import org.jspecify.annotations.Nullable;

/// Says a parameter twice, one's own value and somebody else's, where a service may check the one
/// and use the other.
@Attack(
    id = "parameter-pollution",
    title = "a parameter that is said twice is checked once",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 235,
    remedy = "refuse parameters that are said twice where the contract has one")
public final class ParameterPollutionProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.does() == Does.LIST && operation.safe()) {
          dev.gatewarden.controls.probes.bola.FilterNames.each(
              scene,
              operation,
              binding,
              (honest, named, object, own) -> twice(scene, binding, honest, named, object, own));
        }
      }
    }
  }

  private static void twice(
      Scene scene,
      ObjectBinding binding,
      Draft honest,
      Map.Entry<String, String> named,
      KnownObject object,
      @Nullable String own) {
    if (own == null) {
      return;
    }
    String name = named.getKey();
    for (List<String> values :
        List.of(List.of(own, named.getValue()), List.of(named.getValue(), own))) {
      Answer answer =
          scene.send(honest.query(name, values.getFirst()).alsoQuery(name, values.getLast()));
      if (answer.ok() && scene.ids(binding, answer).contains(object.id())) {
        scene.found(
            new Fault(
                honest.operation(),
                "query." + name,
                Severity.HIGH,
                Confidence.PROVED,
                "`"
                    + honest.as()
                    + "` says `"
                    + name
                    + "` twice and is shown the `"
                    + binding.type().name()
                    + "` of `"
                    + object.owner()
                    + "`",
                List.of(answer.attempt())));
        return;
      }
    }
    scene.withstood(honest.operation());
  }
}
