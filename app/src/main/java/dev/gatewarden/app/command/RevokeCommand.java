package dev.gatewarden.app.command;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.limit.DurationText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden revoke token|subject|client`.
abstract class RevokeCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 64 << 10;

  private final Terminal terminal;
  private final String kind;

  @Mixin private final AdminPort port = new AdminPort();

  @Option(
      names = "--issuer",
      paramLabel = "<name>",
      description = "The issuer by its name in the configuration; not needed where there is one.")
  private @Nullable String issuer;

  @Option(
      names = "--for",
      paramLabel = "<duration>",
      description =
          "How long it stays shut out, such as 8h; until everything it could mean has expired where"
              + " it is not said.")
  private @Nullable String length;

  RevokeCommand(Terminal terminal, String kind) {
    this.terminal = terminal;
    this.kind = kind;
  }

  static RevokeCommand token(Terminal terminal) {
    return new Token(terminal);
  }

  static RevokeCommand subject(Terminal terminal) {
    return new Subject(terminal);
  }

  static RevokeCommand client(Terminal terminal) {
    return new Client(terminal);
  }

  /// What is shut out, and by when it was issued where that matters.
  abstract Map<String, String> fields() throws IOException, Refusal;

  @Override
  public Integer call() throws IOException, Refusal {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("do", "revoke");
    fields.put("kind", kind);
    if (issuer != null) {
      fields.put("issuer", issuer);
    }
    if (length != null) {
      fields.put("until", until(length));
    }
    fields.putAll(fields());
    Node answer = port.done(terminal, "/revocations", fields);
    terminal.out().println(RevokeListCommand.line(answer) + ": shut out");
    return Commands.CLEAN;
  }

  private static String until(String length) throws Refusal {
    try {
      return Instant.now().plus(DurationText.parse(length)).toString();
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(String.valueOf(wrong.getMessage()));
    }
  }

  Terminal terminal() {
    return terminal;
  }

  /// Of all that was issued to somebody, what is shut out.
  static final class IssuedBefore {
    @Option(
        names = "--issued-before",
        paramLabel = "<instant>",
        description = "Shuts out what was issued before, such as 2027-01-15T09:00:00Z.")
    private @Nullable String instant;

    private Map<String, String> fields(String id) {
      return instant == null ? Map.of("id", id) : Map.of("id", id, "issued-before", instant);
    }
  }

  @Command(
      name = "gatewarden revoke token",
      description = {
        "Shuts out one token of an issuer, named by its `jti`: at once, also where it was verified"
            + " before and on connections that are open.",
        "With `-` in place of the name, the token itself is read from standard input, and nothing"
            + " but its `jti` is sent on.",
        "Asks the running gate."
      },
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  gatewarden revoke token 7f1c0a9e",
        "  gatewarden revoke token 7f1c0a9e --issuer corp --for 8h",
        "  gatewarden revoke token - < leaked.jwt",
        "",
        "Exit code: 0 shut out, 2 it could not be."
      })
  static final class Token extends RevokeCommand {
    @Parameters(paramLabel = "<jti>", description = "The token's `jti`, or `-`.")
    private String id = "";

    Token(Terminal terminal) {
      super(terminal, "token");
    }

    @Override
    Map<String, String> fields() throws IOException, Refusal {
      return Map.of("id", id.equals("-") ? read() : id);
    }

    private String read() throws IOException, Refusal {
      String token =
          new String(terminal().in().readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
      String[] parts = token.split("\\.", -1);
      try {
        if (parts.length == 3
            && new DocumentReader(Bounds.DEFAULT)
                    .read(
                        new Origin(URI.create("gatewarden:token.json"), "token"),
                        Base64.getUrlDecoder().decode(parts[1]))
                instanceof Node.Obj claims) {
          if (claims.get("jti") instanceof Node.Text jti) {
            return jti.value();
          }
          throw new Refusal(
              "this token has no `jti`; shut out its subject: `gatewarden revoke subject`");
        }
      } catch (IllegalArgumentException | ProblemsException unreadable) {
        throw new Refusal("what was read is no signed token");
      }
      throw new Refusal("what was read is no signed token");
    }
  }

  @Command(
      name = "gatewarden revoke subject",
      description = {
        "Shuts out everything that was issued to a user before an instant, now where none is said:"
            + " at once, also what was verified before and on connections that are open.",
        "What is issued later is let in.",
        "Asks the running gate."
      },
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  gatewarden revoke subject alice",
        "  gatewarden revoke subject alice --issuer corp --issued-before 2027-01-15T09:00:00Z",
        "",
        "Exit code: 0 shut out, 2 it could not be."
      })
  static final class Subject extends RevokeCommand {
    @Parameters(paramLabel = "<sub>", description = "The subject, as the issuer names it.")
    private String id = "";

    @Mixin private final IssuedBefore before = new IssuedBefore();

    Subject(Terminal terminal) {
      super(terminal, "subject");
    }

    @Override
    Map<String, String> fields() {
      return before.fields(id);
    }
  }

  @Command(
      name = "gatewarden revoke client",
      description = {
        "Shuts out everything that was issued to a client (an application) before an instant, now"
            + " where none is said: at once, also what was verified before and on connections that"
            + " are open.",
        "What is issued later is let in.",
        "Asks the running gate."
      },
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  gatewarden revoke client mobile-app",
        "  gatewarden revoke client mobile-app --issued-before 2027-01-15T09:00:00Z",
        "",
        "Exit code: 0 shut out, 2 it could not be."
      })
  static final class Client extends RevokeCommand {
    @Parameters(paramLabel = "<client>", description = "The client, as the issuer names it.")
    private String id = "";

    @Mixin private final IssuedBefore before = new IssuedBefore();

    Client(Terminal terminal) {
      super(terminal, "client");
    }

    @Override
    Map<String, String> fields() {
      return before.fields(id);
    }
  }
}
