package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.probe.Draft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the binding language says that values stand: read out of answers, written into drafts.
public final class Places {
  /// No id is longer; what a service sends goes into many requests.
  private static final int LONGEST = 1_000;

  private Places() {}

  /// Everything that stands at a pattern.
  static List<Node> at(@Nullable Node node, PointerPattern pattern) {
    List<Node> here = node == null ? List.of() : List.of(node);
    for (PointerPattern.Step step : pattern.steps()) {
      List<Node> next = new ArrayList<>();
      for (Node each : here) {
        switch (step) {
          case PointerPattern.Name(String name) -> {
            if (each instanceof Obj object && object.get(name) != null) {
              next.add(java.util.Objects.requireNonNull(object.get(name)));
            }
          }
          case PointerPattern.Each() -> {
            if (each instanceof Arr array) {
              next.addAll(array.items());
            } else if (each instanceof Obj object) {
              object.entries().forEach(member -> next.add(member.value()));
            }
          }
          case PointerPattern.EachName() -> {
            if (each instanceof Obj object) {
              object.entries().forEach(member -> next.add(Json.of(member.name())));
            }
          }
        }
      }
      here = next;
    }
    return here;
  }

  /// The objects in an answer to an operation that reads or lists them.
  static List<Node> objects(ObjectBinding binding, @Nullable Node answer) {
    List<Node> found =
        switch (binding.items()) {
          case null -> answer == null ? List.of() : List.of(answer);
          case Selector.ResponseBody(PointerPattern at) -> at(answer, at);
          default -> List.of();
        };
    List<Node> objects = new ArrayList<>();
    for (Node each : found) {
      if (each instanceof Arr array) {
        objects.addAll(array.items());
      } else {
        objects.add(each);
      }
    }
    return objects;
  }

  /// The id of an object, or null where it shows none.
  static @Nullable String id(ObjectType type, Node object) {
    List<Node> found = at(object, type.id().at());
    return found.size() == 1 ? id(found.getFirst()) : null;
  }

  /// What may be an id: a text or number that is not longer than ids are.
  static @Nullable String id(Node node) {
    String text = Json.scalar(node);
    return text == null || text.length() > LONGEST ? null : text;
  }

  /// What an object says of itself.
  static ObjectFacts facts(ObjectType type, String id, @Nullable Node object) {
    Map<String, Fact> parents = new LinkedHashMap<>();
    type.parents().forEach((name, at) -> parents.put(name, fact(object, at)));
    return new ObjectFacts(
        Fact.of(id),
        type.ownedById() ? Fact.of(id) : stated(object, type.owner()),
        stated(object, type.tenant()),
        parents,
        0,
        0);
  }

  private static Fact stated(@Nullable Node object, ObjectType.@Nullable Fact fact) {
    PointerPattern at = fact == null ? null : fact.at();
    return at == null ? Fact.MISSING : fact(object, at);
  }

  private static Fact fact(@Nullable Node object, PointerPattern at) {
    List<Node> found = at(object, at);
    String text = found.size() == 1 ? Json.scalar(found.getFirst()) : null;
    return text == null ? Fact.MISSING : Fact.of(text);
  }

  /// The draft with a text at a place; null where nothing can be written there.
  static @Nullable Draft with(Draft draft, Selector place, String value) {
    return switch (place) {
      case Selector.PathParameter(String name) -> draft.path(name, value);
      case Selector.QueryParameter(String name) -> draft.query(name, value);
      case Selector.Header(String name) -> draft.header(name, value);
      case Selector.Cookie(String name) -> draft.header("Cookie", name + "=" + value);
      case Selector.Body(PointerPattern at) ->
          at.steps().stream().anyMatch(step -> step instanceof PointerPattern.EachName)
              ? null
              : body(draft, at, value);
      case Selector.Part(String name) ->
          draft.body(
              Json.with(draft.body(), List.of(name), Json.of(value)),
              draft.mediaType().isEmpty() ? "multipart/form-data" : draft.mediaType());
      case Selector.ResponseBody _,
          Selector.ResponseHeader _,
          Selector.Argument _,
          Selector.Message _,
          Selector.OfPrincipal _,
          Selector.HostLabel _,
          Selector.Result _ ->
          null;
    };
  }

  /// A number stays a number where one stood there.
  private static Draft body(Draft draft, PointerPattern at, String value) {
    List<String> path = first(at);
    Node before = Json.at(draft.body(), path);
    boolean number =
        before instanceof Node.Num && value.chars().allMatch(c -> c >= '0' && c <= '9');
    return draft.member(path, number ? Json.number(value) : Json.of(value));
  }

  /// The first place that a pattern means.
  public static List<String> first(PointerPattern at) {
    List<String> path = new ArrayList<>();
    for (PointerPattern.Step step : at.steps()) {
      path.add(
          switch (step) {
            case PointerPattern.Name(String name) -> name;
            case PointerPattern.Each(), PointerPattern.EachName() -> "0";
          });
    }
    return path;
  }
}
