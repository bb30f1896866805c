package dev.gatewarden.app.command;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.platform.inputs.Inputs;
import dev.gatewarden.platform.probing.Target;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a command line says of collections and recordings.
final class InputOptions {
  @Option(
      names = "--environment",
      paramLabel = "<file>",
      description = "The Postman environment that gives a collection's variables their values.")
  private @Nullable Path environment;

  @Option(
      names = "--host",
      paramLabel = "<host>",
      description =
          "Whose requests of a collection or a recording are read; as often as needed. The"
              + " target's where it is not said, or else those of the host that most go to.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--seen",
      paramLabel = "<file>",
      description =
          "An HTTP Archive, or a collection, whose values and ids are used; as often as needed.")
  private List<Path> seen = new ArrayList<>();

  /// What was said, as words of a command line.
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (environment != null) {
      words.addAll(List.of("--environment", environment.toString()));
    }
    hosts.forEach(each -> words.addAll(List.of("--host", each)));
    seen.forEach(each -> words.addAll(List.of("--seen", each.toString())));
    return words;
  }

  /// What there is beside the contract.
  List<Path> seen() {
    return seen;
  }

  /// The names of those that were said.
  List<String> said() {
    List<String> said = new ArrayList<>();
    if (environment != null) {
      said.add("`--environment`");
    }
    if (!hosts.isEmpty()) {
      said.add("`--host`");
    }
    if (!seen.isEmpty()) {
      said.add("`--seen`");
    }
    return said;
  }

  /// What is to be known of a document before it is read.
  ///
  /// @throws ProblemsException where the environment is none
  Inputs.Told told(Terminal terminal, URI target) {
    String path = target.getRawPath() == null ? "" : target.getRawPath().replaceAll("/+$", "");
    return new Inputs.Told(variables(terminal), Set.copyOf(hosts), Target.authority(target), path);
  }

  /// The same where nothing is attacked.
  Inputs.Told told(Terminal terminal) {
    return new Inputs.Told(variables(terminal), Set.copyOf(hosts), null, "");
  }

  private Node.@Nullable Obj variables(Terminal terminal) {
    if (environment == null) {
      return null;
    }
    Node read = ContractFile.document(terminal, environment);
    if (Inputs.kind(read) != Inputs.Kind.ENVIRONMENT || !(read instanceof Node.Obj object)) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  read.place(),
                  "this is no environment of Postman: it has no `name` and `values`",
                  "export the environment from Postman")));
    }
    return object;
  }
}
