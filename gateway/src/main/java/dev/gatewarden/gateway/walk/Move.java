package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.ObjectType.KnownBy;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.policy.Relations.Relation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an update says of one object's owner, tenant and parents: by their pointers within the
/// object, what it writes there; empty where it takes away what stood there, or nobody can tell.
record Move(ObjectUse use, Map<PointerPattern, Optional<String>> said) {
  private static final Bounds BOUNDS = new Bounds(4 << 20, 64, 100_000);
  private static final Place.Origin ORIGIN = new Place.Origin(URI.create("body:body.json"), "body");

  /// The moves that a request asks for, read while its body is at hand.
  static List<Move> asked(List<Call> calls) {
    List<Move> moves = List.of();
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      for (int j = 0; j < call.objects().size(); j++) {
        ObjectUse use = call.objects().get(j);
        if (follows(use.binding())) {
          moves = moves.isEmpty() ? new ArrayList<>() : moves;
          moves.add(of(use, call.body().bytes(), true));
        }
      }
    }
    return moves;
  }

  /// Whether what happens to the objects of a binding may change whose they are.
  static boolean follows(ObjectBinding binding) {
    return binding.does() == Does.UPDATE && binding.type().knownBy().contains(KnownBy.RELATION);
  }

  /// What a body says of an object that it is, or that stands in it.
  ///
  /// @param request whether it may be a list of changes (RFC 6902), and where the object stands in
  ///     it says its id
  static Move of(ObjectUse use, Bytes body, boolean request) {
    Map<PointerPattern, Optional<String>> said = new HashMap<>();
    List<PointerPattern> wanted = wanted(use.binding().type());
    if (!mentions(body, wanted)) {
      return new Move(use, said);
    }
    Node root = read(body);
    if (request && use.binding().id() instanceof Selector.Body(PointerPattern at)) {
      for (Node object : around(root, at, use)) {
        wanted.forEach(each -> stated(object, each, said));
      }
    } else if (request && root instanceof Node.Arr changes) {
      changes.items().forEach(change -> wanted.forEach(each -> changed(change, each, said)));
    } else if (root != null) {
      wanted.forEach(each -> stated(root, each, said));
    }
    return new Move(use, said);
  }

  /// A relation after this move.
  Relation applied(Relation relation) {
    ObjectType type = use.binding().type();
    Map<String, String> parents = new HashMap<>(relation.parents());
    type.parents()
        .forEach(
            (name, at) -> {
              Optional<String> parent = said.get(at);
              if (parent != null && parent.isPresent()) {
                parents.put(name, parent.get());
              } else if (parent != null) {
                parents.remove(name);
              }
            });
    return new Relation(
        after(type.owner(), relation.owner()), after(type.tenant(), relation.tenant()), parents);
  }

  private @Nullable String after(ObjectType.@Nullable Fact fact, @Nullable String before) {
    Optional<String> now = fact == null ? null : said.get(fact.at());
    return now == null ? before : now.orElse(null);
  }

  private static List<PointerPattern> wanted(ObjectType type) {
    List<PointerPattern> wanted = new ArrayList<>(type.parents().values());
    if (type.owner() != null) {
      wanted.add(type.owner().at());
    }
    if (type.tenant() != null) {
      wanted.add(type.tenant().at());
    }
    wanted.removeIf(at -> at.many() || at.equals(type.id().at()));
    return wanted;
  }

  /// Whether it is worth reading: most updates write none of these. A name may be spelt with
  /// escapes, and a list of changes may take away what stands around it.
  private static boolean mentions(Bytes body, List<PointerPattern> wanted) {
    if (!wanted.isEmpty() && isList(body)) {
      return true;
    }
    for (PointerPattern at : wanted) {
      if (at.steps().getLast() instanceof PointerPattern.Name(String name)
          && holds(body, name.getBytes(StandardCharsets.UTF_8))) {
        return true;
      }
    }
    return !wanted.isEmpty() && holds(body, new byte[] {'\\'});
  }

  private static boolean isList(Bytes body) {
    for (int i = body.from(); i < body.to(); i++) {
      if (body.array()[i] > ' ') {
        return body.array()[i] == '[';
      }
    }
    return false;
  }

  private static boolean holds(Bytes body, byte[] word) {
    byte[] bytes = body.array();
    for (int i = body.from(); i <= body.to() - word.length; i++) {
      int same = 0;
      while (same < word.length && bytes[i + same] == word[same]) {
        same++;
      }
      if (same == word.length) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Node read(Bytes body) {
    try {
      return new DocumentReader(BOUNDS).read(ORIGIN, body.copy());
    } catch (ProblemsException unreadable) {
      return null;
    }
  }

  /// The objects whose id is the one used, where ids stand in the body.
  private static List<Node> around(@Nullable Node root, PointerPattern ids, ObjectUse use) {
    PointerPattern id = use.binding().type().id().at();
    int above = ids.steps().size() - id.steps().size();
    List<Node> objects = new ArrayList<>();
    if (root != null
        && above >= 0
        && ids.steps().subList(above, ids.steps().size()).equals(id.steps())) {
      gather(root, ids.steps().subList(0, above), objects);
    }
    objects.removeIf(each -> !use.id().equalsIgnoreCase(text(at(each, id))));
    return objects;
  }

  private static void gather(Node node, List<PointerPattern.Step> steps, List<Node> found) {
    if (steps.isEmpty()) {
      found.add(node);
      return;
    }
    List<PointerPattern.Step> rest = steps.subList(1, steps.size());
    switch (steps.getFirst()) {
      case PointerPattern.Name(String name) -> {
        Node below = node instanceof Node.Obj object ? object.get(name) : null;
        if (below != null) {
          gather(below, rest, found);
        }
      }
      case PointerPattern.Each _ -> {
        if (node instanceof Node.Arr array) {
          array.items().forEach(each -> gather(each, rest, found));
        }
      }
    }
  }

  private static void stated(
      Node object, PointerPattern at, Map<PointerPattern, Optional<String>> said) {
    Node value = at(object, at);
    if (value != null) {
      said.put(at, Optional.ofNullable(text(value)));
    }
  }

  /// One change of a list of changes: its path is the value's, or one above it.
  private static void changed(
      Node change, PointerPattern at, Map<PointerPattern, Optional<String>> said) {
    String path = change instanceof Node.Obj object ? text(object.get("path")) : null;
    PointerPattern place = path == null ? null : PointerPattern.parse(path);
    int depth = place == null ? 0 : place.steps().size();
    if (place == null
        || depth > at.steps().size()
        || !at.steps().subList(0, depth).equals(place.steps())) {
      return;
    }
    Node.Obj object = (Node.Obj) change;
    String does = text(object.get("op"));
    Node value = object.get("value");
    if (("add".equals(does) || "replace".equals(does)) && value != null) {
      Node below = at(value, new PointerPattern(at.steps().subList(depth, at.steps().size())));
      said.put(at, Optional.ofNullable(below == null ? null : text(below)));
    } else if (!"test".equals(does)) {
      said.put(at, Optional.empty());
    }
  }

  private static @Nullable Node at(Node from, PointerPattern at) {
    Node node = from;
    for (PointerPattern.Step step : at.steps()) {
      node =
          node instanceof Node.Obj object && step instanceof PointerPattern.Name(String name)
              ? object.get(name)
              : null;
    }
    return node;
  }

  private static @Nullable String text(@Nullable Node node) {
    return switch (node) {
      case Node.Text text -> text.value();
      case Node.Num number -> number.literal();
      case null, default -> null;
    };
  }
}
