package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectBinding.Batch;
import dev.gatewarden.core.contract.ObjectBinding.Count;
import dev.gatewarden.core.contract.ObjectBinding.Delivery;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectBinding.Filter;
import dev.gatewarden.core.contract.ObjectBinding.Foreign;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `x-gatewarden-object` of one operation.
final class BindingReader {
  private static final ObjectBindings UNSTATED = new ObjectBindings.Unstated();

  /// What a selector is for that leads to one object within another.
  private static final String INSIDE = "object";

  private final TypeReader types;
  private final SelectorCheck selectors;
  private final Notes notes;

  BindingReader(TypeReader types, SelectorCheck selectors, Notes notes) {
    this.types = types;
    this.selectors = selectors;
    this.notes = notes;
  }

  /// What an operation says about its objects.
  ObjectBindings read(Operation operation, @Nullable Node node) {
    return switch (node) {
      case null -> UNSTATED;
      case Obj object when object.get("none") != null -> none(object);
      case Obj object -> bound(operation, List.of(object));
      case Node.Arr list when !list.items().isEmpty() -> bound(operation, list.items());
      default -> {
        boolean none = "none".equals(Nodes.text(node));
        notes.problem(
            node.place(),
            none
                ? "`none` needs a reason"
                : "`x-gatewarden-object` should be a map or a list of maps, not "
                    + Nodes.kind(node),
            none ? "write `{none: why no object is touched}`" : "");
        yield new ObjectBindings.Unbound("`x-gatewarden-object` could not be read");
      }
    };
  }

  private ObjectBindings none(Obj object) {
    Fields fields = new Fields(object, notes, "none");
    Node.Text because = fields.text("none");
    if (because == null || because.value().isBlank()) {
      if (because != null) {
        notes.problem(because.place(), "`none` needs a reason");
      }
      return new ObjectBindings.Unbound("`none` without a reason");
    }
    return new ObjectBindings.None(because.value(), object.place());
  }

  private ObjectBindings bound(Operation operation, List<Node> each) {
    List<ObjectBinding> bindings = new ArrayList<>();
    for (Node node : each) {
      ObjectBinding binding =
          node instanceof Obj object ? binding(operation, object, each.size() == 1) : null;
      if (!(node instanceof Obj)) {
        notes.problem(node.place(), "a binding should be a map, not " + Nodes.kind(node));
      }
      if (binding != null) {
        bindings.add(binding);
      }
    }
    return bindings.size() == each.size()
        ? new ObjectBindings.Bound(bindings)
        : new ObjectBindings.Unbound("a binding could not be read");
  }

  private @Nullable ObjectBinding binding(Operation operation, Obj object, boolean alone) {
    Fields fields =
        new Fields(
            object,
            notes,
            "type",
            "does",
            "id",
            "within",
            "items",
            "at",
            "foreign",
            "count",
            "batch",
            "learn",
            "access",
            "filter",
            "delivery");
    ObjectType type = type(fields);
    if (type == null) {
      return null;
    }
    Selector id = selector(operation, fields, "id");
    boolean inside = fields.has("at");
    Selector items = inside ? object(operation, fields) : selector(operation, fields, "items");
    if (inside && fields.has("items")) {
      notes.problem(fields.place("at"), "`at` is for one object, `items` for a list: write one");
    }
    Does stated = fields.choice("does", Does.class);
    Foreign foreign = fields.choice("foreign", Foreign.class);
    Batch batch = fields.choice("batch", Batch.class);
    Delivery delivery = fields.choice("delivery", Delivery.class);
    Does does = stated != null ? stated : inside ? Does.READ : does(operation, id, items != null);
    Filter filter = filter(operation, fields);
    boolean cuts = alone && does == Does.LIST && foreign != Foreign.DENY && filter == null;
    return new ObjectBinding(
        type,
        does,
        id,
        within(operation, fields, type),
        items,
        foreign == null ? Foreign.FILTER : foreign,
        fields.has("count") || !cuts ? count(fields) : usualCount(operation, object),
        batch == null ? Batch.ALL : batch,
        learn(fields),
        GrantReader.grants(fields, "access", notes),
        filter,
        delivery != null ? delivery : delivery(operation, does, items),
        object.place());
  }

  /// What no reader of ours can look into comes back as it is.
  private static Delivery delivery(Operation operation, Does does, @Nullable Selector items) {
    if (items != null) {
      return Delivery.ITEMS;
    }
    boolean promised = false;
    for (Responses.Promised each : operation.responses().byStatus().values()) {
      promised |= each.status().startsWith("2") && !each.content().isEmpty();
    }
    boolean unread = does == Does.READ && promised && SelectorCheck.successes(operation).isEmpty();
    return unread ? Delivery.OPAQUE : Delivery.WHOLE;
  }

