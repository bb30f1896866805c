package dev.gatewarden.acceptance;

import dev.gatewarden.app.command.Commands;
import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.testkit.WithoutControl;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// One command line, run in this process.
///
/// @param out what it said on stdout
/// @param err what it said on stderr
public record Cli(int code, String out, String err) {

  /// Runs it without the control that this run is without.
  public static Cli run(Path folder, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String without = WithoutControl.named();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            folder,
            Map.of(),
            without.isEmpty() ? Set.of() : Set.of(without));
    int code = Commands.run(arguments, terminal);
    return new Cli(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
