package dev.gatewarden.controls.probes.bola;

import dev.gatewarden.controls.probes.Leaks;
import dev.gatewarden.controls.probes.Rivals;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
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
import org.jspecify.annotations.Nullable;

/// Names foreign objects where an operation does something with an object, alone and behind one's
/// own in a list, and looks whether the answer shows them.
@Attack(
    id = "foreign-act",
    title = "something is done with somebody else's object",
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    changes = true,
    guards = "object-owner",
    remedy =
        "let every object that the request names be looked up and checked before it is forwarded")
public final class ForeignActProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (!operation.safe()
            && (binding.does() == Does.ACT || binding.does() == Does.READ)
            && binding.id() != null
            && !binding.id().afterwards()) {
          attack(scene, operation, binding);
        }
      }
    }
  }

  private static void attack(Scene scene, Operation operation, ObjectBinding binding) {
    for (KnownObject object : scene.objects(binding.type().name())) {
      List<Identity> rivals = Rivals.of(scene, operation, object);
      if (rivals.isEmpty()
          || !scene.harmless(operation, object)
          || !scene.allowed(operation, object.owner(), object)) {
        continue;
      }
      Draft honest = scene.honest(operation, object.owner(), object);
      Answer own = honest == null ? null : scene.send(honest);
      if (honest == null || own == null || !own.ok()) {
        continue;
      }
      for (Identity rival : rivals) {
        alone(scene, binding, honest.as(rival), own, object);
        behind(scene, binding, honest, rival, object);
      }
      return;
    }
    scene.untested(operation, "no owner's own request works that somebody else may not send");
  }

  private static void alone(
      Scene scene, ObjectBinding binding, Draft draft, Answer own, KnownObject object) {
    Draft nothing = scene.naming(draft, binding, scene.absent(binding.type().name()));
    Answer foreign = scene.send(draft);
    Answer absent = nothing == null || !foreign.ok() ? foreign : scene.send(nothing);
    boolean shows =
        foreign.ok()
            && nothing != null
            && Leaks.shows(foreign, own, absent, object.id(), scene.ids(binding, foreign));
    if (shows) {
      tell(scene, binding, draft, object, "", List.of(own, foreign, absent));
    } else {
      scene.withstood(draft.operation());
    }
  }

  /// One's own first, where only the first may be looked at.
  private static void behind(
      Scene scene, ObjectBinding binding, Draft honest, Identity rival, KnownObject object) {
    List<String> list = list(binding.id());
    Draft own = list.isEmpty() ? null : scene.honest(honest.operation(), rival);
    if (own == null || !(Json.at(own.body(), list) instanceof Node.Arr items)) {
      return;
    }
    Node theirs = Json.at(honest.body(), list);
    if (!(theirs instanceof Node.Arr foreign) || foreign.items().isEmpty()) {
      return;
    }
    List<Node> both = new ArrayList<>(items.items());
    both.add(foreign.items().getFirst());
    Draft draft = own.member(list, Json.of(both));
    Answer answer = scene.send(draft);
    if (answer.ok() && Leaks.holds(answer.json(), object.id())) {
      tell(scene, binding, draft, object, " (behind one's own)", List.of(answer));
    } else {
      scene.withstood(draft.operation());
    }
  }

  /// Where a list of ids stands in the body; empty where there is none.
  private static List<String> list(@Nullable Selector id) {
    List<String> path = new ArrayList<>();
    if (id instanceof Selector.Body(PointerPattern at)) {
      for (PointerPattern.Step step : at.steps()) {
        switch (step) {
          case PointerPattern.Name(String name) -> path.add(name);
          case PointerPattern.Each(), PointerPattern.EachName() -> {
            return path;
          }
        }
      }
    }
    return List.of();
  }

  private static void tell(
      Scene scene,
      ObjectBinding binding,
      Draft draft,
      KnownObject object,
      String how,
      List<Answer> answers) {
    scene.found(
        new Fault(
            draft.operation(),
            (binding.id() == null ? "" : binding.id().text()) + how,
            Severity.HIGH,
            Confidence.PROVED,
            "`"
                + draft.as()
                + "` is answered about the `"
                + binding.type().name()
                + "` of `"
                + object.owner()
                + "`"
                + how,
            answers.stream().map(Answer::attempt).toList()));
  }
}
