package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.policy.Ownership;
import java.util.Optional;

/// Lets a caller name no other tenant than the one that was proved (`x-gatewarden-tenant`).
///
/// Where host, path or header says whose data a request is about, the service will believe it; so
/// it must be what the caller's credential says. A request that names the tenant twice, or not at
/// all, is refused like one that names another. Where it may be named as well (`also`), it must say
/// the same there.
@Control(
    id = "tenant-match",
    stage = Stage.ADMIT,
    threats = {Threat.API1_OBJECT_AUTHORIZATION})
public final class TenantMatchGuard implements Guard {

  /// Nothing can be set: where the tenant stands is said in the contract.
  public record Config() {}

  /// Why a request is refused.
  public enum Why implements Reason {
    OTHER_TENANT(404, "there is no such resource"),
    NOT_NAMED(404, "there is no such resource"),
    NO_TENANT(403, "the credential belongs to no tenant");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "tenant-match";
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
          TenantMatchGuard.class,
          new Config(),
          Reads.HEAD,
          Why.values(),
          (setting, config) ->
              Optional.ofNullable(setting.operation().tenant())
                  .map(rule -> new TenantMatchGuard(rule, makes(setting.operation()))));

  private final TenantRule rule;
  private final boolean makes;

  private TenantMatchGuard(TenantRule rule, boolean makes) {
    this.rule = rule;
    this.makes = makes;
  }

  /// Whether something comes to be that would be the caller's own in a tenant that is not.
  private static boolean makes(Operation operation) {
    return operation.objects().list().stream().anyMatch(each -> each.does() == Does.CREATE);
  }

  /// Who proved nothing, where the contract lets nobody in, belongs to no tenant that another could
  /// be held against.
  @Override
  public Verdict judge(Call call) {
    Exchange exchange = call.exchange();
    if (exchange.principal().isNobody()) {
      return Verdict.pass();
    }
    boolean crosses = !makes && exchange.principal().crossesBy(rule.crossedBy());
    String own = Ownership.part(rule.is(), exchange.principal());
    if (own == null && !crosses) {
      return Verdict.deny(Why.NO_TENANT);
    }
    String named = Selected.value(rule.from(), exchange);
    if (named == null) {
      return Verdict.deny(Why.NOT_NAMED);
    }
    if (!crosses && !named.equals(own)) {
      return Verdict.deny(Why.OTHER_TENANT);
    }
    for (int i = 0; i < rule.also().size(); i++) {
      if (!agrees(rule.also().get(i), named, exchange)) {
        return Verdict.deny(Why.OTHER_TENANT);
      }
    }
    return Verdict.pass();
  }

  /// Whether a place that need not name the tenant names no other, nor two.
  private static boolean agrees(Selector also, String tenant, Exchange exchange) {
    String named = Selected.value(also, exchange);
    return named == null ? Selected.absent(also, exchange) : named.equals(tenant);
  }
}
