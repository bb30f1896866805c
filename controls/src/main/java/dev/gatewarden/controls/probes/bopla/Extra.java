package dev.gatewarden.controls.probes.bopla;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A field that is not the caller's to write, and a value that it does not have.
///
/// @param below of names in the body, to where the object stands in it
/// @param path of names in the object
/// @param whose the object's owner would be by that value, or null where it says nothing of it
record Extra(List<String> below, List<String> path, Node value, @Nullable Identity whose) {
  private static final int MOST = 8;

  /// Names of what callers do not give themselves.
  private static final Pattern RIGHT =
      Pattern.compile(
          "(is)?(admin|administrator|staff|superuser|root|verified|approved|premium|moderator)"
              + "|(user|account)?(roles?|type|level)|permissions?|scopes?|plan|tier"
              + "|(account)?balance|credits?|quota|discount");

  /// Whether its name speaks of rights or of money.
  boolean isRight() {
    return isRight(path.getLast());
  }

  private static boolean isRight(String name) {
    return RIGHT.matcher(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "")).matches();
  }

  /// Whether the answer of an operation may show rights, by the contract: it names some, or does
  /// not say what is in it.
  static boolean mayShowRights(Operation operation) {
    for (Responses.Promised promised : operation.responses().byStatus().values()) {
      Content.MediaType json = promised.content().of("application/json");
      if (!promised.status().startsWith("2") || json == null || json.schema() == null) {
        continue;
      }
      for (Map.Entry<String, Shape> each : Shape.of(json.schema()).members().entrySet()) {
        Set<String> below = each.getValue().members().keySet();
        if (isRight(each.getKey()) || below.stream().anyMatch(Extra::isRight)) {
          return true;
        }
      }
      return Shape.of(json.schema()).members().isEmpty();
    }
    return true;
  }

  /// The path in the body.
  List<String> written() {
    List<String> all = new ArrayList<>(below);
    all.addAll(path);
    return all;
  }

  /// Whether an object holds the value now.
  boolean stands(Obj object) {
    Node there = Json.at(object, path);
    String left = Json.scalar(there);
    String right = Json.scalar(value);
    if (left == null || right == null) {
      return false;
    }
    return there instanceof Node.Num number && value instanceof Node.Num wanted
        ? number.value().compareTo(wanted.value()) == 0
        : left.equals(right);
  }

  /// The fields that an object shows and that are not the caller's.
  static List<Extra> of(
      Scene scene, Draft draft, Operation reader, Obj before, @Nullable ObjectType type) {
    List<Extra> extras = new ArrayList<>();
    Shape shown = shown(reader, draft.operation());
    List<String> below = prefix(draft.operation(), before);
    Map<String, Shape> named = named(draft.operation());
    for (String step : below) {
      Shape inner = named.get(step);
      named = inner == null ? Map.of() : inner.members();
    }
    add(extras, List.of(), before, named, shown, scene, draft.as(), type);
    if (!below.isEmpty()) {
      extras.replaceAll(each -> new Extra(below, each.path(), each.value(), each.whose()));
    }
    // what gives the object away comes last
    extras.sort(java.util.Comparator.comparing(each -> each.whose() != null));
    return extras;
  }

  /// Where a request's body holds what an answer shows: by itself, or below one of its members, as
  /// in
  /// JSON:API.
  static List<String> prefix(Operation writer, Obj shown) {
    Map<String, Shape> named = named(writer);
    if (shown.members().keySet().stream().anyMatch(named::containsKey)) {
      return List.of();
    }
    for (Map.Entry<String, Shape> each : named.entrySet()) {
      if (each.getValue().members().keySet().stream().anyMatch(shown.members()::containsKey)) {
        return List.of(each.getKey());
      }
    }
    return List.of();
  }

  private static void add(
      List<Extra> extras,
      List<String> at,
      Obj object,
      Map<String, Shape> named,
      @Nullable Shape shown,
      Scene scene,
      Identity owner,
      @Nullable ObjectType type) {
    for (Node.Member member : object.entries()) {
      Shape taken = named.get(member.name());
      Shape response = shown == null ? null : shown.members().get(member.name());
      List<String> path = new ArrayList<>(at);
      path.add(member.name());
      boolean forbidden =
          taken == null
              || taken.says("readOnly")
              || Writers.forbids(taken.value("x-gatewarden-write"), owner);
      if (taken != null && !forbidden && member.value() instanceof Obj inner && at.isEmpty()) {
        add(extras, path, inner, taken.members(), response, scene, owner, type);
      }
      Extra extra =
          forbidden && !isId(type, path) && extras.size() < MOST
              ? other(path, member, response, type, owner, scene)
              : null;
      if (extra != null) {
        extras.add(extra);
      }
    }
  }

  private static boolean isId(@Nullable ObjectType type, List<String> path) {
    String pointer = "/" + String.join("/", path);
    return type == null ? pointer.equals("/id") : type.id().at().toString().equals(pointer);
  }

  private static @Nullable Extra other(
      List<String> path,
      Node.Member member,
      @Nullable Shape response,
      @Nullable ObjectType type,
      Identity owner,
      Scene scene) {
    String pointer = "/" + String.join("/", path);
    if (type != null) {
      for (ObjectType.Fact fact : new ObjectType.Fact[] {type.owner(), type.tenant()}) {
        PointerPattern place = fact == null ? null : fact.at();
        if (fact != null && place != null && place.toString().equals(pointer)) {
          return others(path, fact, owner, scene);
        }
      }
    }
    Node value =
        switch (member.value()) {
          case Node.Bool(var _, boolean is) -> Json.of(!is);
          case Node.Num number -> more(number, response);
          case Node.Text(var _, String text) -> text(member.name(), text, response, scene);
          case Node.Null _ ->
              response != null && response.types().contains("string")
                  ? text(member.name(), "", response, scene)
                  : null;
          case Obj _, Node.Arr _ -> null;
        };
    return value == null ? null : new Extra(List.of(), path, value, null);
  }

  /// Somebody else's name.
  private static @Nullable Extra others(
      List<String> path, ObjectType.Fact fact, Identity owner, Scene scene) {
    String own = Ownership.part(fact.is(), owner.is());
    for (Identity each : scene.identities()) {
      String theirs = Ownership.part(fact.is(), each.is());
      if (theirs != null && !theirs.equals(own)) {
        return new Extra(List.of(), path, Json.of(theirs), each);
      }
    }
    return null;
  }

  private static Node more(Node.Num number, @Nullable Shape response) {
    BigDecimal more = number.value().add(BigDecimal.ONE);
    Node most = response == null ? null : response.value("maximum");
    return Json.number(
        most instanceof Node.Num bound && more.compareTo(bound.value()) > 0
            ? number.value().subtract(BigDecimal.ONE).toPlainString()
            : more.toPlainString());
  }

  private static @Nullable Node text(
      String name, String value, @Nullable Shape response, Scene scene) {
    if (response != null && response.value("enum") instanceof Node.Arr choices) {
      Node last = null;
      for (Node choice : choices.items()) {
        last = value.equals(Json.scalar(choice)) ? last : choice;
      }
      return last;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("role")) {
      return Json.of(value.equals("admin") ? "owner" : "admin");
    }
    if (value.matches("\\d{4}-\\d\\d-\\d\\d.*")) {
      return Json.of(value.contains("T") ? "2001-02-03T04:05:06Z" : "2001-02-03");
    }
    return Json.of(scene.marker());
  }

  /// What the request's schema names.
  private static Map<String, Shape> named(Operation operation) {
    Shape shape = asked(operation);
    return shape == null ? Map.of() : shape.members();
  }

  private static @Nullable Shape asked(Operation operation) {
    RequestBody body = operation.body();
    Content.MediaType json = body == null ? null : body.content().of("application/json");
    if (json == null && body != null) {
      json = body.content().types().values().stream().findFirst().orElse(null);
    }
    return json == null || json.schema() == null ? null : Shape.of(json.schema());
  }

  /// What an object looks like by the contract.
  private static @Nullable Shape shown(Operation reader, Operation writer) {
    Responses.Promised promised = reader.responses().of(200);
    Content.MediaType json = promised == null ? null : promised.content().of("application/json");
    if (json == null && promised != null) {
      json = promised.content().types().values().stream().findFirst().orElse(null);
    }
    Shape shape = json == null || json.schema() == null ? null : Shape.of(json.schema());
    for (String step : shape == null ? List.<String>of() : below(reader)) {
      shape = shape == null ? null : shape.members().get(step);
    }
    if (shape == null || !below(reader).isEmpty() || !reader.objects().list().isEmpty()) {
      return shape;
    }
    Map<String, Shape> asked = named(writer);
    for (Shape inner : shape.members().values()) {
      boolean meets = inner.members().keySet().stream().anyMatch(asked::containsKey);
      if (meets && shape.members().keySet().stream().noneMatch(asked::containsKey)) {
        return inner;
      }
    }
    return shape;
  }

  /// Whether what is read by the one operation is what is written by the other, by the contract.
  static boolean meets(Operation writer, Operation reader) {
    Shape shape = shown(reader, writer);
    Map<String, Shape> asked = named(writer);
    return shape != null && shape.members().keySet().stream().anyMatch(asked::containsKey);
  }

  /// The object in an answer: where the binding says, else the part of it that looks like what is
  /// written.
  static @Nullable Obj object(Operation writer, Operation reader, Answer answer) {
    Node there = Json.at(answer.json(), below(reader));
    if (!(there instanceof Obj object)) {
      return null;
    }
    if (!reader.objects().list().isEmpty() && reader.objects().list().getFirst().items() != null) {
      return object;
    }
    Map<String, Shape> asked = named(writer);
    if (object.members().keySet().stream().anyMatch(asked::containsKey)) {
      return object;
    }
    for (Node.Member member : object.entries()) {
      if (member.value() instanceof Obj inner
          && inner.members().keySet().stream().anyMatch(asked::containsKey)) {
        return inner;
      }
    }
    return object;
  }

  private static List<String> below(Operation reader) {
    List<ObjectBinding> bindings = reader.objects().list();
    List<String> names = new ArrayList<>();
    if (!bindings.isEmpty()
        && bindings.getFirst().items() instanceof Selector.ResponseBody(PointerPattern at)) {
      for (PointerPattern.Step step : at.steps()) {
        names.add(step instanceof PointerPattern.Name(String name) ? name : "0");
      }
    }
    return names;
  }
}
