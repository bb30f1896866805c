package dev.gatewarden.app.command;

import dev.gatewarden.app.command.probe.Casting;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.platform.inputs.Inferred;
import dev.gatewarden.platform.inputs.Inputs;
import dev.gatewarden.platform.inputs.Remark;
import dev.gatewarden.platform.inputs.Seen;
import dev.gatewarden.platform.probing.Report;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a probing run knows of an API before it meets it.
///
/// @param contract as it is written, or inferred, with what could be found out laid over
/// @param guessed whether whose the objects are was found out rather than said
/// @param document what stands in the contract's file
/// @param environment variables of Postman, or null
/// @param seen what others were seen to send
/// @param untested what of a collection or a recording was not taken
record ProbedContract(
    Contract contract,
    boolean guessed,
    Node document,
    Node.@Nullable Obj environment,
    Seen seen,
    List<Report.Untested> untested) {

  ProbedContract {
    untested = List.copyOf(untested);
  }

  /// Where the contract says nothing of its objects, what can be found out of it is laid over.
  ///
  /// @throws dev.gatewarden.core.document.ProblemsException with everything that is wrong with it
  static ProbedContract read(
      Terminal terminal, Path file, List<Path> overlays, InputOptions options, URI target)
      throws Refusal {
    Inputs.Told told = options.told(terminal, target);
    ContractFile given = ContractFile.open(terminal, file, overlays, told);
    Inferred inferred = given.inferred();
    List<Node> recordings = new ArrayList<>();
    if (Inputs.kind(given.document()) == Inputs.Kind.RECORDING) {
      recordings.add(given.document());
    }
    List<Node> beside = new ArrayList<>();
    if (!terminal.without().contains("seen")) {
      options.seen().forEach(each -> beside.add(ContractFile.document(terminal, each)));
    }
    beside.stream()
        .filter(each -> Inputs.kind(each) == Inputs.Kind.RECORDING)
        .forEach(recordings::add);
    Contract read = given.read();
    boolean bare =
        read.operations().stream()
            .noneMatch(each -> each.objects() instanceof ObjectBindings.Bound);
    if (bare) {
      boolean unusable =
          read.operations().stream()
              .anyMatch(
                  each ->
                      each.source().get("x-gatewarden-object") instanceof Node.Obj binding
                          && binding.get("none") == null);
      String what =
          unusable
              ? "what the contract says of its objects cannot be used, `gatewarden contract show`"
                  + " tells why"
              : (inferred == null ? "the contract" : "`" + file + "`")
                  + " says nothing of its objects";
      terminal
          .err()
          .println(
              "gatewarden: " + what + "; what `gatewarden bind` proposes is taken for granted");
      read = BindCommand.bound(terminal, given, recordings);
    }
    Seen seen = inferred == null ? Seen.NONE : inferred.seen();
    for (Node each : beside) {
      seen = seen.with(Inputs.seen(each, read, told));
    }
    return new ProbedContract(
        read, bare, given.document(), told.environment(), seen, untested(file, inferred));
  }

  /// How identities get what a collection or a recording presents: the file that holds it, or the
  /// environment that fills the collection which is the contract.
  Casting.Recorded credentials(Terminal terminal) {
    return file -> {
      Node named = ContractFile.document(terminal, file);
      return Inputs.kind(named) == Inputs.Kind.ENVIRONMENT && named instanceof Node.Obj variables
          ? Inputs.credential(document, variables)
          : Inputs.credential(named, environment);
    };
  }

  private static List<Report.Untested> untested(Path file, @Nullable Inferred inferred) {
    List<Report.Untested> untested = new ArrayList<>();
    if (inferred != null) {
      untested.add(
          new Report.Untested(
              "",
              "what does not occur in `" + file + "`, of which the contract was made",
              List.of()));
      for (Remark each : inferred.remarks()) {
        String advice = each.problem().advice();
        untested.add(
            new Report.Untested(
                each.request(),
                each.problem().message() + (advice.isEmpty() ? "" : "; " + advice),
                List.of()));
      }
    }
    return untested;
  }
}
