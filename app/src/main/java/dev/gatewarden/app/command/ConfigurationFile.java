package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.TunableGuards;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Option;

/// The option that names the configuration.
final class ConfigurationFile {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "<file>",
      defaultValue = "gatewarden.yaml",
      description = "The configuration; ${DEFAULT-VALUE} where it is not said.")
  private Path file = Path.of("gatewarden.yaml");

  Path file() {
    return file;
  }

  /// The configuration in it; places in messages go by the path as the user wrote it.
  Reading read(Terminal terminal) {
    return read(terminal, file);
  }

  /// The configuration in a file.
  static Reading read(Terminal terminal, Path file) {
    Path shown = file;
    Path folder = terminal.folder();
    if (!file.isAbsolute() && !folder.equals(Path.of("").toAbsolutePath())) {
      shown = folder.resolve(file);
    }
    return new ConfigurationReader(TunableGuards.all()).read(shown, today());
  }

  /// The day on which exceptions must hold.
  static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }
}
