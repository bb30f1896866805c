package dev.gatewarden.app.command;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// The reference page of the command line: the help of each verb.
final class CliPage {
  private CliPage() {}

  static String text() {
    Terminal plain =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
            false,
            Path.of(""),
            Map.of());
    StringBuilder page = new StringBuilder("# The command line\n\n```text\n");
    page.append(Commands.help(plain)).append("```\n");
    Commands.verbs()
        .forEach(
            (name, verb) ->
                page.append("\n## ")
                    .append(name)
                    .append("\n\n```text\n")
                    .append(Commands.line(verb, plain).getUsageMessage().strip())
                    .append("\n```\n"));
    return page.toString();
  }
}
