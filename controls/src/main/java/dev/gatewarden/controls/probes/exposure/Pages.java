package dev.gatewarden.controls.probes.exposure;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Pages that no contract lists.
final class Pages {
  private Pages() {}

  /// Asks for each as nobody, and tells those that are there.
  static void open(Scene scene, List<String> paths, Severity severity) {
    if (scene.operations().isEmpty()) {
      return;
    }
    Operation any = scene.operations().getFirst();
    Draft draft = Draft.of(any, Identity.NOBODY).method("GET");
    Answer nothing = scene.send(draft.raw("/" + scene.marker()));
    if (nothing.ok() || nothing.status() == 0) {
      scene.untested(null, "pages that are not there are answered " + nothing.status());
      return;
    }
    int found = 0;
    for (String path : paths) {
      boolean listed =
          scene.contract().operations().stream().anyMatch(each -> each.path().text().equals(path));
      Answer answer = listed ? nothing : scene.send(draft.raw(path));
      if (answer.ok() && answer.body().length > 0 && !answer.sameAs(nothing)) {
        found++;
        scene.found(
            new Fault(
                null,
                path,
                severity,
                Confidence.PROVED,
                "`" + path + "` is open to whoever asks",
                List.of(answer.attempt())));
      }
    }
    if (found == 0) {
      scene.withstood(any);
    }
  }
}
