package dev.gatewarden.controls.probes.bfla;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Calls operations as identities whose scopes and roles do not suffice.
///
/// Where the contract asks for nothing and the path says that the operation is for administrators,
/// an identity without any role stands for those who are none; what is found so is a guess and says
/// it.
@Attack(
    id = "forbidden-function",
    title = "an operation can be used by callers it is not for",
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 285,
    remedy = "state the scopes or roles of the operation, and let them be checked before it runs")
public final class ForbiddenFunctionProbe implements Probe {
  private static final Set<String> FOR_FEW =
      Set.of("admin", "internal", "management", "manage", "backoffice", "sudo", "root", "system");

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      if (!scene.harmless(operation, null)) {
        continue;
      }
      Identity low = lowest(scene, operation);
      if (low != null) {
        attack(scene, operation, low, true);
      } else if (forFew(operation) && !operation.security().isPublic()) {
        Identity plain = plain(scene);
        if (plain != null) {
          attack(scene, operation, plain, false);
        }
      }
    }
  }

  /// Somebody with a credential who may not.
  private static @Nullable Identity lowest(Scene scene, Operation operation) {
    for (Identity each : scene.identities()) {
      if (operation.security().stated() && !scene.allowed(operation, each, null)) {
        return each;
      }
    }
    return null;
  }

  /// Somebody without roles, where others have some.
  private static @Nullable Identity plain(Scene scene) {
    boolean others = scene.identities().stream().anyMatch(each -> !each.is().roles().isEmpty());
    for (Identity each : scene.identities()) {
      if (others && each.is().roles().isEmpty()) {
        return each;
      }
    }
    return null;
  }

  private static boolean forFew(Operation operation) {
    for (PathTemplate.Segment segment : operation.path().segments()) {
      for (PathTemplate.Part part : segment.parts()) {
        if (part instanceof PathTemplate.Literal(String text)
            && FOR_FEW.contains(text.toLowerCase(Locale.ROOT))) {
          return true;
        }
      }
    }
    return false;
  }

  private static void attack(Scene scene, Operation operation, Identity low, boolean stated) {
    Draft honest = honest(scene, operation, low);
    if (honest == null) {
      return;
    }
    Answer answer = scene.send(honest.as(low));
    if (answer.ok()) {
      scene.found(
          new Fault(
              operation,
              "permission",
              operation.safe() ? Severity.HIGH : Severity.CRITICAL,
              stated ? Confidence.PROVED : Confidence.LIKELY,
              stated
                  ? "`"
                      + low
                      + "` has neither the scopes nor the roles, and is answered "
                      + answer.status()
                  : "`"
                      + low
                      + "` has no role, the path says that it is for few, and the answer is "
                      + answer.status(),
              List.of(answer.attempt())));
    } else if (answer.status() == 401 || answer.status() == 403 || answer.status() == 404) {
      scene.withstood(operation);
    } else {
      scene.untested(operation, "a request of somebody who may not is answered " + answer.status());
    }
  }

  /// As somebody who may would write it, so that nothing but who sends it is wrong.
  private static @Nullable Draft honest(Scene scene, Operation operation, Identity low) {
    for (Identity each : scene.identities()) {
      if (scene.allowed(operation, each, null)) {
        Draft draft = scene.honest(operation, each);
        if (draft != null) {
          return draft;
        }
      }
    }
    return scene.honest(operation, low);
  }
}
