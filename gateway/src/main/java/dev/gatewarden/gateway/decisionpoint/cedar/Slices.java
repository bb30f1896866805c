package dev.gatewarden.gateway.decisionpoint.cedar;

import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.policy.TemplateLink;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Operation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// For each operation the policies that can apply to it, since Cedar evaluates all that it is
/// given:
/// a policy for another action says nothing here.
final class Slices {
  private static final int MOST = 500;

  private final Map<String, PolicySet> byAction = new HashMap<>();
  private final Collection<PolicySet> sets;
  private final boolean derived;

  /// One policy with what its head says of actions.
  ///
  /// @param head the policy as JSON
  /// @param template whether it is one, with its links
  record Sliced(Policy policy, JsonNode head, boolean template, List<TemplateLink> links) {}

  /// @param derived whether the schema is the contracts' own: in another, groups of actions may
  ///     hold
  ///     anything
  Slices(Names names, List<Sliced> policies, boolean derived) {
    this.derived = derived;
    Map<BitSet, PolicySet> distinct = new HashMap<>();
    BitSet all = new BitSet();
    all.set(0, policies.size());
    for (Names.OfApi api : names.all()) {
      for (Operation operation : api.contract().operations()) {
        BitSet applying = applying(api, operation, policies);
        BitSet key = distinct.size() < MOST || distinct.containsKey(applying) ? applying : all;
        byAction.put(
            operation.id().toString(),
            distinct.computeIfAbsent(key, chosen -> set(policies, chosen)));
      }
    }
    this.sets = distinct.values();
  }

  /// The policies for an operation.
  PolicySet of(String api, String action) {
    PolicySet policies = byAction.get(api + "." + action);
    if (policies == null) {
      throw new GatewardenBug("nobody prepared policies for `" + api + "." + action + "`");
    }
    return policies;
  }

  Collection<PolicySet> all() {
    return sets;
  }

  private static PolicySet set(List<Sliced> policies, BitSet chosen) {
    Set<Policy> plain = new HashSet<>();
    Set<Policy> templates = new HashSet<>();
    List<TemplateLink> links = new ArrayList<>();
    for (int i = chosen.nextSetBit(0); i >= 0; i = chosen.nextSetBit(i + 1)) {
      Sliced policy = policies.get(i);
      (policy.template() ? templates : plain).add(policy.policy());
      links.addAll(policy.links());
    }
    PolicySet set = new PolicySet(plain, templates, links);
    try {
      set.cache();
    } catch (CacheException impossible) {
      throw new GatewardenBug("policies that were validated cannot be prepared", impossible);
    }
    return set;
  }

  private BitSet applying(Names.OfApi api, Operation operation, List<Sliced> policies) {
    BitSet applying = new BitSet();
    for (int i = 0; i < policies.size(); i++) {
      applying.set(i, applies(api, operation, policies.get(i).head().path("action")));
    }
    return applying;
  }

  private boolean applies(Names.OfApi api, Operation operation, JsonNode head) {
    if (head.path("op").asText().equals("==")) {
      return isAction(api, head.path("entity"))
          && head.path("entity").path("id").asText().equals(operation.id().name());
    }
    if (!derived || !head.path("op").asText().equals("in")) {
      return true;
    }
    if (head.has("entity")) {
      return holds(api, operation, head.path("entity"));
    }
    for (JsonNode entity : head.path("entities")) {
      if (holds(api, operation, entity)) {
        return true;
      }
    }
    return false;
  }

  /// Whether an action of the derived schema is the operation, or a group that holds it.
  private static boolean holds(Names.OfApi api, Operation operation, JsonNode entity) {
    if (!isAction(api, entity)) {
      return false;
    }
    String id = entity.path("id").asText();
    boolean group = api.contract().operation(id) == null;
    return id.equals(operation.id().name())
        || (group && id.equals(operation.safe() ? DerivedSchema.READS : DerivedSchema.WRITES));
  }

  private static boolean isAction(Names.OfApi api, JsonNode entity) {
    return entity.path("type").asText().equals(api.action().toString());
  }
}
