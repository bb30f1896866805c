package dev.gatewarden.app.command;

import dev.gatewarden.app.command.probe.Told;
import dev.gatewarden.app.command.probe.emit.Emission;
import dev.gatewarden.app.command.probe.emit.Emitted;
import dev.gatewarden.app.command.probe.emit.Retrial;
import dev.gatewarden.app.command.probe.emit.RetrialReport;
import dev.gatewarden.app.command.probe.emit.TestFiles;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.platform.probing.Report;
import dev.gatewarden.platform.probing.Target;
import dev.gatewarden.platform.probing.regression.Outcome;
import dev.gatewarden.platform.probing.regression.Regression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a command line says of probe tests.
final class ProbeTests {
  @Option(
      names = "--emit-tests",
      paramLabel = "<folder>",
      description =
          "Writes each finding down as a test that can be committed, and what runs the tests in a"
              + " pipeline. What somebody changed there is left alone.")
  private @Nullable Path emit;

  @Option(
      names = "--test",
      paramLabel = "<file>",
      description =
          "Only tries again what such a file says, or all files of a folder; as often as needed. 0:"
              + " all are gone, 1: one is there, 2: one could not be tried.")
  private List<Path> tests = new ArrayList<>();

  /// Runs probes against the API.
  interface Runs {
    Report run(List<Operation> operations, List<Probe> probes, long seed, Target target)
        throws IOException, Refusal;
  }

  /// Whether nothing but tests is to be run.
  boolean asked() {
    return !tests.isEmpty();
  }

  /// The words that say something, for whom they mean nothing.
  List<String> said() {
    List<String> said = new ArrayList<>();
    if (emit != null) {
      said.add("`--emit-tests`");
    }
    if (asked()) {
      said.add("`--test`");
    }
    return said;
  }

  /// @throws Refusal where tests are to be told in a way that they are not
  void check(ProbeCommand.As format, boolean through) throws Refusal {
    boolean told =
        switch (format) {
          case HUMAN, JSON, JUNIT -> true;
          case SARIF, HTML, DOT, MERMAID -> false;
        };
    if (asked() && (through || !told)) {
      throw new Refusal(
          "`--test` is told as human, json or junit, and tried at one `--target`: name the gate"
              + " there to try what stands behind it");
    }
  }

  /// Tries again what the files say, and tells it; all of them share the requests of the target.
  ///
  /// @param probes all there are
  /// @param before requests that were sent already, such as logins
  /// @return the exit code
  int tried(
      Terminal terminal,
      Contract contract,
      List<Identity> identities,
      Target target,
      List<Probe> probes,
      ProbeCommand.As format,
      int before,
      Runs runs)
      throws IOException, Refusal {
    Map<String, Regression> read = TestFiles.read(terminal.folder(), tests);
    if (read.isEmpty()) {
      throw new Refusal("no test stands in `" + tests.getFirst() + "`");
    }
    int[] spent = {before};
    List<Retrial.Tried> tried =
        new Retrial(contract, identities, target, probes)
            .of(
                read,
                (some, by, seed) -> {
                  int left = target.most() - spent[0];
                  if (left < 1) {
                    throw new Refusal("the " + target.most() + " requests of `--most` are spent");
                  }
                  Report report = runs.run(some, by, seed, target.atMost(left));
                  spent[0] += report.attempts().size();
                  return report;
                });
    terminal
        .out()
        .print(
            switch (format) {
              case JSON -> RetrialReport.json(tried);
              case JUNIT -> RetrialReport.junit(tried);
              case HUMAN, SARIF, HTML, DOT, MERMAID -> RetrialReport.human(tried, terminal);
            });
    if (RetrialReport.count(tried, Outcome.Still.class) > 0) {
      return Commands.FINDINGS;
    }
    return RetrialReport.count(tried, Outcome.Unknown.class) > 0
        ? Commands.COULD_NOT
        : Commands.CLEAN;
  }

  /// Writes what is told down, where that was asked for.
  ///
  /// @param words of the command line that tests need as well, but for the target
  void written(Terminal terminal, Emission emission, Told told, List<String> words, Path identities)
      throws IOException {
    Path folder = emit;
    if (folder != null) {
      Emitted.write(terminal.folder(), folder, emission, told, words, identities)
          .forEach(each -> terminal.err().println("gatewarden: " + each));
    }
  }
}
