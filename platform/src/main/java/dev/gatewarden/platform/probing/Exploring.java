package dev.gatewarden.platform.probing;

import dev.gatewarden.controls.probes.Ones;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.platform.inputs.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the objects behind an API by honest requests: what the identities say they own, what the
/// lists show them, and what they make.
final class Exploring {
  /// So many ids that were seen are tried for each type.
  private static final int MOST_RECALLED = 8;

  private final Contract contract;
  private final List<Identity> identities = new ArrayList<>();
  private final KnownObjects objects;
  private final Drafting drafting;
  private final Seen seen;
  private final Function<Draft, Answer> send;
  private final Producers producers;
  private final Map<String, @Nullable Operation> readers = new HashMap<>();
  private final Aliases aliases = new Aliases();

  Exploring(
      Contract contract,
      List<Identity> identities,
      KnownObjects objects,
      Drafting drafting,
      Seen seen,
      Function<Draft, Answer> send) {
    this.seen = seen;
    this.contract = contract;
    this.identities.addAll(identities);
    this.objects = objects;
    this.drafting = drafting;
    this.send = send;
    this.producers = new Producers(contract, drafting, send);
  }

  /// Which operation makes what another one needs.
  Producers producers() {
    return producers;
  }

  /// Everybody, as far as what they own has shown who they are to the API.
  List<Identity> identities() {
    return List.copyOf(identities);
  }

  /// Parents before children: what is found in one round is named in the next.
  void explore(List<Operation> operations) {
    stated();
    for (int round = 0; round < 2; round++) {
      for (Operation operation : operations) {
        lists(operation, round);
      }
    }
    operations.forEach(this::collected);
    for (ObjectType type : contract.types().values()) {
      for (Identity identity : identities) {
        if (!wellKnown(type) && objects.own(type.name(), identity) == null) {
          make(type.name(), identity);
        }
      }
    }
    contract.types().values().forEach(this::recalled);
    for (ObjectType type : contract.types().values()) {
      objects.of(type.name()).stream().limit(6).forEach(this::read);
    }
    for (Operation operation : operations) {
      for (Identity identity : identities) {
        producers.supply(operation, identity);
      }
    }
  }

  /// Ids that others were seen to name are objects of whom they say themselves that they are.
  private void recalled(ObjectType type) {
    Operation reader = seen.isEmpty() || wellKnown(type) ? null : reader(type.name());
    if (reader == null
        || !(reader.objects().list().getFirst().id()
            instanceof Selector.PathParameter(String variable))) {
      return;
    }
    int tried = 0;
    for (Seen.Request each : seen.of(reader.id().name())) {
      String id = each.path().get(variable);
      if (id == null || objects.knows(type, id) || tried++ >= MOST_RECALLED) {
        continue;
      }
      for (Identity identity : identities) {
        if (objects.own(type.name(), identity) == null
            && recalled(reader, type, id, each, identity)) {
          break;
        }
      }
    }
  }

  private boolean recalled(
      Operation reader, ObjectType type, String id, Seen.Request request, Identity identity) {
    ObjectBinding binding = reader.objects().list().getFirst();
    Map<String, String> within = new LinkedHashMap<>();
    binding
        .within()
        .forEach(
            (parent, at) -> {
              if (at instanceof Selector.PathParameter(String name)
                  && request.path().get(name) != null) {
                within.put(parent, java.util.Objects.requireNonNull(request.path().get(name)));
              }
            });
    KnownObject guess = own(type, id, identity, null, within, false);
    if (!(drafting.write(reader, identity, guess) instanceof Drafting.Outcome.Written(var draft))) {
      return false;
    }
    Answer answer = send.apply(draft);
    List<Node> shown =
        answer.ok() && answer.json() != null ? Places.objects(binding, answer.json()) : List.of();
    Identity owner =
        shown.size() == 1 ? owner(type, Places.facts(type, id, shown.getFirst()), identity) : null;
    if (owner != null) {
      objects.add(own(type, id, owner, shown.getFirst(), within, false));
    }
    return owner != null;
  }

  /// Everybody's.
  private static boolean wellKnown(ObjectType type) {
    return Ownership.open(type.access().read()) && type.owner() == null;
  }

