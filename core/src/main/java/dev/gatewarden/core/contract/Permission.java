package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the user must be to call an operation, beside the scopes that `security` asks of the
/// client, as `x-gatewarden-permission` says: both must hold.
///
/// @param roles of which one will do; never empty
public record Permission(List<String> roles, Place place) {
  static final String WORD = "permission";
  private static final String NONE = "none";
  private static final String ADVICE = "write `{roles: [support, admin]}`, or `none`";

  public Permission {
    roles = List.copyOf(roles);
  }

  /// What a checked contract says there, or null where scopes alone are asked for.
  public static @Nullable Permission in(Extensions extensions) {
    Node node = extensions.get(WORD);
    return node == null ? null : read(node, new Notes());
  }

  static @Nullable Permission read(Node node, Notes notes) {
    if (NONE.equals(Nodes.text(node))) {
      return null;
    }
    if (!(node instanceof Obj object)) {
      notes.problem(
          node.place(),
          "`x-gatewarden-permission` should be a map or `none`, not " + Nodes.kind(node),
          ADVICE);
      return null;
    }
    Fields fields = new Fields(object, notes, "roles");
    if (!fields.has("roles")) {
      notes.problem(object.place(), "`x-gatewarden-permission` asks for nothing", ADVICE);
    }
    return new Permission(roles(fields.list("roles"), fields.place("roles"), notes), node.place());
  }

  private static List<String> roles(@Nullable List<Node> items, Place place, Notes notes) {
    List<String> all = new ArrayList<>();
    if (items == null) {
      return all;
    }
    if (items.isEmpty()) {
      notes.problem(
          place, "`roles` names nobody", "leave `x-gatewarden-permission` out, or name one");
    }
    for (Node item : items) {
      String role = Nodes.scalar(item);
      if (role == null || role.isBlank()) {
        notes.problem(item.place(), "a role is a text, not " + Nodes.kind(item));
      } else if (role.startsWith("role:")) {
        notes.problem(
            item.place(),
            "`roles` names roles alone, not `" + Nodes.shown(role) + "`",
            "write `" + Nodes.shown(role.substring("role:".length())) + "`");
      } else if (all.contains(role)) {
        notes.problem(item.place(), "the role `" + Nodes.shown(role) + "` stands here twice");
      } else {
        all.add(role);
      }
    }
    return all;
  }

  /// Whether what is asked for can mean nothing: who proves nothing has no role, and where nobody
  /// may call no role helps.
  static void check(Operation operation, Notes notes) {
    Permission asked = in(operation.extensions());
    if (asked == null) {
      return;
    }
    String name = "`" + operation.id().name() + "`";
    if (operation.security().stated() && operation.security().admitsAnonymous()) {
      notes.problem(
          operation.place(),
          name + " asks for a role and lets callers in who prove nothing",
          "give it `security` without `{}`, or say `x-gatewarden-permission: none`");
    } else if (!operation.security().stated()) {
      notes.problem(
          operation.place(),
          name + " asks for a role and does not say how callers prove it",
          "give it `security`");
    }
  }

  /// Roles that are named once and nearly like another one, which may be meant.
  static void spelling(List<Operation> operations, Iterable<ObjectType> types, Notes notes) {
    Map<String, Place> once = new LinkedHashMap<>();
    TreeSet<String> known = new TreeSet<>();
    TreeSet<Place> seen = new TreeSet<>(java.util.Comparator.comparing(Place::toString));
    for (ObjectType type : types) {
      type.access().read().forEach(each -> granted(each, known));
      type.access().write().forEach(each -> granted(each, known));
    }
    for (Operation operation : operations) {
      Permission asked = in(operation.extensions());
      if (asked != null && seen.add(asked.place())) {
        for (String role : asked.roles()) {
          if (!known.add(role)) {
            once.remove(role);
          } else {
            once.put(role, asked.place());
          }
        }
      }
    }
    once.forEach(
        (role, place) -> {
          TreeSet<String> others = new TreeSet<>(known);
          others.remove(role);
          String near = Nearest.of(role, others);
          if (near != null) {
            notes.warning(
                place,
                "the role `" + Nodes.shown(role) + "` is named nowhere else",
                "did you mean `" + Nodes.shown(near) + "`?");
          }
        });
  }

  private static void granted(Grant grant, TreeSet<String> known) {
    if (grant instanceof Grant.Role(String name)) {
      known.add(name);
    } else if (grant instanceof Grant.Crossing(String role)) {
      known.add(role);
    }
  }

  /// In a few words, as summaries show it.
  public String text() {
    return String.join(" or ", roles);
  }
}
