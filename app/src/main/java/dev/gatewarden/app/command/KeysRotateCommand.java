package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.KeyRing;
import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.core.limit.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden keys rotate`.
@Command(
    name = "gatewarden keys rotate",
    description = {
      "Issues a successor that opens the same, and prints it, once; the key itself ends after an"
          + " overlap.",
      "A key that leaked or was revoked stays ended; its successor opens what it opened."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden keys rotate 3fJx0aQ7LmZ1",
      "  gatewarden keys rotate 3fJx0aQ7LmZ1 --overlap 24h",
      "",
      "Exit code: 0 rotated, 2 it could not."
    })
final class KeysRotateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "<id>", description = "The id of the key, as the list names it.")
  private String id = "";

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(
      names = "--overlap",
      paramLabel = "<time>",
      description = "How long both are good; the ring's `overlap` where it is not said.")
  private @Nullable String overlap;

  @Option(
      names = "--life",
      paramLabel = "<time>",
      description = "How long the successor lives; the ring's `lifetime` where it is not said.")
  private @Nullable String life;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  KeysRotateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    try (KeysAt keys = KeysAt.of(terminal, configuration.read(terminal))) {
      ApiKey old = keys.store().find(id);
      KeyRing ring = keys.settings(old);
      Duration both =
          overlap == null ? ring.overlap() : KeysIssueCommand.time("--overlap", overlap);
      boolean ended = old.state() != ApiKey.State.ACTIVE;
      keys.issued(
          keys.act(
              "rotate-key",
              id,
              () ->
                  keys.store()
                      .rotate(id, KeysIssueCommand.life(life, ring), both, keys.pepper(ring))),
          format,
          ended
              ? "; " + id + " opens nothing any more"
              : "; " + id + " ends in " + DurationText.write(both) + " at the latest");
      return Commands.CLEAN;
    }
  }
}