  private void stated() {
    for (int i = 0; i < identities.size(); i++) {
      identities.set(i, learned(identities.get(i)));
      Identity identity = identities.get(i);
      identity
          .owns()
          .forEach(
              (name, ids) -> {
                ObjectType type = contract.types().get(name);
                if (type != null) {
                  ids.forEach(id -> objects.add(own(type, id, identity, null, Map.of(), false)));
                }
              });
      for (ObjectType type : contract.types().values()) {
        ObjectType.Fact owner = type.owner();
        String id = owner == null ? null : Ownership.part(owner.is(), identity.is());
        if (type.ownedById() && id != null) {
          objects.add(own(type, id, identity, null, Map.of(), false));
        }
      }
    }
  }

  /// Who somebody is to the API, where it is not said and an object that is theirs shows it.
  private Identity learned(Identity identity) {
    Identity known = identity;
    for (Map.Entry<String, List<String>> owned : identity.owns().entrySet()) {
      ObjectType type = contract.types().get(owned.getKey());
      if (type == null || owned.getValue().isEmpty()) {
        continue;
      }
      KnownObject object = own(type, owned.getValue().getFirst(), known, null, Map.of(), false);
      KnownObject read = read(object);
      Node seen = read == null ? null : read.seen();
      if (seen != null) {
        ObjectFacts shown = Places.facts(type, object.id(), seen);
        known = known.is(learned(known, type.owner(), shown.owner()));
        known = known.is(learned(known, type.tenant(), shown.tenant()));
      }
    }
    return known;
  }

  private static Principal learned(Identity known, ObjectType.@Nullable Fact fact, Fact shown) {
    Principal is = known.is();
    if (fact == null || !(shown instanceof Fact.Known(String text))) {
      return is;
    }
    String said = Ownership.part(fact.is(), is);
    boolean assumed = said == null || said.equals(known.name());
    return !assumed
        ? is
        : switch (fact.is()) {
          case PrincipalPart.Subject() -> with(is, text, is.tenant(), is.client());
          case PrincipalPart.Tenant() -> with(is, is.subject(), text, is.client());
          case PrincipalPart.Client() -> with(is, is.subject(), is.tenant(), text);
          case PrincipalPart.Claim _ -> is;
        };
  }

  private static Principal with(
      Principal is, String subject, @Nullable String tenant, @Nullable String client) {
    return new Principal(
        is.issuer(), subject, tenant, client, is.scopes(), is.roles(), is.claims(), is.actors());
  }

  /// An object of somebody's; what it does not show of its owner is the owner.
  private KnownObject own(
      ObjectType type,
      String id,
      Identity identity,
      @Nullable Node seen,
      Map<String, String> within,
      boolean made) {
    ObjectFacts shown = aliases.of(type, Places.facts(type, id, seen));
    Principal is = identity.is();
    Map<String, Fact> parents = new LinkedHashMap<>(shown.parents());
    Map<String, String> below = new LinkedHashMap<>(within);
    parents.forEach(
        (name, fact) -> {
          if (fact instanceof Fact.Known(String text)) {
            below.putIfAbsent(name, text);
          }
        });
    below.forEach((name, parent) -> parents.put(name, Fact.of(parent)));
    ObjectFacts facts =
        new ObjectFacts(
            shown.id(),
            known(shown.owner(), type.owner(), is),
            known(shown.tenant(), type.tenant(), is),
            parents,
            0,
            0);
    return new KnownObject(type, id, identity, facts, below, made, seen);
  }

  private static Fact known(Fact shown, ObjectType.@Nullable Fact fact, Principal is) {
    String text = fact == null ? null : Ownership.part(fact.is(), is);
    return shown instanceof Fact.Known || text == null ? shown : Fact.of(text);
  }

