package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType.Form;
import dev.gatewarden.core.contract.ObjectType.KnownBy;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What makes a binding unsafe although each of its words can be read: the table of what does not
/// load.
final class BindingCheck {
  /// Beyond this a number of JavaScript, and of many a JSON parser, is another number.
  private static final BigDecimal SAFE = BigDecimal.valueOf(1L << 53);

  private final Map<String, Operation> operations;
  private final TypeReader types;
  private final SelectorCheck selectors;
  private final IdLike idLike;

  /// Types whose owner some operation learns at their creation.
  private final Set<String> learned = new HashSet<>();

  /// @param operations all of the contract, by name, with their bindings
  BindingCheck(
      Map<String, Operation> operations, TypeReader types, SelectorCheck selectors, IdLike idLike) {
    this.operations = operations;
    this.types = types;
    this.selectors = selectors;
    this.idLike = idLike;
    for (Operation operation : operations.values()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.learn()) {
          learned.add(binding.type().name());
        }
      }
    }
  }

  /// Every check on one operation.
  void check(Operation operation, Notes notes) {
    stated(operation, notes);
    QueryWords.check(operation, notes);
    for (ObjectBinding binding : operation.objects().list()) {
      complete(operation, binding, notes);
      fitting(binding, notes);
      knownBeforehand(operation, binding, notes);
      parentsKnown(binding, notes);
      referencesKnown(operation, binding, notes);
      separable(operation, binding, notes);
      reachable(operation, binding, notes);
      factsInResponse(operation, binding, notes);
      boundedIntegers(operation, binding, notes);
      aggregateFiltered(binding, notes);
      opaque(operation, binding, notes);
      paged(operation, binding, notes);
    }
  }

  /// Every check on the types themselves.
  void checkTypes(Notes notes) {
    for (ObjectType type : types.types().values()) {
      readBy(type, notes);
    }
  }

  /// An operation with an id-like parameter says which object it names, or why none.
  private void stated(Operation operation, Notes notes) {
    Parameter parameter =
        operation.objects() instanceof ObjectBindings.Unstated ? idLike.first(operation) : null;
    if (parameter != null) {
      String at = Fields.word(parameter.in()) + "." + parameter.name();
      notes.problem(
          operation.place(),
          "`"
              + operation.id().name()
              + "` takes `"
              + Nodes.shown(at)
              + "` and does not say whose object that is",
          "write `x-gatewarden-object: {type: TYPE, id: "
              + Nodes.shown(at)
              + "}`, or `{none: why it is none}`");
    }
  }

  /// What is done to an object needs the object.
  private void complete(Operation operation, ObjectBinding binding, Notes notes) {
    String does = Fields.word(binding.does());
    switch (binding.does()) {
      case UPDATE, DELETE, ACT -> {
        if (binding.id() == null) {
          notes.problem(binding.place(), "`does: " + does + "` needs `id`: which object?");
        } else if (binding.id().afterwards()) {
          notes.problem(
              binding.place(),
              "`does: " + does + "` reads the id from the response, when it has already happened");
        }
      }
      case LIST -> {
        if (binding.items() == null) {
          notes.problem(
              binding.place(),
              "`does: list` needs `items`: where do the objects stand?",
              "write `items: response.body#/data`");
        } else if (!binding.items().afterwards()) {
          notes.problem(binding.place(), "`items` should select from the response");
        }
      }
      case READ -> {
        if (binding.id() == null && !binding.type().knownBy().contains(KnownBy.RESPONSE)) {
          notes.problem(binding.place(), "`does: read` needs `id`: which object?");
        }
      }
      case CREATE -> {
        if (binding.learn() && binding.id() == null) {
          notes.problem(
              binding.place(),
              "`learn` needs `id`: which object is created?",
              "write `id: response.body#/id`");
        }
      }
      case AGGREGATE -> {}
    }
    if (binding.does() == Does.READ
        && operation.objects().list().size() == 1
        && !operation.safe()) {
      notes.warning(
          binding.place(),
          "`"
              + operation.id().name()
              + "` is a "
              + operation.method()
              + " that only reads, so it says");
    }
  }

  /// Words that mean nothing where they stand.
  private static void fitting(ObjectBinding binding, Notes notes) {
    if (binding.learn() && binding.does() != Does.CREATE) {
      notes.problem(binding.place(), "`learn` belongs to `does: create`");
    }
    if (binding.count() != null && binding.does() != Does.LIST) {
      notes.problem(binding.place(), "`count` belongs to `does: list`");
    }
    if (binding.items() != null && binding.does() != Does.LIST && binding.does() != Does.READ) {
      notes.problem(binding.place(), "`items` belongs to `does: list`, `at` to `does: read`");
    }
    if (binding.filter() != null
        && binding.does() != Does.AGGREGATE
        && binding.does() != Does.LIST) {
      notes.problem(binding.place(), "`filter` belongs to `does: aggregate` and `does: list`");
    }
    List<Grant> own = binding.access();
    if (own != null) {
      granted(binding, own, notes);
    }
  }

  private static void granted(ObjectBinding binding, List<Grant> own, Notes notes) {
    ObjectType type = binding.type();
    if (own.contains(new Grant.Owner()) && type.owner() == null) {
      notes.problem(
          binding.place(),
          "`access` names the owner, and `" + Nodes.shown(type.name()) + "` has none");
    }
    if (own.contains(new Grant.Tenant()) && type.tenant() == null) {
      notes.problem(
          binding.place(),
          "`access` names the tenant, and `" + Nodes.shown(type.name()) + "` has none");
    }
  }

  /// The side effect of an unsafe verb has happened when the response comes.
  private void knownBeforehand(Operation operation, ObjectBinding binding, Notes notes) {
    if (binding.does().reads() || binding.does() == Does.CREATE) {
      return;
    }
    if (!knowable(binding.type(), binding.grants())) {
      notes.problem(
          binding.place(),
          "`"
              + operation.id().name()
              + "` changes a `"
              + Nodes.shown(binding.type().name())
              + "` whose owner only the response would show",
          "give the type `read-by: OPERATION`, or let its creation `learn: owner`");
    }
  }

  /// A parent is not in the child's response.
  private void parentsKnown(ObjectBinding binding, Notes notes) {
    for (String name : binding.within().keySet()) {
      ObjectType parent = types.types().get(name);
      if (parent != null && !knowable(parent, parent.access().read())) {
        notes.problem(
            binding.place(),
            "the owner of the parent `"
                + Nodes.shown(name)
                + "` can only be known from its own response",
            "give that type `read-by: OPERATION`");
      }
    }
  }

  /// What a request writes into an object is not in the response either.
  private void referencesKnown(Operation operation, ObjectBinding binding, Notes notes) {
    if (operation.body() == null
        || (binding.does() != Does.CREATE
            && binding.does() != Does.UPDATE
            && binding.does() != Does.ACT)) {
      return;
    }
    for (ObjectType.Reference each : binding.type().references()) {
      ObjectType type = types.types().get(each.type());
      undeclared(operation, binding, each, notes);
      if (type != null && !knowable(type, type.access().read()) && holds(operation, each.at())) {
        notes.problem(
            binding.place(),
            "`"
                + operation.id().name()
                + "` can write the id of a `"
                + Nodes.shown(each.type())
                + "`, whose owner can only be known from its own response",
            "give that type `read-by: OPERATION`, or let its creation `learn: owner`");
      }
    }
  }

  /// A service that is not strict about names takes other spellings of a member for it, and only a
  /// declared name lets the gate refuse these.
  private static void undeclared(
      Operation operation, ObjectBinding binding, ObjectType.Reference each, Notes notes) {
    RequestBody body = operation.body();
    for (Content.MediaType type :
        body == null ? List.<Content.MediaType>of() : body.content().types().values()) {
      SchemaSource source = type.schema();
      if (source != null
          && SelectorCheck.json(type.range())
          && new SchemaReach(new Resolver(source.references())).reach(source.schema(), each.at())
              instanceof SchemaReach.Outcome.Reached reached
          && reached.schemas().isEmpty()
          && !type.range().equals("application/json-patch+json")) {
        notes.warning(
            binding.place(),
            "`"
                + operation.id().name()
                + "` takes any member, `"
                + each.at()
                + "` of a `"
                + Nodes.shown(binding.type().name())
                + "` among them, and only a declared name is seen in every spelling",
            "declare it in the schema of the body");
        return;
      }
    }
  }

  private static boolean holds(Operation operation, PointerPattern member) {
    RequestBody body = operation.body();
    if (body == null || member.steps().isEmpty()) {
      return false;
    }
    for (Content.MediaType type : body.content().types().values()) {
      if (type.schema() != null && !SchemaPlaces.of(type.schema(), member).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// Single items can be cut out of JSON and out of nothing else.
  private static void separable(Operation operation, ObjectBinding binding, Notes notes) {
    if (binding.batch() != ObjectBinding.Batch.EACH || binding.id() == null) {
      return;
    }
    boolean items = binding.id() instanceof Selector.Body(PointerPattern at) && at.many();
    boolean json = operation.body() != null;
    if (operation.body() != null) {
      for (String range : operation.body().content().types().keySet()) {
        json &= SelectorCheck.json(range);
      }
    }
    if (!items || !json) {
      notes.problem(
          binding.place(),
          "`batch: each` cuts items out of a JSON body, and "
              + (items
                  ? "`" + operation.id().name() + "` takes other bodies, too"
                  : "`" + binding.id().text() + "` is none of its items"),
          "write `batch: all`");
    }
  }

  /// A look-up that needs a parent needs a request that names it.
  private void reachable(Operation operation, ObjectBinding binding, Notes notes) {
    ObjectType type = binding.type();
    boolean asks =
        !binding.does().reads()
            && binding.id() != null
            && !binding.id().afterwards()
            && type.lookedUp()
            && needsFacts(type, binding.grants());
    Operation read = asks && type.readBy() != null ? operations.get(type.readBy()) : null;
    if (read == null) {
      return;
    }
    for (ObjectBinding each : read.objects().list()) {
      if (!each.type().name().equals(type.name()) || each.does() != Does.READ) {
        continue;
      }
      for (String parent : each.within().keySet()) {
        if (!binding.within().containsKey(parent)) {
          notes.problem(
              binding.place(),
              "`"
                  + operation.id().name()
                  + "` does not say below which `"
                  + Nodes.shown(parent)
                  + "`, which the look-up `"
                  + Nodes.shown(read.id().name())
                  + "` needs",
              "write `within: {" + Nodes.shown(parent) + ": …}`");
        }
      }
    }
  }

  private boolean knowable(ObjectType type, Collection<Grant> grants) {
    return !needsFacts(type, grants)
        || ownedById(type)
        || type.readBy() != null && type.knownBy().contains(KnownBy.LOOK_UP)
        || type.knownBy().contains(KnownBy.RELATION)
            && (types.related(type) || learned.contains(type.name()));
  }

  /// Whether the gate may have learned whose objects of the type are.
  private boolean related(ObjectType type) {
    return type.knownBy().contains(KnownBy.RELATION)
        && (types.related(type) || learned.contains(type.name()));
  }

  /// What nobody can look into can be neither judged nor cut when it comes back.
  private void opaque(Operation operation, ObjectBinding binding, Notes notes) {
    if (binding.delivery() != ObjectBinding.Delivery.OPAQUE) {
      return;
    }
    boolean one = binding.does() == Does.READ && !knowable(binding.type(), binding.grants());
    boolean many =
        binding.does() == Does.LIST
            && binding.filter() == null
            && needsFacts(binding.type(), binding.grants());
    if (one || many) {
      notes.problem(
          binding.place(),
          "`"
              + operation.id().name()
              + "` answers with what the gate cannot look into, and "
              + (one
                  ? "nothing else tells whose the `" + Nodes.shown(binding.type().name()) + "` is"
                  : "nothing keeps the objects of others out of it"),
          one
              ? "give the type `read-by: OPERATION`, or let its creation `learn: owner`"
              : "write `filter: {at: query.OWNER, is: principal.subject}`");
    }
  }

  /// Short pages tell how many objects of others were cut out of them.
  private static void paged(Operation operation, ObjectBinding binding, Notes notes) {
    if (binding.does() != Does.LIST
        || binding.filter() != null
        || binding.foreign() != ObjectBinding.Foreign.FILTER
        || binding.grants().contains(new Grant.Anyone())) {
      return;
    }
    for (Parameter parameter : operation.parameters()) {
      boolean turns =
          switch (parameter.name().toLowerCase(Locale.ROOT)) {
            case "page", "offset", "skip", "$skip", "cursor", "after", "page_token", "pagetoken" ->
                true;
            default -> false;
          };
      if (turns && parameter.in() == Parameter.In.QUERY) {
        notes.warning(
            binding.place(),
            "`"
                + operation.id().name()
                + "` has pages, and short ones tell how many objects of others were cut out",
            "let the service list the caller's alone: `filter: {at: query.OWNER, is:"
                + " principal.subject}`");
        return;
      }
    }
  }

  /// Whether who may touch the object depends on the object.
  private static boolean needsFacts(ObjectType type, Collection<Grant> grants) {
    if (grants.contains(new Grant.Anyone())) {
      return false;
    }
    return type.tenant() != null
        || grants.contains(new Grant.Owner())
        || grants.contains(new Grant.Tenant());
  }

  /// Whether the id is itself the owner, as where the object is the caller.
  private static boolean ownedById(ObjectType type) {
    return type.owner() != null
        && type.owner().at().equals(type.id().at())
        && type.tenant() == null;
  }

  /// Where the response alone decides, it must be able to show what decides.
  private void factsInResponse(Operation operation, ObjectBinding binding, Notes notes) {
    ObjectType type = binding.type();
    boolean list = binding.does() == Does.LIST;
    if ((!list && binding.does() != Does.READ)
        || !needsFacts(type, binding.grants())
        || binding.delivery() == ObjectBinding.Delivery.OPAQUE
        || (!list && knowable(type, binding.grants()))
        || (list && related(type))) {
      return;
    }
    PointerPattern base = base(binding);
    if (base == null) {
      return;
    }
    if (type.owner() != null && binding.grants().contains(new Grant.Owner())) {
      shown(operation, binding, base.then(type.owner().at()), "owner", notes);
    }
    if (type.tenant() != null) {
      shown(operation, binding, base.then(type.tenant().at()), "tenant", notes);
    }
  }

  private static @Nullable PointerPattern base(ObjectBinding binding) {
    if (binding.items() == null) {
      return PointerPattern.ROOT;
    }
    if (binding.does() == Does.READ) {
      return binding.items() instanceof Selector.ResponseBody(PointerPattern at) ? at : null;
    }
    return binding.items() instanceof Selector.ResponseBody(PointerPattern at)
        ? at.then(new PointerPattern(List.of(new PointerPattern.Each())))
        : null;
  }

  private void shown(
      Operation operation, ObjectBinding binding, PointerPattern at, String what, Notes notes) {
    if (!SelectorCheck.readable(operation)) {
      notes.problem(
          binding.place(),
          "the "
              + what
              + " of a `"
              + Nodes.shown(binding.type().name())
              + "` is read from the response, and `"
              + operation.id().name()
              + "` promises no JSON body with a schema on success",
          "give the type `read-by: OPERATION`");
    } else if (!selectors.canHold(operation, at)) {
      notes.problem(
          binding.place(),
          "the "
              + what
              + " of a `"
              + Nodes.shown(binding.type().name())
              + "` should stand at `"
              + at
              + "` of the response, and its schema has no such member");
    }
  }

  /// The look-up is a GET on the same type whose path the id fills.
  private void readBy(ObjectType type, Notes notes) {
    if (type.readBy() == null) {
      return;
    }
    Operation read = operations.get(type.readBy());
    String what =
        "`read-by: " + Nodes.shown(type.readBy()) + "` of `" + Nodes.shown(type.name()) + "`";
    if (read == null) {
      notes.problem(
          type.place(),
          what + " names no operation",
          Nearest.advice(type.readBy(), operations.keySet()));
      return;
    }
    if (read.objects() instanceof ObjectBindings.Unbound) {
      return;
    }
    if (!read.method().equals("GET")) {
      notes.problem(type.place(), what + " is a " + read.method() + ", not a GET");
      return;
    }
    ObjectBinding binding = null;
    for (ObjectBinding each : read.objects().list()) {
      if (each.type().name().equals(type.name()) && each.does() == Does.READ) {
        binding = each;
      }
    }
    if (binding == null) {
      notes.problem(
          type.place(), what + " is not bound to read a `" + Nodes.shown(type.name()) + "`");
    } else if (!(binding.id() instanceof Selector.PathParameter)
        && !(binding.id() instanceof Selector.QueryParameter)) {
      notes.problem(type.place(), what + " takes its id neither from the path nor from the query");
    } else {
      filled(read, binding, type.place(), what, notes);
    }
  }

  /// The gate itself calls the look-up: nothing of it may be left open.
  private static void filled(
      Operation read, ObjectBinding binding, Place place, String what, Notes notes) {
    Set<Selector> known = new HashSet<>(binding.within().values());
    if (binding.id() != null) {
      known.add(binding.id());
    }
    Set<String> open = new TreeSet<>();
    for (Parameter parameter : read.parameters()) {
      boolean filled =
          switch (parameter.in()) {
            case PATH -> known.contains(new Selector.PathParameter(parameter.name()));
            case QUERY ->
                !parameter.required()
                    || known.contains(new Selector.QueryParameter(parameter.name()));
            case HEADER, COOKIE, QUERYSTRING -> !parameter.required();
          };
      if (!filled) {
        open.add(parameter.in().name().toLowerCase(Locale.ROOT) + "." + parameter.name());
      }
    }
    if (!open.isEmpty()) {
      notes.problem(
          place,
          what
              + " also needs "
              + Nodes.shown(String.join(", ", open))
              + ", which the id does not tell");
    }
  }

  /// Integer ids end before 2^53, or are compared as texts.
  private void boundedIntegers(Operation operation, ObjectBinding binding, Notes notes) {
    if (binding.type().id().as() == Form.STRING || binding.id() == null) {
      return;
    }
    SchemaReach.Outcome.Reached reached =
        selectors.check(operation, binding.id(), binding.place(), new Notes());
    if (reached == null || reached.schemas().isEmpty()) {
      return;
    }
    Form form = binding.type().id().as();
    if (form == Form.UUID && !reached.mayBe("string") && !reached.mayBe("array")) {
      notes.problem(
          binding.place(),
          "the id is `as: uuid`, and the schema has " + String.join(", ", reached.types()));
    }
    if (form == Form.INTEGER
        && reached.mayBe("integer")
        && !reached.types().isEmpty()
        && !bounded(reached.schemas())) {
      notes.problem(
          binding.place(),
          "integer ids without bound can pass 2^53, where two ids become one",
          "give the schema `maximum: 9007199254740991` or `format: int32`, or the type's id `as:"
              + " string`");
    }
  }

  private static boolean bounded(List<Obj> schemas) {
    for (Obj schema : schemas) {
      Node maximum = schema.get("maximum");
      Node below = schema.get("exclusiveMaximum");
      if ("int32".equals(Nodes.text(schema.get("format")))
          || schema.get("enum") != null
          || maximum instanceof Node.Num most && most.value().compareTo(SAFE) < 0
          || below instanceof Node.Num end && end.value().compareTo(SAFE) <= 0) {
        return true;
      }
    }
    return false;
  }

  /// A sum over everybody's objects tells what nobody may see.
  private static void aggregateFiltered(ObjectBinding binding, Notes notes) {
    if (binding.does() == Does.AGGREGATE && binding.filter() == null && binding.access() == null) {
      notes.problem(
          binding.place(),
          "`does: aggregate` counts everybody's objects",
          "write `filter: {at: query.OWNER, is: principal.subject}`, or `access` for who may see"
              + " the whole");
    }
  }
}
