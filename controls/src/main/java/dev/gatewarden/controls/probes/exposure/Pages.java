package dev.gatewarden.controls.probes.exposure;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Pages that no contract lists.
final class Pages {
  private Pages() {}

  /// Asks for each as nobody, and tells those that are there, each by itself.
  static void open(Scene scene, List<String> paths, Severity severity) {
    there(scene, paths)
        .forEach(
            (path, attempt) ->
                scene.found(
                    new Fault(
                        null,
                        path,
                        severity,
                        Confidence.PROVED,
                        "`" + path + "` is open to whoever asks",
                        List.of(attempt))));
  }

  /// Those of the paths that are there for nobody, with the attempt that shows each.
  static Map<String, Integer> there(Scene scene, List<String> paths) {
    Map<String, Integer> there = new LinkedHashMap<>();
    if (scene.operations().isEmpty()) {
      return there;
    }
    Operation any = scene.operations().getFirst();
    Draft draft = Draft.of(any, Identity.NOBODY).method("GET");
    Answer nothing = scene.send(draft.raw("/" + scene.marker()));
    if (nothing.ok() || nothing.status() == 0) {
      scene.untested(null, "pages that are not there are answered " + nothing.status());
      return there;
    }
    for (String path : paths) {
      boolean listed =
          scene.contract().operations().stream().anyMatch(each -> each.path().text().equals(path));
      Answer answer = listed ? nothing : scene.send(draft.raw(path));
      if (answer.ok() && answer.body().length > 0 && !answer.sameAs(nothing)) {
        there.put(path, answer.attempt());
      }
    }
    if (there.isEmpty()) {
      scene.withstood(any);
    }
    return there;
  }
}
