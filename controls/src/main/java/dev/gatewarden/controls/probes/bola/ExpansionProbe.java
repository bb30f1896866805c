package dev.gatewarden.controls.probes.bola;

import dev.gatewarden.controls.probes.Leaks;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks for what an answer may be expanded with (`include`, `expand`, `embed`, `fields`), and looks
/// for somebody else's objects in it.
@Attack(
    id = "foreign-expansion",
    title = "what an answer is expanded with is somebody else's",
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    guards = "object-release",
    remedy = "let what is included be filtered by owner and tenant like every list")
public final class ExpansionProbe implements Probe {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)_?(include|expand|embed|populate|with|fields|select|relations)s?(\\[.*])?");
  private static final int TELLING_ID = 8;
  private static final int MOST = 4;

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      for (Parameter parameter : operation.parameters()) {
        if (operation.safe()
            && parameter.in() == Parameter.In.QUERY
            && NAME.matcher(parameter.name()).matches()) {
          attack(scene, operation, parameter);
        }
      }
    }
  }

  private static void attack(Scene scene, Operation operation, Parameter parameter) {
    for (Identity caller : scene.identities()) {
      Draft honest =
          scene.allowed(operation, caller, null) ? scene.honest(operation, caller) : null;
      for (String each : honest == null ? List.<String>of() : values(scene, parameter)) {
        Answer answer = scene.send(Objects.requireNonNull(honest).query(parameter.name(), each));
        KnownObject foreign = answer.ok() ? foreign(scene, operation, caller, answer) : null;
        if (foreign != null) {
          scene.found(
              new Fault(
                  operation,
                  "query." + parameter.name(),
                  Severity.HIGH,
                  Confidence.PROVED,
                  "`"
                      + parameter.name()
                      + "="
                      + each
                      + "` shows `"
                      + caller
                      + "` the `"
                      + foreign.type().name()
                      + "` of `"
                      + foreign.owner()
                      + "`",
                  List.of(answer.attempt())));
          return;
        }
      }
    }
    scene.withstood(operation);
  }

  /// What the contract names, else the types of objects that there are, one and many.
  private static List<String> values(Scene scene, Parameter parameter) {
    Shape shape = Shape.of(parameter.schema());
    Shape items = shape.items();
    Node choices = shape.value("enum");
    choices = choices == null && items != null ? items.value("enum") : choices;
    List<String> values = new ArrayList<>();
    if (choices instanceof Node.Arr array) {
      for (Node each : array.items()) {
        String text = Json.scalar(each);
        if (text != null) {
          values.add(text);
        }
      }
    } else {
      for (String type : scene.contract().types().keySet()) {
        values.add(type);
        values.add(type + "s");
      }
    }
    return values.size() > MOST ? values.subList(0, MOST) : values;
  }

  /// An object in the answer that the caller must not see.
  private static @Nullable KnownObject foreign(
      Scene scene, Operation operation, Identity caller, Answer answer) {
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.does() != Does.LIST) {
        continue;
      }
      List<String> shown = scene.ids(binding, answer);
      for (KnownObject each : scene.objects(binding.type().name())) {
        if (shown.contains(each.id()) && !scene.allowed(operation, caller, each)) {
          return each;
        }
      }
    }
    for (String type : scene.contract().types().keySet()) {
      Operation reader = scene.reader(type);
      for (KnownObject each : scene.objects(type)) {
        if (reader != null
            && each.id().length() >= TELLING_ID
            && !scene.allowed(reader, caller, each)
            && Leaks.holds(answer.json(), each.id())) {
          return each;
        }
      }
    }
    return null;
  }
}
