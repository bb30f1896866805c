package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Lets a caller use an operation only with the scopes that the contract asks for.
///
/// It denies by default: what the contract does not say, nobody may do. The scopes are those of the
/// one alternative of the contract's `security`
/// that was proved; scopes that would do for another alternative do not count. Names that a scheme
/// without scopes asks for are roles (OpenAPI 3.1).
@Control(
    id = "permission",
    stage = Stage.ADMIT,
    threats = {Threat.API5_FUNCTION_AUTHORIZATION})
public final class PermissionGuard implements Guard {

  /// Nothing can be set: who may do what stands in the contract.
  public record Config() {}

  /// Why a caller may or may not use an operation.
  public enum Why implements Reason {
    PUBLIC(200, "the contract says that anybody may call"),
    ANONYMOUS(200, "the contract lets a caller without credential in"),
    NOTHING_PROVED(401, "a credential is needed"),
    NOT_STATED(403, "nobody may use this operation"),
    OTHER_ALTERNATIVE(403, "what was proved is not what this operation asks for"),
    INSUFFICIENT_SCOPE(403, "the credential does not allow this operation");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "permission";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          PermissionGuard.class,
          new Config(),
          Reads.HEAD,
          Why.values(),
          (setting, config) -> Optional.of(new PermissionGuard(setting)));

  /// An alternative with the answer to a caller who proved it and lacks a scope.
  private record Way(Security.Alternative proved, List<Need> needs, Verdict refusal) {}

  /// @param roles whether its names are roles as well as scopes
  private record Need(List<String> names, boolean roles) {}

  private static final Verdict PUBLIC = Verdict.pass(Why.PUBLIC);
  private static final Verdict ANONYMOUS = Verdict.pass(Why.ANONYMOUS);

  private final Security security;
  private final boolean open;
  private final boolean anonymous;
  private final List<Way> ways = new ArrayList<>();

  private PermissionGuard(Setting setting) {
    this.security = setting.operation().security();
    this.open = security.isPublic();
    this.anonymous = security.admitsAnonymous();
    for (Security.Alternative alternative : security.alternatives()) {
      ways.add(way(alternative, setting));
    }
  }

  @Override
  public Verdict judge(Call call) {
    if (!security.stated()) {
      return Verdict.deny(Why.NOT_STATED);
    }
    Principal caller = call.exchange().principal();
    if (caller.isNobody()) {
      return open ? PUBLIC : anonymous ? ANONYMOUS : Verdict.deny(Why.NOTHING_PROVED);
    }
    Security.Alternative proved = call.exchange().proved();
    for (int i = 0; i < ways.size(); i++) {
      Way way = ways.get(i);
      if (way.proved == proved || way.proved.equals(proved)) {
        return holds(way, caller) ? Verdict.pass() : way.refusal;
      }
    }
    return open ? PUBLIC : Verdict.deny(Why.OTHER_ALTERNATIVE);
  }

  private static boolean holds(Way way, Principal caller) {
    for (int i = 0; i < way.needs.size(); i++) {
      Need need = way.needs.get(i);
      for (int j = 0; j < need.names.size(); j++) {
        String name = need.names.get(j);
        if (!caller.scopes().contains(name) && !(need.roles && caller.roles().contains(name))) {
          return false;
        }
      }
    }
    return true;
  }

  private static Way way(Security.Alternative alternative, Setting setting) {
    List<Need> needs = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    boolean bearer = true;
    for (Security.Need need : alternative.needs()) {
      SecurityScheme scheme = setting.contract().schemes().get(need.scheme());
      boolean scoped =
          scheme != null
              && (scheme.kind() instanceof SecurityScheme.OAuth2
                  || scheme.kind() instanceof SecurityScheme.OpenIdConnect);
      bearer &=
          scoped
              || (scheme != null
                  && scheme.kind() instanceof SecurityScheme.Http(String name, var _)
                  && name.equals("bearer"));
      needs.add(new Need(need.scopes(), !scoped));
      names.addAll(need.scopes());
    }
    return new Way(
        alternative,
        needs,
        bearer ? challenge(setting, names) : Verdict.deny(Why.INSUFFICIENT_SCOPE));
  }

  /// RFC 6750, section 3.1: 403 names the scopes that would do.
  private static Verdict challenge(Setting setting, Set<String> names) {
    return new Verdict.Challenge(
        Why.INSUFFICIENT_SCOPE,
        "Bearer realm=\""
            + setting.contract().api()
            + "\", error=\"insufficient_scope\", scope=\""
            + String.join(" ", names)
            + "\"");
  }
}
