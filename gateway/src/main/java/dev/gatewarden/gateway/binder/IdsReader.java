package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Cursor;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Responses.Promised;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.exchange.Written;
import dev.gatewarden.core.opaque.OpaquePlace;
import dev.gatewarden.core.opaque.OpaqueType;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.gateway.binder.body.Manner;
import dev.gatewarden.gateway.binder.body.MediaTypes;
import dev.gatewarden.gateway.binder.body.Slot;
import dev.gatewarden.gateway.binder.opaque.BodyIds;
import dev.gatewarden.gateway.binder.opaque.FieldIds;
import dev.gatewarden.gateway.binder.opaque.IdPlaces;
import dev.gatewarden.gateway.binder.opaque.OpaqueTypes;
import dev.gatewarden.gateway.binder.opaque.PatchIds;
import dev.gatewarden.gateway.binder.opaque.Skeleton;
import dev.gatewarden.gateway.binder.stream.Framing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds where ids of opaque types stand in the messages of an operation: wherever its bindings
/// read one, wherever a schema describes an object that holds one, and wherever a schema says
/// `x-gatewarden-id`.
final class IdsReader {
  private static final int MOST_STEPS = 32;

  private final Map<String, OpaqueType> types;
  private final Map<String, OpaquePlace> places;
  private final List<Problem> problems;

  IdsReader(OpaqueTypes types, List<Problem> problems) {
    this.types = types.byName();
    this.places = types.places();
    this.problems = problems;
  }

  /// Those of one operation; null where nothing is opaque.
  ///
  /// @param slots what its requests might write
  @Nullable OperationIds of(Operation operation, List<Slot> slots, Manner asked, Bounds answered) {
    return types.isEmpty() && !places.containsKey(operation.id().toString())
        ? null
        : new OperationIds(
            head(operation),
            requests(operation, slots, asked),
            responses(operation, answered),
            fields(operation));
  }

  private HeadIds head(Operation operation) {
    Map<Selector, OpaqueType> at = new LinkedHashMap<>();
    for (ObjectBinding binding : operation.objects().list()) {
      OpaqueType own = types.get(binding.type().name());
      if (own != null && binding.id() != null) {
        at.put(binding.id(), own);
        Twins.of(operation, binding.id()).forEach(twin -> at.putIfAbsent(twin, own));
      }
      binding
          .within()
          .forEach(
              (parent, selector) -> {
                OpaqueType type = types.get(parent);
                if (type != null) {
                  at.putIfAbsent(selector, type);
                }
              });
    }
    for (Parameter parameter : operation.parameters()) {
      OpaqueType type = said(parameter.schema(), true);
      Selector selector = selector(parameter);
      if (type != null && selector != null) {
        at.putIfAbsent(selector, type);
      }
    }
    List<HeadIds.Place> places = new ArrayList<>();
    at.forEach(
        (selector, type) -> {
          if (inHead(selector, type, operation)) {
            places.add(new HeadIds.Place(selector, type, IdList.of(operation, selector)));
          }
        });
    Cursor cursor = Cursor.of(operation);
    OpaquePlace place = this.places.get(operation.id().toString());
    return new HeadIds(
        operation.path(),
        places,
        cursor == null || place == null ? null : new PageCursor(cursor, place));
  }

  private static @Nullable Selector selector(Parameter parameter) {
    String name = parameter.name();
    return switch (parameter.in()) {
      case PATH -> new Selector.PathParameter(name);
      case QUERY -> new Selector.QueryParameter(name);
      case HEADER -> new Selector.Header(name);
      case COOKIE -> new Selector.Cookie(name);
      case QUERYSTRING -> null;
    };
  }

  private boolean inHead(Selector selector, OpaqueType type, Operation operation) {
    Parameter parameter =
        switch (selector) {
          case Selector.PathParameter(String name) -> operation.parameter(Parameter.In.PATH, name);
          case Selector.QueryParameter(String name) ->
              operation.parameter(Parameter.In.QUERY, name);
          case Selector.Header(String name) -> operation.parameter(Parameter.In.HEADER, name);
          case Selector.Cookie(String name) -> operation.parameter(Parameter.In.COOKIE, name);
          case Selector.HostLabel _ -> {
            cannot(operation.place(), type, "stand in a host");
            yield null;
          }
          default -> null;
        };
    if (parameter != null) {
      fits(parameter, type);
    }
    return selector instanceof Selector.PathParameter
        || selector instanceof Selector.QueryParameter
        || selector instanceof Selector.Header
        || selector instanceof Selector.Cookie;
  }

