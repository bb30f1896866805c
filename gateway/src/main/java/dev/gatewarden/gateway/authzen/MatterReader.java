package dev.gatewarden.gateway.authzen;

import dev.gatewarden.controls.guards.access.ReadableFieldsGuard;
import dev.gatewarden.controls.guards.access.WritableFieldsGuard;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.ObjectType.KnownBy;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.policy.Knowing;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.gateway.authzen.Understood.Clear;
import dev.gatewarden.gateway.authzen.Understood.Wrong;
import dev.gatewarden.gateway.binder.IdForm;
import dev.gatewarden.gateway.binder.body.patch.PropertyRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds what a question is about among the APIs that an asker may ask about. What is not there is
/// told with the name that is nearest; a question that could mean two things means none.
final class MatterReader {
  /// What decision points call an API as a whole.
  static final String API = "Api";

  private static final int MOST_FIELDS = 100;

  private final Asker asker;
  private final Map<String, AskedApi> apis;

  /// @param apis those that the asker may ask about
  MatterReader(Asker asker, Map<String, AskedApi> apis) {
    this.asker = asker;
    this.apis = apis;
  }

  /// The one API that a resource belongs to.
  Understood<AskedApi> api(Words words) {
    Map<String, AskedApi> some = apis;
    if (words.context().get("api") instanceof String name) {
      AskedApi named = apis.get(name);
      if (named == null) {
        return unknown("no API that may be asked about", name, apis.keySet());
      }
      some = Map.of(name, named);
    }
    Words.Entity resource = words.resource();
    List<AskedApi> found = new ArrayList<>();
    TreeSet<String> known = new TreeSet<>(List.of(API));
    for (AskedApi each : some.values()) {
      known.addAll(each.contract().types().keySet());
      boolean here =
          isApi(resource, each)
              ? resource.id().isEmpty() || resource.id().equals(each.name())
              : each.contract().types().containsKey(resource.type());
      if (here) {
        found.add(each);
      }
    }
    if (found.size() == 1) {
      return Understood.clear(found.getFirst());
    }
    if (!found.isEmpty()) {
      return Understood.wrong("`resource.type` is in several APIs: name one in `context.api`");
    }
    return resource.type().equals(API)
        ? unknown("no API that may be asked about", resource.id(), some.keySet())
        : unknown("no type of object here", resource.type(), known);
  }

  /// An API as a whole, unless its contract has a type of that name.
  static boolean isApi(Words.Entity resource, AskedApi api) {
    return resource.type().equals(API) && !api.contract().types().containsKey(API);
  }

  /// What a question is about.
  Understood<Matter> read(Words words) {
    return switch (api(words)) {
      case Wrong<AskedApi> wrong -> wrong.of();
      case Clear<AskedApi>(AskedApi api) ->
          switch (operation(words, api)) {
            case Wrong<Operation> wrong -> wrong.of();
            case Clear<Operation>(Operation operation) -> about(words, api, operation);
          };
    };
  }

  /// What is to be done, where that is clear.
  static Understood<Operation> operation(Words words, AskedApi api) {
    String action = String.valueOf(words.action());
    String prefix = api.name() + ".";
    Operation named =
        api.contract()
            .operation(action.startsWith(prefix) ? action.substring(prefix.length()) : action);
    if (named != null) {
      return Understood.clear(named);
    }
    Does verb = verb(action);
    TreeSet<String> known = new TreeSet<>();
    TreeSet<String> doing = new TreeSet<>();
    Operation only = null;
    for (Operation each : api.contract().operations()) {
      known.add(each.id().name());
      for (ObjectBinding binding : named(each)) {
        if (binding.does() == verb && binding.type().name().equals(words.resource().type())) {
          doing.add(each.id().name());
          only = each;
        }
      }
    }
    if (verb == null) {
      for (Does each : Does.values()) {
        known.add(each.name().toLowerCase(Locale.ROOT));
      }
      return unknown("no operation and no verb", action, known);
    }
    if (only == null) {
      return Understood.wrong(
          "no operation does `" + action + "` to one `" + words.resource().type() + "`");
    }
    return doing.size() == 1
        ? Understood.clear(only)
        : Understood.wrong(
            "several operations do `"
                + action
                + "`: name one of `"
                + String.join("`, `", doing)
                + "`");
  }

