package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.platform.discovery.Proposal.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out whose objects the operations of a contract touch that do not say so.
///
/// Paths say which kinds of objects there are, schemas where their ids, owners and parents stand,
/// and traffic which of it is true. What nothing speaks for is asked, never guessed.
public final class Bindings {
  private final Map<Operation, Level.Path> paths = new LinkedHashMap<>();
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final Map<Operation, Binding> bindings = new LinkedHashMap<>();
  private final Questions questions = new Questions();

  /// By what a collection is called in the path: the kinds of what it holds.
  private final Map<String, Set<Kind>> collections = new HashMap<>();

  /// What stands behind a collection where one is created.
  private static final Set<String> CREATING = Set.of("create", "new", "add");

  private static final Set<String> DELETING = Set.of("delete", "remove", "destroy");

  private final Map<String, String> refused;

  private final Held held;

  private Bindings(Contract contract, Map<String, String> refused, Held held) {
    this.refused = refused;
    this.held = held;
    for (Operation operation : contract.operations()) {
      paths.put(operation, Level.Path.of(operation));
    }
  }

  /// What can be proposed.
  ///
  /// @param traffic what callers were seen to get; none for the contract's word alone
  /// @param refused what was proposed before and does not load, by `objects.` or `operations.` and
  ///     its name, and why: it becomes a question; with `.read-by` behind it, that alone
  /// @param held what testers say is theirs
  public static Proposal of(
      Contract contract, List<Seen> traffic, Map<String, String> refused, Held held) {
    Bindings found = new Bindings(contract, refused, held);
    found.kinds();
    found.bind();
    found.whose(found.evidence(traffic));
    return found.proposal();
  }

  /// One answer that a caller got.
  ///
  /// @param caller what is known of the caller, by the words of the binding language
  /// @param values the plain values of each object in it, by the pointer it stands at
  public record Seen(
      Operation operation, Map<String, String> caller, List<Map<String, String>> values) {}

  /// Where the objects of an operation stand in its answers, as `Seen` wants them; empty where it
  /// answers with none.
  public static Map<Operation, String> places(Contract contract) {
    Bindings found = new Bindings(contract, Map.of(), Held.UNKNOWN);
    found.kinds();
    found.bind();
    Map<Operation, String> places = new HashMap<>();
    found.bindings.forEach(
        (operation, binding) -> {
          if (!binding.objects().equals("-")) {
            places.put(operation, binding.objects());
          }
        });
    return places;
  }

  private void kinds() {
    paths.forEach(
        (operation, path) -> {
          for (Level level : path.muddled() ? List.<Level>of() : path.levels()) {
            Kind kind = kinds.computeIfAbsent(level.type(), Kind::new);
            collections.computeIfAbsent(level.collection(), _ -> new LinkedHashSet<>()).add(kind);
            path.levels().stream()
                .takeWhile(each -> each != level)
                .forEach(each -> kind.above.add(each.type()));
            if (!kind.variables.contains(level.variable())) {
              kind.variables.add(level.variable());
            }
          }
        });
    kinds.remove("");
    collections.remove("");
    paths.forEach(this::unnamed);
    paths.forEach(this::reads);
    paths.forEach(this::shaped);
    kinds.values().forEach(this::described);
    for (Kind kind : kinds.values()) {
      String why = refused.get("objects." + kind.name);
      if (why != null) {
        kind.id = null;
        kind.asked = true;
        questions.type(kind.name, why);
      }
      if (refused.containsKey("objects." + kind.name + ".read-by")) {
        kind.read = null;
      }
    }
  }

  private void reads(Operation operation, Level.Path path) {
    if (operation.method().equals("GET") && path.rest().isEmpty() && !path.levels().isEmpty()) {
      Kind kind = kinds.get(path.levels().getLast().type());
      // the shortest way to one is the one that a look-up can go by its id alone
      if (kind != null && !path.muddled() && path.levels().size() < depth(kind)) {
        kind.read = operation;
        kind.shape = Answers.of(operation);
        listed(kind);
        kind.open = operation.security().admitsAnonymous();
      }
    }
  }

