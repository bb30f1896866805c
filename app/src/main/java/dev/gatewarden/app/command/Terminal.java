package dev.gatewarden.app.command;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where a command stands: what it prints to, the folder it was started in, the environment.
///
/// @param in what is piped in
/// @param out results and nothing else, in UTF-8
/// @param err everything said to people beside them
/// @param colour whether `out` and `err` show colours
/// @param folder relative paths begin here
/// @param without controls that are left out, for tests that show what a control is worth
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean colour,
    Path folder,
    Map<String, String> environment,
    Set<String> without) {

  /// One that leaves no control out.
  public Terminal(
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean colour,
      Path folder,
      Map<String, String> environment) {
    this(in, out, err, colour, folder, environment, Set.of());
  }

  /// This process's own.
  public static Terminal ofThisProcess() {
    Map<String, String> environment = System.getenv();
    boolean colour =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
    return new Terminal(
        System.in,
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        colour,
        Path.of("").toAbsolutePath(),
        environment);
  }

  /// A text as something to look at first.
  public String strong(String text) {
    return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  /// A text as something wrong.
  public String bad(String text) {
    return colour ? "\u001b[31m" + text + "\u001b[0m" : text;
  }

  /// A text as something well.
  public String good(String text) {
    return colour ? "\u001b[32m" + text + "\u001b[0m" : text;
  }

  /// A text as something beside the point.
  public String faint(String text) {
    return colour ? "\u001b[2m" + text + "\u001b[0m" : text;
  }
}
