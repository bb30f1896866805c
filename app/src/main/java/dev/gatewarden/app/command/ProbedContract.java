package dev.gatewarden.app.command;

import dev.gatewarden.app.command.probe.Casting;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.platform.discovery.Har;
import dev.gatewarden.platform.discovery.Held;
import dev.gatewarden.platform.inputs.Inferred;
import dev.gatewarden.platform.inputs.Inputs;
import dev.gatewarden.platform.inputs.Remark;
import dev.gatewarden.platform.inputs.Seen;
import dev.gatewarden.platform.probing.Introduction;
import dev.gatewarden.platform.probing.Report;
import dev.gatewarden.platform.probing.Tenants;
import dev.gatewarden.platform.probing.Wire;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a probing run knows of an API before it attacks it.
final class ProbedContract {
  private final Terminal terminal;
  private final ContractFile file;
  private final Inputs.Told told;

  /// Recordings and collections beside the contract.
  private final List<Node> beside;

  private final List<BindCommand.Witnessed> witnessed;

  private final Contract contract;
  private final boolean guessed;

  private ProbedContract(
      Terminal terminal,
      ContractFile file,
      Inputs.Told told,
      List<Node> beside,
      List<BindCommand.Witnessed> witnessed,
      List<Identity> identities)
      throws Refusal {
    this.terminal = terminal;
    this.file = file;
    this.told = told;
    this.beside = beside;
    this.witnessed = witnessed;
    Contract read = file.read();
    this.guessed =
        read.operations().stream()
            .noneMatch(each -> each.objects() instanceof ObjectBindings.Bound);
    this.contract =
        guessed
            ? Tenants.named(
                BindCommand.bound(terminal, file, recorded(), witnessed, held(identities)),
                identities)
            : read;
  }

  /// Where the contract says nothing of its objects, what can be found out of it is laid over.
  ///
  /// @throws dev.gatewarden.core.document.ProblemsException with everything that is wrong with it
  static ProbedContract read(
      Terminal terminal, Path file, List<Path> overlays, InputOptions options, URI target)
      throws Refusal {
    Inputs.Told told = options.told(terminal, target);
    List<Node> beside = new ArrayList<>();
    if (!terminal.without().contains("seen")) {
      options.seen().forEach(each -> beside.add(ContractFile.document(terminal, each)));
    }
    ProbedContract read =
        new ProbedContract(
            terminal,
            ContractFile.open(terminal, file, overlays, told),
            told,
            List.copyOf(beside),
            List.of(),
            List.of());
    if (read.guessed) {
      terminal
          .err()
          .println(
              "gatewarden: "
                  + read.silence()
                  + "; what `gatewarden bind` proposes is taken for granted");
    }
    return read;
  }

  /// Why what was found out has to do.
  private String silence() {
    boolean unusable = file.read().operations().stream().anyMatch(ProbedContract::says);
    return unusable
        ? "what the contract says of its objects cannot be used, `gatewarden contract show` tells"
            + " why"
        : (file.inferred() == null ? "the contract" : "`" + file.file() + "`")
            + " says nothing of its objects";
  }

  private static boolean says(Operation operation) {
    return operation.source().get("x-gatewarden-object") instanceof Node.Obj binding
        && binding.get("none") == null;
  }

  /// The same, where whose things are has to be found out, with what the testers say is theirs and,
  /// where it was inferred, with what the API itself answers those who may ask.
  ProbedContract introduced(List<Identity> identities, Wire wire) throws Refusal {
    ProbedContract met = met(identities, wire);
    return met.guessed && !terminal.without().contains("owns")
        ? new ProbedContract(terminal, met.file, told, beside, met.witnessed, identities)
        : met;
  }

