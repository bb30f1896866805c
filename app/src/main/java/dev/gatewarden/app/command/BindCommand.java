package dev.gatewarden.app.command;

import dev.gatewarden.app.contracts.FileSources;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.document.Sources;
import dev.gatewarden.platform.discovery.Bindings;
import dev.gatewarden.platform.discovery.Har;
import dev.gatewarden.platform.discovery.Held;
import dev.gatewarden.platform.discovery.Proposal;
import dev.gatewarden.platform.discovery.Traffic;
import dev.gatewarden.platform.inputs.Inputs;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden bind`.
@Command(
    name = "gatewarden bind",
    description = {
      "Proposes whose objects the operations of a contract touch, as an overlay to be reviewed:"
          + " each line with what speaks for it, and what nothing speaks for as a question.",
      "Traffic of two callers or more tells owners from look-alikes: a member that equalled the"
          + " caller in every object they got. What is proposed loads; what would not is asked."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden bind openapi.yaml --out objects.yaml",
      "  gatewarden bind openapi.yaml --traffic alice.har --traffic bob.har --out objects.yaml",
      "  gatewarden bind openapi.yaml --traffic subject=u-17,tenant=t1:alice.har --traffic"
          + " subject=u-18,tenant=t1:bob.har",
      "",
      "Exit code: 0 nothing is left to be asked, 1 something is, 2 it could not run."
    })
final class BindCommand implements Callable<Integer> {
  /// Each round takes one thing back at least.
  private static final int MOST_ROUNDS = 200;

  private static final URI PROPOSAL = URI.create("file:///proposal/objects.yaml");

  private final Terminal terminal;

  @Parameters(
      paramLabel = "<contract>",
      description = "The OpenAPI or Swagger document, or a Postman collection or HTTP Archive.")
  private @Nullable Path contract;

  @Option(
      names = "--overlay",
      paramLabel = "<file>",
      description = "Laid over it; what is bound there or in the contract stays as it is.")
  private List<Path> overlays = new ArrayList<>();

  @Option(
      names = "--traffic",
      paramLabel = "<har>",
      description = {
        "What a caller was answered, as an HTTP Archive; as often as needed. Who called is read"
            + " from the bearer tokens in it, or said before a colon: `subject=u-17:alice.har`.",
      })
  private List<String> traffic = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "<file>",
      defaultValue = "-",
      description = "The file to write; - for standard output.")
  private Path out = Path.of("-");

  @Option(names = "--force", description = "Replaces a file that is there already.")
  private boolean force;

  private Held held = Held.UNKNOWN;

  BindCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    boolean toFile = !out.toString().equals("-");
    Path target = terminal.folder().resolve(out);
    if (toFile && Files.exists(target) && !force) {
      throw new Refusal(
          "`" + out + "` is there already; name another with `--out`, or say `--force`");
    }
    ContractFile given =
        ContractFile.open(
            terminal, Objects.requireNonNull(contract), overlays, Inputs.Told.NOTHING);
    Contract bare = given.read();
    Traffic seen = new Traffic(bare);
    for (String each : traffic) {
      recorded(each, seen);
    }
    Proposal proposal = sound(bare, given, seen);
    String text = proposal.written(heading(given.file())).text();
    if (toFile) {
      Files.writeString(target, text);
      terminal.out().println(out);
    } else {
      terminal.out().print(text);
    }
    said(bare, proposal, seen);
    return proposal.questions().isEmpty() ? Commands.CLEAN : Commands.FINDINGS;
  }

  /// An answer, and who got it.
  ///
  /// @param caller by the words of the binding language
  record Witnessed(Map<String, String> caller, Har.Entry entry) {}

  /// A contract with all that would be proposed for it laid over.
  ///
  /// @param recordings what callers were seen to get, who say themselves who they are
  /// @param witnessed what a service that may be broken answered: believed only where it speaks
  ///     against no owner
  /// @param held what testers say is theirs
  /// @throws ProblemsException with everything that is wrong with it
  static Contract bound(
      Terminal terminal,
      ContractFile given,
      List<Node> recordings,
      List<Witnessed> witnessed,
      Held held)
      throws Refusal {
    BindCommand bind = new BindCommand(terminal);
    bind.held = held;
    Contract bare = given.read();
    Traffic seen = new Traffic(bare);
    recordings.forEach(each -> seen.add(Har.read(each), Map.of()));
    Contract first = bind.bound(bare, given, seen);
    if (witnessed.isEmpty()) {
      return first;
    }
    witnessed.forEach(each -> seen.add(List.of(each.entry()), each.caller()));
    Contract second = bind.bound(bare, given, seen);
    return keeps(first, second) ? second : first;
  }

  private Contract bound(Contract bare, ContractFile given, Traffic seen) throws Refusal {
    String text = sound(bare, given, seen).written(heading(given.file())).text();
    boolean nothing = text.lines().allMatch(each -> each.isBlank() || each.startsWith("#"));
    return nothing ? bare : laid(given, text);
  }

  /// Whether every object that had an owner still has one.
  private static boolean keeps(Contract before, Contract after) {
    return before.types().values().stream()
        .filter(each -> each.owner() != null)
        .allMatch(
            each -> {
              ObjectType now = after.types().get(each.name());
              return now != null && now.owner() != null;
            });
  }

  private void recorded(String argument, Traffic seen) throws IOException, Refusal {
    int colon = argument.indexOf('=') < 0 ? -1 : argument.indexOf(':');
    Path file = Path.of(argument.substring(colon + 1));
    Map<String, String> caller = new LinkedHashMap<>();
    for (String part : colon < 0 ? new String[0] : argument.substring(0, colon).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1
          || !Set.of("subject", "tenant", "client").contains(part.substring(0, equals))) {
        throw new Refusal(
            "`" + part + "` says nothing of the caller; write `subject=…`, `tenant=…`, `client=…`");
      }
      caller.put("principal." + part.substring(0, equals), part.substring(equals + 1));
    }
    Path path = terminal.folder().resolve(file).normalize();
    // an archive is JSON whatever it is called
    Origin origin = new Origin(URI.create(path.toUri() + ".json"), file.toString());
    seen.add(origin, Files.readAllBytes(path), caller);
  }

  /// Takes back, one after the other, what the contract's own reader refuses.
  private Proposal sound(Contract bare, ContractFile given, Traffic seen) throws Refusal {
    Map<String, String> refused = new LinkedHashMap<>();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Proposal proposal = Bindings.of(bare, seen.seen(), refused, held);
      Proposal.Written written = proposal.written(heading(given.file()));
      boolean good = true;
      for (Problem problem : problems(given, written.text())) {
        String entry = entry(written, problem);
        if (!entry.isEmpty() && refused.putIfAbsent(entry, said(problem)) == null) {
          good = false;
        }
      }
      if (good) {
        return proposal;
      }
    }
    throw new Refusal("nothing that could be proposed loads");
  }

  /// A type may be known without a look-up.
  private static String entry(Proposal.Written written, Problem problem) {
    String entry = written.at(problem.place().line());
    return entry.startsWith("objects.") && problem.message().contains("read-by")
        ? entry + ".read-by"
        : entry;
  }

  private static String said(Problem problem) {
    return problem.advice().isEmpty()
        ? problem.message()
        : problem.message() + " (" + problem.advice() + ")";
  }

  /// What is wrong in the proposal; what was wrong before it is an exception's to excuse.
  private List<Problem> problems(ContractFile given, String text) {
    List<Problem> problems = new ArrayList<>();
    try {
      problems.addAll(laid(given, text).warnings());
    } catch (ProblemsException wrong) {
      problems.addAll(wrong.problems());
    }
    problems.removeIf(each -> !each.place().origin().address().equals(PROPOSAL));
    return problems;
  }

  /// The contract with a proposal laid over it.
  private static Contract laid(ContractFile given, String text) {
    Sources files = new FileSources();
    Sources sources =
        uri -> uri.equals(PROPOSAL) ? text.getBytes(StandardCharsets.UTF_8) : files.read(uri);
    return given.read(sources, List.of(new Origin(PROPOSAL, "proposal")));
  }

  private static List<String> heading(Path given) {
    return List.of(
        "Proposed by `gatewarden bind` for " + given + ": read it through before you rely on it.",
        "Name it as `overlay` of the API, and begin by watching: until it was reviewed, give",
        "`object-owner` and `object-release` an entry in `exceptions` with `mode: observe`.");
  }

  private void said(Contract bare, Proposal proposal, Traffic seen) {
    int stated = 0;
    for (var operation : bare.operations()) {
      stated +=
          operation.objects() instanceof ObjectBindings.Bound
                  || operation.objects() instanceof ObjectBindings.None
              ? 1
              : 0;
    }
    terminal
        .err()
        .println(
            proposal.operations().size()
                + " of "
                + bare.operations().size()
                + " operations bound to "
                + Problems.count(proposal.types().size(), "type")
                + (stated == 0 ? "" : ", " + stated + " were bound before")
                + ", "
                + Problems.count(proposal.questions().size(), "question")
                + (seen.unmatched() == 0
                    ? ""
                    : ", " + Problems.count(seen.unmatched(), "answer") + " of no operation"));
  }
}
