package dev.gatewarden.app.command.probe.emit;

import dev.gatewarden.app.command.probe.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A folder of probe tests.
public final class Emitted {
  private Emitted() {}

  /// Writes a test for each finding that is told, what runs them in a pipeline, and a page about
  /// them. What somebody changed is left alone.
  ///
  /// @param folder that names are relative to
  /// @param to where they are to stand
  /// @param words of the command line that runs them, but for the tests and the target
  /// @return what is to be told, a line each
  public static List<String> write(
      Path folder, Path to, Emission emission, Told told, List<String> words, Path identities)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("--test", to.toString()));
    command.addAll(words);
    Map<String, String> files = new LinkedHashMap<>(emission.files(told));
    String named = Files.readString(folder.resolve(identities));
    files.putAll(new Pipelines(command, named).files());
    List<String> lines = new ArrayList<>();
    for (String each : OwnFiles.write(folder.resolve(to), files)) {
      lines.add("`" + to.resolve(each) + "` was changed by somebody and is left as it is");
    }
    int tests = told.findings().size();
    lines.add(tests + (tests == 1 ? " test" : " tests") + " for what was found in `" + to + "`");
    return lines;
  }
}
