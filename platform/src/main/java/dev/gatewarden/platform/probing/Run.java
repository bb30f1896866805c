package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Errand;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.OAuth;
import dev.gatewarden.core.probe.Scene;
import dev.gatewarden.core.probe.SignIn;
import dev.gatewarden.platform.inputs.Seen;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run against one API, as its probes meet it.
final class Run implements Scene {
  private final Contract contract;
  private final List<Operation> operations;
  private final Target target;
  private final Wire wire;
  private final Notebook notebook;
  private final KnownObjects objects = new KnownObjects();
  private final Drafting drafting;
  private final Exploring exploring;
  private final Harm harm;
  private final Oracle oracle;
  private final Tidying tidying;
  private final Cast cast;
  private final Bait bait;
  private final Clock clock;
  private final Promises promises = new Promises();
  private final long seed;
  private List<String> behind = List.of();
  private List<Operation> removed = List.of();
  private int markers;

  Run(
      Contract contract,
      List<Operation> operations,
      Cast cast,
      Wire wire,
      Notebook notebook,
      Bait bait,
      Clock clock,
      long seed,
      Seen seen) {
    this.contract = contract;
    this.oracle = new Oracle(contract);
    this.operations = List.copyOf(operations);
    this.cast = cast;
    this.target = wire.target();
    boolean act = target.may().contains(Target.May.ACT);
    this.drafting = new Drafting(objects, cast.identities(), act, seen, seed);
    this.tidying = new Tidying(contract, objects, drafting);
    this.bait = bait;
    this.clock = clock;
    this.wire = wire;
    this.notebook = notebook;
    this.seed = seed;
    this.harm =
        new Harm(contract, target.may(), objects, drafting.memory(), tidying, cast.identities());
    this.exploring =
        new Exploring(contract, cast.identities(), objects, drafting, seen, this::send);
  }

  /// Finds the objects there are, by honest requests.
  void explore() {
    for (Identity each : cast.identities()) {
      for (String name : each.owns().keySet()) {
        if (!contract.types().containsKey(name)) {
          notebook.untested(
              null,
              "`"
                  + each.name()
                  + "` owns a `"
                  + name
                  + "`, and nothing says which operations touch one: say it with"
                  + " `x-gatewarden-object`");
        }
      }
    }
    exploring.explore(operations);
  }

  /// Deletes what was made, as whoever it belongs to: with requests of its own.
  void clean() {
    wire.grant(tidying.requests());
    tidying.clean(identities(), this::send, wire.spent()).forEach(notebook::left);
  }

