package dev.gatewarden.controls.probes.exposure;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.controls.probes.Removed;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Calls operations under the version before the one that the contract has; where the contract of
/// that version is given, `--before`, what it had.
@Attack(
    id = "old-version",
    title = "a version that the contract no longer has still answers",
    threat = Threat.API9_INVENTORY,
    cwe = 1059,
    remedy = "take old versions away, or keep them under the same checks and in the inventory")
public final class OldVersionProbe implements Probe {
  private static final Pattern VERSION = Pattern.compile("/v(\\d{1,3})(?=/|$)");
  private static final int MOST = 4;

  @Override
  public void run(Scene scene) {
    if (!scene.removed().isEmpty()) {
      removed(scene);
      return;
    }
    int tried = 0;
    for (Operation operation : scene.operations()) {
      Draft honest = operation.safe() && tried < MOST ? Honest.of(scene, operation) : null;
      if (honest == null) {
        continue;
      }
      for (String older : older(honest.target())) {
        tried++;
        Answer answer = scene.send(bare(honest).raw(older));
        if (answer.ok() && !promised(scene, older)) {
          scene.found(
              new Fault(
                  operation,
                  "version",
                  Severity.MEDIUM,
                  Confidence.PROVED,
                  "`" + older.replaceFirst("\\?.*", "") + "` answers beside what the contract has",
                  List.of(answer.attempt())));
          return;
        }
      }
    }
    if (tried > 0) {
      scene.operations().stream().findFirst().ifPresent(scene::withstood);
    }
  }

  /// What the version before had is known, so that nothing has to be guessed.
  private static void removed(Scene scene) {
    for (Draft draft : Removed.drafts(scene, true)) {
      Answer answer = scene.send(draft);
      if (answer.ok()) {
        String path = draft.operation().path().text();
        scene.found(
            new Fault(
                null,
                "GET " + path,
                Severity.MEDIUM,
                Confidence.PROVED,
                "`" + path + "`, which the contract has no more, still answers",
                List.of(answer.attempt())));
      }
    }
  }

  private static Draft bare(Draft draft) {
    Draft bare = Draft.of(draft.operation(), draft.as());
    for (Draft.Pair each : draft.headers()) {
      bare = bare.header(each.name(), each.value());
    }
    return bare;
  }

  /// The target one version lower, and under the first version where it has none.
  private static List<String> older(String target) {
    var found = VERSION.matcher(target);
    if (!found.find()) {
      return List.of("/v1" + target, "/v0" + target);
    }
    List<String> older = new ArrayList<>();
    for (int version = Integer.parseInt(found.group(1)) - 1;
        version >= 0 && older.size() < 2;
        version--) {
      older.add(found.replaceFirst("/v" + version));
    }
    return older;
  }

  private static boolean promised(Scene scene, String target) {
    String path = target.replaceFirst("\\?.*", "");
    return scene.contract().operations().stream()
        .anyMatch(each -> path.startsWith(each.path().text().replaceFirst("\\{.*", "")));
  }
}
