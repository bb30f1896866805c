package dev.gatewarden.app.command;

import dev.gatewarden.app.client.LoggingIn;
import dev.gatewarden.app.client.Login;
import dev.gatewarden.app.client.LoginFile;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.app.configuration.Secrets;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `gatewarden login`.
@Command(
    name = "gatewarden login",
    description = {
      "Logs in at an authorization server, so that commands can prove who asks.",
      "A person opens a page and enters a code (RFC 8628); with --secret the client itself logs in"
          + " (client credentials).",
      "The tokens are kept in gatewarden/login.json in the user's configuration folder, readable"
          + " by its owner alone; of a secret only its reference is kept."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden login --issuer https://id.example.com --client gatewarden-cli",
      "  gatewarden login --issuer https://id.example.com --client ci --secret env:CI_SECRET",
      "",
      "Exit code: 0 logged in, 2 not."
    })
final class LoginCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--issuer",
      required = true,
      paramLabel = "<url>",
      description = "The authorization server.")
  private @Nullable URI issuer;

  @Option(
      names = "--client",
      required = true,
      paramLabel = "<id>",
      description = "The client's name there.")
  private String client = "";

  @Option(
      names = "--secret",
      paramLabel = "<env:NAME|file:path>",
      description = "Where a confidential client's secret is kept; it logs in by itself.")
  private @Nullable String secret;

  @Option(
      names = "--scope",
      paramLabel = "<scope>",
      description = "What the token is to be used for; may be repeated.")
  private List<String> scopes = new ArrayList<>();

  LoginCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal, InterruptedException {
    URI server = java.util.Objects.requireNonNull(issuer);
    LoginFile file = LoginFile.of(terminal.environment());
    try (LoggingIn logging = new LoggingIn(secrets(terminal))) {
      String kept = secret;
      Login login =
          kept == null
              ? logging.device(server, client, scopes, this::tell)
              : logging.client(server, client, absolute(kept), scopes);
      file.write(login);
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(String.valueOf(wrong.getMessage()));
    }
    terminal.err().println("logged in; the tokens are kept in " + file.path());
    return Commands.CLEAN;
  }

  private void tell(LoggingIn.Asked asked) {
    terminal
        .err()
        .println(
            "open "
                + terminal.strong(asked.page().toString())
                + " and enter "
                + terminal.strong(asked.code()));
  }

  /// A reference that holds wherever the next command is started.
  private String absolute(String reference) {
    SecretReference parsed = SecretReference.parse(reference);
    return switch (parsed.kind()) {
      case ENV -> reference;
      case FILE -> "file:" + terminal.folder().resolve(parsed.name()).normalize();
    };
  }

  /// Secrets by references that stand outside a configuration.
  static Secrets secrets(Terminal terminal) {
    return new Secrets(terminal.folder(), terminal.environment());
  }
}