  @Override
  public Contract contract() {
    return contract;
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public List<Operation> removed() {
    return removed;
  }

  @Override
  public List<String> behind() {
    return behind;
  }

  /// Tells where the service stands behind its gate.
  void behind(List<String> addresses) {
    behind = addresses;
  }

  /// Tells what the version before had.
  void after(List<Operation> before) {
    List<Operation> gone = new ArrayList<>(before);
    gone.removeIf(
        old ->
            contract.operations().stream()
                .anyMatch(
                    each ->
                        each.method().equals(old.method())
                            && each.path().text().equals(old.path().text())));
    removed = List.copyOf(gone);
  }

  @Override
  public List<Identity> identities() {
    return exploring.identities();
  }

  @Override
  public List<KnownObject> objects(String type) {
    return objects.of(type);
  }

  @Override
  public String absent(String type) {
    ObjectType known = contract.types().get(type);
    return known == null ? "9876543" : objects.absent(known);
  }

  @Override
  public @Nullable Draft honest(Operation operation, Identity identity) {
    return written(drafting.write(operation, identity, null), operation);
  }

  @Override
  public @Nullable Draft fresh(Operation operation, Identity identity) {
    return exploring.producers().renew(operation, identity) ? honest(operation, identity) : null;
  }

  @Override
  public @Nullable Draft honest(Operation operation, Identity identity, KnownObject object) {
    return written(drafting.write(operation, identity, object), operation);
  }

  private @Nullable Draft written(Drafting.Outcome outcome, Operation operation) {
    return switch (outcome) {
      case Drafting.Outcome.Written(Draft draft) -> draft;
      case Drafting.Outcome.Unwritten(String why) -> {
        untested(operation, why);
        yield null;
      }
    };
  }

  @Override
  public @Nullable Draft naming(Draft draft, ObjectBinding binding, KnownObject object) {
    return Drafting.naming(draft, binding, object);
  }

  @Override
  public @Nullable Draft naming(Draft draft, ObjectBinding binding, String id) {
    return Drafting.naming(draft, binding, id);
  }

  @Override
  public boolean allowed(Operation operation, Identity identity, @Nullable KnownObject object) {
    return oracle.allowed(operation, identity, object);
  }

  @Override
  public boolean harmless(Operation operation, @Nullable KnownObject object) {
    if (operation.safe()) {
      return !operation.method().equals("GET")
          || !Mild.sweeps(operation)
          || target.may().contains(Target.May.ACT);
    }
    Set<Target.May> may = target.may();
    List<ObjectBinding> bindings = operation.objects().list();
    if (bindings.isEmpty()) {
      return switch (operation.method()) {
        case "DELETE" -> may.contains(Target.May.DELETE);
        case "PUT", "PATCH" -> may.contains(Target.May.UPDATE);
        default ->
            // where a path names something, what it names decides in the end
            !operation.path().variables().isEmpty() || harm.spares(operation, someone());
      };
    }
    boolean mine = object != null && object.made();
    for (ObjectBinding binding : bindings) {
      boolean allowed =
          switch (binding.does()) {
            case READ, LIST, AGGREGATE -> true;
            case CREATE ->
                !operation.method().equals("PUT") || mine || may.contains(Target.May.UPDATE);
            case UPDATE -> mine || may.contains(Target.May.UPDATE);
            case DELETE -> mine || may.contains(Target.May.DELETE);
            case ACT -> mine || may.contains(Target.May.ACT);
          };
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  private Identity someone() {
    return cast.identities().isEmpty() ? Identity.NOBODY : cast.identities().getFirst();
  }

  @Override
  public boolean mayDelete(KnownObject object) {
    return object.made() || target.may().contains(Target.May.DELETE);
  }

  @Override
  public @Nullable Operation reader(String type) {
    return exploring.reader(type);
  }

  @Override
  public @Nullable KnownObject make(String type, Identity owner) {
    return exploring.make(type, owner);
  }

  @Override
  public @Nullable KnownObject make(Operation operation, Draft draft) {
    return exploring.make(operation, draft);
  }

  @Override
  public @Nullable KnownObject made(Operation operation, Draft draft, Answer answer) {
    return exploring.made(operation, draft, answer);
  }

  @Override
  public void account(List<String> names) {
    drafting.memory().account(names);
    notebook.left("the account `" + names.getFirst() + "`");
  }

  @Override
  public void gone(KnownObject object) {
    objects.remove(object);
    tidying.gone(object.type(), object.id());
  }

  @Override
  public List<String> ids(ObjectBinding binding, Answer answer) {
    List<String> ids = new ArrayList<>();
    for (Node each : Places.objects(binding, answer.json())) {
      String id = Places.id(binding.type(), each);
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  @Override
  public @Nullable Draft below(Draft draft, ObjectBinding binding, Identity identity) {
    return drafting.below(draft, binding, identity);
  }

  @Override
  public boolean isFound(String probe, Operation operation) {
    return notebook.isFound(probe, operation);
  }

  /// What would do harm is not sent, and told as untested.
  @Override
  public Answer send(Draft draft) {
    String harm = this.harm.in(draft);
    if (harm != null) {
      untested(draft.operation(), harm);
      notebook.unanswered(draft.operation(), harm);
      return Answer.of(0, 0, List.of(), new byte[0]);
    }
    Answer answer = wire.send(draft);
    note(draft, answer);
    return answer;
  }

  @Override
  public Answer send(Errand errand) {
    Answer answer = wire.send(errand);
    doubt(null, answer);
    return answer;
  }

  @Override
  public boolean unsure(Operation operation, Identity identity) {
    return oracle.unsure(operation, identity);
  }

  /// What was not really answered proves nothing; what was made is deleted in the end.
  private void note(Draft draft, Answer answer) {
    tidying.note(draft, answer);
    if (answer.ok()) {
      drafting.memory().words(answer.json());
    }
    doubt(draft.operation(), answer);
  }

  private void doubt(@Nullable Operation operation, Answer answer) {
    switch (answer.status()) {
      case 0 -> notebook.unanswered(operation, "a request was not answered");
      case 429, 502, 503, 504 ->
          notebook.unanswered(operation, "a request was answered " + answer.status());
      default -> {}
    }
  }

  @Override
  public List<byte[]> publicKeys() {
    if (!cast.publicKeys().isEmpty()) {
      return cast.publicKeys();
    }
    return KeySets.shown(contract.operations(), target.root(), this::send);
  }

  @Override
  public @Nullable OAuth oauth() {
    return cast.oauth();
  }

  @Override
  public @Nullable SignIn signIn() {
    SignIn said = cast.signIn();
    return said == null ? null : said.below(target.root());
  }

  @Override
  public @Nullable String mint(Map<String, Object> claims) {
    return cast.mint().token(claims, wire);
  }

  @Override
  public @Nullable Identity again(Identity identity) {
    return cast.again().of(identity, wire);
  }

  @Override
  public String bait(String name) {
    return bait.address(name);
  }

  @Override
  public boolean isNear() {
    String host = String.valueOf(target.base().getHost());
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  @Override
  public boolean isTaken(String name) {
    return bait.isTaken(name);
  }

  @Override
  public List<String> breaks(Operation operation, Answer answer) {
    return promises.broken(operation, answer);
  }

  @Override
  public List<Answer> together(List<Draft> drafts) {
    for (Draft each : drafts) {
      if (harm.in(each) != null) {
        return List.of();
      }
    }
    List<Answer> answers = wire.together(drafts);
    for (int i = 0; i < answers.size(); i++) {
      tidying.note(drafts.get(i), answers.get(i));
    }
    return answers;
  }

  @Override
  public List<String> webhookSecrets() {
    return cast.webhookSecrets();
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public String marker() {
    markers++;
    return "probe" + Long.toString(Math.floorMod(seed * 31 + markers * 7919L, 1_000_000_007L), 36);
  }

  @Override
  public void found(Fault fault) {
    notebook.found(fault);
  }

  @Override
  public void untested(@Nullable Operation operation, String why) {
    notebook.untested(operation, why);
  }

  @Override
  public void withstood(@Nullable Operation operation) {
    notebook.withstood(operation);
  }

  /// All objects there were.
  List<KnownObject> met() {
    return objects.met();
  }

  /// How much was found, for the summary.
  int known() {
    List<KnownObject> all = new ArrayList<>();
    contract.types().keySet().forEach(each -> all.addAll(objects.of(each)));
    return all.size();
  }
}
