package dev.gatewarden.demo;

import dev.gatewarden.app.serving.PortHolder;
import dev.gatewarden.demo.attack.Attacks;
import dev.gatewarden.demo.attack.Contest;
import dev.gatewarden.demo.attack.Family;
import dev.gatewarden.demo.attack.Result;
import dev.gatewarden.demo.attack.Table;
import dev.gatewarden.demo.shop.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `gatewarden demo`: robs a shop, puts the gate in front of it, and tries again.
@Command(
    name = "gatewarden demo",
    description = "Robs a shop, puts the gate in front of it, and tries again.",
    mixinStandardHelpOptions = true,
    subcommands = {TokenCommand.class, BrokenCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./gatewarden demo",
      "  ./gatewarden demo --once",
      "  ./gatewarden demo --faults none",
      "  ./gatewarden demo token alice",
      "  ./gatewarden demo broken parcels --faults all"
    })
public final class DemoMain implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--once", description = "ends after the table: 0 as expected, 1 not")
  private boolean once;

  @Option(
      names = "--faults",
      paramLabel = "FAULTS",
      description =
          "what the shop does wrong: all, none, or some of bola, mass-assignment, unchecked,"
              + " replay, forgery, cache, token, exposure, debug with commas between them")
  private String faults = "all";

  @Option(
      names = "--ports",
      paramLabel = "WHICH",
      description = "usual; auto: other ones for those that are taken; any: none of the usual ones")
  private String ports = "usual";

  /// @param args as `--help` tells
  public static void main(String... args) {
    System.exit(run(args));
  }

  /// Runs the program; 0 when all was as expected, 1 when not, 2 when it could not run.
  public static int run(String... args) {
    if (System.getProperty("gatewarden.log") == null) {
      // The gate's own notices would run into the table.
      System.setProperty("gatewarden.log", "warn");
    }
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    CommandLine line = new CommandLine(new DemoMain()).setOut(out);
    line.setExecutionExceptionHandler(
        (failure, _, _) -> {
          if (!(failure instanceof IOException)) {
            throw failure;
          }
          System.err.println("gatewarden: " + failure.getMessage());
          return 2;
        });
    int code = line.execute(args);
    out.flush();
    return code;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Tree tree = Tree.find();
    Ports chosen = ports();
    try (Playground playground = Playground.start(tree.state(), faults(), chosen)) {
      Whereabouts.tell(tree.state(), playground.issuer().uri().toString());
      RunningGate gate = playground.gate(playground.files(tree, chosen), "");
      boolean expected = show(playground.contest(gate));
      if (!once) {
        print(
            Guide.text(
                playground,
                gate,
                dev.gatewarden.app.serving.StateFolder.operatorToken(tree.state().path())));
        serveUntilStopped(playground);
      }
      return expected ? 0 : 1;
    }
  }

  private static void serveUntilStopped(Playground playground) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(playground::close));
    new CountDownLatch(1).await();
  }

  private void print(String text) {
    spec().commandLine().getOut().print(text);
    spec().commandLine().getOut().flush();
  }

  private boolean show(Contest contest) throws IOException, InterruptedException {
    PrintWriter out = spec().commandLine().getOut();
    Table table = new Table(out, coloured());
    List<Family> families = Attacks.all();
    table.heading();
    boolean expected = true;
    for (Family family : families) {
      List<Result> results = contest.run(family);
      table.family(family, results);
      out.flush();
      expected &= results.stream().allMatch(Result::expected);
    }
    table.reasons(families);
    out.flush();
    return expected;
  }

  private static boolean coloured() {
    return System.console() != null
        && System.console().isTerminal()
        && System.getenv("NO_COLOR") == null;
  }

  private Set<Fault> faults() {
    try {
      return Fault.parse(faults);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private Ports ports() throws IOException {
    return switch (ports) {
      case "auto" -> Ports.USUAL.avoidingTaken();
      case "any" -> Ports.ANY;
      case "usual" -> {
        List<Integer> taken = Ports.USUAL.taken();
        if (!taken.isEmpty()) {
          throw new IOException(taken(taken));
        }
        yield Ports.USUAL;
      }
      default -> throw wrong("`" + ports + "` is no choice of ports: usual, auto or any");
    };
  }

  private static String taken(List<Integer> ports) {
    Map<String, List<Integer>> byHolder = new LinkedHashMap<>();
    for (int port : ports) {
      String holder = PortHolder.of(port);
      byHolder
          .computeIfAbsent(holder.isEmpty() ? "somebody" : holder, _ -> new ArrayList<>())
          .add(port);
    }
    StringBuilder text = new StringBuilder();
    byHolder.forEach(
        (holder, held) -> {
          String numbers = held.toString();
          text.append(text.isEmpty() ? "port " : ", port ")
              .append(numbers, 1, numbers.length() - 1)
              .append(" is held by ")
              .append(holder);
        });
    return text.append("; stop it, or say `--ports auto`").toString();
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
