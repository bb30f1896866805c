package dev.gatewarden.controls.probes.input;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says a parameter twice, one's own value and somebody else's, where a service may check the one
/// and use the other.
@Attack(
    id = "parameter-pollution",
    title = "a parameter that is said twice is checked once",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 235,
    guards = "request-schema",
    remedy = "refuse parameters that are said twice where the contract has one")
public final class ParameterPollutionProbe implements Probe {

  private static final int MOST = 6;

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      for (Parameter parameter : operation.parameters()) {
        if (operation.safe() && parameter.in() == Parameter.In.QUERY) {
          choices(scene, operation, parameter);
        }
      }
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

  /// A choice that is refused, beside one that is answered.
  private static void choices(Scene scene, Operation operation, Parameter parameter) {
    Node choices = Shape.of(parameter.schema()).value("enum");
    Identity low = null;
    for (Identity each : scene.identities()) {
      low = low == null && scene.allowed(operation, each, null) ? each : low;
    }
    Draft honest =
        low == null || !(choices instanceof Node.Arr) ? null : scene.honest(operation, low);
    if (honest == null || !(choices instanceof Node.Arr array) || array.items().size() > MOST) {
      return;
    }
    String open = null;
    String closed = null;
    Answer shown = null;
    for (Node each : array.items()) {
      String value = Json.scalar(each);
      Answer answer = value == null ? null : scene.send(honest.query(parameter.name(), value));
      if (answer != null && answer.ok()) {
        open = open == null ? value : open;
        shown = shown == null ? answer : shown;
      } else if (answer != null && (answer.status() == 403 || answer.status() == 404)) {
        closed = value;
      }
    }
    if (open == null || closed == null || shown == null) {
      return;
    }
    for (List<String> values : List.of(List.of(open, closed), List.of(closed, open))) {
      Answer answer =
          scene.send(
              honest
                  .query(parameter.name(), values.getFirst())
                  .alsoQuery(parameter.name(), values.getLast()));
      if (answer.ok() && !answer.sameAs(shown)) {
        scene.found(
            new Fault(
                operation,
                "query." + parameter.name(),
                Severity.HIGH,
                Confidence.PROVED,
                "`"
                    + low
                    + "` is refused `"
                    + closed
                    + "`, and shown it where `"
                    + parameter.name()
                    + "` is said twice",
                List.of(answer.attempt())));
        return;
      }
    }
    scene.withstood(operation);
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
