package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Visit;
import dev.gatewarden.platform.probing.Places;
import dev.gatewarden.platform.probing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place of a request whose value may be varied: a parameter, or a member of a JSON body. Ids,
/// owners and tenants are none: what they may be is not for a schema to say.
///
/// @param at `query.limit`, `header.X-Page`, or the pointer in the body after `body`
/// @param flat its schema, references followed
/// @param schema judges its values; null where it cannot be read
/// @param inBody whether values keep their type
record FuzzPlace(
    String at,
    List<String> path,
    Obj flat,
    @Nullable Schema schema,
    boolean inBody,
    boolean required) {
  private static final int DEEPEST = 3;
  private static final long SEED = 3;

  FuzzPlace {
    path = List.copyOf(path);
  }

  /// The places of a request that works.
  static List<FuzzPlace> of(Draft honest) {
    Operation operation = honest.operation();
    Set<String> bound = bound(operation);
    List<FuzzPlace> places = new ArrayList<>();
    for (Parameter each : operation.parameters()) {
      boolean here = each.in() == Parameter.In.QUERY || each.in() == Parameter.In.HEADER;
      Obj flat = Samples.flat(each.schema(), each.schema().schema());
      if (here
          && each.mediaType() == null
          && !bound.contains(each.name())
          && !each.name().equalsIgnoreCase("authorization")
          && isScalar(flat)) {
        String at = (each.in() == Parameter.In.QUERY ? "query." : "header.") + each.name();
        places.add(
            new FuzzPlace(
                at,
                List.of(each.name()),
                flat,
                Samples.compiled(each.schema()),
                false,
                each.required()));
      }
    }
    SchemaSource body = bodySchema(honest);
    if (body != null && honest.body() instanceof Obj written) {
      members(body, Samples.flat(body, body.schema()), List.of(), written, bound, places);
    }
    return places;
  }

  private static @Nullable SchemaSource bodySchema(Draft honest) {
    if (honest.operation().body() == null || !honest.mediaType().contains("json")) {
      return null;
    }
    var type = honest.operation().body().content().of(honest.mediaType());
    return type == null ? null : type.schema();
  }

  private static void members(
      SchemaSource source,
      Obj flat,
      List<String> above,
      Obj written,
      Set<String> bound,
      List<FuzzPlace> to) {
    if (!(flat.get("properties") instanceof Obj properties) || above.size() >= DEEPEST) {
      return;
    }
    List<String> required = new ArrayList<>();
    if (flat.get("required") instanceof Node.Arr names) {
      names.items().forEach(each -> required.add(String.valueOf(Json.scalar(each))));
    }
    for (Node.Member each : properties.entries()) {
      Obj inner = Samples.flat(source, each.value());
      boolean readOnly = inner.get("readOnly") instanceof Node.Bool(var _, boolean is) && is;
      if (readOnly || (above.isEmpty() && bound.contains(each.name()))) {
        continue;
      }
      List<String> path = new ArrayList<>(above);
      path.add(each.name());
      if (written.get(each.name()) instanceof Obj below) {
        members(source, inner, path, below, bound, to);
      } else if (isScalar(inner)) {
        SchemaSource own = new SchemaSource(each.value(), source.references(), source.dialect());
        to.add(
            new FuzzPlace(
                "body/" + String.join("/", path),
                path,
                inner,
                Samples.compiled(own),
                true,
                required.contains(each.name())));
      }
    }
  }

  private static boolean isScalar(Obj flat) {
    return flat.get("type") instanceof Node.Text type
        && Set.of("integer", "number", "string", "boolean").contains(type.value());
  }

  /// The names of parameters and members that say which object, whose, or which tenant.
  private static Set<String> bound(Operation operation) {
    Set<String> names = new HashSet<>();
    for (ObjectBinding binding : operation.objects().list()) {
      add(binding.id(), names);
      binding.within().values().forEach(each -> add(each, names));
      ObjectType type = binding.type();
      type.references().forEach(each -> add(each.at(), names));
      type.parents().values().forEach(each -> add(each, names));
      if (type.owner() != null && type.owner().at() != null) {
        add(type.owner().at(), names);
      }
      if (type.tenant() != null && type.tenant().at() != null) {
        add(type.tenant().at(), names);
      }
    }
    if (operation.tenant() != null) {
      add(operation.tenant().from(), names);
    }
    return names;
  }

  private static void add(@Nullable Selector selector, Set<String> names) {
    switch (selector) {
      case Selector.QueryParameter(String name) -> names.add(name);
      case Selector.Header(String name) -> names.add(name);
      case Selector.Body(PointerPattern at) -> add(at, names);
      case null, default -> {}
    }
  }

  private static void add(PointerPattern at, Set<String> names) {
    List<String> path = Places.first(at);
    if (!path.isEmpty()) {
      names.add(path.getFirst());
    }
  }

  String type() {
    return flat.get("type") instanceof Node.Text type ? type.value() : "string";
  }

  /// Whether the schema takes a value; null where nobody can say.
  @Nullable Boolean takes(Node value) {
    if (schema == null) {
      return null;
    }
    byte[] text = Json.text(value).getBytes(StandardCharsets.UTF_8);
    return schema.judge(text, 0, text.length, new Visit(SEED)) == Schema.VALID;
  }

  /// The request with a value here, or with nothing here.
  Draft placed(Draft draft, @Nullable Node value) {
    if (inBody) {
      return value == null
          ? draft.body(without(draft.body(), path), draft.mediaType())
          : draft.member(path, value);
    }
    String name = path.getFirst();
    String text = value == null ? "" : String.valueOf(Json.scalar(value));
    return at.startsWith("query.") ? draft.query(name, text) : draft.header(name, text);
  }

  private static @Nullable Node without(@Nullable Node body, List<String> path) {
    if (!(body instanceof Obj object)) {
      return body;
    }
    if (path.size() == 1) {
      return Json.without(object, path.getFirst());
    }
    Node inner = without(object.get(path.getFirst()), path.subList(1, path.size()));
    return inner == null ? object : Json.with(object, List.of(path.getFirst()), inner);
  }
}
