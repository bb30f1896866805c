package dev.gatewarden.controls.probes.bola;

import dev.gatewarden.controls.probes.Anybody;
import dev.gatewarden.controls.probes.Leaks;
import dev.gatewarden.controls.probes.Ones;
import dev.gatewarden.controls.probes.Rivals;
import dev.gatewarden.core.contract.ObjectBinding;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads objects as callers whose they are not.
///
/// The owner's request is sent first, so that it is known to work; then the same request by
/// somebody
/// of the same tenant and by somebody of another. An answer about an id that nothing has tells
/// an empty success from a leak. Where a foreign object is answered otherwise than an absent one,
/// that is told as well: it shows which ids there are, unless nobody could guess one.
@Attack(
    id = "foreign-read",
    title = "somebody else's object can be read",
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    guards = {"object-owner", "object-release"},
    remedy = "let the object be checked on this operation, and answer 404 as for an absent one")
public final class ForeignReadProbe implements Probe {

  /// As long as 128 bits in hexadecimal.
  private static final int RANDOM = 32;

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      Rivals.unknown(scene, operation, operation.safe());
      for (ObjectBinding binding : operation.objects().list()) {
        ObjectBinding one = Ones.read(operation, binding);
        if (one != null) {
          attack(scene, operation, one);
        }
      }
    }
  }

  private static void attack(Scene scene, Operation operation, ObjectBinding binding) {
    boolean tried = false;
    int strangers = 0;
    Set<String> tenants = new HashSet<>();
    for (KnownObject object : scene.objects(binding.type().name())) {
      List<Identity> rivals = Rivals.of(scene, operation, object);
      String tenant = String.valueOf(object.owner().is().tenant());
      if (tenants.contains(tenant)
          || rivals.isEmpty()
          || !scene.allowed(operation, object.owner(), object)) {
        continue;
      }
      strangers += rivals.size();
      Draft honest = scene.honest(operation, object.owner(), object);
      Answer own = honest == null ? null : scene.send(honest);
      if (honest == null || own == null || !own.ok()) {
        continue;
      }
      // one of each tenant: an administrator of the one is a stranger to the other
      tried = true;
      tenants.add(tenant);
      for (Identity rival : rivals) {
        attack(scene, binding, honest.as(rival), own, object, "");
        Draft asRival = scene.honest(operation, rival, object);
        if (asRival != null && !asRival.target().equals(honest.target())) {
          attack(scene, binding, asRival, own, object, " (own tenant)");
        }
        Draft below = scene.below(honest.as(rival), binding, rival);
        if (below != null && !below.target().equals(honest.target())) {
          attack(scene, binding, below, own, object, " (own parent)");
        }
      }
      if (tenants.size() == 2) {
        break;
      }
    }
    if (!tried) {
      scene.untested(
          operation,
          strangers == 0
              ? "no `" + binding.type().name() + "` is known that some identity may not read"
              : "no owner's own request works");
    }
  }

  private static void attack(
      Scene scene, ObjectBinding binding, Draft draft, Answer own, KnownObject object, String how) {
    Answer foreign = scene.send(draft);
    Draft nothing = scene.naming(draft, binding, scene.absent(binding.type().name()));
    Answer absent = nothing == null ? foreign : scene.send(nothing);
    Operation operation = draft.operation();
    String place = (binding.id() == null ? "" : binding.id().text()) + how;
    if (Leaks.shows(foreign, own, absent, object.id(), scene.ids(binding, foreign))) {
      if (Anybody.isShown(scene, draft, foreign, object.id())) {
        return;
      }
      scene.found(
          new Fault(
              operation,
              place,
              Severity.HIGH,
              Confidence.PROVED,
              "`"
                  + draft.as()
                  + "` reads the `"
                  + binding.type().name()
                  + "` of `"
                  + object.owner()
                  + "`"
                  + how,
              List.of(own.attempt(), foreign.attempt(), absent.attempt())));
    } else if (foreign.status() != absent.status()
        && refuses(foreign)
        && refuses(absent)
        && !isUnguessable(object.id())) {
      scene.found(
          new Fault(
                  operation,
                  place + " (tells)",
                  Severity.LOW,
                  Confidence.PROVED,
                  "a foreign `"
                      + binding.type().name()
                      + "` is answered "
                      + foreign.status()
                      + " and an absent one "
                      + absent.status()
                      + ", which tells strangers which ids there are",
                  List.of(foreign.attempt(), absent.attempt()))
              .titled("strangers are told which objects there are"));
    } else {
      scene.withstood(operation);
    }
  }

  /// Whether nobody comes by such an id who was not given it: then nothing is told by a refusal.
  private static boolean isUnguessable(String id) {
    String plain = id.replace("-", "");
    return plain.length() >= RANDOM
        && plain.chars().anyMatch(Character::isDigit)
        && plain.chars().anyMatch(Character::isLetter)
        && plain.chars().allMatch(Character::isLetterOrDigit);
  }

  /// Whether it is a refusal that speaks of the object.
  private static boolean refuses(Answer answer) {
    return switch (answer.status()) {
      case 400, 401, 403, 404, 410 -> true;
      default -> false;
    };
  }
}
