package dev.gatewarden.app.command.probe;

import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.platform.probing.remedy.Overlay;
import java.util.ArrayList;
import java.util.List;

/// What a remedy would write, for people.
final class Cure {
  private static final int LONGEST = 160;

  private Cure() {}

  /// In a few lines: where in the contract what is added, or the lines of `gatewarden.yaml`.
  static List<String> lines(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Words _ -> List.of();
      case Remedy.Setting(var _, String yaml) -> yaml.lines().toList();
      case Remedy.Edit(var _, List<Change> changes, var _) -> {
        List<String> lines = new ArrayList<>();
        for (Change each : changes) {
          String line = each.place() + " " + said(each);
          lines.add(line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line);
        }
        yield lines;
      }
    };
  }

  private static String said(Change change) {
    return switch (change) {
      case Change.Add(var _, String member, String json) -> member + ": " + json;
      case Change.Replace(var _, String json) -> json;
      case Change.Remove(var _, String member) -> "without " + member;
    };
  }

  /// Whole, as it can be used: an overlay, or lines of `gatewarden.yaml`; empty for mere words.
  static String whole(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Words _ -> "";
      case Remedy.Setting(var _, String yaml) -> yaml;
      case Remedy.Edit edit -> {
        String overlay = Overlay.of(edit);
        yield overlay == null ? String.join("\n", lines(edit)) : overlay;
      }
    };
  }
}