  /// The contract is what callers are promised, and they write their own ids.
  private void fits(Parameter parameter, OpaqueType type) {
    boolean plain =
        parameter.mediaType() == null
            && switch (parameter.style()) {
              case MATRIX, LABEL, DEEP_OBJECT -> false;
              case SIMPLE, FORM, SPACE_DELIMITED, PIPE_DELIMITED, COOKIE -> true;
            };
    if (!plain) {
      cannot(parameter.place(), type, "be written in this style");
      return;
    }
    String wanted = type.type().publicId().type();
    Node schema = followed(parameter.schema(), parameter.schema().schema());
    Node items = schema instanceof Node.Obj list ? list.get("items") : null;
    if (items != null) {
      schema = followed(parameter.schema(), items);
    }
    Node said = schema instanceof Node.Obj object ? object.get("type") : null;
    if (wanted != null && said instanceof Node.Text promised) {
      boolean number = promised.value().equals("integer") || promised.value().equals("number");
      if (wanted.equals("integer") ? !number : !promised.value().equals(wanted)) {
        problems.add(
            new Problem(
                said.place(),
                "callers write ids of `"
                    + type.type().name()
                    + "` as "
                    + (wanted.equals("string") ? "a text" : "an integer")
                    + ", and the contract promises "
                    + promised.value(),
                "write `type: " + wanted + "` here"));
      }
    }
  }

  private void cannot(Place place, OpaqueType type, String what) {
    problems.add(
        new Problem(
            place,
            "ids of `" + type.type().name() + "` are opaque, and cannot " + what,
            "let them stand elsewhere, or leave `public-id` out"));
  }

  /// The type that a schema says its values are ids of.
  ///
  /// @param each whether also those of a list
  private @Nullable OpaqueType said(SchemaSource source, boolean each) {
    Node node = source.schema();
    for (int steps = 0; steps < MOST_STEPS && node instanceof Node.Obj object; steps++) {
      String name = Skeleton.type(object);
      if (name != null) {
        return types.get(name);
      }
      if (object.get("$ref") instanceof Node.Text reference
          && source.references().resolve(reference.value(), reference.place())
              instanceof References.Resolution.Found(Node target)) {
        node = target;
      } else {
        node = each ? object.get("items") : null;
      }
    }
    return null;
  }