  /// What testers own, by kind, and the roles of those who own none.
  private static Held held(List<Identity> identities) {
    Map<String, Set<String>> kinds = new LinkedHashMap<>();
    identities.forEach(
        each -> each.owns().keySet().forEach(one -> kinds.put(one, new TreeSet<>())));
    kinds.forEach(
        (kind, above) -> {
          identities.forEach(each -> above.addAll(each.is().roles()));
          for (Identity each : identities) {
            if (!each.owns().getOrDefault(kind, List.of()).isEmpty()) {
              above.removeAll(each.is().roles());
            }
          }
        });
    return Held.by(kinds);
  }

  private ProbedContract met(List<Identity> identities, Wire wire) throws Refusal {
    Inferred inferred = file.inferred();
    if (inferred == null || terminal.without().contains("introduction")) {
      return this;
    }
    List<Inputs.Met> met = new ArrayList<>();
    List<BindCommand.Witnessed> witnessed = new ArrayList<>();
    for (Introduction.Met each : Introduction.of(file.read(), identities, inferred.seen(), wire)) {
      Draft draft = each.draft();
      String address = draft.target();
      int query = address.indexOf('?');
      String path = query < 0 ? address : address.substring(0, query);
      String header = each.answer().header("content-type");
      String type = header == null ? "application/json" : header.replaceAll(";.*", "").strip();
      List<Har.Pair> asked =
          draft.query().stream().map(one -> new Har.Pair(one.name(), one.value())).toList();
      met.add(new Inputs.Met(path, asked, each.answer().status(), type, each.answer().json()));
      witnessed.add(
          new BindCommand.Witnessed(
              caller(draft.as()),
              new Har.Entry(
                  file.document().place(),
                  "GET",
                  URI.create("http://target" + path),
                  List.of(),
                  null,
                  each.answer().status(),
                  type,
                  each.answer().json())));
    }
    return met.isEmpty()
        ? this
        : new ProbedContract(terminal, file.meeting(told, met), told, beside, witnessed, List.of());
  }

  private static Map<String, String> caller(Identity identity) {
    Map<String, String> caller = new LinkedHashMap<>();
    String subject = identity.is().subject();
    String tenant = identity.is().tenant();
    if (subject != null) {
      caller.put("principal.subject", subject);
    }
    if (tenant != null) {
      caller.put("principal.tenant", tenant);
    }
    return caller;
  }

  private List<Node> recorded() {
    List<Node> recordings = new ArrayList<>();
    if (Inputs.kind(file.document()) == Inputs.Kind.RECORDING) {
      recordings.add(file.document());
    }
    beside.stream()
        .filter(each -> Inputs.kind(each) == Inputs.Kind.RECORDING)
        .forEach(recordings::add);
    return recordings;
  }

  /// As it is written, or inferred, with what could be found out laid over.
  Contract contract() {
    return contract;
  }

  /// Whether it was made of what others were seen to send, and promises nothing itself.
  boolean isInferred() {
    return file.inferred() != null;
  }

  /// Whether whose the objects are was found out rather than said.
  boolean guessed() {
    return guessed;
  }

  /// What others were seen to send.
  Seen seen() {
    Inferred inferred = file.inferred();
    Seen seen = inferred == null ? Seen.NONE : inferred.seen();
    for (Node each : beside) {
      seen = seen.with(Inputs.seen(each, contract, told));
    }
    return seen;
  }

  /// How identities get what a collection or a recording presents: the file that holds it, or the
  /// environment that fills the collection which is the contract.
  Casting.Recorded credentials() {
    return each -> {
      Node named = ContractFile.document(terminal, each);
      return Inputs.kind(named) == Inputs.Kind.ENVIRONMENT && named instanceof Node.Obj variables
          ? Inputs.credential(file.document(), variables)
          : Inputs.credential(named, told.environment());
    };
  }

  /// What of a collection or a recording was not taken, and why.
  List<Report.Untested> untested() {
    List<Report.Untested> untested = new ArrayList<>();
    Inferred inferred = file.inferred();
    if (inferred != null) {
      untested.add(
          new Report.Untested(
              "",
              "what does not occur in `" + file.file() + "`, of which the contract was made",
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
