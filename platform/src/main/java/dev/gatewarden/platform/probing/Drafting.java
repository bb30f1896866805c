package dev.gatewarden.platform.probing;

import dev.gatewarden.controls.probes.Ones;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.platform.inputs.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes requests that should work: values that the schemas accept, and objects that are the
/// caller's own.
final class Drafting {

  /// A request, or why none can be written.
  sealed interface Outcome {
    record Written(Draft draft) implements Outcome {}

    record Unwritten(String why) implements Outcome {}
  }

  private static final Pattern PERSON =
      Pattern.compile("(?i)to|user|user_?name|recipient|receiver|member|assignee");

  private final Samples samples = new Samples();
  private final Newcomers newcomers;
  private final Map<Operation, Optional<Node>> bodies = new HashMap<>();
  private final KnownObjects objects;
  private final Memory memory = new Memory();

  private final List<Identity> people;
  private final boolean act;
  private final Seen seen;

  /// @param objects what is known of the objects behind the API
  /// @param people whose names stand where a body names somebody
  /// @param act whether that may be somebody else, who would get what is sent
  /// @param seen what others were seen to send
  /// @param seed of the names of accounts that are opened
  Drafting(KnownObjects objects, List<Identity> people, boolean act, Seen seen, long seed) {
    this.seen = seen;
    this.objects = objects;
    this.act = act;
    this.newcomers = new Newcomers(samples, seed);
    this.people = List.copyOf(people);
  }

  /// What was seen of values that no binding explains.
  Memory memory() {
    return memory;
  }

  /// @param object the one that the operation's first binding is to name, or null for any of the
  ///     identity's own
  Outcome write(Operation operation, Identity identity, @Nullable KnownObject object) {
    Draft draft = Draft.of(operation, identity);
    for (Parameter parameter : operation.parameters()) {
      if (parameter.required() || parameter.in() == Parameter.In.PATH) {
        String known = memory.value(operation, parameter.name(), identity);
        if (known == null && parameter.in() == Parameter.In.QUERY) {
          known = seen.query(operation.id().name(), parameter.name());
        }
        String text =
            known == null ? samples.of(parameter.schema()).map(Drafting::text).orElse("1") : known;
        draft =
            switch (parameter.in()) {
              case PATH -> draft.path(parameter.name(), text);
              case QUERY -> draft.query(parameter.name(), text);
              case HEADER ->
                  parameter.name().equalsIgnoreCase("authorization")
                      ? draft
                      : draft.header(parameter.name(), text);
              case COOKIE, QUERYSTRING -> draft;
            };
      }
    }
    draft = tenanted(operation, identity, draft);
    Outcome bodied = body(operation, draft);
    if (!(bodied instanceof Outcome.Written(Draft full))) {
      return bodied;
    }
    return bound(operation, identity, object, full);
  }

  /// Where a request says its tenant, it is the caller's.
  private static Draft tenanted(Operation operation, Identity identity, Draft draft) {
    TenantRule rule = operation.tenant();
    String own = rule == null ? null : Ownership.part(rule.is(), identity.is());
    Draft placed = rule == null || own == null ? null : Places.with(draft, rule.from(), own);
    return placed == null ? draft : placed;
  }

  private static String text(Node value) {
    String scalar = Json.scalar(value);
    return scalar == null ? Json.text(value) : scalar;
  }

  private Outcome body(Operation operation, Draft draft) {
    RequestBody body = operation.body();
    if (body == null) {
      return new Outcome.Written(draft);
    }
    Content.MediaType type = understood(body.content());
    if (type == null) {
      return body.required()
          ? new Outcome.Unwritten(
              "its body is "
                  + String.join(" or ", body.content().types().keySet())
                  + ", which is not written here")
          : new Outcome.Written(draft);
    }
    Optional<Node> value = bodies.computeIfAbsent(operation, _ -> sample(operation, type));
    if (value.isEmpty()) {
      return body.required()
          ? new Outcome.Unwritten("no body was found that its schema accepts")
          : new Outcome.Written(draft);
    }
    if (Newcomers.opens(operation, value.get())) {
      return new Outcome.Written(draft.body(newcomers.renamed(type, value.get()), type.range()));
    }
    boolean made = type.source().get("example") == null && type.source().get("examples") == null;
    Draft bodied = draft.body(value.get(), type.range());
    return new Outcome.Written(made ? worded(peopled(bodied), type) : bodied);
  }