  private static Node followed(SchemaSource source, Node from) {
    Node node = from;
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      if (node instanceof Node.Obj object
          && object.get("$ref") instanceof Node.Text reference
          && source.references().resolve(reference.value(), reference.place())
              instanceof References.Resolution.Found(Node target)) {
        node = target;
      } else {
        return node;
      }
    }
    return node;
  }

  private Map<Content.MediaType, BodyIds> requests(
      Operation operation, List<Slot> slots, Manner asked) {
    Map<Content.MediaType, BodyIds> all = new IdentityHashMap<>();
    if (operation.body() == null) {
      return all;
    }
    for (Content.MediaType type : operation.body().content().types().values()) {
      Place place = type.source().place();
      BodyIds ids;
      if (MediaTypes.isJsonPatch(type.range())) {
        ids = PatchIds.of(patched(operation), place, asked.bounds());
      } else {
        Map<PointerPattern, OpaqueType> known = asked(operation, slots, type);
        boolean parts = type.range().startsWith("multipart/");
        if (parts) {
          operation.objects().list().forEach(binding -> parts(binding, known));
        }
        Each each = MediaTypes.isLines(type.range()) ? Each.LINE : Each.WHOLE;
        ids =
            parts || type.range().equals("application/x-www-form-urlencoded")
                ? fields(type, known, place, parts, asked)
                : read(type, known, Map.of(), each, place, asked.bounds());
      }
      if (ids != null) {
        all.put(type, ids);
      }
    }
    return all;
  }

  private void parts(ObjectBinding binding, Map<PointerPattern, OpaqueType> known) {
    part(binding.id(), binding.type().name(), known);
    binding.within().forEach((parent, selector) -> part(selector, parent, known));
  }

  private void part(
      @Nullable Selector selector, String name, Map<PointerPattern, OpaqueType> known) {
    OpaqueType type = types.get(name);
    if (type != null && selector instanceof Selector.Part(String part)) {
      known.putIfAbsent(new PointerPattern(List.of(new PointerPattern.Name(part))), type);
    }
  }

  /// Named texts: an id is one of them, or each of those of one name.
  private @Nullable BodyIds fields(
      Content.MediaType type,
      Map<PointerPattern, OpaqueType> known,
      Place place,
      boolean parts,
      Manner manner) {
    Map<String, OpaqueType> names = new HashMap<>();
    Map<PointerPattern, OpaqueType> flat = new LinkedHashMap<>();
    Map<String, String> members =
        type.schema() == null ? Map.of() : Skeleton.members(type.schema());
    boolean deep = members == null;
    if (members != null) {
      members.forEach((name, of) -> names.put(name, Objects.requireNonNull(types.get(of))));
    }
    for (Map.Entry<PointerPattern, OpaqueType> each : known.entrySet()) {
      List<PointerPattern.Step> steps = each.getKey().steps();
      boolean plain =
          steps.size() == 1 || steps.size() == 2 && steps.get(1) instanceof PointerPattern.Each;
      if (steps.getFirst() instanceof PointerPattern.Name(String name) && plain) {
        names.put(name, each.getValue());
        flat.put(each.getKey(), each.getValue());
      }
    }
    Node encoding = type.source().get("encoding");
    for (String name : names.keySet()) {
      deep |= encoding instanceof Node.Obj written && written.get(name) != null;
    }
    if (deep) {
      problem(type, place);
      return null;
    }
    IdPlaces view =
        IdPlaces.of(type.schema(), flat, Map.of(), types, false, place, manner.bounds());
    return view == null ? null : new FieldIds(view, names, parts, manner.parts());
  }

  /// What a body is read as: one document, lines of which each is one, or items of a stream, which
  /// come one by one and may have lines within.
  private enum Each {
    WHOLE,
    LINE,
    ITEM
  }

  private @Nullable BodyIds read(
      Content.MediaType type,
      Map<PointerPattern, OpaqueType> known,
      Map<PointerPattern, OpaqueType> items,
      Each each,
      Place place,
      Bounds bounds) {
    SchemaSource source = each == Each.WHOLE ? type.schema() : type.items();
    if (each != Each.WHOLE || isOpen(type)) {
      return IdPlaces.of(source, known, items, types, each == Each.LINE, place, bounds);
    }
    boolean inside = MediaTypes.isRead(type.range()) && !(known.isEmpty() && items.isEmpty());
    if (inside || Skeleton.holdsIds(source) || Skeleton.holdsIds(type.items())) {
      problem(type, place);
    }
    return null;
  }

  private static boolean isOpen(Content.MediaType type) {
    return MediaTypes.isJson(type.range()) || type.range().equals("*/*");
  }

  private void cannotShow(Content.MediaType type, Place place) {
    problems.add(
        new Problem(
            place,
            "objects with opaque ids cannot be shown in the type `"
                + type.range()
                + "`: nobody could find their ids in it",
            "let the operation give JSON, say `does: act` where it shows no id, or leave"
                + " `public-id` out"));
  }

  private void problem(Content.MediaType type, Place place) {
    problems.add(
        new Problem(
            place,
            "opaque ids cannot be put into bodies of the type `" + type.range() + "`",
            "let the operation take and give JSON, or leave `public-id` out"));
  }

  private Map<PointerPattern, OpaqueType> asked(
      Operation operation, List<Slot> slots, Content.MediaType media) {
    Map<PointerPattern, OpaqueType> known = new LinkedHashMap<>();
    for (ObjectBinding binding : operation.objects().list()) {
      body(binding.id(), binding.type().name(), known);
      binding.within().forEach((parent, selector) -> body(selector, parent, known));
    }
    for (Slot slot : slots) {
      OpaqueType type = types.get(slot.type().name());
      if (type != null && slot.kind() != Written.Kind.TENANT) {
        slot.places(media.schema() == null ? media.items() : media.schema())
            .forEach(at -> known.putIfAbsent(at, type));
      }
    }
    return known;
  }

  private void body(
      @Nullable Selector selector, String name, Map<PointerPattern, OpaqueType> known) {
    OpaqueType type = types.get(name);
    if (type != null && selector instanceof Selector.Body(PointerPattern at)) {
      known.putIfAbsent(at, type);
    }
  }

  /// The places in the objects that a patch changes.
  private Map<PointerPattern, OpaqueType> patched(Operation operation) {
    Map<PointerPattern, OpaqueType> places = new LinkedHashMap<>();
    for (ObjectBinding binding : operation.objects().list()) {
      if (!binding.does().reads()) {
        held(binding.type(), PointerPattern.ROOT, places);
      }
    }
    return places;
  }

  /// The ids that an object holds.
  private void held(
      ObjectType type, PointerPattern object, Map<PointerPattern, OpaqueType> places) {
    hold(type.name(), object.then(type.id().at()), places);
    type.parents().forEach((name, at) -> hold(name, object.then(at), places));
    type.references().forEach(each -> hold(each.type(), object.then(each.at()), places));
  }

  private void hold(String name, PointerPattern at, Map<PointerPattern, OpaqueType> places) {
    OpaqueType type = types.get(name);
    if (type != null) {
      places.putIfAbsent(at, type);
    }
  }

  private Map<Content.MediaType, BodyIds> responses(Operation operation, Bounds bounds) {
    Map<Content.MediaType, BodyIds> all = new IdentityHashMap<>();
    // what is promised for any status is a success as well, where no other is
    boolean any = true;
    for (String status : operation.responses().byStatus().keySet()) {
      any &= !status.startsWith("2");
    }
    for (Promised promised : operation.responses().byStatus().values()) {
      Map<PointerPattern, OpaqueType> known = new LinkedHashMap<>();
      Map<PointerPattern, OpaqueType> items = new LinkedHashMap<>();
      if (promised.status().startsWith("2") || (any && promised.status().equals("default"))) {
        operation.objects().list().forEach(binding -> shown(binding, known, items));
      }
      for (Content.MediaType type : promised.content().types().values()) {
        Framing framing = Framing.of(type.range());
        Place place = type.source().place();
        if (framing == null && !isOpen(type) && !(known.isEmpty() && items.isEmpty())) {
          cannotShow(type, place);
          continue;
        }
        Each each = framing == Framing.LINES ? Each.LINE : Each.ITEM;
        BodyIds ids =
            framing == null
                ? read(type, known, items, Each.WHOLE, place, bounds)
                : read(type, line(operation), Map.of(), each, place, bounds);
        if (ids != null) {
          all.put(type, ids);
        }
      }
    }
    return all;
  }

  private void shown(
      ObjectBinding binding,
      Map<PointerPattern, OpaqueType> known,
      Map<PointerPattern, OpaqueType> items) {
    if (!ResponseBinder.shows(binding)) {
      return;
    }
    PointerPattern object = PointerPattern.ROOT;
    if (binding.items() instanceof Selector.ResponseBody(PointerPattern at)) {
      boolean one = binding.does() == ObjectBinding.Does.READ;
      object = one ? at : each(at);
      if (!one) {
        hold(binding.type().name(), object, items);
      }
    } else if (binding.does() == ObjectBinding.Does.LIST) {
      return;
    }
    if (binding.id() instanceof Selector.ResponseBody(PointerPattern at)) {
      hold(binding.type().name(), at, known);
    }
    held(binding.type(), object, known);
  }

  private Map<PointerPattern, OpaqueType> line(Operation operation) {
    Map<PointerPattern, OpaqueType> known = new LinkedHashMap<>();
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.does() == ObjectBinding.Does.LIST) {
        held(binding.type(), PointerPattern.ROOT, known);
      }
    }
    return known;
  }

  private static PointerPattern each(PointerPattern array) {
    boolean each =
        !array.steps().isEmpty() && array.steps().getLast() instanceof PointerPattern.Each;
    return each ? array : array.then(new PointerPattern(List.of(new PointerPattern.Each())));
  }

  private Map<String, OpaqueType> fields(Operation operation) {
    Map<String, OpaqueType> fields = new HashMap<>();
    for (ObjectBinding binding : operation.objects().list()) {
      OpaqueType type = types.get(binding.type().name());
      if (type != null && binding.id() instanceof Selector.ResponseHeader(String name)) {
        fields.put(name.toLowerCase(Locale.ROOT), type);
      }
    }
    for (Promised promised : operation.responses().byStatus().values()) {
      for (Parameter header : promised.headers()) {
        OpaqueType type = said(header.schema(), false);
        if (type != null) {
          fields.putIfAbsent(header.name().toLowerCase(Locale.ROOT), type);
        }
      }
    }
    return fields;
  }
}
