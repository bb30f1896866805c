package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads who may touch an object: `access` and other lists of grants.
final class GrantReader {
  private GrantReader() {}

  static Access access(Fields fields, Notes notes) {
    Obj object = fields.map("access");
    if (object == null) {
      return Access.OWNER;
    }
    Fields inner = new Fields(object, notes, "read", "write");
    List<Grant> read = grants(inner, "read", notes);
    List<Grant> write = grants(inner, "write", notes);
    return new Access(
        read == null ? Access.OWNER.read() : read, write == null ? Access.OWNER.write() : write);
  }

  /// Where there is no tenant, a role that crosses them says more than it does.
  static void crossesNothing(List<Grant> grants, Place place, String type, Notes notes) {
    for (Grant grant : grants) {
      if (grant instanceof Grant.Crossing(String role)) {
        notes.problem(
            place,
            "`" + grant.text() + "` crosses tenants, and `" + Nodes.shown(type) + "` has none",
            "give the type `tenant: {at: /tenantId}`, or write `role:" + Nodes.shown(role) + "`");
      }
    }
  }

  /// The grants under a name; null when there are none.
  static @Nullable List<Grant> grants(Fields fields, String name, Notes notes) {
    List<Node> list = fields.list(name);
    if (list == null) {
      return null;
    }
    return grants(list, fields.place(name), name, notes);
  }

  /// The grants in a list; a word that names nobody is a problem.
  static List<Grant> grants(List<Node> list, Place place, String name, Notes notes) {
    if (list.isEmpty()) {
      notes.problem(place, "`" + name + "` lets nobody in", "name a role, or leave it out");
    }
    List<Grant> grants = new ArrayList<>();
    for (Node each : list) {
      Grant grant = each instanceof Node.Text text ? Grant.parse(text.value()) : null;
      if (grant == null) {
        String word = Nodes.scalar(each);
        String near = word == null ? null : Nearest.of(word, List.of("owner", "tenant", "anyone"));
        notes.problem(
            each.place(),
            "`" + Nodes.shown(word == null ? Nodes.kind(each) : word) + "` names nobody",
            near == null
                ? "write owner, tenant, anyone, `role:NAME` or `role:NAME@any-tenant`"
                : "did you mean `" + near + "`?");
      } else {
        grants.add(grant);
      }
    }
    return grants;
  }
}