  /// What would tell how many foreign objects there are, where the contract does not say.
  private @Nullable Count usualCount(Operation operation, Obj binding) {
    List<PointerPattern> at = selectors.counts(operation);
    if (at.isEmpty()) {
      return null;
    }
    String shown = at.getFirst().toString();
    notes.warning(
        binding.place(),
        "`"
            + operation.id().name()
            + "` tells at `"
            + Nodes.shown(shown)
            + "` how many objects of others there are, so that it is taken out",
        "write `count: {at: " + Nodes.shown(shown) + ", then: withhold}`, or `then: keep`");
    return new Count(at, Count.Then.WITHHOLD);
  }

  private @Nullable ObjectType type(Fields fields) {
    Node.Text name = fields.text("type");
    if (name == null) {
      if (!fields.has("type")) {
        notes.problem(fields.place(), "the binding names no `type`");
      }
      return null;
    }
    ObjectType type = types.types().get(name.value());
    if (type == null && !types.faulty(name.value())) {
      notes.problem(
          name.place(),
          "there is no object type `" + Nodes.shown(name.value()) + "`",
          types.types().isEmpty()
              ? "state it under `components.x-gatewarden-objects`"
              : Nearest.advice(name.value(), types.types().keySet()));
    }
    return type;
  }

  /// What the method means where `does` is not written.
  private static Does does(Operation operation, @Nullable Selector id, boolean items) {
    return switch (operation.method()) {
      case "GET", "HEAD", "QUERY" -> items ? Does.LIST : Does.READ;
      case "POST" -> id == null || id.afterwards() ? Does.CREATE : Does.ACT;
      case "PUT", "PATCH" -> Does.UPDATE;
      case "DELETE" -> Does.DELETE;
      default -> Does.ACT;
    };
  }

  private @Nullable Selector object(Operation operation, Fields fields) {
    Node.Text text = fields.text("at");
    return text == null ? null : selector(operation, text, INSIDE, fields);
  }

  private @Nullable Selector selector(Operation operation, Fields fields, String name) {
    Node.Text text = fields.text(name);
    return text == null ? null : selector(operation, text, name, fields);
  }

  private @Nullable Selector selector(
      Operation operation, Node.Text text, String name, Fields fields) {
    switch (SelectorReader.read(text.value())) {
      case SelectorReader.Outcome.Wrong(String message, String advice) -> {
        notes.problem(text.place(), message, advice);
        return null;
      }
      case SelectorReader.Outcome.Read(Selector selector) -> {
        SchemaReach.Outcome.Reached reached =
            selectors.check(operation, selector, text.place(), notes);
        if (reached != null) {
          shape(selector, reached, name, text.place(), fields);
        }
        return selector;
      }
    }
  }

  /// An id is a single value, and a list's items are a list.
  private void shape(
      Selector selector,
      SchemaReach.Outcome.Reached reached,
      String name,
      Place place,
      Fields fields) {
    boolean named =
        (selector instanceof Selector.Body(PointerPattern in) && in.named())
            || (selector instanceof Selector.ResponseBody(PointerPattern out) && out.named());
    if (named && !name.equals("id")) {
      notes.problem(place, "`*#` is the name of each member, and only `id` can be that");
    }
    if (name.equals("items")) {
      items(selector, reached, place);
      return;
    }
    if (name.equals(INSIDE)) {
      if (!reached.mayBe("object")) {
        notes.problem(place, "`at` should select an object");
      }
      return;
    }
    boolean list = reached.types().equals(java.util.Set.of("array"));
    boolean parameter =
        selector instanceof Selector.QueryParameter
            || selector instanceof Selector.PathParameter
            || selector instanceof Selector.Header
            || selector instanceof Selector.Cookie;
    boolean map = reached.types().equals(java.util.Set.of("object"));
    if (map || (list && !parameter)) {
      notes.problem(
          place,
          "`" + name + "` selects " + (map ? "an object" : "a list") + ", not an id",
          list ? "write `/*` at its end for each item" : "");
    }
    boolean many =
        list
            || (selector instanceof Selector.Body(PointerPattern at) && at.many())
            || (selector instanceof Selector.ResponseBody(PointerPattern in) && in.many());
    if (many && name.equals("id") && !fields.has("batch") && !selector.afterwards()) {
      notes.problem(
          place,
          "`id` selects several objects",
          "write `batch: all` if each must pass, or `batch: each`");
    }
  }

