package dev.gatewarden.controls.probes.input;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
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
import org.jspecify.annotations.Nullable;

/// Gives the service an address of the tester's own where it takes one, and sees whether it is
/// fetched.
///
/// That an address on loopback is fetched is the fault: from there the service reaches what nobody
/// else can.
@Attack(
    id = "fetch",
    title = "the service fetches any address that it is given",
    threat = Threat.API7_SSRF,
    cwe = 918,
    changes = true,
    remedy = "fetch from a list of hosts alone, and never from private addresses")
public final class FetchProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      if (!scene.harmless(operation, null)) {
        continue;
      }
      for (Identity each : scene.identities()) {
        if (scene.allowed(operation, each, null) && !attack(scene, operation, each)) {
          break;
        }
      }
    }
  }

  /// False where nobody else has to try: nothing takes an address, or somebody was let in.
  private static boolean attack(Scene scene, Operation operation, Identity as) {
    Draft honest = scene.honest(operation, as);
    boolean refused = false;
    if (honest != null) {
      if (honest.body() instanceof Obj body) {
        for (Node.Member each : body.entries()) {
          if (address(each.name(), Json.scalar(each.value()))) {
            String bait = scene.marker();
            Node address = Json.of(scene.bait(bait));
            refused |=
                refused(
                    scene,
                    honest.member(List.of(each.name()), address),
                    "body#/" + each.name(),
                    bait);
          }
        }
      }
      for (Parameter each : operation.parameters()) {
        if (each.in() == Parameter.In.QUERY && address(each.name(), null)) {
          String bait = scene.marker();
          refused |=
              refused(
                  scene, honest.query(each.name(), scene.bait(bait)), "query." + each.name(), bait);
        }
      }
    }
    return refused;
  }

  private static boolean address(String name, @Nullable String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.matches(".*(url|uri|callback|webhook|link|endpoint).*")
        || (value != null && value.startsWith("http"));
  }

  /// Tells what comes of an address; whether whoever sent it may not use the operation.
  private static boolean refused(Scene scene, Draft draft, String place, String bait) {
    Answer answer = scene.send(draft);
    if (answer.status() == 401 || answer.status() == 403) {
      return true;
    }
    if (scene.isTaken(bait)) {
      scene.found(
          new Fault(
              draft.operation(),
              place,
              Severity.HIGH,
              Confidence.PROVED,
              "an address on loopback that stands there is fetched",
              List.of(answer.attempt())));
    } else if (!scene.isNear()) {
      scene.untested(draft.operation(), "the service stands elsewhere and cannot reach the tester");
    } else {
      scene.withstood(draft.operation());
    }
    return false;
  }
}
