package dev.gatewarden.core.change;

import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Who may do something, compared: anyone is more than the tenant, the tenant more than the owner.
final class Grants {
  private Grants() {}

  /// Whether some caller may now who might not before.
  static boolean wider(List<Grant> old, List<Grant> now) {
    return now.stream().anyMatch(each -> old.stream().noneMatch(other -> covers(other, each)));
  }

  private static boolean covers(Grant more, Grant less) {
    return switch (more) {
      case Grant.Anyone() -> true;
      case Grant.Tenant() -> less instanceof Grant.Tenant || less instanceof Grant.Owner;
      case Grant.Owner() -> less instanceof Grant.Owner;
      case Grant.Role role -> role.equals(less);
      case Grant.Crossing crossing -> crossing.equals(less);
    };
  }

  static String shown(List<Grant> grants) {
    return "`" + grants.stream().map(Grant::text).collect(Collectors.joining(", ")) + "`";
  }

  /// The grants a list in a contract names; the contract has been checked.
  static List<Grant> of(Node node) {
    List<Grant> grants = new ArrayList<>();
    Node by = node instanceof Node.Obj object ? object.get("by") : node;
    if (by instanceof Node.Arr list) {
      for (Node each : list.items()) {
        Grant grant = each instanceof Node.Text text ? Grant.parse(text.value()) : null;
        if (grant != null) {
          grants.add(grant);
        }
      }
    }
    return grants;
  }
}
