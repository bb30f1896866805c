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
  private final Set<String> questions = new LinkedHashSet<>();

  private final Map<String, String> refused;

  private Bindings(Contract contract, Map<String, String> refused) {
    this.refused = refused;
    for (Operation operation : contract.operations()) {
      paths.put(operation, Level.Path.of(operation));
    }
  }

  /// What can be proposed.
  ///
  /// @param traffic what callers were seen to get; none for the contract's word alone
  /// @param refused what was proposed before and does not load, by `objects.` or `operations.` and
  ///     its name, and why: it becomes a question; with `.read-by` behind it, that alone
  public static Proposal of(Contract contract, List<Seen> traffic, Map<String, String> refused) {
    Bindings found = new Bindings(contract, refused);
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
    Bindings found = new Bindings(contract, Map.of());
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
            if (!kind.variables.contains(level.variable())) {
              kind.variables.add(level.variable());
            }
          }
        });
    kinds.remove("");
    paths.forEach(this::reads);
    paths.forEach(this::shaped);
    kinds.values().forEach(this::described);
    for (Kind kind : kinds.values()) {
      String why = refused.get("objects." + kind.name);
      if (why != null) {
        kind.id = null;
        kind.asked = true;
        questions.add("`" + kind.name + "`: " + why);
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
    String items = shape == null ? null : Answers.items(shape);
    if (shape != null && items != null && items.isEmpty()) {
      kind.shape = Answers.at(shape, items);
      kind.listed = true;
    }
  }

  /// Where nothing reads one, the list of them shows what they look like.
  private void shaped(Operation operation, Level.Path path) {
    if (path.rest().isEmpty()) {
      return;
    }
    Kind kind = kinds.get(Words.singular(path.rest().getLast()));
    Shape answer = Answers.of(operation);
    if (kind != null && kind.shape == null && answer != null) {
      String items = Answers.items(answer);
      kind.shape = items == null ? answer : Answers.at(answer, items);
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
            ask(operation, ": " + why);
          } else if (!stated) {
            bind(operation, path);
          }
        });
  }

  private void bind(Operation operation, Level.Path path) {
    if (path.muddled()) {
      ask(operation, " names one object by several parameters of the path");
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
      found = found == null ? query(parameter) : found;
    }
    if (found != null) {
      bindings.put(operation, found);
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
    Map<String, String> within = within(kind, above(path));
    if (kind.listed && operation == kind.read) {
      return new Binding(
          kind.name,
          ", does: list, items: 'response.body#', foreign: deny",
          within,
          "/*",
          "answers with a list of the one");
    }
    return new Binding(
        kind.name,
        ", id: path." + last.variable(),
        within,
        operation.method().equals("GET") ? kind.below : "-",
        "the path ends with its id");
  }

  private static List<Level> above(Level.Path path) {
    return path.levels().subList(0, path.levels().size() - 1);
  }

  /// `/orders`, `/accounts/{accountId}/orders`: a list, or where one is created.
  private @Nullable Binding collection(Operation operation, Level.Path path) {
    Kind kind = kinds.get(Words.singular(path.rest().getLast()));
    Shape answer = Answers.of(operation);
    Guess id = kind == null ? null : kind.id;
    if (kind == null || id == null || answer == null) {
      return null;
    }
    Map<String, String> within = within(kind, path.levels());
    if (operation.method().equals("GET")) {
      return list(kind, answer, within);
    }
    return operation.method().equals("POST") && Answers.at(answer, kind.below + id.at()) != null
        ? new Binding(
            kind.name,
            ", does: create, id: "
                + selector("response.body#" + kind.below + id.at())
                + ", learn: owner",
            within,
            kind.below,
            "whoever posts it owns it")
        : null;
  }

  private static @Nullable Binding list(Kind kind, Shape answer, Map<String, String> within) {
    String items = Answers.items(answer);
    if (items == null) {
      return null;
    }
    String count = Answers.count(answer);
    return new Binding(
        kind.name,
        ", does: list, items: "
            + selector("response.body#" + items)
            + ", foreign: filter"
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
    String does = operation.safe() ? ", does: read, delivery: opaque" : ", does: act";
    return new Binding(
        kind.name,
        does + ", id: path." + last.variable(),
        within(kind, above(path)),
        "-",
        "something of one of them");
  }

  /// `?orderId=`.
  private @Nullable Binding query(Parameter parameter) {
    Kind kind = Words.key(parameter.name()) ? kinds.get(Words.keyed(parameter.name())) : null;
    String place =
        switch (parameter.in()) {
          case QUERY -> "query.";
          case HEADER -> "header.";
          case COOKIE -> "cookie.";
          case PATH, QUERYSTRING -> "";
        };
    return kind == null || kind.id == null || !parameter.required() || place.isEmpty()
        ? null
        : new Binding(
            kind.name,
            ", does: read, delivery: opaque, id: " + selector(place + parameter.name()),
            Map.of(),
            "-",
            "a parameter is named like its id");
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
    for (Kind kind : kinds.values()) {
      Shape shape = kind.shape;
      if (shape == null || kind.id == null) {
        continue;
      }
      Map<String, Shape> values = Guessing.values(shape);
      kind.owner = Guessing.owner(kind, values, kinds.keySet()).orElse(null);
      kind.tenant = Guessing.tenant(values).orElse(null);
      proved(kind, evidence);
      if (kind.owner == null && kind.tenant == null && !kind.open) {
        created(kind, evidence.creations(kind.name));
      }
      for (Kind other : kinds.values()) {
        if (other != kind && other.id != null && !kind.parents.containsKey(other.name)) {
          Guessing.link(other.name, values)
              .filter(each -> kind.owner == null || !each.at().equals(kind.owner.at()))
              .ifPresent(each -> kind.refs.put(other.name, each));
        }
      }
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
                questions.add(
                    "`"
                        + kind.name
                        + "`: `"
                        + owner.at()
                        + "` is "
                        + owner.evidence()
                        + ", and "
                        + said
                        + ": who may see one that is not their own?");
              });
    }
  }

  /// Where nothing shows an owner, whoever created one may be it.
  private static void created(Kind kind, Evidence.Creations creations) {
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
    }
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
            questions.add(
                "`"
                    + kind.name
                    + "`: does one belong to who created it, and to nobody else? "
                    + kind.creator.evidence()
                    + "; those that are older than the gate have to be imported");
          }
        } else {
          questions.add(
              "`"
                  + kind.name
                  + "`: whose is one? No member is named like an owner"
                  + (isCreated(kind)
                      ? "; if it is who created it, write `owner: {is: principal.subject}`"
                      : ""));
        }
      }
    }
    Map<String, Entry> operations = new LinkedHashMap<>();
    bindings.forEach(
        (operation, binding) -> {
          if (types.containsKey(binding.kind())) {
            String text = binding.text(types.keySet());
            operations.put(operation.id().name(), new Entry(binding.why(), List.of(text)));
          }
        });
    return new Proposal(types, operations, List.copyOf(questions));
  }

  private boolean isCreated(Kind kind) {
    return bindings.values().stream()
        .anyMatch(each -> each.creates() && each.kind().equals(kind.name));
  }

  private void unsure(Kind kind, @Nullable Guess guess) {
    if (guess != null && guess.sure() < 0.85) {
      questions.add(
          "`"
              + kind.name
              + "`: is `"
              + kind.below
              + guess.at()
              + "` always the caller's "
              + guess.is().substring(guess.is().indexOf('.') + 1)
              + ", and is one nobody else's? "
              + guess.evidence());
    }
  }

  private void unseen(Operation operation, @Nullable Kind kind, String name) {
    if (kind == null || !kind.asked) {
      ask(operation, " names a `" + name + "`, and no schema says what one looks like");
    }
  }

  private void ask(Operation operation, String what) {
    questions.add("`" + operation.id().name() + "`" + what);
  }
}