  /// Where a body names a person by a plain text, it is somebody there is: another one where that
  /// is permitted, since things may happen to them, else the sender.
  private Draft peopled(Draft draft) {
    Draft here = draft;
    if (draft.as().isNobody() || !(draft.body() instanceof Node.Obj body)) {
      return draft;
    }
    for (Node.Member each : body.entries()) {
      String name =
          each.value() instanceof Node.Text && PERSON.matcher(each.name()).matches()
              ? person(draft.as())
              : null;
      here = name == null ? here : here.member(List.of(each.name()), Json.of(name));
    }
    return here;
  }

  /// Where a member that takes any text is called like one that takes a few words, it is a word
  /// that the API was seen to use.
  private Draft worded(Draft draft, Content.MediaType type) {
    Draft here = draft;
    if (type.schema() == null || !(draft.body() instanceof Node.Obj body)) {
      return draft;
    }
    Map<String, Shape> members = Shape.of(type.schema()).members();
    for (Node.Member each : body.entries()) {
      Shape shape = members.get(each.name());
      String word = each.value() instanceof Node.Text ? memory.word(each.name()) : null;
      boolean free =
          shape != null
              && List.of("enum", "const", "pattern", "format", "example", "examples", "default")
                  .stream()
                  .noneMatch(shape::has);
      here = word != null && free ? here.member(List.of(each.name()), Json.of(word)) : here;
    }
    return here;
  }

  private @Nullable String person(Identity sender) {
    if (!act) {
      return sender.is().subject();
    }
    for (Identity other : people.reversed()) {
      String name = other.is().subject();
      if (name != null && !other.name().equals(sender.name())) {
        return name;
      }
    }
    return null;
  }

  /// Leaves out of an operation's body what nobody requires, where that is a difference: a service
  /// may refuse what its contract lets stand there, such as the id of something there is not.
  ///
  /// @return whether requests of this operation are written otherwise from now on
  boolean lessen(Operation operation) {
    RequestBody body = operation.body();
    Content.MediaType type = body == null ? null : understood(body.content());
    Optional<Node> before = bodies.getOrDefault(operation, Optional.empty());
    if (type == null || type.schema() == null || before.isEmpty()) {
      return false;
    }
    Optional<Node> least = samples.least(type.schema());
    if (least.isEmpty() || least.equals(before)) {
      return false;
    }
    bodies.put(operation, least);
    return true;
  }

  private Optional<Node> sample(Operation operation, Content.MediaType type) {
    Node sent = seen.body(operation.id().name());
    if (sent != null) {
      return Optional.of(sent);
    }
    Node example = type.source().get("example");
    if (example != null) {
      return Optional.of(example);
    }
    if (type.source().get("examples") instanceof Node.Obj examples) {
      for (Node.Member each : examples.entries()) {
        Node value = each.value() instanceof Node.Obj object ? object.get("value") : null;
        if (value != null) {
          return Optional.of(value);
        }
      }
    }
    return type.schema() == null ? Optional.of(Json.EMPTY) : samples.of(type.schema());
  }

  private static Content.@Nullable MediaType understood(Content content) {
    Content.MediaType json = content.of("application/json");
    if (json != null) {
      return json.range().contains("*")
          ? new Content.MediaType("application/json", json.schema(), json.source())
          : json;
    }
    for (Map.Entry<String, Content.MediaType> each : content.types().entrySet()) {
      String range = each.getKey();
      if (range.endsWith("+json")
          || range.equals("application/x-www-form-urlencoded")
          || range.equals("multipart/form-data")
          || range.startsWith("text/")) {
        return each.getValue();
      }
    }
    for (Map.Entry<String, Content.MediaType> each : content.types().entrySet()) {
      if (each.getKey().endsWith("/xml") || each.getKey().endsWith("+xml")) {
        return each.getValue();
      }
    }
    return null;
  }

  private Outcome bound(
      Operation operation, Identity identity, @Nullable KnownObject object, Draft draft) {
    Draft here = draft;
    List<ObjectBinding> bindings = operation.objects().list();
    for (int i = 0; i < bindings.size(); i++) {
      ObjectBinding one = Ones.read(operation, bindings.get(i));
      ObjectBinding binding = one == null ? bindings.get(i) : one;
      boolean named = binding.id() != null && !binding.id().afterwards();
      KnownObject use = object != null && i == 0 ? object : null;
      if (named && use == null) {
        use = objects.own(binding.type().name(), identity);
        if (use == null) {
          return new Outcome.Unwritten(
              "no `" + binding.type().name() + "` of " + identity + " is known");
        }
      }
      Draft next = use == null ? here : naming(here, binding, use);
      if (next == null) {
        return new Outcome.Unwritten("an id stands where none can be written");
      }
      Outcome within = within(next, binding, identity, use);
      if (!(within instanceof Outcome.Written(Draft placed))) {
        return within;
      }
      here = references(placed, binding, identity);
    }
    return new Outcome.Written(here);
  }

