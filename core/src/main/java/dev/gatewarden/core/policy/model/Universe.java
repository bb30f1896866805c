package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.policy.FunctionRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Every caller that the rules of some operations can tell apart: each set of their schemes, with
/// each set of the scopes and roles they name, with and without a tenant.
///
/// @param exhausted false where there are too many, and only those stand here that bring nothing,
///     one thing, what an alternative asks for, or everything
public record Universe(List<Caller> callers, boolean exhausted) {
  /// More callers of one operation are not told apart.
  static final int MOST = 1 << 14;

  public Universe {
    callers = List.copyOf(callers);
  }

  /// The callers that some operations tell apart.
  static Universe of(OperationModel... models) {
    Names names = new Names();
    for (OperationModel model : models) {
      names.add(model);
    }
    return names.universe();
  }

  /// What rules name.
  private static final class Names {
    private final Set<String> schemes = new TreeSet<>();
    private final Set<String> scopes = new TreeSet<>();
    private final Set<String> roles = new TreeSet<>();
    private final Set<String> crossing = new TreeSet<>();
    private final Set<Set<String>> together = new LinkedHashSet<>();
    private final Set<PrincipalPart> parts = new LinkedHashSet<>();

    void add(OperationModel model) {
      for (FunctionRule.Way way : model.rule().ways()) {
        Set<String> asked = new TreeSet<>();
        way.proved().needs().forEach(need -> schemes.add(need.scheme()));
        for (FunctionRule.Need need : way.needs()) {
          scopes.addAll(need.names());
          asked.addAll(need.names());
          if (need.eitherWay()) {
            roles.addAll(need.names());
          }
        }
        together.add(asked);
      }
      roles.addAll(model.rule().roles());
      for (Use use : model.uses()) {
        for (Grant grant : use.grants()) {
          if (grant instanceof Grant.Role(String name)) {
            roles.add(name);
          } else if (grant instanceof Grant.Crossing(String role)) {
            crossing.add(role);
          }
        }
      }
      if (model.operation().tenant() != null) {
        crossing.addAll(model.operation().tenant().crossedBy());
      }
      roles.addAll(crossing);
      parts.addAll(model.parts());
    }

    Universe universe() {
      boolean tenants = parts.contains(new PrincipalPart.Tenant());
      int bits =
          schemes.size()
              + scopes.size()
              + roles.size()
              + (tenants ? 1 : 0)
              + (crossing.isEmpty() ? 0 : 1);
      boolean all = bits < 31 && 1 << bits <= MOST;
      Collection<Set<String>> scoped = all ? subsets(scopes) : some(scopes);
      Collection<Set<String>> roled = all ? subsets(roles) : some(roles);
      Collection<Set<String>> proved = schemes.size() <= 10 ? subsets(schemes) : some(schemes);
      List<Caller> callers = new ArrayList<>();
      for (Set<String> scheme : proved) {
        for (Set<String> scope : scheme.isEmpty() ? List.of(Set.<String>of()) : scoped) {
          for (Set<String> role : scheme.isEmpty() ? List.of(Set.<String>of()) : roled) {
            add(callers, scheme, scope, role, tenants && !scheme.isEmpty());
          }
        }
      }
      return new Universe(callers, all);
    }

    /// With and without a tenant; whose roles cross tenants, and whose same roles do not.
    private void add(
        List<Caller> callers,
        Set<String> scheme,
        Set<String> scope,
        Set<String> role,
        boolean tenants) {
      Set<String> crosses = new TreeSet<>(role);
      crosses.retainAll(crossing);
      for (Set<String> by :
          crosses.isEmpty() ? Set.of(crosses) : List.of(Set.<String>of(), crosses)) {
        callers.add(Caller.standing(scheme, scope, role, true, by, parts));
        if (tenants) {
          callers.add(Caller.standing(scheme, scope, role, false, by, parts));
        }
      }
    }

    private static Collection<Set<String>> subsets(Set<String> names) {
      List<Set<String>> subsets = new ArrayList<>();
      subsets.add(Set.of());
      for (String name : names) {
        for (Set<String> known : List.copyOf(subsets)) {
          Set<String> more = new TreeSet<>(known);
          more.add(name);
          subsets.add(more);
        }
      }
      return subsets;
    }

    private Collection<Set<String>> some(Set<String> names) {
      Set<Set<String>> some = new LinkedHashSet<>();
      some.add(Set.of());
      names.forEach(name -> some.add(Set.of(name)));
      for (Set<String> asked : together) {
        Set<String> own = new TreeSet<>(asked);
        own.retainAll(names);
        some.add(own);
      }
      some.add(names);
      return some;
    }
  }
}
