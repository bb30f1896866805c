package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.KeyRing;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.gateway.keys.KeyStore;
import dev.gatewarden.gateway.keys.Standing;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden keys list`.
@Command(
    name = "gatewarden keys list",
    description = {
      "Lists the API keys that were issued, how they stand, and when they were last used.",
      "A key that is due, expiring or leaked wants a successor: gatewarden keys rotate <id>."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden keys list",
      "  gatewarden keys list --ring partners --format json",
      "",
      "Exit code: 0 nothing to do, 1 a key wants a successor, 2 it could not look."
    })
final class KeysListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(names = "--ring", paramLabel = "<ring>", description = "Only the keys of one ring.")
  private @Nullable String ring;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  KeysListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /// One line of the list.
  private record Line(KeyStore.Listed listed, Standing standing) {}

  @Override
  public Integer call() throws IOException, Refusal {
    try (KeysAt keys = KeysAt.of(terminal, configuration.read(terminal))) {
      Instant now = Instant.now();
      String only = ring == null ? null : keys.ring(ring);
      List<Line> lines = new ArrayList<>();
      boolean wanting = false;
      for (KeyStore.Listed listed : keys.store().list()) {
        ApiKey key = listed.key();
        if (only == null || key.ring().equals(only)) {
          KeyRing settings = keys.reading().configuration().apiKeys().get(key.ring());
          Standing standing = Standing.of(key, settings == null ? null : settings.rotate(), now);
          lines.add(new Line(listed, standing));
          wanting |= standing.wantsSuccessor() && key.successor() == null;
        }
      }
      switch (format) {
        case JSON -> terminal.out().print(Json.text(lines.stream().map(this::json).toList()));
        case TEXT -> text(lines);
      }
      return wanting ? Commands.FINDINGS : Commands.CLEAN;
    }
  }

  private Map<String, Object> json(Line line) {
    Map<String, Object> all = KeysAt.json(line.listed().key());
    Instant used = line.listed().used();
    all.put("state", line.standing().word());
    all.put("used", used == null ? null : used.toString());
    return all;
  }

  private void text(List<Line> lines) {
    if (lines.isEmpty()) {
      terminal.out().println("no key was issued");
      return;
    }
    terminal
        .out()
        .println(terminal.faint(row("id", "name", "state", "ends", "last used", "opens")));
    for (Line line : lines) {
      ApiKey key = line.listed().key();
      Instant used = line.listed().used();
      String row =
          row(
              key.id(),
              key.name(),
              line.standing().word(),
              day(key.expires()),
              used == null ? "never" : day(used),
              String.join(" ", key.operations()));
      terminal.out().println(line.standing().wantsSuccessor() ? terminal.bad(row) : row);
    }
  }

  private static String row(
      String id, String name, String state, String ends, String used, String opens) {
    return wide(id, 14)
        + wide(name, 22)
        + wide(state, 10)
        + wide(ends, 12)
        + wide(used, 12)
        + opens;
  }

  private static String wide(String text, int width) {
    return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
  }

  private static String day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
  }
}
