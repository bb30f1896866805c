package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.policy.FunctionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Lets a caller use an operation only with the scopes and roles that the contract asks for.
///
/// It denies by default: what the contract does not say, nobody may do. The scopes are those of the
/// one alternative of the contract's `security`
/// that was proved; scopes that would do for another alternative do not count. Names that a scheme
/// without scopes asks for are roles (OpenAPI 3.1).
///
/// Beside them `x-gatewarden-permission: {roles: [support, admin]}` asks that the user has one of
/// the roles. Both must hold: what a client was granted does not widen what its user may, nor the
/// other way round.
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
    INSUFFICIENT_SCOPE(403, "the credential does not allow this operation"),
    NO_ROLE(403, "the caller has none of the roles that may use this operation");

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

  private static final Verdict PUBLIC = Verdict.pass(Why.PUBLIC);
  private static final Verdict ANONYMOUS = Verdict.pass(Why.ANONYMOUS);

  private final FunctionRule rule;

  /// For each alternative, the answer to a caller who proved it and lacks a scope.
  private final List<Verdict> refusals = new ArrayList<>();

  private PermissionGuard(Setting setting) {
    this.rule = FunctionRule.of(setting.contract(), setting.operation());
    rule.ways().forEach(way -> refusals.add(refusal(way, setting.contract().api())));
  }

  @Override
  public Verdict judge(Call call) {
    Exchange exchange = call.exchange();
    return switch (rule.judge(exchange.principal(), exchange.proved())) {
      case HELD -> Verdict.pass();
      case OPEN -> PUBLIC;
      case ANONYMOUS -> ANONYMOUS;
      case NOT_STATED -> Verdict.deny(Why.NOT_STATED);
      case NOTHING_PROVED -> Verdict.deny(Why.NOTHING_PROVED);
      case OTHER_ALTERNATIVE -> Verdict.deny(Why.OTHER_ALTERNATIVE);
      case SCOPE_MISSING -> refusals.get(rule.way(exchange.proved()));
      case ROLE_MISSING -> Verdict.deny(Why.NO_ROLE);
    };
  }

  private static Verdict refusal(FunctionRule.Way way, String api) {
    Set<String> names = new TreeSet<>();
    boolean bearer = true;
    for (FunctionRule.Need need : way.needs()) {
      bearer &=
          !need.eitherWay()
              || (need.scheme() != null
                  && need.scheme().kind() instanceof SecurityScheme.Http(String name, var _)
                  && name.equals("bearer"));
      names.addAll(need.names());
    }
    return bearer ? challenge(api, names) : Verdict.deny(Why.INSUFFICIENT_SCOPE);
  }

  /// RFC 6750, section 3.1: 403 names the scopes that would do.
  private static Verdict challenge(String api, Set<String> names) {
    return new Verdict.Challenge(
        Why.INSUFFICIENT_SCOPE,
        "Bearer realm=\""
            + api
            + "\", error=\"insufficient_scope\", scope=\""
            + String.join(" ", names)
            + "\"");
  }
}
