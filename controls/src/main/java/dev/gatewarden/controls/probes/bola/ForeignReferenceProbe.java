package dev.gatewarden.controls.probes.bola;

import dev.gatewarden.controls.probes.Writing;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.policy.Ownership;
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
import org.jspecify.annotations.Nullable;

/// Makes something in the name of somebody else: where an object refers to its owner by a relation
/// (`/relationships/member/data/id`), the request states that relation although the contract does
/// not
/// ask for it. What belongs to the other afterwards was put upon them.
@Attack(
    id = "foreign-reference",
    title = "something is made in somebody else's name",
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    changes = true,
    guards = {"object-owner", "writable-fields"},
    remedy = "let the caller be whom a new object belongs to, whatever the request says")
public final class ForeignReferenceProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        List<String> at = relation(binding.type());
        Operation reader = scene.reader(binding.type().name());
        if (binding.does() == Does.CREATE && !at.isEmpty() && reader != null) {
          attack(scene, operation, reader, binding.type(), at);
        }
      }
    }
  }

  /// Where an object names its owner, below another object; empty where it does not.
  private static List<String> relation(ObjectType type) {
    ObjectType.Fact owner = type.owner();
    PointerPattern at = owner == null ? null : owner.at();
    List<String> path = new ArrayList<>();
    for (PointerPattern.Step step : at == null ? List.<PointerPattern.Step>of() : at.steps()) {
      if (!(step instanceof PointerPattern.Name(String name))) {
        return List.of();
      }
      path.add(name);
    }
    return path.size() < 2 ? List.of() : path;
  }

  private static void attack(
      Scene scene, Operation operation, Operation reader, ObjectType type, List<String> at) {
    for (Identity owner : scene.identities()) {
      Draft draft = scene.allowed(operation, owner, null) ? scene.honest(operation, owner) : null;
      KnownObject plain =
          draft == null || !(draft.body() instanceof Obj) ? null : scene.make(operation, draft);
      Answer shown = plain == null ? null : Writing.read(scene, reader, plain);
      List<String> prefix = shown == null ? null : prefix(shown.json(), at);
      if (draft == null || shown == null || prefix == null) {
        continue;
      }
      Identity other = other(scene, type, owner);
      String theirs = other == null ? null : part(type, other);
      if (other == null || theirs == null) {
        break;
      }
      List<String> holder = joined(prefix, at.subList(0, at.size() - 1));
      Node relation =
          Json.with(Json.at(shown.json(), holder), List.of(at.getLast()), Json.of(theirs));
      KnownObject made =
          scene.make(operation, draft.member(place(draft, prefix, holder), relation));
      Draft read = made == null ? null : scene.honest(reader, other, made);
      Answer after = read == null ? null : scene.send(read);
      String now =
          after == null || !after.ok()
              ? null
              : Json.scalar(Json.at(after.json(), joined(prefix, at)));
      if (after != null && theirs.equals(now)) {
        scene.found(
            new Fault(
                operation,
                "body#/" + String.join("/", place(draft, prefix, joined(prefix, at))),
                Severity.HIGH,
                Confidence.PROVED,
                "`" + owner + "` makes a `" + type.name() + "` that belongs to `" + other + "`",
                List.of(after.attempt() - 1, after.attempt())));
      } else {
        scene.withstood(operation);
      }
      return;
    }
    scene.untested(operation, "nothing could be made and read back");
  }

  /// Where the object stands in an answer: by itself, or below one of its members.
  private static @Nullable List<String> prefix(@Nullable Node answer, List<String> at) {
    if (Json.at(answer, at) != null) {
      return List.of();
    }
    for (Node.Member each :
        answer instanceof Obj object ? object.entries() : List.<Node.Member>of()) {
      if (Json.at(each.value(), at) != null) {
        return List.of(each.name());
      }
    }
    return null;
  }

  /// The same in a body, which has the envelope of the answer or none.
  private static List<String> place(Draft draft, List<String> prefix, List<String> path) {
    return Json.at(draft.body(), prefix) != null ? path : path.subList(prefix.size(), path.size());
  }

  private static List<String> joined(List<String> prefix, List<String> path) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(path);
    return all;
  }

  private static @Nullable Identity other(Scene scene, ObjectType type, Identity owner) {
    String own = part(type, owner);
    for (Identity each : scene.identities()) {
      String theirs = part(type, each);
      if (theirs != null
          && !theirs.equals(own)
          && Objects.equals(each.is().tenant(), owner.is().tenant())) {
        return each;
      }
    }
    return null;
  }

  private static @Nullable String part(ObjectType type, Identity identity) {
    ObjectType.Fact fact = type.owner();
    return fact == null ? null : Ownership.part(fact.is(), identity.is());
  }
}