  /// Lists, and maps whose members are the objects.
  private void items(Selector selector, SchemaReach.Outcome.Reached reached, Place place) {
    boolean each =
        selector instanceof Selector.ResponseBody(PointerPattern at) && at.items().equals(at);
    boolean map =
        !reached.schemas().isEmpty()
            && reached.types().equals(java.util.Set.of("object"))
            && !SchemaReach.each(reached.schemas()).schemas().isEmpty();
    if (!each && !map && !reached.mayBe("array")) {
      notes.problem(
          place,
          "`items` should select a list, or a map (`additionalProperties`) of the objects by id");
    }
    if (map && !SchemaReach.declared(reached.schemas()).isEmpty()) {
      notes.problem(
          place,
          "beside the objects, the map at `items` has `"
              + Nodes.shown(SchemaReach.declared(reached.schemas()).iterator().next())
              + "`, which could be an id as well",
          "let the objects stand in a member of their own");
    }
  }

  private Map<String, Selector> within(Operation operation, Fields fields, ObjectType type) {
    Map<String, Selector> within = new LinkedHashMap<>();
    Obj object = fields.map("within");
    if (object == null) {
      return within;
    }
    for (Node.Member member : object.entries()) {
      if (!type.parents().containsKey(member.name())) {
        notes.problem(
            member.namePlace(),
            "`" + Nodes.shown(type.name()) + "` has no parent `" + Nodes.shown(member.name()) + "`",
            type.parents().isEmpty()
                ? "state it in the type: `parent: {" + Nodes.shown(member.name()) + ": /parentId}`"
                : Nearest.advice(member.name(), type.parents().keySet()));
      }
      if (member.value() instanceof Node.Text text) {
        Selector selector = selector(operation, text, member.name(), fields);
        if (selector != null) {
          within.put(member.name(), selector);
        }
      } else {
        notes.problem(
            member.value().place(),
            "a parent should be a selector, not " + Nodes.kind(member.value()));
      }
    }
    return within;
  }

  private @Nullable Count count(Fields fields) {
    Obj object = fields.map("count");
    if (object == null) {
      return null;
    }
    Fields inner = new Fields(object, notes, "at", "then");
    Node said = inner.node("at");
    Count.Then then = inner.choice("then", Count.Then.class);
    List<PointerPattern> all = new ArrayList<>();
    for (Node each :
        said instanceof Node.Arr list
            ? list.items()
            : said == null ? List.<Node>of() : List.of(said)) {
      PointerPattern at =
          each instanceof Node.Text text ? PointerPattern.parse(text.value()) : null;
      if (at == null) {
        notes.problem(each.place(), "`count` needs `at`: a JSON pointer into the response");
        return null;
      }
      all.add(at);
    }
    if (all.isEmpty()) {
      notes.problem(inner.place("at"), "`count` needs `at`: a JSON pointer into the response");
      return null;
    }
    return new Count(all, then == null ? Count.Then.WITHHOLD : then);
  }

  private boolean learn(Fields fields) {
    Node.Text text = fields.text("learn");
    if (text != null && !text.value().equals("owner")) {
      notes.problem(text.place(), "`learn` can only be `owner`");
    }
    return text != null;
  }

  private static boolean writable(Operation operation, Selector at) {
    RequestBody body = operation.body();
    if (!(at instanceof Selector.Body(PointerPattern place))
        || place.steps().isEmpty()
        || place.many()
        || body == null) {
      return false;
    }
    for (String range : body.content().types().keySet()) {
      if (!SelectorCheck.json(range) || range.equals("application/json-patch+json")) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Filter filter(Operation operation, Fields fields) {
    Obj object = fields.map("filter");
    if (object == null) {
      return null;
    }
    Fields inner = new Fields(object, notes, "at", "is");
    Selector at = selector(operation, inner, "at");
    PrincipalPart is = TypeReader.principal(inner, "is", new PrincipalPart.Subject(), notes);
    if (!inner.has("at")) {
      notes.problem(object.place(), "`filter` needs `at`: where the gate writes the owner");
    } else if (at != null
        && !(at instanceof Selector.QueryParameter)
        && !(at instanceof Selector.Header)
        && !writable(operation, at)) {
      notes.problem(
          inner.place("at"),
          "`filter` can only be a query value, a header, or one member of a JSON body");
    }
    return at == null || is == null ? null : new Filter(at, is);
  }
}
