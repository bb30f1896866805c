package dev.gatewarden.app.command;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.platform.auditing.Baseline;
import dev.gatewarden.platform.auditing.Ranked;
import dev.gatewarden.platform.auditing.Suppressed;
import dev.gatewarden.platform.auditing.Suppressions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What of the findings is agreed to already: the options for suppressions and the baseline, which
/// every command that finds something has in common.
final class Agreed {
  @Option(
      names = "--suppressions",
      paramLabel = "<file>",
      description =
          "What somebody answers for: `suppressions: [{finding: …, owner: …, because: …, until:"
              + " …}]`, where a finding is an id, or the rule or probe that finds it.")
  private @Nullable Path suppressions;

  @Option(
      names = "--baseline",
      paramLabel = "<file>",
      description =
          "Tells only what is not in that file, at places and operations that are not in it, or is"
              + " worse than it says.")
  private @Nullable Path baseline;

  @Option(
      names = "--write-baseline",
      paramLabel = "<file>",
      description = "Writes what was found to that file.")
  private @Nullable Path written;

  /// What the files say.
  record Word(Suppressions suppressions, @Nullable Baseline baseline) {

    /// Splits findings by it; what nobody needs to suppress any more is told at once.
    Left left(List<Ranked> findings, LocalDate today, Terminal terminal) {
      Suppressions.Split split = suppressions.split(findings, today);
      terminal.err().print(Problems.text(split.stale(), terminal));
      if (baseline == null) {
        return new Left(split.left(), split.left(), List.of(), split.suppressed());
      }
      List<Ranked> fresh = baseline.fresh(split.left());
      List<Ranked> known =
          split.left().stream()
              .filter(each -> fresh.stream().noneMatch(one -> same(one, each)))
              .toList();
      return new Left(split.left(), fresh, known, split.suppressed());
    }

    private static boolean same(Ranked one, Ranked other) {
      return one.finding().id().equals(other.finding().id());
    }
  }

  /// Findings, by what was agreed to.
  ///
  /// @param all everything that is not suppressed
  /// @param fresh what of it is not in the baseline
  /// @param known what of it is
  record Left(
      List<Ranked> all, List<Ranked> fresh, List<Ranked> known, List<Suppressed> suppressed) {
    Left {
      all = List.copyOf(all);
      fresh = List.copyOf(fresh);
      known = List.copyOf(known);
      suppressed = List.copyOf(suppressed);
    }
  }

  /// The files that were named to be read.
  List<Path> files() {
    return Stream.of(suppressions, baseline).filter(Objects::nonNull).toList();
  }

  /// Reads the files that were named.
  Word read(Terminal terminal) throws IOException {
    return new Word(
        suppressions == null
            ? Suppressions.NONE
            : Suppressions.read(document(suppressions, terminal), ConfigurationFile.today()),
        baseline == null ? null : Baseline.read(document(baseline, terminal)));
  }

  private static Node document(Path file, Terminal terminal) throws IOException {
    Path path = terminal.folder().resolve(file).normalize();
    return new DocumentReader(Bounds.DEFAULT)
        .read(new Place.Origin(path.toUri(), file.toString()), Files.readAllBytes(path));
  }

  /// Writes the baseline, where one is asked for.
  void write(List<Ranked> found, Terminal terminal) throws IOException {
    if (written == null) {
      return;
    }
    Files.writeString(terminal.folder().resolve(written), Json.text(Baseline.of(found).written()));
    terminal.err().println(written);
  }
}
