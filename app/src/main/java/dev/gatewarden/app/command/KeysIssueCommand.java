package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.KeyRing;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.core.limit.DurationText;
import dev.gatewarden.gateway.keys.KeyStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden keys issue`.
@Command(
    name = "gatewarden keys issue",
    description = {
      "Issues an API key and prints it, once: what is kept of it cannot be turned back into it.",
      "A running gate knows it within two seconds."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden keys issue --name acme --owner team-partners --for shop.*",
      "  gatewarden keys issue --name acme --owner team-partners --for shop.getOrder"
          + " --for shop.listOrders --scope orders:read --life 30d",
      "  gatewarden keys issue --name acme --owner team-partners --for shop.* --ring partners"
          + " --format json",
      "",
      "Exit code: 0 issued, 2 it could not."
    })
final class KeysIssueCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(
      names = "--name",
      paramLabel = "<client>",
      required = true,
      description = "Who calls with it: the client, as policies and lines name it.")
  private String name = "";

  @Option(
      names = "--owner",
      paramLabel = "<team>",
      required = true,
      description = "Who answers for it.")
  private String owner = "";

  @Option(
      names = "--for",
      paramLabel = "<operation>",
      required = true,
      description = "What it opens: `api.operation`, or `api.*` for all of one API; repeatable.")
  private List<String> operations = new ArrayList<>();

  @Option(
      names = "--ring",
      paramLabel = "<ring>",
      description = "The ring below `api-keys`; the only one where it is not said.")
  private @Nullable String ring;

  @Option(
      names = "--scope",
      paramLabel = "<scope>",
      description = "A scope that it brings; repeatable.")
  private List<String> scopes = new ArrayList<>();

  @Option(
      names = "--role",
      paramLabel = "<role>",
      description = "A role that it brings; repeatable.")
  private List<String> roles = new ArrayList<>();

  @Option(names = "--tenant", paramLabel = "<tenant>", description = "The tenant it belongs to.")
  private @Nullable String tenant;

  @Option(
      names = "--life",
      paramLabel = "<time>",
      description = "How long it lives, such as 30d; the ring's `lifetime` where it is not said.")
  private @Nullable String life;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  KeysIssueCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Reading reading = configuration.read(terminal);
    try (KeysAt keys = KeysAt.of(terminal, reading)) {
      String ringName = keys.ring(ring);
      KeyRing settings =
          java.util.Objects.requireNonNull(reading.configuration().apiKeys().get(ringName));
      named("--name", name);
      named("--owner", owner);
      opened(Contracts.read(reading, ConfigurationFile.today()));
      Instant later = Instant.EPOCH;
      ApiKey like =
          new ApiKey(
              "new",
              ringName,
              settings.environment(),
              name,
              owner,
              operations,
              new HashSet<>(scopes),
              new HashSet<>(roles),
              tenant,
              later,
              later,
              ApiKey.State.ACTIVE,
              null,
              null);
      KeyStore.Wish wish = new KeyStore.Wish(like, life(life, settings));
      keys.issued(
          keys.act(
              "issue-key",
              ringName + " " + name,
              () -> keys.store().issue(wish, keys.pepper(settings))),
          format,
          "");
      return Commands.CLEAN;
    }
  }

  private static void named(String option, String value) throws Refusal {
    boolean plain = !value.isBlank() && value.length() <= 128;
    for (int i = 0; i < value.length(); i++) {
      plain &= value.charAt(i) >= ' ' && value.charAt(i) != '|' && value.charAt(i) != 127;
    }
    if (!plain) {
      throw new Refusal("`" + option + "` takes a name of at most 128 printable characters");
    }
  }

  private void opened(Contracts contracts) throws Refusal {
    for (String pattern : operations) {
      int dot = pattern.indexOf('.');
      String api = dot < 0 ? pattern : pattern.substring(0, dot);
      Contract contract = contracts.byApi().get(api);
      if (contract == null) {
        throw new Refusal(
            "`"
                + pattern
                + "` belongs to no API of this configuration; its APIs are "
                + contracts.byApi().keySet());
      }
      if (dot < 0) {
        throw new Refusal(
            "`" + pattern + "` names an API and no operation; write `" + api + ".*` for all");
      }
      String operation = pattern.substring(dot + 1);
      if (!operation.equals("*") && contract.operation(operation) == null) {
        List<String> known = contract.operations().stream().map(each -> each.id().name()).toList();
        String advice = Nearest.advice(operation, known);
        throw new Refusal(
            "`"
                + operation
                + "` is no operation of `"
                + api
                + "`"
                + (advice.isEmpty() ? "" : "; " + advice));
      }
    }
  }

  /// How long a new key lives.
  ///
  /// @param said null for the ring's own word
  static Duration life(@Nullable String said, KeyRing ring) throws Refusal {
    Duration life = said == null ? ring.lifetime() : time("--life", said);
    if (life.isZero() || life.compareTo(ring.lifetime()) > 0) {
      throw new Refusal(
          "`--life "
              + said
              + "`: a key of this ring lives at most "
              + DurationText.write(ring.lifetime()));
    }
    return life;
  }

  static Duration time(String option, String said) throws Refusal {
    try {
      return DurationText.parse(said);
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      throw new Refusal("`" + option + "`: " + wrong.getMessage());
    }
  }
}
