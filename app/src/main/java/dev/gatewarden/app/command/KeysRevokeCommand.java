package dev.gatewarden.app.command;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.gateway.keys.Standing;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden keys revoke`.
@Command(
    name = "gatewarden keys revoke",
    description = {
      "Takes an API key back. A running gate refuses it within two seconds, also on connections"
          + " that are open.",
      "Revoking one that has ended is no error."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden keys revoke 3fJx0aQ7LmZ1",
      "",
      "Exit code: 0 revoked, 2 it could not."
    })
final class KeysRevokeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "<id>", description = "The id of the key, as the list names it.")
  private String id = "";

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  KeysRevokeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    try (KeysAt keys = KeysAt.of(terminal, configuration.read(terminal))) {
      ApiKey key = keys.act("revoke-key", id, () -> keys.store().revoke(id));
      String state = Standing.of(key, null, Instant.now()).word();
      switch (format) {
        case JSON -> {
          Map<String, Object> all = KeysAt.json(key);
          all.put("state", state);
          terminal.out().print(Json.text(all));
        }
        case TEXT -> terminal.out().println("`" + id + "` of `" + key.name() + "`: " + state);
      }
      return Commands.CLEAN;
    }
  }
}
