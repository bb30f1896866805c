package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.platform.discovery.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Members of one kind of object that requests may write beside those that they were seen to.
///
/// A few requests write some of what can be written. What one of them sets, another may change; of
/// what is only ever shown, that is taken to be the service's own whose name says so, such as a
/// state, a price or an owner.
final class Fields {
  private static final Set<String> GUARDED =
      Set.of(
          "id",
          "uuid",
          "guid",
          "uid",
          "by",
          "at",
          "owner",
          "user",
          "customer",
          "author",
          "creator",
          "sender",
          "tenant",
          "organization",
          "org",
          "account",
          "role",
          "roles",
          "admin",
          "staff",
          "permission",
          "permissions",
          "scope",
          "scopes",
          "status",
          "state",
          "price",
          "cents",
          "amount",
          "balance",
          "credit",
          "total",
          "cost",
          "discount",
          "paid",
          "verified",
          "approved",
          "active",
          "enabled",
          "blocked",
          "banned",
          "created",
          "updated",
          "deleted",
          "version",
          "level",
          "plan",
          "quota",
          "limit",
          "score",
          "rating",
          "points",
          "hash",
          "token",
          "key",
          "secret",
          "password",
          "href",
          "url",
          "link",
          "links",
          "premium",
          "internal",
          "public",
          "visible",
          "superuser");
  private static final int MOST_VALUES = 200;

  /// By the template of a collection, then by name.
  private final Map<String, Map<String, List<Node>>> written = new LinkedHashMap<>();

  private final Map<String, Map<String, List<Node>>> shown = new LinkedHashMap<>();

  /// Takes down what a request wrote and what came back.
  void add(String path, Example example) {
    if (example.refused()) {
      return;
    }
    String of = of(path);
    if (example.body() instanceof Body.Value(var _, Obj value) && writes(example.method())) {
      gather(value, written.computeIfAbsent(of, _ -> new LinkedHashMap<>()));
    }
    for (Example.Answer answer : example.answers()) {
      if (answer.well() && answer.body() != null) {
        objects(answer.body())
            .forEach(each -> gather(each, shown.computeIfAbsent(of, _ -> new LinkedHashMap<>())));
      }
    }
  }

  private static boolean writes(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  private static void gather(Obj object, Map<String, List<Node>> to) {
    for (Node.Member each : object.entries()) {
      List<Node> values = to.computeIfAbsent(each.name(), _ -> new ArrayList<>());
      if (values.size() < MOST_VALUES) {
        values.add(each.value());
      }
    }
  }

  /// The object of an answer, or those of a list in it.
  private static List<Obj> objects(Node body) {
    List<Obj> objects = new ArrayList<>();
    if (body instanceof Arr array) {
      array.items().stream()
          .filter(Obj.class::isInstance)
          .map(Obj.class::cast)
          .forEach(objects::add);
    }
    if (!(body instanceof Obj object)) {
      return objects;
    }
    for (Node.Member each : object.entries()) {
      if (each.value() instanceof Arr && objects.isEmpty()) {
        objects.addAll(objects(each.value()));
      }
    }
    if (objects.isEmpty()) {
      objects.add(object);
    }
    return objects;
  }

  /// `/orders` of `/orders` and of `/orders/{orderId}`.
  private static String of(String path) {
    int last = path.lastIndexOf('/');
    return path.startsWith("{", last + 1) ? path.substring(0, last) : path;
  }

  /// What requests at a path may write beside; empty where they write something else than what is
  /// shown there.
  Map<String, List<Node>> beside(String path, String method) {
    Map<String, List<Node>> here = written.getOrDefault(of(path), Map.of());
    Map<String, List<Node>> seen = shown.getOrDefault(of(path), Map.of());
    // an envelope holds what is written, and is not written beside it
    boolean enveloped =
        here.size() == 1
            && here.values().iterator().next().stream().allMatch(Obj.class::isInstance);
    if (!writes(method) || enveloped || here.keySet().stream().noneMatch(seen::containsKey)) {
      return Map.of();
    }
    Map<String, List<Node>> beside = new LinkedHashMap<>(here);
    seen.forEach(
        (name, values) -> {
          if (!guarded(name)) {
            beside.putIfAbsent(name, values);
          }
        });
    return beside;
  }

  /// What an object is shown with that is made by such a request; empty where nothing shows one.
  Map<String, List<Node>> made(String path, String method) {
    return method.equals("POST") && of(path).equals(path)
        ? shown.getOrDefault(path, Map.of())
        : Map.of();
  }

  private static boolean guarded(String name) {
    return Words.of(name).stream().anyMatch(GUARDED::contains)
        || Words.plain(name).startsWith("is");
  }
}
