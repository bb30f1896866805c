package dev.gatewarden.core.policy;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.identity.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may use an operation: the scopes that the proved alternative of `security` asks of the
/// client, and the roles that `x-gatewarden-permission` asks of the user; both must hold.
///
/// It denies by default: what the contract does not say, nobody may do.
public final class FunctionRule {

  /// What a caller is to an operation.
  public enum Standing {
    /// Anybody may call.
    OPEN,
    /// A caller without credential is let in.
    ANONYMOUS,
    /// Scopes and roles hold.
    HELD,
    /// The contract does not say who may.
    NOT_STATED,
    /// Nothing was proved, and something is asked for.
    NOTHING_PROVED,
    /// What was proved is not asked for.
    OTHER_ALTERNATIVE,
    /// A scope of the alternative is missing.
    SCOPE_MISSING,
    /// The scopes hold, and none of the roles does.
    ROLE_MISSING;

    /// Whether the caller may use it.
    public boolean allows() {
      return this == OPEN || this == ANONYMOUS || this == HELD;
    }
  }

  /// One alternative of `security`.
  public record Way(Security.Alternative proved, List<Need> needs) {
    public Way {
      needs = List.copyOf(needs);
    }
  }

  /// What one scheme must bring.
  ///
  /// @param scheme null where the contract does not declare it
  /// @param eitherWay whether a role of that name does for the scope: names that a scheme without
  ///     scopes asks for are roles (OpenAPI 3.1)
  public record Need(@Nullable SecurityScheme scheme, List<String> names, boolean eitherWay) {
    public Need {
      names = List.copyOf(names);
    }
  }

  private final Security security;
  private final boolean open;
  private final boolean anonymous;
  private final List<Way> ways;
  private final List<String> roles;

  private FunctionRule(Security security, List<Way> ways, List<String> roles) {
    this.security = security;
    this.open = security.isPublic();
    this.anonymous = security.admitsAnonymous();
    this.ways = List.copyOf(ways);
    this.roles = List.copyOf(roles);
  }

  /// The rule that a contract states for an operation.
  public static FunctionRule of(Contract contract, Operation operation) {
    Permission permission = Permission.in(operation.extensions());
    return of(contract, operation.security(), permission == null ? List.of() : permission.roles());
  }

  /// The rule of some `security` and roles.
  public static FunctionRule of(Contract contract, Security security, List<String> roles) {
    List<Way> ways = new ArrayList<>();
    for (Security.Alternative alternative : security.alternatives()) {
      List<Need> needs = new ArrayList<>();
      for (Security.Need need : alternative.needs()) {
        SecurityScheme scheme = contract.schemes().get(need.scheme());
        needs.add(new Need(scheme, need.scopes(), scheme == null || !scoped(scheme)));
      }
      ways.add(new Way(alternative, needs));
    }
    return new FunctionRule(security, ways, roles);
  }

  private static boolean scoped(SecurityScheme scheme) {
    return scheme.kind() instanceof SecurityScheme.OAuth2
        || scheme.kind() instanceof SecurityScheme.OpenIdConnect;
  }

  /// The alternatives in the order of the contract.
  public List<Way> ways() {
    return ways;
  }

  /// The roles of which one must hold; none where scopes do.
  public List<String> roles() {
    return roles;
  }

  /// What a caller is to the operation.
  ///
  /// @param proved the alternative that was proved, or null
  public Standing judge(Principal caller, Security.@Nullable Alternative proved) {
    if (!security.stated()) {
      return Standing.NOT_STATED;
    }
    if (caller.isNobody()) {
      boolean in = roles.isEmpty() && (open || anonymous);
      return !in ? Standing.NOTHING_PROVED : open ? Standing.OPEN : Standing.ANONYMOUS;
    }
    int way = way(proved);
    if (way < 0 && !open) {
      return Standing.OTHER_ALTERNATIVE;
    }
    if (way >= 0 && !holds(ways.get(way), caller)) {
      return Standing.SCOPE_MISSING;
    }
    if (!hasRole(caller)) {
      return Standing.ROLE_MISSING;
    }
    return way < 0 ? Standing.OPEN : Standing.HELD;
  }

  /// Where an alternative stands, or -1.
  public int way(Security.@Nullable Alternative proved) {
    for (int i = 0; i < ways.size(); i++) {
      Security.Alternative each = ways.get(i).proved();
      if (each == proved || each.equals(proved)) {
        return i;
      }
    }
    return -1;
  }

  private boolean hasRole(Principal caller) {
    for (int i = 0; i < roles.size(); i++) {
      if (caller.roles().contains(roles.get(i))) {
        return true;
      }
    }
    return roles.isEmpty();
  }

  private static boolean holds(Way way, Principal caller) {
    for (int i = 0; i < way.needs.size(); i++) {
      Need need = way.needs.get(i);
      for (int j = 0; j < need.names.size(); j++) {
        String name = need.names.get(j);
        if (!caller.scopes().contains(name) && !(need.eitherWay && caller.roles().contains(name))) {
          return false;
        }
      }
    }
    return true;
  }
}