  /// The parents that the request names: the object's own, else one of the identity's.
  private Outcome within(
      Draft draft, ObjectBinding binding, Identity identity, @Nullable KnownObject use) {
    Draft here = draft;
    for (Map.Entry<String, Selector> each : binding.within().entrySet()) {
      String id = use == null ? null : use.within().get(each.getKey());
      KnownObject parent = id == null ? objects.own(each.getKey(), identity) : null;
      String value = id != null ? id : parent == null ? null : parent.id();
      if (value == null) {
        return new Outcome.Unwritten("no `" + each.getKey() + "` of " + identity + " is known");
      }
      Draft next = Places.with(here, each.getValue(), value);
      if (next != null) {
        here = next;
      }
    }
    return new Outcome.Written(here);
  }

  /// Ids of other objects in the body are those of the identity's own; the owner and the tenant
  /// that
  /// a body states are the caller.
  private Draft references(Draft draft, ObjectBinding binding, Identity identity) {
    Draft here = draft;
    if (!(here.body() instanceof Node.Obj) || binding.does().reads()) {
      return here;
    }
    ObjectType type = binding.type();
    for (ObjectType.Reference each : type.references()) {
      List<String> at = Places.first(each.at());
      KnownObject other = objects.own(each.type(), identity);
      if (other != null && Json.at(here.body(), at) != null) {
        here =
            KnownObjects.requireWritten(
                Places.with(here, new Selector.Body(each.at()), other.id()));
      }
    }
    here = own(here, type.owner(), identity);
    return own(here, type.tenant(), identity);
  }

  private static Draft own(Draft draft, ObjectType.@Nullable Fact fact, Identity identity) {
    String text = fact == null ? null : Ownership.part(fact.is(), identity.is());
    PointerPattern at = fact == null ? null : fact.at();
    if (at == null || text == null || Json.at(draft.body(), Places.first(at)) == null) {
      return draft;
    }
    return KnownObjects.requireWritten(Places.with(draft, new Selector.Body(at), text));
  }

  /// The draft with another object in the place that a binding reads, and its parents in theirs.
  static @Nullable Draft naming(Draft draft, ObjectBinding binding, KnownObject object) {
    Draft here = naming(draft, binding, object.id());
    for (Map.Entry<String, Selector> each : binding.within().entrySet()) {
      String parent = object.within().get(each.getKey());
      if (here != null && parent != null) {
        here = Places.with(here, each.getValue(), parent);
      }
    }
    return here;
  }

  /// The draft with an identity's own parents in the places where those of the object are named.
  @Nullable Draft below(Draft draft, ObjectBinding binding, Identity identity) {
    Draft here = draft;
    for (Map.Entry<String, Selector> each : binding.within().entrySet()) {
      KnownObject parent = objects.own(each.getKey(), identity);
      here =
          parent == null || here == null ? null : Places.with(here, each.getValue(), parent.id());
    }
    return binding.within().isEmpty() ? null : here;
  }

  /// The draft with an id in the place that a binding reads.
  static @Nullable Draft naming(Draft draft, ObjectBinding binding, String id) {
    Selector place = binding.id();
    Draft named = place == null || place.afterwards() ? null : Places.with(draft, place, id);
    return named != null && place instanceof Selector.PathParameter
        ? said(named, binding, id)
        : named;
  }

  /// Where the body says its object's id once more, by itself or below `data` as JSON:API has it,
  /// it
  /// is the path's.
  private static Draft said(Draft draft, ObjectBinding binding, String id) {
    if (binding.does() != ObjectBinding.Does.UPDATE) {
      return draft;
    }
    List<String> own = Places.first(binding.type().id().at());
    for (List<String> prefix : List.of(List.<String>of(), List.of("data"))) {
      List<String> at = new ArrayList<>(prefix);
      at.addAll(own);
      Node before = Json.at(draft.body(), at);
      if (Json.scalar(before) != null) {
        boolean number =
            before instanceof Node.Num && id.chars().allMatch(c -> c >= '0' && c <= '9');
        return draft.member(at, number ? Json.number(id) : Json.of(id));
      }
    }
    return draft;
  }
}
