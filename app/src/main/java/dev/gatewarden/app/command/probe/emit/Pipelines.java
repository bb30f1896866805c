package dev.gatewarden.app.command.probe.emit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What runs probe tests in somebody's pipeline, and a page that says what they are.
final class Pipelines {
  private static final Pattern VARIABLE = Pattern.compile("\\benv:([A-Za-z_][A-Za-z0-9_]*)");

  private final String command;
  private final Set<String> variables = new TreeSet<>();

  /// @param words of the command line that runs the tests, without the target
  /// @param identities the text of the file of identities; only names of variables are taken of it
  Pipelines(List<String> words, String identities) {
    StringBuilder line = new StringBuilder("gatewarden probe");
    words.forEach(each -> line.append(' ').append(quoted(each)));
    command = line.append(" --target \"$TARGET\"").toString();
    Matcher names = VARIABLE.matcher(identities);
    while (names.find()) {
      variables.add(names.group(1));
    }
  }

  /// The texts of the files by their names.
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("README.md", readme());
    files.put("github-actions.yml", github());
    files.put("gitlab-ci.yml", gitlab());
    return files;
  }

  private String readme() {
    return "# Probe tests\n\n"
        + "Each `*.probe.yaml` is a fault that `gatewarden probe` found: the requests that showed"
        + " it, what is right, and what ends it (`*.overlay.yaml` can be laid over the contract).\n"
        + "`"
        + command
        + "` tries them again: exit code 0 says that all are gone, 1 that one is there, 2 that one"
        + " could not be tried.\n"
        + "`github-actions.yml` and `gitlab-ci.yml` do so in a pipeline; copy what you need. No"
        + " credential stands in any of these files.\n"
        + "Delete a test whose operation is gone. Files that you change are not written again.\n";
  }

  private String github() {
    StringBuilder text = new StringBuilder();
    text.append("# Copy it to .github/workflows/probe-tests.yml.\n");
    text.append("name: probe tests\non: [pull_request]\njobs:\n  probe-tests:\n");
    text.append("    runs-on: ubuntu-latest\n    steps:\n    - uses: actions/checkout@v4\n");
    text.append("    # Start the service here, and put `gatewarden` on the path.\n");
    text.append("    - name: try again what was found\n      env:\n");
    text.append("        TARGET: http://127.0.0.1:9000\n");
    for (String each : variables) {
      text.append("        ").append(each).append(": ${{ secrets.").append(each).append(" }}\n");
    }
    text.append("      run: |\n        ").append(command);
    text.append(" --format junit > probe-tests.xml\n");
    text.append("    - uses: actions/upload-artifact@v4\n      if: always()\n");
    text.append("      with: {name: probe-tests, path: probe-tests.xml}\n");
    return text.toString();
  }

  private String gitlab() {
    StringBuilder text = new StringBuilder("# Include it in .gitlab-ci.yml.\nprobe-tests:\n");
    text.append("  # Start the service here, and put `gatewarden` on the path.\n");
    text.append("  variables:\n    TARGET: http://127.0.0.1:9000\n");
    if (!variables.isEmpty()) {
      text.append("  # Of the settings of the project: ").append(String.join(", ", variables));
      text.append('\n');
    }
    text.append("  script:\n  - |\n    ").append(command);
    text.append(" --format junit > probe-tests.xml\n");
    text.append("  artifacts:\n    when: always\n    reports: {junit: probe-tests.xml}\n");
    return text.toString();
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:,=@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