  private int depth(Kind kind) {
    Level.Path known = kind.read == null ? null : paths.get(kind.read);
    return known == null ? Integer.MAX_VALUE : known.levels().size();
  }

  /// Some answer with a list of one.
  private static void listed(Kind kind) {
    Shape shape = kind.shape;
    kind.listed = false;
    String items = shape == null ? null : Answers.items(shape, "");
    if (shape != null && items != null && items.isEmpty()) {
      kind.shape = Answers.at(shape, items);
      kind.listed = true;
    }
  }

  /// Where nothing reads one, the list of them shows what they look like, or the answer to whoever
  /// creates one.
  private void shaped(Operation operation, Level.Path path) {
    Kind kind = path.rest().isEmpty() ? null : collected(path.rest().getLast());
    Shape answer = Answers.of(operation);
    if (kind == null || kind.shape != null || answer == null) {
      return;
    }
    boolean reads = operation.method().equals("GET");
    String items = reads ? Answers.items(answer, path.rest().getLast()) : null;
    if (items != null || reads || operation.method().equals("POST")) {
      kind.shape = items == null ? answer : Answers.at(answer, items);
    }
  }

  /// What a collection holds: by what its paths say, else by its name.
  private @Nullable Kind collected(String collection) {
    Set<Kind> held = collections.getOrDefault(collection, Set.of());
    return held.size() == 1 ? held.iterator().next() : kinds.get(Words.singular(collection));
  }

  /// A collection of which no path names a single one: `/hooks`, whose items have an id that some
  /// parameter or body names.
  private void unnamed(Operation operation, Level.Path path) {
    String collection = path.rest().isEmpty() ? "" : path.rest().getLast();
    String name = Words.singular(collection);
    Shape answer = Answers.of(operation);
    if (path.muddled()
        || !operation.method().equals("GET")
        || name.equals(collection)
        || kinds.containsKey(name)
        || collections.containsKey(collection)
        || answer == null
        || (!held.has(name)
            && paths.keySet().stream().noneMatch(each -> Requests.names(each, name)))) {
      return;
    }
    String items = Answers.items(answer, collection);
    Kind kind = new Kind(name);
    kind.shape = items == null ? null : Answers.at(answer, items);
    if (kind.shape != null && Guessing.id(kind, Guessing.values(kind.shape)) != null) {
      kinds.put(name, kind);
    }
  }

  private void described(Kind kind) {
    Shape shape = kind.shape;
    if (shape == null) {
      return;
    }
    Map<String, Shape> values = Guessing.values(shape);
    kind.id = Guessing.id(kind, values);
    if (kind.id == null && shape.members().size() <= 3) {
      wrapped(kind, shape);
    } else if (kind.id != null) {
      form(kind, values);
    }
  }

  /// `{"order": {…}}`: the object stands one step down.
  private static void wrapped(Kind kind, Shape shape) {
    for (Map.Entry<String, Shape> member : shape.members().entrySet()) {
      Map<String, Shape> values = Guessing.values(member.getValue());
      Guess id = values.isEmpty() ? null : Guessing.id(kind, values);
      if (id != null) {
        kind.below = "/" + Guessing.escaped(member.getKey());
        kind.shape = member.getValue();
        kind.id = id;
        form(kind, values);
        return;
      }
    }
  }

  private static void form(Kind kind, Map<String, Shape> values) {
    Guess id = kind.id;
    Shape shape = id == null ? null : values.get(id.at());
    if (shape == null) {
      return;
    }
    boolean bounded = shape.has("maximum") || "int32".equals(shape.text("format"));
    kind.as =
        "uuid".equals(shape.text("format"))
            ? "uuid"
            : shape.types().contains("integer") && bounded ? "integer" : "string";
  }

