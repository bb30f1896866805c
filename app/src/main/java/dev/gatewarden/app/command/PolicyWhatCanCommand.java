package dev.gatewarden.app.command;

import dev.gatewarden.app.command.policy.Claimed;
import dev.gatewarden.app.command.policy.Models;
import dev.gatewarden.app.command.policy.WhatCan;
import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.policy.model.ApiModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden policy what-can`.
@Command(
    name = "gatewarden policy what-can",
    description = {
      "Tells what a caller can do: each operation, and whose objects it leads to.",
      "The caller is described by options, or read from a token or a file of JSON claims; a token"
          + " is not verified, only read as its issuer's tokens are."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden policy what-can --scheme bearerAuth --scopes orders:read --roles support",
      "  gatewarden policy what-can claims.json",
      "  gatewarden token | gatewarden policy what-can - --format json",
      "",
      "Exit code: 0 it can do something, 1 nothing, 2 it could not be told."
    })
final class PolicyWhatCanCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 1 << 16;

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "<file>",
      description = "A token, or JSON claims; `-` reads standard input.")
  private @Nullable String file;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(
      names = "--scheme",
      split = ",",
      paramLabel = "<name>",
      description =
          "What it can prove: security schemes of the contract; each of them where it is not said.")
  private List<String> schemes = new ArrayList<>();

  @Option(
      names = "--scopes",
      split = ",",
      paramLabel = "<scope>",
      description = "What its client was granted.")
  private List<String> scopes = new ArrayList<>();

  @Option(
      names = "--roles",
      split = ",",
      paramLabel = "<role>",
      description = "What its user may be.")
  private List<String> roles = new ArrayList<>();

  @Option(
      names = "--no-tenant",
      description = "It belongs to no tenant; to one where it is not said.")
  private boolean tenantless;

  @Option(names = "--crossing", description = "Its issuer vouches for its roles across tenants.")
  private boolean crossing;

  @Option(
      names = "--issuer",
      paramLabel = "<name>",
      description = "Whose token it is; found by its `iss` where it is not said.")
  private @Nullable String issuer;

  @Option(names = "--api", paramLabel = "<name>", description = "One API alone.")
  private @Nullable String only;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  PolicyWhatCanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Models models = Models.of(configuration.read(terminal), ConfigurationFile.today());
    check(models);
    Claimed claimed = file == null ? null : claimed(models, file);
    List<WhatCan> answers = new ArrayList<>();
    for (Map.Entry<String, ApiModel> each : models.byApi().entrySet()) {
      if (only == null || only.equals(each.getKey())) {
        answers.add(answer(models, each.getKey(), each.getValue(), claimed));
      }
    }
    switch (format) {
      case TEXT -> answers.forEach(each -> terminal.out().print(each.text(terminal)));
      case JSON -> terminal.out().print(Json.text(answers.stream().map(WhatCan::json).toList()));
    }
    return answers.stream().anyMatch(WhatCan::anything) ? Commands.CLEAN : Commands.FINDINGS;
  }

  private WhatCan answer(Models models, String name, ApiModel api, @Nullable Claimed claimed) {
    Set<String> all = api.contract().schemes().keySet();
    if (claimed == null) {
      Set<String> proved = new LinkedHashSet<>(schemes.isEmpty() ? all : schemes);
      proved.retainAll(all);
      return WhatCan.standing(
          api, proved, Set.copyOf(scopes), Set.copyOf(roles), !tenantless, crossing);
    }
    Set<String> proved = new LinkedHashSet<>();
    Api settings = models.reading().configuration().apis().get(name);
    if (settings != null) {
      settings
          .security()
          .forEach(
              (scheme, prover) -> {
                if (prover.equals(claimed.issuer())) {
                  proved.add(scheme);
                }
              });
    }
    return new WhatCan(api, proved, claimed.proof());
  }

  private void check(Models models) throws Refusal {
    Set<String> apis = models.byApi().keySet();
    if (only != null && !apis.contains(only)) {
      throw new Refusal("there is no API `" + only + "`; " + advice(only, apis));
    }
    Set<String> known = new LinkedHashSet<>();
    models.byApi().values().forEach(each -> known.addAll(each.contract().schemes().keySet()));
    for (String scheme : schemes) {
      if (!known.contains(scheme)) {
        throw new Refusal("there is no security scheme `" + scheme + "`; " + advice(scheme, known));
      }
    }
    boolean described = !scopes.isEmpty() || !roles.isEmpty() || !schemes.isEmpty() || tenantless;
    if (file != null && described) {
      throw new Refusal("a caller is read from a file or described by options, not both");
    }
    if (file == null && issuer != null) {
      throw new Refusal("`--issuer` says whose token a file holds, and there is none");
    }
  }

  private static String advice(String wrong, Set<String> known) {
    String advice = Nearest.advice(wrong, known);
    return advice.isEmpty() ? "there are " + String.join(", ", known) : advice;
  }

  private Claimed claimed(Models models, String name) throws IOException, Refusal {
    byte[] bytes;
    try {
      bytes =
          name.equals("-")
              ? terminal.in().readNBytes(MOST_BYTES)
              : Files.readAllBytes(terminal.folder().resolve(Path.of(name)));
    } catch (NoSuchFileException absent) {
      throw new Refusal("there is no file `" + name + "`");
    }
    try {
      String text = new String(bytes, StandardCharsets.UTF_8);
      return Claimed.read(text, issuer, models.reading().configuration());
    } catch (Claimed.Unreadable wrong) {
      throw new Refusal("`" + name + "`: " + wrong.getMessage());
    }
  }
}
