package dev.gatewarden.controls.probes.limit;

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
import org.jspecify.annotations.Nullable;

/// Does at one moment, several times, what may be done once.
///
/// Which operations are for one use is found out: what works and is refused the second time.
@Attack(
    id = "race",
    title = "what may be done once is done several times at the same moment",
    threat = Threat.API6_BUSINESS_FLOWS,
    cwe = 362,
    changes = true,
    remedy = "claim what is used and use it in one step, such as by a conditional update")
public final class RaceProbe implements Probe {
  private static final int AT_ONCE = 6;

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      boolean plain = operation.method().equals("POST") && isUsed(scene, operation);
      boolean named = !operation.path().variables().isEmpty();
      if (plain && named && scene.harmless(operation, null)) {
        attack(scene, operation);
      }
    }
  }

  /// Whether it does something with what no binding names, or what nothing reads: a voucher, a
  /// code.
  private static boolean isUsed(Scene scene, Operation operation) {
    return operation.objects().list().stream()
        .allMatch(each -> each.does() == Does.ACT && scene.reader(each.type().name()) == null);
  }

  /// A request about something that was made for it.
  private static @Nullable Draft fresh(Scene scene, Operation operation, Identity caller) {
    List<ObjectBinding> bindings = operation.objects().list();
    if (bindings.isEmpty()) {
      return scene.fresh(operation, caller);
    }
    KnownObject made = scene.make(bindings.getFirst().type().name(), caller);
    return made == null ? null : scene.honest(operation, caller, made);
  }

  private static void attack(Scene scene, Operation operation) {
    for (Identity caller : scene.identities()) {
      Draft first = scene.allowed(operation, caller, null) ? fresh(scene, operation, caller) : null;
      if (first == null) {
        continue;
      }
      Answer used = scene.send(first);
      Answer again = used.ok() ? scene.send(first) : null;
      if (again == null || again.ok()) {
        // it does not work, or may be done as often as one likes
        return;
      }
      if (again.status() == 0 || again.status() == 429 || again.status() >= 500) {
        scene.untested(
            operation, "whether it may be done twice is not known: answered " + again.status());
        return;
      }
      Draft second = fresh(scene, operation, caller);
      if (second == null) {
        return;
      }
      List<Answer> answers = scene.together(java.util.Collections.nCopies(AT_ONCE, second));
      if (answers.isEmpty()) {
        scene.untested(operation, AT_ONCE + " requests at once are more than was agreed to");
        return;
      }
      List<Integer> worked = answers.stream().filter(Answer::ok).map(Answer::attempt).toList();
      if (worked.size() > 1) {
        scene.found(
            new Fault(
                operation,
                "moment",
                Severity.HIGH,
                Confidence.PROVED,
                "of " + AT_ONCE + " at the same moment " + worked.size() + " worked, where one may",
                worked));
      } else {
        scene.withstood(operation);
      }
      return;
    }
  }
}