  private void bind() {
    paths.forEach(
        (operation, path) -> {
          boolean stated =
              operation.objects() instanceof ObjectBindings.Bound
                  || operation.objects() instanceof ObjectBindings.None;
          String why = refused.get("operations." + operation.id().name());
          if (why != null) {
            String name = "`" + operation.id().name() + "`";
            ask(operation, why.startsWith(name) ? "each" + why.substring(name.length()) : why);
          } else if (!stated) {
            bind(operation, path);
          }
        });
  }

  private void bind(Operation operation, Level.Path path) {
    if (path.levels().stream().anyMatch(each -> Words.several(each.variable()))) {
      ask(operation, "several ids stand in one text of the path, which no binding takes apart");
      return;
    }
    if (path.muddled()) {
      ask(
          operation,
          "an object is named by several parameters of the path together, which no binding says;"
              + " state `none` with a reason, or keep them from callers who should not reach them");
      return;
    }
    Binding found = null;
    if (!path.levels().isEmpty() && path.rest().isEmpty()) {
      found = item(operation, path);
    } else if (!path.rest().isEmpty()) {
      found = collection(operation, path);
      if (found == null && !path.levels().isEmpty()) {
        found = below(operation, path);
      }
    }
    for (Parameter parameter : operation.parameters()) {
      found = found == null ? query(operation, parameter) : found;
      found = found == null ? plain(operation, path, parameter) : found;
    }
    found = found == null ? plain(operation, path) : found;
    found = found == null && held.probing() ? several(operation) : found;
    found = found == null && path.levels().isEmpty() ? body(operation) : found;
    if (found != null) {
      bindings.put(operation, found);
    } else if (path.levels().isEmpty()) {
      Requests.unknown(operation)
          .ifPresent(
              each ->
                  ask(
                      operation,
                      "`" + each + "` names something by its id, and no answer shows its type"));
    }
  }

  /// `/orders/{orderId}`.
  private @Nullable Binding item(Operation operation, Level.Path path) {
    Level last = path.levels().getLast();
    Kind kind = kinds.get(last.type());
    if (kind == null || kind.id == null) {
      unseen(operation, kind, last.type());
      return null;
    }
    if (operation.method().equals("POST") && Words.of(operation.id().name()).contains("create")) {
      ask(operation, "one is created under an id that the caller chooses: whose is it then?");
      return null;
    }
    Map<String, String> within = within(kind, above(path));
    if (kind.listed && operation == kind.read) {
      return new Binding(
          kind.name,
          ", does: list, items: 'response.body#', foreign: deny",
          within,
          "/*",
          "answers with a list of the one");
    }
    Shape answer = operation.method().equals("GET") ? Answers.of(operation) : null;
    String below = answer == null ? null : stands(kind, answer);
    return new Binding(
        kind.name,
        ", id: path."
            + last.variable()
            + (below == null || below.isEmpty()
                ? ""
                : ", at: " + selector("response.body#" + below)),
        within,
        below == null ? "-" : below,
        "the path ends with its id");
  }

  /// Where an answer holds the object: it may come in an envelope here and bare elsewhere.
  private static @Nullable String stands(Kind kind, Shape answer) {
    Guess id = kind.id;
    for (String below : List.of("", kind.below)) {
      if (id != null && Answers.at(answer, below + id.at()) != null) {
        return below;
      }
    }
    return id == null
        ? null
        : answer.members().entrySet().stream()
            .filter(each -> Answers.at(each.getValue(), id.at()) != null)
            .filter(each -> !each.getValue().types().contains("array"))
            .map(each -> "/" + Guessing.escaped(each.getKey()))
            .filter(each -> answer.members().size() <= 3)
            .findFirst()
            .orElse(null);
  }

  private static List<Level> above(Level.Path path) {
    return path.levels().subList(0, path.levels().size() - 1);
  }

