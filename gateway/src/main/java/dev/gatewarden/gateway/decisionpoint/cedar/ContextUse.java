package dev.gatewarden.gateway.decisionpoint.cedar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which circumstances policies read: an answer may be given again only while these are the same.
///
/// @param names the attributes of `context`
/// @param all whether a policy does something with the context as a whole, so that it may read any
record ContextUse(Set<String> names, boolean all) {
  ContextUse {
    names = Set.copyOf(names);
  }

  /// What policies read, by their form in JSON.
  static ContextUse of(Iterable<JsonNode> policies) {
    Set<String> names = new TreeSet<>();
    boolean all = false;
    for (JsonNode policy : policies) {
      all |= walk(policy.path("conditions"), names);
    }
    return new ContextUse(names, all);
  }

  /// Whether policies read a circumstance.
  boolean reads(String name) {
    return all || names.contains(name);
  }

  /// What this one or another reads.
  ContextUse or(ContextUse other) {
    Set<String> both = new TreeSet<>(names);
    both.addAll(other.names);
    return new ContextUse(both, all || other.all);
  }

  /// @return whether the context stands somewhere by itself
  private static boolean walk(JsonNode node, Set<String> names) {
    if (node.isObject()) {
      if (isContext(node)) {
        return true;
      }
      boolean all = false;
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        JsonNode below = member.getValue();
        boolean access = member.getKey().equals(".") || member.getKey().equals("has");
        if (access && isContext(below.path("left")) && below.path("attr").isTextual()) {
          names.add(below.path("attr").textValue());
        } else {
          all |= walk(below, names);
        }
      }
      return all;
    }
    boolean all = false;
    for (JsonNode item : node) {
      all |= walk(item, names);
    }
    return all;
  }

  private static boolean isContext(JsonNode node) {
    return node.isObject() && "context".equals(node.path("Var").textValue());
  }
}
