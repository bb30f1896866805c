package dev.gatewarden.app.command;

import dev.gatewarden.app.certificates.Refused;
import dev.gatewarden.app.certificates.Request;
import dev.gatewarden.app.certificates.Signer;
import dev.gatewarden.core.limit.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden certificates sign`.
@Command(
    name = "gatewarden certificates sign",
    description = {
      "Checks a partner's certificate request and signs it with an issuer of yours. Nothing is sent"
          + " anywhere. The request must be signed by its own key, the key must be strong, and it"
          + " must ask for exactly the names that you say: what is signed is a client's certificate"
          + " for these names, and nothing else of what it asks for."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden certificates sign request.pem --ca ca.pem --ca-key ca.key --for acme"
          + " --san uri:https://acme.example/orders",
      "  gatewarden certificates sign request.pem --ca ca.pem --ca-key ca.key --for billing"
          + " --san uri:spiffe://prod.example.org/billing --life 30d --out billing.pem",
      "",
      "Exit code: 0 it was signed, 1 the request is refused, 2 it could not run."
    })
final class CertificatesSignCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofDays(398);
  private static final int LONGEST_NAME = 64;

  private final Terminal terminal;

  @Parameters(paramLabel = "<request>", description = "The certificate request, PEM.")
  private @Nullable Path request;

  @Option(
      names = "--ca",
      required = true,
      paramLabel = "<file>",
      description = "The issuer's certificate, PEM.")
  private @Nullable Path issuer;

  @Option(
      names = "--ca-key",
      required = true,
      paramLabel = "<file>",
      description = "The issuer's key, PEM, not encrypted.")
  private @Nullable Path key;

  @Option(
      names = "--for",
      required = true,
      paramLabel = "<partner>",
      description = "Whom it is for: its common name.")
  private String partner = "";

  @Option(
      names = "--san",
      required = true,
      paramLabel = "<name>",
      description =
          "A name it must ask for: dns:, uri: or email: and the name; as often as needed.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--life",
      paramLabel = "<duration>",
      defaultValue = "90d",
      description = "How long it is good, at most 398d; ${DEFAULT-VALUE} where it is not said.")
  private String life = "90d";

  @Option(
      names = "--out",
      paramLabel = "<file>",
      defaultValue = "-",
      description = "The file to write; standard output where it is not said.")
  private Path out = Path.of("-");

  CertificatesSignCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Duration lasting = life();
    if (partner.isBlank() || partner.length() > LONGEST_NAME) {
      throw new Refusal("`--for` names nobody; at most 64 characters");
    }
    for (String name : names) {
      if (!name.startsWith("dns:") && !name.startsWith("uri:") && !name.startsWith("email:")) {
        throw new Refusal("`" + name + "` is written as `dns:…`, `uri:…` or `email:…`");
      }
    }
    try {
      Signer signer = Signer.read(in(issuer), in(key));
      return sign(signer, lasting);
    } catch (Refused unusable) {
      throw new Refusal(unusable.said());
    }
  }

  private int sign(Signer signer, Duration lasting) throws IOException {
    try {
      Request asked = Request.read(in(request));
      List<String> wanted = List.copyOf(new TreeSet<>(names));
      if (!asked.names().equals(wanted)) {
        terminal
            .err()
            .println(
                terminal.bad("refused: ")
                    + "it asks for "
                    + (asked.names().isEmpty() ? "no names" : String.join(", ", asked.names()))
                    + "; you said "
                    + String.join(", ", wanted));
        return Commands.FINDINGS;
      }
      write(signer.sign(asked, partner, lasting, Instant.now()));
      return Commands.CLEAN;
    } catch (Refused refused) {
      terminal.err().println(terminal.bad("refused: ") + refused.said());
      return Commands.FINDINGS;
    }
  }

  private void write(String text) throws IOException {
    if (out.toString().equals("-")) {
      terminal.out().print(text);
      terminal.out().flush();
    } else {
      Files.writeString(terminal.folder().resolve(out), text);
    }
  }

  private Path in(@Nullable Path file) {
    return terminal.folder().resolve(Objects.requireNonNull(file));
  }

  private Duration life() throws Refusal {
    try {
      Duration read = DurationText.parse(life);
      if (!read.isZero() && read.compareTo(LONGEST) <= 0) {
        return read;
      }
    } catch (IllegalArgumentException unreadable) {
      throw new Refusal("`--life` is `" + life + "`; write it as `90d`");
    }
    throw new Refusal("`--life` is `" + life + "`; more than nothing, and at most `398d`");
  }
}