  /// `/orders`, `/accounts/{accountId}/orders`: a list, or where one is created.
  private @Nullable Binding collection(Operation operation, Level.Path path) {
    String last = path.rest().getLast();
    Kind kind = collected(last);
    boolean creates = operation.method().equals("POST");
    boolean word = CREATING.contains(Words.plain(last));
    if (kind == null && path.rest().size() > 1 && (creates ? word : !word)) {
      // `/orders/full`, `/orders/create`
      kind = collected(path.rest().get(path.rest().size() - 2));
    }
    Shape answer = Answers.of(operation);
    if (kind == null || kind.id == null || answer == null) {
      return null;
    }
    Map<String, String> within = within(kind, path.levels());
    if (operation.method().equals("GET")) {
      Binding listed = list(kind, answer, last, within);
      if (listed != null && within.isEmpty() && elsewhere(kind, path)) {
        ask(operation, "objects of a known type are listed below another: is each the caller's?");
        return null;
      }
      return listed;
    }
    String below = creates ? stands(kind, answer) : null;
    return below == null
        ? null
        : new Binding(
            kind.name,
            ", does: create, id: "
                + selector("response.body#" + below + kind.id.at())
                + ", learn: owner",
            within,
            below,
            "whoever posts it owns it");
  }

  /// `/carriers/{carrierId}/packages`, where packages have a place of their own: nothing says that
  /// these are the same ones.
  private boolean elsewhere(Kind kind, Level.Path path) {
    Level last = path.levels().isEmpty() ? null : path.levels().getLast();
    return last != null
        && kinds.get(last.type()) != kind
        && !kind.above.contains(last.type())
        && !kind.variables.isEmpty();
  }

  private @Nullable Binding list(
      Kind kind, Shape answer, String collection, Map<String, String> within) {
    String items = Answers.items(answer, collection);
    Guess id = kind.id;
    Shape item = items == null ? null : Answers.at(answer, items);
    if (id == null || item == null || Answers.at(item, id.at()) == null) {
      return null;
    }
    // nothing is cut out of what is only looked at
    String count = held.probing() ? null : Answers.count(answer);
    return new Binding(
        kind.name,
        ", does: list, items: "
            + selector("response.body#" + items)
            + (held.probing() ? ", foreign: deny" : ", foreign: filter")
            + (count == null ? "" : ", count: {at: " + selector(count) + ", then: withhold}"),
        within,
        items + "/*",
        "a list of them");
  }

  /// `/orders/{orderId}/cancel`: something done to the object.
  private @Nullable Binding below(Operation operation, Level.Path path) {
    Level last = path.levels().getLast();
    Kind kind = kinds.get(last.type());
    if (kind == null || kind.id == null) {
      unseen(operation, kind, last.type());
      return null;
    }
    if (!operation.safe() && Creators.byOthers(path.rest().getLast())) {
      ask(operation, "this is done to objects of others too: who may?");
      return null;
    }
    String does = operation.safe() ? ", does: read, delivery: opaque" : ", does: act";
    return new Binding(
        kind.name,
        does + ", id: path." + last.variable(),
        within(kind, above(path)),
        "-",
        "something of one of them");
  }

  /// `?orderId=`.
  private @Nullable Binding query(Operation operation, Parameter parameter) {
    Kind kind = Words.key(parameter.name()) ? kinds.get(Words.keyed(parameter.name())) : null;
    String place =
        switch (parameter.in()) {
          case QUERY -> "query.";
          case HEADER -> "header.";
          case COOKIE -> "cookie.";
          case PATH, QUERYSTRING -> "";
        };
    String does = operation.safe() ? "read, delivery: opaque" : "act";
    return kind == null || kind.id == null || !parameter.required() || place.isEmpty()
        ? null
        : new Binding(
            kind.name,
            ", does: " + does + ", id: " + selector(place + parameter.name()),
            Map.of(),
            "-",
            "a parameter is named like its id");
  }