  private void lists(Operation operation, int round) {
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.does() != Does.LIST || !operation.safe()) {
        continue;
      }
      boolean nested = !binding.within().isEmpty();
      if (nested == (round == 0)) {
        continue;
      }
      for (Identity identity : identities) {
        if (drafting.write(operation, identity, null)
            instanceof Drafting.Outcome.Written(var draft)) {
          Answer answer = send.apply(draft);
          if (answer.ok()) {
            listed(binding, answer, identity, draft);
          }
        }
      }
    }
  }

  private void listed(ObjectBinding binding, Answer answer, Identity identity, Draft draft) {
    ObjectType type = binding.type();
    int taken = 0;
    for (Node each : Places.objects(binding, answer.json())) {
      String id = Places.id(type, each);
      if (id == null || taken++ >= 20) {
        continue;
      }
      Identity owner = owner(type, aliases.of(type, Places.facts(type, id, each)), identity);
      if (owner != null) {
        Map<String, String> within = new LinkedHashMap<>();
        binding
            .within()
            .forEach(
                (parent, at) -> {
                  if (at instanceof Selector.PathParameter(String name)
                      && draft.path().get(name) != null) {
                    within.put(parent, java.util.Objects.requireNonNull(draft.path().get(name)));
                  }
                });
        objects.add(own(type, id, owner, each, within, false));
      }
    }
  }

  /// What stands in the collection above an object that is read by its id, where no binding lists
  /// it.
  private void collected(Operation operation) {
    List<ObjectBinding> bindings = operation.objects().list();
    ObjectBinding one = bindings.size() == 1 ? Ones.read(operation, bindings.getFirst()) : null;
    String above = one == null ? null : Ones.above(operation);
    if (one == null || above == null || !objects.of(one.type().name()).isEmpty()) {
      return;
    }
    for (Operation each : contract.operations()) {
      if (!each.method().equals("GET")
          || !each.path().text().equals(above)
          || !each.objects().list().isEmpty()) {
        continue;
      }
      for (Identity identity : identities) {
        if (drafting.write(each, identity, null) instanceof Drafting.Outcome.Written(var draft)) {
          Answer answer = send.apply(draft);
          if (answer.ok()) {
            Collections.below(one.type(), answer.json()).forEach(node -> taken(one.type(), node));
          }
        }
      }
    }
  }

  /// Takes down an object that somebody's name stands in.
  private void taken(ObjectType type, Node node) {
    String id = Places.id(type, node);
    List<Identity> named = new ArrayList<>(identities);
    named.removeIf(each -> !Collections.names(node, each));
    if (id != null && named.size() == 1) {
      objects.add(own(type, id, named.getFirst(), null, Map.of(), false));
    }
  }

  /// Whose it is by its own word; where it says nothing, nobody can tell.
  private @Nullable Identity owner(ObjectType type, ObjectFacts facts, Identity lister) {
    List<Grant> whose = List.of(new Grant.Owner());
    if (type.owner() == null) {
      whose = List.of(new Grant.Tenant());
    }
    if (Ownership.judge(type, whose, facts, lister.is()) == Ownership.Standing.GRANTED) {
      return lister;
    }
    for (Identity each : identities) {
      if (Ownership.judge(type, whose, facts, each.is()) == Ownership.Standing.GRANTED) {
        return each;
      }
    }
    return null;
  }

  /// Makes an object of a type; null where no operation does, or it did not work.
  @Nullable KnownObject make(String type, Identity identity) {
    for (Operation operation : contract.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.does() == Does.CREATE && binding.type().name().equals(type)) {
          KnownObject made = make(operation, binding, identity);
          if (made != null) {
            return made;
          }
        }
      }
    }
    return null;
  }

  private @Nullable KnownObject make(
      Operation operation, ObjectBinding binding, Identity identity) {
    if (!(drafting.write(operation, identity, null)
        instanceof Drafting.Outcome.Written(var draft))) {
      return null;
    }
    Answer answer = send.apply(draft);
    if (disliked(answer)
        && drafting.lessen(operation)
        && drafting.write(operation, identity, null)
            instanceof Drafting.Outcome.Written(var less)) {
      Answer second = send.apply(less);
      called(binding.type(), identity, second);
      return shown(made(binding, less, second));
    }
    called(binding.type(), identity, answer);
    return shown(made(binding, draft, answer));
  }

  /// What an object that somebody made calls its owner.
  private void called(ObjectType type, Identity maker, Answer answer) {
    ObjectType.Fact owner = type.owner();
    if (owner == null
        || !answer.ok()
        || !(Places.facts(type, "", answer.json()).owner() instanceof Fact.Known(String text))) {
      return;
    }
    for (Identity each : identities) {
      if (text.equals(Ownership.part(owner.is(), each.is()))) {
        return;
      }
    }
    aliases.learn(type, maker, text);
  }

  /// Whether what was sent was refused, and not who sent it.
  private static boolean disliked(Answer answer) {
    return switch (answer.status()) {
      case 400, 404, 409, 422 -> true;
      default -> false;
    };
  }

  /// Makes an object by this request; null where it did not work.
  @Nullable KnownObject make(Operation operation, Draft draft) {
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.does() == Does.CREATE) {
        return make(binding, draft);
      }
    }
    return null;
  }

  /// Takes down what an answer says that was made.
  @Nullable KnownObject made(Operation operation, Draft draft, Answer answer) {
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.does() == Does.CREATE) {
        return made(binding, draft, answer);
      }
    }
    return null;
  }

  private @Nullable KnownObject make(ObjectBinding binding, Draft draft) {
    return shown(made(binding, draft, send.apply(draft)));
  }

  private @Nullable KnownObject shown(@Nullable KnownObject made) {
    KnownObject read = made == null ? null : read(made);
    return read == null ? made : read;
  }

  private @Nullable KnownObject made(ObjectBinding binding, Draft draft, Answer answer) {
    String id = answer.ok() ? created(binding, draft, answer) : null;
    if (id == null
        || objects.isOld(binding.type(), id)
        || (objects.knows(binding.type(), id) && answer.status() != 201)) {
      // a service may answer with what was there already, and call it created
      return null;
    }
    Map<String, String> within = new LinkedHashMap<>();
    binding
        .within()
        .forEach(
            (parent, at) -> {
              String value = written(draft, at);
              if (value != null) {
                within.put(parent, value);
              }
            });
    KnownObject made = own(binding.type(), id, draft.as(), null, within, true);
    objects.add(made);
    return made;
  }

  static @Nullable String written(Draft draft, Selector at) {
    return switch (at) {
      case Selector.PathParameter(String name) -> draft.path().get(name);
      case Selector.Body(var pattern) -> Json.scalar(Json.at(draft.body(), Places.first(pattern)));
      default -> null;
    };
  }

  /// The id of what a request made; null where neither it nor its answer tells.
  static @Nullable String created(ObjectBinding binding, Draft draft, Answer answer) {
    String id = told(binding, draft, answer);
    return id == null || Harm.isElsewhere(id) ? null : id;
  }

  private static @Nullable String told(ObjectBinding binding, Draft draft, Answer answer) {
    if (binding.id() instanceof Selector.PathParameter(String variable)) {
      return draft.path().get(variable);
    }
    if (binding.id() instanceof Selector.ResponseBody(var at)) {
      List<Node> found = Places.at(answer.json(), at);
      return found.size() == 1 ? Places.id(found.getFirst()) : null;
    }
    if (binding.id() instanceof Selector.ResponseHeader(String name)) {
      String value = answer.header(name.toLowerCase(java.util.Locale.ROOT));
      return value == null ? null : value.substring(value.lastIndexOf('/') + 1);
    }
    return answer.json() == null ? null : Places.id(binding.type(), answer.json());
  }

  /// Reads an object as its owner; null where that does not work.
  @Nullable KnownObject read(KnownObject object) {
    Operation reader = reader(object.type().name());
    if (reader == null
        || !(drafting.write(reader, object.owner(), object)
            instanceof Drafting.Outcome.Written(var draft))) {
      return null;
    }
    Answer answer = send.apply(draft);
    if (!answer.ok() || answer.json() == null) {
      return null;
    }
    List<Node> shown = Places.objects(reader.objects().list().getFirst(), answer.json());
    if (shown.size() != 1) {
      return null;
    }
    KnownObject read =
        own(
            object.type(),
            object.id(),
            object.owner(),
            shown.getFirst(),
            object.within(),
            object.made());
    objects.add(read);
    return read;
  }

  /// The operation that reads one object of a type: the type's own word, else the shortest GET.
  @Nullable Operation reader(String type) {
    return readers.computeIfAbsent(type, this::findReader);
  }

  private @Nullable Operation findReader(String type) {
    ObjectType stated = contract.types().get(type);
    if (stated != null && stated.readBy() != null) {
      Operation named = contract.operation(java.util.Objects.requireNonNull(stated.readBy()));
      if (named != null) {
        return named;
      }
    }
    List<Operation> found = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      List<ObjectBinding> bindings = operation.objects().list();
      if (operation.safe()
          && bindings.size() == 1
          && bindings.getFirst().does() == Does.READ
          && bindings.getFirst().id() != null
          && bindings.getFirst().delivery() != ObjectBinding.Delivery.OPAQUE
          && bindings.getFirst().type().name().equals(type)) {
        found.add(operation);
      }
    }
    found.sort(java.util.Comparator.comparingInt(each -> each.path().segments().size()));
    return found.isEmpty() ? null : found.getFirst();
  }
}
