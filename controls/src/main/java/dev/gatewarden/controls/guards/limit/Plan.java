package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.core.identity.Principal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A named set of shares, for callers of whom something is proved: what they pay for, or a flag
/// that is set for them.
///
/// @param when whose plan it is
/// @param shares what they may take, by names that mean something to who reads them
public record Plan(When when, Map<String, Share> shares) {
  public static final Plan DEFAULT = new Plan(When.DEFAULT, Map.of());

  public Plan {
    shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
  }

  /// What has to hold of a caller; all of it that is said.
  ///
  /// @param claim where the proof says it, `/plan`
  /// @param is what it says there, one of these; a list says each of its items
  /// @param roles one of these is a role of the caller, an API key's too
  /// @param clients the application, or whom the API key was issued for, is one of these
  /// @param tenants the tenant is one of these
  public record When(
      Optional<ClaimPlace> claim,
      List<String> is,
      List<String> roles,
      List<String> clients,
      List<String> tenants) {
    public static final When DEFAULT =
        new When(Optional.empty(), List.of(), List.of(), List.of(), List.of());

    public When {
      is = List.copyOf(is);
      roles = List.copyOf(roles);
      clients = List.copyOf(clients);
      tenants = List.copyOf(tenants);
      if (claim.isPresent() == is.isEmpty()) {
        throw new IllegalArgumentException(
            "`claim` and `is` go together, `{claim: /plan, is: [free]}`");
      }
    }

    boolean saysNothing() {
      return claim.isEmpty() && roles.isEmpty() && clients.isEmpty() && tenants.isEmpty();
    }

    boolean holds(Principal caller) {
      return !caller.isNobody()
          && (claim.isEmpty() || claim.get().says(caller.claims(), is))
          && (roles.isEmpty() || meets(roles, caller.roles()))
          && (clients.isEmpty() || isOne(caller.client(), clients))
          && (tenants.isEmpty() || isOne(caller.tenant(), tenants));
    }

    private static boolean meets(List<String> some, Set<String> all) {
      for (int i = 0; i < some.size(); i++) {
        if (all.contains(some.get(i))) {
          return true;
        }
      }
      return false;
    }

    private static boolean isOne(@Nullable String value, List<String> some) {
      return value != null && some.contains(value);
    }
  }
}