  /// `/order?id=`, where testers say that orders are theirs.
  private @Nullable Binding plain(Operation operation, Level.Path path, Parameter parameter) {
    Kind kind = held(path, 1);
    return kind == null
            || !operation.safe()
            || parameter.in() != Parameter.In.QUERY
            || !parameter.required()
            || !Words.plain(parameter.name()).equals("id")
        ? null
        : new Binding(
            kind.name,
            ", id: " + selector("query." + parameter.name()),
            Map.of(),
            "-",
            "the path names the kind, and a parameter the id");
  }

  /// `/order/delete` with an `id` in the body.
  private @Nullable Binding plain(Operation operation, Level.Path path) {
    Kind kind = held(path, 2);
    boolean named =
        kind != null && !operation.safe() && Requests.required(operation).contains("id");
    if (kind == null || !named) {
      return null;
    }
    boolean deletes = DELETING.contains(Words.plain(path.rest().getLast()));
    return new Binding(
        kind.name,
        ", does: " + (deletes ? "delete" : "act") + ", id: " + selector("body#/id"),
        Map.of(),
        "-",
        "the path names the kind, and the body the id");
  }

  /// `{"order_ids": […]}`: a gate has to be told whether all or some are answered.
  private @Nullable Binding several(Operation operation) {
    Map.Entry<String, String> named = operation.safe() ? null : Requests.several(operation);
    Kind kind = named == null ? null : kinds.get(named.getValue());
    return named == null || kind == null || kind.id == null
        ? null
        : new Binding(
            kind.name,
            ", does: act, id: "
                + selector("body#/" + Guessing.escaped(named.getKey()) + "/*")
                + ", batch: all",
            Map.of(),
            "-",
            "a member of the body lists its ids");
  }

  /// The kind that a path without variables is about, where somebody has one.
  private @Nullable Kind held(Level.Path path, int fromEnd) {
    int at = path.rest().size() - fromEnd;
    Kind kind =
        at < 0 || !path.levels().isEmpty() ? null : kinds.get(Words.singular(path.rest().get(at)));
    return kind == null || kind.id == null || !held.has(kind.name) ? null : kind;
  }

  /// `{"orderId": …}`: the one object that a body has to name.
  private @Nullable Binding body(Operation operation) {
    List<String> members = operation.safe() ? List.of() : Requests.ids(operation);
    List<String> known =
        members.stream()
            .filter(
                each -> {
                  Kind kind = kinds.get(Words.keyed(each));
                  return kind != null && kind.id != null;
                })
            .toList();
    boolean person = known.size() == 1 && Guessing.person(Words.keyed(known.getFirst()));
    if (known.size() > 1 || person) {
      ask(
          operation,
          person
              ? "its body names a person: does it have to be the caller?"
              : "its body names several objects: which of them have to be the caller's?");
    }
    return known.size() != 1 || person
        ? null
        : new Binding(
            Words.keyed(known.getFirst()),
            ", does: act, id: " + selector("body#/" + Guessing.escaped(known.getFirst())),
            Map.of(),
            "-",
            "a member of the body is named like its id");
  }

