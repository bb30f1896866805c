package dev.gatewarden.demo;

import dev.gatewarden.demo.broken.BrokenServer;
import dev.gatewarden.demo.broken.FaultPage;
import dev.gatewarden.demo.broken.Specimen;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatewarden demo broken`: runs one of the deliberately broken APIs on loopback.
@Command(
    name = "broken",
    description = "Runs a deliberately broken API on loopback, as broken as it is told to be.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./gatewarden demo broken parcels --faults all",
      "  ./gatewarden demo broken clinic --faults alg-none,record-read --port 9100",
      "  ./gatewarden demo broken --list"
    })
final class BrokenCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "which one; without it, their names are printed")
  private @Nullable String name;

  @Option(
      names = "--faults",
      paramLabel = "FAULTS",
      description = "what it does wrong: all, none, or some with commas between them")
  private String faults = "none";

  @Option(names = "--port", paramLabel = "PORT", description = "where it listens; 0 takes any")
  private int port = 9100;

  @Option(names = "--list", description = "prints every fault, in Markdown")
  private boolean list;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec().commandLine().getOut();
    if (list) {
      out.print(FaultPage.text());
      out.flush();
      return 0;
    }
    if (name == null) {
      for (Specimen specimen : Specimen.values()) {
        out.println(specimen.word() + "  " + specimen.style());
      }
      out.flush();
      return 0;
    }
    try {
      return serve(Specimen.named(name), out);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private int serve(Specimen specimen, PrintWriter out) throws IOException, InterruptedException {
    StateFolder state = Tree.find().state();
    try (BrokenServer server = BrokenServer.start(port, specimen.api(faults, Clock.systemUTC()))) {
      String contract = specimen.word() + ".contract.yaml";
      String identities = specimen.word() + ".identities.yaml";
      state.keep(contract, specimen.contract(server.uri()));
      state.keep(identities, specimen.identities(server));
      out.printf("the API    %s%n", server.uri());
      out.printf("control    %s%n", server.control());
      out.printf("contract   %s%n", state.file(contract));
      out.printf("identities %s%n", state.file(identities));
      Optional<String> before = specimen.contractBefore(server.uri());
      if (before.isPresent()) {
        String old = specimen.word() + ".contract-before.yaml";
        state.keep(old, before.get());
        out.printf("before     %s%n", state.file(old));
      }
      out.flush();
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(server::close));
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli injects it");
    }
    return spec;
  }
}