  private static @Nullable Does verb(String action) {
    for (Does each : Does.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(action)) {
        return each;
      }
    }
    return null;
  }

  /// The objects that requests of an operation name by an id.
  static List<ObjectBinding> named(Operation operation) {
    return operation.objects().list().stream()
        .filter(each -> each.id() != null && !each.id().afterwards())
        .toList();
  }

  /// The operation, and the object that it would touch.
  Understood<Matter> about(Words words, AskedApi api, Operation operation) {
    List<ObjectBinding> named = named(operation);
    Words.Entity resource = words.resource();
    String what = "`" + operation.id().name() + "`";
    if (named.size() > 1) {
      return Understood.wrong(
          what + " touches several objects at once; the gate judges its requests alone");
    }
    if (asksForSeveral(operation)) {
      return Understood.wrong(
          what + " asks for several credentials together; the gate judges its requests alone");
    }
    String anyTenants = anyTenants(api, operation, named);
    if (anyTenants != null) {
      return Understood.wrong(
          what
              + " names its tenant in the request, and nothing tells the tenant of a `"
              + anyTenants
              + "`; the gate judges its requests alone");
    }
    if (!named.isEmpty()) {
      ObjectBinding binding = named.getFirst();
      return isApi(resource, api) || !binding.type().name().equals(resource.type())
          ? Understood.wrong(what + " is about one `" + binding.type().name() + "`: ask about that")
          : object(words, api, operation, binding);
    }
    List<String> parents = parents(operation);
    if (isApi(resource, api)) {
      return parents.isEmpty()
          ? whole(words, api, operation, Map.of())
          : Understood.wrong(what + " is about what lies below one `" + parents.getFirst() + "`");
    }
    if (!parents.contains(resource.type())) {
      return Understood.wrong(
          what
              + " names no `"
              + resource.type()
              + "`: ask about the `"
              + API
              + "` `"
              + api.name()
              + "`");
    }
    return switch (within(words, api, operation, parents, resource)) {
      case Wrong<Map<String, String>> wrong -> wrong.of();
      case Clear<Map<String, String>>(Map<String, String> within) ->
          whole(words, api, operation, within);
    };
  }

  private static boolean asksForSeveral(Operation operation) {
    var alternatives = operation.security().alternatives();
    return !alternatives.isEmpty()
        && alternatives.stream().allMatch(each -> each.needs().size() > 1);
  }

  /// The type of what an operation touches, or of what that lies below, where requests name the
  /// tenant and nothing about the object does: a question would be answered for any of them.
  private static @Nullable String anyTenants(
      AskedApi api, Operation operation, List<ObjectBinding> named) {
    if (operation.tenant() == null) {
      return null;
    }
    if (!named.isEmpty()) {
      ObjectType type = named.getFirst().type();
      return type.tenant() == null ? type.name() : null;
    }
    for (String parent : parents(operation)) {
      ObjectType type = api.contract().types().get(parent);
      if (type == null || type.tenant() == null) {
        return parent;
      }
    }
    return null;
  }

  /// What is about no object by its id; of properties only what is created has any.
  private static Understood<Matter> whole(
      Words words, AskedApi api, Operation operation, Map<String, String> within) {
    ObjectBinding created = null;
    for (ObjectBinding each : operation.objects().list()) {
      created = each.does() == Does.CREATE ? each : created;
    }
    if (created == null && words.actionProperties().containsKey("fields")) {
      return Understood.wrong("`" + operation.id().name() + "` names no object with properties");
    }
    return switch (created == null
        ? Understood.clear(Fields.NONE)
        : fields(words, api, operation, created)) {
      case Wrong<Fields> wrong -> wrong.of();
      case Clear<Fields>(Fields fields) ->
          Understood.clear(new Matter(api, operation, null, "", within, null, fields));
    };
  }

  private static List<String> parents(Operation operation) {
    TreeSet<String> parents = new TreeSet<>();
    operation.objects().list().forEach(each -> parents.addAll(each.within().keySet()));
    return List.copyOf(parents);
  }

  private Understood<Matter> object(
      Words words, AskedApi api, Operation operation, ObjectBinding binding) {
    ObjectType type = binding.type();
    if (binding.items() != null) {
      return Understood.wrong(
          "`"
              + operation.id().name()
              + "` reads objects within others; the gate judges its answers");
    }
    String id = IdForm.canonical(type.id().as(), words.resource().id());
    if (id == null) {
      return Understood.wrong(
          "`resource.id` is no " + type.id().as().name().toLowerCase(Locale.ROOT));
    }
    return switch (within(words, api, operation, parents(operation), null)) {
      case Wrong<Map<String, String>> wrong -> wrong.of();
      case Clear<Map<String, String>>(Map<String, String> within) -> {
        boolean tells = Knowing.byAnswer(binding, operation.safe());
        ObjectFacts stated =
            tells && asker.states().objects() && !isLearned(api, type, id)
                ? stated(words, type, id)
                : null;
        boolean unknowable =
            stated == null
                && type.knownBy().equals(List.of(KnownBy.RESPONSE))
                && !type.ownedById()
                && !Ownership.open(binding.grants());
        yield unknowable
            ? Understood.wrong(
                "whose a `"
                    + type.name()
                    + "` is, nobody but its service knows: state it in"
                    + " `resource.properties`, which the gate has to be told to believe")
            : switch (fields(words, api, operation, binding)) {
              case Wrong<Fields> wrong -> wrong.<Matter>of();
              case Clear<Fields>(Fields fields) ->
                  Understood.clear(new Matter(api, operation, binding, id, within, stated, fields));
            };
      }
    };
  }

  /// Whether the gate has learned whose an object is, which nobody's word stands above.
  private static boolean isLearned(AskedApi api, ObjectType type, String id) {
    return type.knownBy().contains(KnownBy.RELATION)
        && api.settings()
            .ports()
            .relations()
            .find(new Relations.Key(api.name(), type.name(), id))
            .isPresent();
  }

  /// The properties that the question is about besides: pointers from the object.
  private static Understood<Fields> fields(
      Words words, AskedApi api, Operation operation, ObjectBinding binding) {
    Object asked = words.actionProperties().get("fields");
    if (asked == null) {
      return Understood.clear(Fields.NONE);
    }
    if (!(asked instanceof List<?> list) || list.isEmpty() || list.size() > MOST_FIELDS) {
      return Understood.wrong("`action.properties.fields` is no list of JSON pointers");
    }
    PropertyRules rules = api.properties(operation);
    Set<Meaning> said = new LinkedHashSet<>();
    for (Object each : list) {
      Pointer at = each instanceof String text ? Pointer.parse(text) : null;
      if (at == null || at.tokens().isEmpty()) {
        return Understood.wrong("`action.properties.fields` is no list of JSON pointers");
      }
      Set<Meaning> more = binding.does().reads() ? rules.reading(at) : rules.writing(at);
      if (more == null) {
        return unknown("no property of it", String.valueOf(each), pointers(rules));
      }
      said.addAll(more);
    }
    String guard =
        binding.does().reads() ? ReadableFieldsGuard.ENTRY.id() : WritableFieldsGuard.ENTRY.id();
    return said.isEmpty() || api.judges(guard, operation)
        ? Understood.clear(Fields.of(said))
        : Understood.wrong("`" + operation.id().name() + "` takes no such properties");
  }

  private static List<String> pointers(PropertyRules rules) {
    return rules.names().stream().map(each -> "/" + each).toList();
  }

  /// @param below the parent that the question is about, where it is about what lies below one
  private static Understood<Map<String, String>> within(
      Words words,
      AskedApi api,
      Operation operation,
      List<String> parents,
      Words.@Nullable Entity below) {
    if (parents.isEmpty()) {
      return Understood.clear(Map.of());
    }
    Map<?, ?> said =
        words.resource().properties().get("parents") instanceof Map<?, ?> map ? map : Map.of();
    Map<String, String> within = new HashMap<>();
    for (String parent : parents) {
      Object id = below != null && below.type().equals(parent) ? below.id() : said.get(parent);
      ObjectType type = api.contract().types().get(parent);
      String canonical =
          type != null && id instanceof String text ? IdForm.canonical(type.id().as(), text) : null;
      if (canonical == null) {
        return Understood.wrong(
            "`"
                + operation.id().name()
                + "` lies below a `"
                + parent
                + "`: say which in `resource.properties.parents."
                + parent
                + "`");
      }
      within.put(parent, canonical);
    }
    for (ObjectBinding each : operation.objects().list()) {
      for (Selector place : each.within().values()) {
        boolean here =
            each.id() != null
                || place instanceof Selector.PathParameter
                || place instanceof Selector.QueryParameter;
        if (!here) {
          return Understood.wrong(
              "`" + operation.id().name() + "` names its parents where nobody but the gate looks");
        }
      }
    }
    return Understood.clear(within);
  }

  /// What the service says of an object, as its answer would have told; null where it says nothing.
  private static @Nullable ObjectFacts stated(Words words, ObjectType type, String id) {
    Map<String, Object> said = words.resource().properties();
    if (!said.containsKey("owner") && !said.containsKey("tenant")) {
      return null;
    }
    Map<String, Fact> parents = new HashMap<>();
    if (said.get("parents") instanceof Map<?, ?> map) {
      for (String parent : type.parents().keySet()) {
        parents.put(parent, fact(map.get(parent)));
      }
    }
    return new ObjectFacts(
        Fact.of(id), fact(said.get("owner")), fact(said.get("tenant")), parents, 0, 0);
  }

  private static Fact fact(@Nullable Object value) {
    return switch (value) {
      case null -> Fact.MISSING;
      case String text when !text.isEmpty() -> Fact.of(text);
      case Long number -> Fact.of(number.toString());
      default -> Fact.ODD;
    };
  }

  private static <T> Understood<T> unknown(
      String what, String wrong, java.util.Collection<String> known) {
    String advice = Nearest.advice(wrong, known);
    String shown = wrong.length() > 80 ? wrong.substring(0, 80) + "…" : wrong;
    return Understood.wrong("`" + shown + "` is " + what + (advice.isEmpty() ? "" : "; " + advice));
  }
}