  private static String selector(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /// The parents that the path names, as far as the object says that it lies below them.
  private Map<String, String> within(Kind kind, List<Level> above) {
    Shape shape = kind.shape;
    Map<String, String> named = new LinkedHashMap<>();
    for (Level level : above) {
      Kind parent = kinds.get(level.type());
      Optional<Guess> link =
          parent == null || parent.id == null || shape == null || parent == kind
              ? Optional.empty()
              : Guessing.link(parent.name, Guessing.values(shape));
      if (link.isPresent()) {
        kind.parents.put(level.type(), link.get());
        named.put(level.type(), "path." + level.variable());
      }
    }
    return named;
  }

  private Evidence evidence(List<Seen> traffic) {
    Evidence evidence = new Evidence();
    for (Seen seen : traffic) {
      Binding binding = bindings.get(seen.operation());
      Kind kind = binding == null ? null : kinds.get(binding.kind());
      if (binding != null && kind != null) {
        for (Map<String, String> object : seen.values()) {
          seen(binding, kind, object, seen.caller(), evidence);
        }
      }
    }
    return evidence;
  }

  private static void seen(
      Binding binding,
      Kind kind,
      Map<String, String> object,
      Map<String, String> caller,
      Evidence evidence) {
    String id = kind.id == null ? null : object.get(kind.id.at());
    if (!binding.creates()) {
      evidence.add(binding.kind(), object, caller);
    }
    if (id != null && binding.creates()) {
      evidence.created(binding.kind(), id, caller);
    } else if (id != null) {
      evidence.got(binding.kind(), id, caller);
    }
  }

  private void whose(Evidence evidence) {
    Accounts accounts = new Accounts(kinds.values());
    for (Kind kind : kinds.values()) {
      Shape shape = kind.shape;
      if (shape == null || kind.id == null) {
        continue;
      }
      Map<String, Shape> values = Guessing.values(shape);
      kind.owner = Guessing.owner(kind, values, kinds.keySet()).orElse(null);
      kind.tenant = Guessing.tenant(values).or(() -> accounts.tenant(values)).orElse(null);
      kind.account = kind.tenant == null ? accounts.named(values).orElse(null) : null;
      proved(kind, evidence);
      if (kind.owner == null && kind.tenant == null && !kind.open) {
        created(kind, evidence.creations(kind.name), evidence.seen(kind.name));
      }
      held(kind);
      for (Kind other : kinds.values()) {
        if (other != kind && other.id != null && !kind.parents.containsKey(other.name)) {
          Guessing.link(other.name, values)
              .filter(each -> kind.owner == null || !each.at().equals(kind.owner.at()))
              .ifPresent(each -> kind.refs.put(other.name, each));
        }
      }
    }
  }

  /// Whose one is that shows no owner, and who is there for all of them.
  private void held(Kind kind) {
    if (!held.has(kind.name)) {
      return;
    }
    kind.raised = held.above(kind.name);
    if (kind.owner == null && kind.creator == null && !kind.open) {
      kind.told = true;
      kind.given = Creators.isShared(kind);
      kind.creator = new Guess("", "principal.subject", 0.7, "testers say which ones are theirs");
    }
  }

  /// What traffic shows goes before what names say; what it contradicts is dropped and asked.
  private void proved(Kind kind, Evidence evidence) {
    for (Guess guess : evidence.always(kind.name)) {
      boolean tenant = guess.is().equals("principal.tenant");
      Guess before = tenant ? kind.tenant : kind.owner;
      boolean same = before != null && before.at().equals(guess.at());
      if (same || before == null || before.sure() < guess.sure()) {
        if (tenant) {
          kind.tenant = guess;
        } else if (kind.owner == null || same || !kind.owner.evidence().startsWith("equalled")) {
          kind.owner = guess;
        }
      }
    }
    if (kind.owner != null) {
      Guess owner = kind.owner;
      evidence
          .against(kind.name, owner)
          .ifPresent(
              said -> {
                kind.owner = null;
                kind.contradicted = true;
                questions.type(
                    kind.name,
                    "`"
                        + owner.at()
                        + "` is "
                        + owner.evidence()
                        + ", and "
                        + said
                        + ": who may see one that is not their own?");
              });
    }
  }

  /// Where nothing shows an owner, whoever created one may be it: by what traffic shows, else by
  /// what the contract says, unless it shows who may have one beside.
  private void created(Kind kind, Evidence.Creations creations, int seen) {
    if (creations.speak()) {
      kind.creator =
          new Guess(
              "",
              "principal.subject",
              creations.created() >= 20 ? 0.9 : 0.7,
              "only who created it got it, "
                  + creations.alone()
                  + " of "
                  + creations.created()
                  + " objects, of "
                  + creations.callers()
                  + " callers");
    } else if (seen == 0 && kind.account == null && !kind.contradicted) {
      kind.creator = Creators.of(kind, creations(kind), done(kind), kinds.keySet());
    }
  }

  private Set<String> done(Kind kind) {
    Set<String> done = new LinkedHashSet<>();
    for (Level.Path path : paths.values()) {
      if (!path.levels().isEmpty() && path.levels().getLast().type().equals(kind.name)) {
        done.addAll(path.rest());
      }
    }
    return done;
  }

  private List<Operation> creations(Kind kind) {
    return bindings.entrySet().stream()
        .filter(each -> each.getValue().creates() && each.getValue().kind().equals(kind.name))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Proposal proposal() {
    Set<String> used = new LinkedHashSet<>();
    Set<Operation> bound = new HashSet<>();
    bindings.forEach(
        (operation, binding) -> {
          used.add(binding.kind());
          used.addAll(binding.within().keySet());
          bound.add(operation);
        });
    Map<String, Entry> types = new LinkedHashMap<>();
    for (Kind kind : kinds.values()) {
      if (kind.id != null && used.contains(kind.name)) {
        if (kind.decided()) {
          types.put(kind.name, TypeLines.of(kind, kinds, bound));
          unsure(kind, kind.owner);
          unsure(kind, kind.tenant);
          if (kind.creator != null) {
            questions.type(
                kind.name,
                "does one belong to who created it, and to nobody else? "
                    + (kind.creator.sure() < 0.6 ? "Nothing shows it" : kind.creator.evidence())
                    + "; those that are older than the gate have to be imported");
          }
        } else {
          undecided(kind);
        }
      }
    }
    Map<String, Entry> operations = new LinkedHashMap<>();
    bindings.forEach(
        (operation, binding) -> {
          Kind kind = kinds.get(binding.kind());
          // who sends a message has given it away
          boolean given = kind != null && kind.given && binding.creates();
          if (types.containsKey(binding.kind()) && !given) {
            String text = learning(binding).text(types.keySet());
            operations.put(operation.id().name(), new Entry(binding.why(), List.of(text)));
          }
        });
    return new Proposal(types, operations, questions.all());
  }

  /// Who creates a caller is not the caller that was created, and who keeps somebody's objects for
  /// them is not their owner.
  private Binding learning(Binding binding) {
    Kind kind = kinds.get(binding.kind());
    Guess owner = kind == null ? null : kind.owner;
    Guess id = kind == null ? null : kind.id;
    boolean other =
        owner != null
            && id != null
            && (owner.at().equals(id.at()) || Creators.actsForOthers(kinds.keySet()));
    return binding.creates() && other ? binding.unlearned() : binding;
  }

  private void undecided(Kind kind) {
    if (kind.account != null) {
      questions.type(
          kind.name,
          "whose is one? `"
              + kind.account
              + "` names an account: write it as `tenant` if all of its people may reach one, as"
              + " `owner` if an account is one caller");
      return;
    }
    questions.type(
        kind.name,
        "whose is one? No member is named like an owner"
            + (creations(kind).isEmpty()
                ? ""
                : "; if it is who created it, write `owner: {is: principal.subject}`"));
  }

  private void unsure(Kind kind, @Nullable Guess guess) {
    if (guess != null && guess.sure() < 0.85) {
      questions.type(
          kind.name,
          "is `"
              + guess.at()
              + "` always the caller's "
              + guess.is().substring(guess.is().indexOf('.') + 1)
              + ", and is one nobody else's? "
              + guess.evidence());
    }
  }

  private void unseen(Operation operation, @Nullable Kind kind, String name) {
    if (kind == null || !kind.asked) {
      ask(
          operation,
          "a `"
              + name
              + "` is named, and no schema says what one looks like; give the answer of an"
              + " operation that reads one a schema with its id, or bind them by hand");
    }
  }

  private void ask(Operation operation, String what) {
    questions.operation(operation.id().name(), what);
  }
}
