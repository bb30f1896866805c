package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The schema that contracts imply, as Cedar writes schemas: who calls, what there is, what can be
/// done with it.
final class DerivedSchema {
  static final String READS = "reads";
  static final String WRITES = "writes";

  private final StringBuilder text = new StringBuilder();
  private final Map<String, CedarSettings.Claim> claims;

  private DerivedSchema(Map<String, CedarSettings.Claim> claims) {
    this.claims = new TreeMap<>(claims);
  }

  /// The schema of all of them.
  ///
  /// @param claims what policies see of a caller's claims
  static String of(Names names, Map<String, CedarSettings.Claim> claims) {
    DerivedSchema schema = new DerivedSchema(claims);
    schema.callers();
    names.all().forEach(schema::api);
    return schema.text.toString();
  }

  private void callers() {
    text.append(
        """
        // Who calls. An id is the issuer's name, a slash, and the subject: User::"corp/alice".
        entity Tenant in [Tenant];
        entity Role in [Role];
        entity Group in [Group];
        entity Anonymous;
        entity User in [Tenant, Role, Group] {
          issuer: String,
          subject: String,
          tenant?: String,
          client?: String,
          scopes: Set<String>,
          roles: Set<String>,
          groups: Set<String>,
          actors: Set<String>,
          claims: {\
        """);
    String comma = "";
    for (Map.Entry<String, CedarSettings.Claim> claim : claims.entrySet()) {
      text.append(comma).append(quoted(claim.getKey())).append("?: ");
      text.append(
          switch (claim.getValue().is()) {
            case STRING -> "String";
            case NUMBER -> "Long";
            case BOOLEAN -> "Bool";
            case STRINGS -> "Set<String>";
          });
      comma = ", ";
    }
    text.append("},\n};\n\n");
    text.append(
        """
        // Under which circumstances. `local` is the time in the zone of the caller's tenant, weekday 1
        // is Monday, `time` counts minutes since midnight. `owner` and `same_tenant`: what the caller is
        // to the object, by the contract.
        type Circumstances = {
          api: String,
          operation: String,
          method: String,
          source: ipaddr,
          encrypted: Bool,
          owner: Bool,
          same_tenant: Bool,
          now: datetime,
          zone: String,
          local: { year: Long, month: Long, day: Long, weekday: Long, hour: Long, minute: Long, time: Long },
        };
        """);
  }

  private void api(Names.OfApi names) {
    text.append("\nnamespace ").append(names.namespace()).append(" {\n");
    text.append("  // The API as a whole, of operations without an object.\n");
    text.append("  entity Api;\n");
    for (ObjectType type : new TreeMap<>(names.contract().types()).values()) {
      entity(names, type);
    }
    boolean reads = names.contract().operation(READS) == null;
    boolean writes = names.contract().operation(WRITES) == null;
    text.append(reads ? "  action " + READS + ";\n" : "");
    text.append(writes ? "  action " + WRITES + ";\n" : "");
    for (Operation operation : names.contract().operations()) {
      String group = operation.safe() ? (reads ? READS : "") : (writes ? WRITES : "");
      action(names, operation, group);
    }
    text.append("}\n");
  }

  private void entity(Names.OfApi names, ObjectType type) {
    text.append("  entity ").append(names.typeNames().get(type.name())).append(" in [Tenant");
    for (String parent : type.parents().keySet()) {
      if (names.typeNames().containsKey(parent)) {
        text.append(", ").append(names.typeNames().get(parent));
      }
    }
    text.append("] { id: String, owner?: String, tenant?: String");
    for (String parent : type.parents().keySet()) {
      if (names.typeNames().containsKey(parent) && !Terms.OWN.contains(parent)) {
        text.append(", ").append(quoted(parent)).append("?: ");
        text.append(names.typeNames().get(parent));
      }
    }
    text.append(" };\n");
  }

  private void action(Names.OfApi names, Operation operation, String group) {
    text.append("  action ").append(quoted(operation.id().name()));
    text.append(group.isEmpty() ? "" : " in [" + quoted(group) + "]");
    text.append(" appliesTo { principal: ");
    text.append(nobody(operation) ? "[User, Anonymous]" : "[User]");
    text.append(", resource: [");
    text.append(String.join(", ", resources(names, operation)));
    text.append("], context: Circumstances };\n");
  }

  /// Whether somebody who proved nothing may come so far as to be judged.
  static boolean nobody(Operation operation) {
    return operation.security().isPublic() || operation.security().admitsAnonymous();
  }

  /// What an operation can be asked about: its objects, the parents of what it creates or lists,
  /// else the API.
  static Collection<String> resources(Names.OfApi names, Operation operation) {
    TreeSet<String> types = new TreeSet<>();
    boolean whole = operation.objects().list().isEmpty();
    for (ObjectBinding binding : operation.objects().list()) {
      types.add(String.valueOf(names.typeNames().get(binding.type().name())));
      for (String parent : binding.within().keySet()) {
        if (names.typeNames().containsKey(parent)) {
          types.add(names.typeNames().get(parent));
        }
      }
      whole |= binding.id() == null || binding.id().afterwards();
    }
    if (whole) {
      types.add(Names.API);
    }
    return types;
  }

  /// A name between quotes, as Cedar escapes.
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20) {
        quoted.append("\\u{").append(Integer.toHexString(c)).append('}');
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
