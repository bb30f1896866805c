package dev.gatewarden.demo;

import dev.gatewarden.demo.issuer.IssuerKeys;
import dev.gatewarden.demo.issuer.Mint;
import dev.gatewarden.demo.issuer.Person;
import dev.gatewarden.demo.issuer.Signing;
import dev.gatewarden.demo.issuer.TokenWish;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatewarden demo token`: prints a token, good or bad, and nothing else.
@Command(
    name = "token",
    description = "Prints a token of the demo's issuer, and nothing else.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  TOKEN=$(./gatewarden demo token alice)",
      "  curl -H \"Authorization: Bearer $TOKEN\" localhost:8080/v1/orders",
      "  ./gatewarden demo token alice --expires -1h",
      "  ./gatewarden demo token alice --alg none"
    })
final class TokenCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "WHO", description = "alice, bob, admin or partner")
  private String who = "";

  @Option(names = "--audience", paramLabel = "URI", description = "whom it is for")
  private @Nullable String audience;

  @Option(names = "--issuer", paramLabel = "URI", description = "who says it is from")
  private @Nullable String issuer;

  @Option(names = "--expires", paramLabel = "TIME", description = "such as 5m, 2h, -1h")
  private @Nullable String expires;

  @Option(
      names = "--alg",
      paramLabel = "ALG",
      description =
          "RS256, ES256; none, HS256-with-public-key, foreign-key, embedded-key, key-from-path")
  private String signing = "RS256";

  @Option(names = "--scope", paramLabel = "SCOPES", description = "with blanks between them")
  private @Nullable String scope;

  @Option(names = "--role", paramLabel = "ROLE", description = "may be given several times")
  private List<String> roles = new ArrayList<>();

  @Option(names = "--tenant", paramLabel = "TENANT", description = "north or south")
  private @Nullable String tenant;

  @Option(names = "--type", paramLabel = "TYPE", description = "the header's `typ`")
  private @Nullable String typ;

  @Override
  public Integer call() throws IOException {
    StateFolder state = Tree.find().state();
    TokenWish wish = wish(state);
    PrintWriter out = spec().commandLine().getOut();
    out.println(new Mint(IssuerKeys.in(state), Clock.systemUTC()).token(wish));
    out.flush();
    return 0;
  }

  private TokenWish wish(StateFolder state) throws IOException {
    Person person =
        Person.named(who)
            .orElseThrow(() -> wrong("`" + who + "` is nobody here: alice, bob, admin or partner"));
    TokenWish wish =
        TokenWish.of(person, issuer == null ? Whereabouts.issuer(state) : issuer)
            .signing(
                Signing.of(signing)
                    .orElseThrow(() -> wrong("`" + signing + "` is no way to sign: see --help")));
    if (audience != null) {
      wish = wish.audience(audience);
    }
    if (expires != null) {
      wish = wish.expires(duration(expires));
    }
    if (scope != null) {
      wish = wish.scopes(scope.isBlank() ? List.of() : List.of(scope.strip().split("\\s+")));
    }
    if (!roles.isEmpty()) {
      wish = wish.roles(roles);
    }
    if (tenant != null) {
      wish = wish.tenant(tenant);
    }
    return typ == null ? wish : wish.typ(typ);
  }

  private Duration duration(String text) {
    boolean past = text.startsWith("-");
    String number = text.substring(past ? 1 : 0, Math.max(past ? 1 : 0, text.length() - 1));
    try {
      long amount = Long.parseUnsignedLong(number) * (past ? -1 : 1);
      return switch (text.charAt(text.length() - 1)) {
        case 's' -> Duration.ofSeconds(amount);
        case 'm' -> Duration.ofMinutes(amount);
        case 'h' -> Duration.ofHours(amount);
        case 'd' -> Duration.ofDays(amount);
        default -> throw wrong("`" + text + "` is no time: write 30s, 5m, 2h, 1d, or -1h");
      };
    } catch (NumberFormatException | IndexOutOfBoundsException | ArithmeticException e) {
      throw wrong("`" + text + "` is no time: write 30s, 5m, 2h, 1d, or -1h");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec().commandLine(), message);
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli injects it");
    }
    return spec;
  }
}
