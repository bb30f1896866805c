package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.platform.probing.Places;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What of a request stays as it is: ids, owners and tenants, since what they may be is not for a
/// schema to say.
final class Untouched {
  private static final Pattern ID =
      Pattern.compile(
          "(?i)(id|ids|uuid|guid|ref)|.*(_id|-id|_ids|_uuid|_ref)|.*[a-z](Id|Ids|ID|Uuid|Ref)");
  private static final Pattern ID_LIKE =
      Pattern.compile("id|ids|uuid|guid|.*(_id|-id|_ids|_uuid)|.*[a-z](Id|Ids|ID|Uuid)");
  private static final Pattern PERSON =
      Pattern.compile("(?i)to|user|user_?name|recipient|receiver|member|assignee|owner|tenant");

  private final Set<String> names = new HashSet<>();
  private final Set<String> pointers = new HashSet<>();

  private Untouched() {}

  static Untouched of(Draft honest) {
    Operation operation = honest.operation();
    Untouched all = new Untouched();
    for (Identity.Presented each : honest.as().presents()) {
      if (each.where() == Identity.Where.BODY) {
        all.pointers.add(Pointers.of(List.of(each.name())));
      }
    }
    for (ObjectBinding binding : operation.objects().list()) {
      all.add(binding.id());
      binding.within().values().forEach(all::add);
      ObjectType type = binding.type();
      type.references().forEach(each -> all.add(each.at()));
      type.parents().values().forEach(all::add);
      all.add(type.id().at());
      for (ObjectType.Fact fact : facts(type)) {
        if (fact.at() != null) {
          all.add(fact.at());
        }
      }
    }
    if (operation.tenant() != null) {
      all.add(operation.tenant().from());
    }
    return all;
  }

  private static List<ObjectType.Fact> facts(ObjectType type) {
    List<ObjectType.Fact> facts = new ArrayList<>();
    if (type.owner() != null) {
      facts.add(type.owner());
    }
    if (type.tenant() != null) {
      facts.add(type.tenant());
    }
    return facts;
  }

  private void add(@Nullable Selector selector) {
    switch (selector) {
      case Selector.PathParameter(String name) -> names.add("PATH." + name);
      case Selector.QueryParameter(String name) -> names.add("QUERY." + name);
      case Selector.Header(String name) -> names.add("HEADER." + name);
      case Selector.Cookie(String name) -> names.add("COOKIE." + name);
      case Selector.Part(String name) -> pointers.add("/" + name);
      case Selector.Body(PointerPattern at) -> add(at);
      case null, default -> {}
    }
  }

  private void add(PointerPattern at) {
    List<String> path = Places.first(at);
    if (!path.isEmpty()) {
      pointers.add(Pointers.of(path));
      pointers.add(Pointers.of(path.subList(path.size() - 1, path.size())));
      pointers.add("/data" + Pointers.of(path));
    }
  }

  /// Bound, or named like an id; a path's variable that only a text describes as well.
  boolean parameter(Root.Kind kind, Parameter parameter) {
    if (names.contains(kind + "." + parameter.name())
        || ID_LIKE.matcher(parameter.name()).matches()) {
      return true;
    }
    return kind == Root.Kind.COOKIE
        && parameter
            .name()
            .toLowerCase(java.util.Locale.ROOT)
            .matches(".*(sess|token|csrf|auth).*");
  }

  /// Whether a place of the body is bound, or lies below one that is.
  boolean member(List<String> path) {
    String here = Pointers.of(path).replaceAll("/\\d+(?=/|$)", "/0");
    return pointers.stream().anyMatch(each -> Pointers.covers(each, here))
        || (!path.isEmpty() && ID.matcher(path.getLast()).matches());
  }

  /// Whether a right value here may yet name what is not there.
  boolean named(List<String> path) {
    String here = Pointers.of(path).replaceAll("/\\d+(?=/|$)", "/0");
    return member(path)
        || pointers.stream().anyMatch(each -> Pointers.covers(here, each))
        || (!path.isEmpty() && PERSON.matcher(path.getLast()).matches());
  }
}
