package dev.gatewarden.app.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// Runs command lines in a folder and keeps what they print.
final class Shell {
  private final Path folder;

  Shell(Path folder) {
    this.folder = folder;
  }

  /// What came of a command line.
  record Said(int code, String out, String err) {}

  Said run(String... arguments) {
    return piped("", arguments);
  }

  /// Runs a command line that is given something on standard input.
  Said piped(String in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            folder,
            Map.of("BANKSIGNATURE_SECRET", "0123456789abcdef0123456789abcdef"));
    int code = Commands.run(arguments, terminal);
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
