package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parsed and checked promise of one API.
///
/// @param api the name the API has in the configuration, `shop`
/// @param title what the contract calls itself
/// @param version the contract's own version, not that of OpenAPI
/// @param dialect what its schemas are written in
/// @param servers where the API says it stands; never empty, `/` when the contract names none
/// @param operations all operations; each stands at its own index
/// @param schemes the security schemes by name
/// @param types the object types by name
/// @param classes what holds for properties of a data class, by its name
/// @param tenant how the tenant is told for the whole API, or null when the contract does not say
/// @param outbound calls the API makes itself: webhooks and callbacks
/// @param extensions the `x-gatewarden-*` words at the top of the contract
/// @param references how a `$ref` inside the contract is followed
/// @param source the document, overlays applied
/// @param warnings what is odd but leaves the promise clear
public record Contract(
    String api,
    String title,
    String version,
    Dialect dialect,
    List<Server> servers,
    List<Operation> operations,
    Map<String, SecurityScheme> schemes,
    Map<String, ObjectType> types,
    Map<String, DataClass> classes,
    @Nullable TenantRule tenant,
    List<OutboundCall> outbound,
    Extensions extensions,
    References references,
    Node.Obj source,
    List<Problem> warnings) {

  public Contract {
    servers = List.copyOf(servers);
    operations = List.copyOf(operations);
    outbound = List.copyOf(outbound);
    warnings = List.copyOf(warnings);
  }

  /// The operation of that name, or null; for load time, it looks at each.
  public @Nullable Operation operation(String name) {
    for (Operation operation : operations) {
      if (operation.id().name().equals(name)) {
        return operation;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return api + " (" + title + " " + version + ", " + operations.size() + " operations)";
  }
}
