package dev.gatewarden.acceptance.probing;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.broken.BrokenServer;
import dev.gatewarden.demo.broken.Specimen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A broken API that stands for several runs, with its contract and its callers in a folder.
final class Trial implements AutoCloseable {
  private final Path folder;
  private final BrokenServer running;

  private Trial(Path folder, BrokenServer running) {
    this.folder = folder;
    this.running = running;
  }

  /// @param faults words with commas between them, `all` or `none`
  static Trial of(Path folder, Specimen specimen, String faults) throws IOException {
    BrokenServer running = BrokenServer.start(0, specimen.api(faults, Clock.systemUTC()));
    Files.writeString(folder.resolve("contract.yaml"), specimen.contract(running.uri()));
    Files.writeString(folder.resolve("identities.yaml"), specimen.identities(running));
    return new Trial(folder, running);
  }

  URI uri() {
    return running.uri();
  }

  /// `gatewarden probe` against the API, with these options.
  Cli probe(String... more) {
    return at(running.uri().toString(), more);
  }

  /// The same by another contract.
  Cli by(String contract, String... more) {
    return run(contract, running.uri().toString(), more);
  }

  /// The same against another target.
  Cli at(String target, String... more) {
    return run("contract.yaml", target, more);
  }

  private Cli run(String contract, String target, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "probe",
                "--contract",
                contract,
                "--identities",
                "identities.yaml",
                "--target",
                target,
                "--allow",
                running.control().getAuthority(),
                "--rate",
                "10000"));
    arguments.addAll(Arrays.asList(more));
    return Cli.run(folder, arguments.toArray(new String[0]));
  }

  /// Takes everything out of the contract that is our own language.
  void strip() throws IOException {
    Files.writeString(folder.resolve("contract.yaml"), Documents.stripped(text("contract.yaml")));
  }

  /// What stands in a file of the folder.
  String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Override
  public void close() {
    running.close();
  }
}
