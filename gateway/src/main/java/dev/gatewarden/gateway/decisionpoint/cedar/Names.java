package dev.gatewarden.gateway.decisionpoint.cedar;

import com.cedarpolicy.value.EntityTypeName;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Contract;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What APIs, operations and object types are called in policies.
///
/// Each API is a namespace, since two may have types of one name; what is no identifier of Cedar is
/// made one.
final class Names {
  static final String API = "Api";
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "if",
          "then",
          "else",
          "in",
          "is",
          "like",
          "has",
          "Action",
          API,
          "User",
          "Anonymous",
          "Role",
          "Group",
          "Tenant",
          "Circumstances");
  private static final Set<String> BUILT_IN =
      Set.of("Bool", "Boolean", "Entity", "Extension", "Long", "Record", "Set", "String");

  private final Map<String, OfApi> byApi = new LinkedHashMap<>();

  /// The names of one API.
  ///
  /// @param types the entity types by the contract's name of the type
  record OfApi(
      String namespace,
      Contract contract,
      EntityTypeName api,
      EntityTypeName action,
      Map<String, EntityTypeName> types,
      Map<String, String> typeNames) {}

  Names(Collection<Contract> contracts) {
    Set<String> spaces = new HashSet<>(Set.of("Action", "__cedar"));
    TreeMap<String, Contract> sorted = new TreeMap<>();
    contracts.forEach(contract -> sorted.put(contract.api(), contract));
    for (Contract contract : sorted.values()) {
      String space = free(identifier(contract.api()), spaces);
      Map<String, EntityTypeName> types = new HashMap<>();
      Map<String, String> names = new LinkedHashMap<>();
      Set<String> taken = new HashSet<>();
      for (String type : new java.util.TreeSet<>(contract.types().keySet())) {
        String name = free(identifier(type), taken);
        names.put(type, name);
        types.put(type, type(space + "::" + name));
      }
      byApi.put(
          contract.api(),
          new OfApi(
              space, contract, type(space + "::" + API), type(space + "::Action"), types, names));
    }
  }

  /// The names of an API.
  OfApi of(String api) {
    OfApi names = byApi.get(api);
    if (names == null) {
      throw new GatewardenBug("`" + api + "` decides by no policy, and asked for one");
    }
    return names;
  }

  Collection<OfApi> all() {
    return byApi.values();
  }

  static EntityTypeName type(String text) {
    return EntityTypeName.parse(text)
        .orElseThrow(() -> new GatewardenBug("`" + text + "` is no name in Cedar"));
  }

  private static String free(String name, Set<String> taken) {
    String free = RESERVED.contains(name) || BUILT_IN.contains(name) ? name + "_" : name;
    while (!taken.add(free)) {
      free += "_";
    }
    return free;
  }

  private static String identifier(String text) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c == '_' || (c < 128 && Character.isLetterOrDigit(c));
      if (i == 0 && c < 128 && Character.isDigit(c)) {
        name.append('_');
      }
      name.append(plain ? c : '_');
    }
    return name.isEmpty() ? "_" : name.toString();
  }
}
