package dev.gatewarden.platform.probing.remedy;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.probe.Confidence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The roles that an operation is for, where the contract asks for none.
final class PermissionEdit {
  private PermissionEdit() {}

  /// The edit, or null where the contract asks for roles or scopes already, or lets anybody in.
  static @Nullable Remedy of(
      Contract contract, Operation operation, Confidence confidence, Edits edits) {
    if (confidence == Confidence.PROVED
        || Permission.in(operation.extensions()) != null
        || !operation.security().stated()
        || operation.security().admitsAnonymous()) {
      return null;
    }
    List<Node> roles = new ArrayList<>();
    roles(contract).forEach(each -> roles.add(Json.of(each)));
    return edits.add(operation, "x-gatewarden-permission", Json.of(Map.of("roles", Json.of(roles))))
        ? new Remedy.Edit(
            "say who may use `"
                + operation.id().name()
                + "`: `"
                + String.join("`, `", roles(contract))
                + "`, or what those are called that may",
            edits.changes(),
            false)
        : null;
  }

  /// Those that the contract knows, else a name to begin with.
  private static Set<String> roles(Contract contract) {
    Set<String> roles = new LinkedHashSet<>();
    for (Operation each : contract.operations()) {
      Permission asked = Permission.in(each.extensions());
      if (asked != null) {
        roles.addAll(asked.roles());
      }
    }
    for (ObjectType type : contract.types().values()) {
      for (Grant grant : type.access().write()) {
        if (grant instanceof Grant.Role(String name)) {
          roles.add(name);
        }
      }
    }
    return roles.isEmpty() ? Set.of("admin") : roles;
  }
}
