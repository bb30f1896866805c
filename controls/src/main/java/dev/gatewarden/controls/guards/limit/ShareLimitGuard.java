package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Bounds what callers share: a tenant and each user within it, an application, a network, whatever
/// a proof says, alone and together, by rate, by quota and by budget.
///
/// A request takes from every share it falls under, from all of them or from none, so that a tenant
/// can have a share, and each of its users a smaller one of it. Who lacks what a share is counted
/// by has one alone. A request that another guard or another share refuses costs nothing, except
/// where the service may have to be asked first whose object it is about.
///
/// Quotas and budgets begin anew with the hour, the day or the month: by the clocks of the tenant
/// where a share is counted by tenant, by the gate's own where tenants may have to share it.
///
/// Who spends a share is refused. A share can `block` them for a time, hold their refusals back, or
/// give users more who sign in again or more strongly (RFC 9470). `plans` give callers other shares
/// by what is proved of them; whoever is on no plan is held to all of them at once.
@Control(
    id = "share-limit",
    stage = Stage.ADMIT,
    threats = {Threat.API4_RESOURCE_CONSUMPTION, Threat.API6_BUSINESS_FLOWS})
public final class ShareLimitGuard implements Guard {

  /// What can be set.
  ///
  /// @param shares what is shared, by names that mean something to who reads them
  /// @param plans sets of shares that some callers have beside these, by their names; whoever is on
  ///     several has the first, and whoever is on none takes from all of them
  public record Config(Map<String, Share> shares, Map<String, Plan> plans) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public Config {
      shares = Map.copyOf(shares);
      plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
      check("shares", shares);
      plans.forEach(
          (name, plan) -> {
            named("plans", name);
            if (plan.when().saysNothing()) {
              throw new IllegalArgumentException(
                  "`plans` has `"
                      + name
                      + "`, which does not say whose it is; write `when: {claim:"
                      + " /plan, is: ["
                      + name
                      + "]}`");
            }
            if (plan.shares().isEmpty()) {
              throw new IllegalArgumentException(
                  "`plans` has `"
                      + name
                      + "` without `shares`, which would let its callers take"
                      + " all there is");
            }
            check("plans." + name + ".shares", plan.shares());
          });
      if (plans.values().stream().map(Plan::when).distinct().count() < plans.size()) {
        throw new IllegalArgumentException(
            "`plans` has two whose `when` says the same; the later one would be nobody's");
      }
    }

    private static void check(String where, Map<String, Share> shares) {
      shares.forEach(
          (name, share) -> {
            named(where, name);
            String wrong = share.wrong();
            if (!wrong.isEmpty()) {
              throw new IllegalArgumentException("`" + where + "` has `" + name + "` " + wrong);
            }
          });
    }

    private static void named(String where, String name) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "`" + where + "` has `" + name + "`; names are letters, digits, `-` and `_`");
      }
    }
  }

  /// Why a request is refused.
  public enum Why implements Reason {
    TOO_MANY(429, "too many requests"),
    QUOTA_SPENT(429, "no more requests until the quota begins anew"),
    BUDGET_SPENT(429, "no more requests until the budget begins anew"),
    STEP_UP(401, "the user has to sign in again or more strongly to do more");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "share-limit";
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
          ShareLimitGuard.class,
          new Config(Map.of(), Map.of()),
          Reads.HEAD,
          Why.values(),
          ShareLimitGuard::seated);

  /// What callers are told a limit is called that is that of somebody else's plan.
  private static final String STRANGE = "plan";

  private final List<Counting> always;
  private final List<OfPlan> plans;

  /// What a plan says of this operation.
  ///
  /// @param strange the same for those who are not on it, to whom its names are not told
  private record OfPlan(Plan.When when, List<Counting> counted, List<Counting> strange) {}

  private ShareLimitGuard(List<Counting> always, List<OfPlan> plans) {
    this.always = always;
    this.plans = plans;
  }

  private static Optional<Guard> seated(Setting setting, Config config) {
    List<Counting> always = counted(setting, "", "", config.shares());
    List<OfPlan> plans = new ArrayList<>();
    boolean some = !always.isEmpty();
    for (Map.Entry<String, Plan> each : config.plans().entrySet()) {
      String plan = each.getKey() + "+";
      Map<String, Share> shares = each.getValue().shares();
      List<Counting> counted = counted(setting, plan, "", shares);
      List<Counting> strange = counted(setting, plan, STRANGE, shares);
      plans.add(new OfPlan(each.getValue().when(), counted, strange));
      some |= !counted.isEmpty();
    }
    return some ? Optional.of(new ShareLimitGuard(always, List.copyOf(plans))) : Optional.empty();
  }

  /// @param told what callers are told the limits are called; their own names where it is empty
  private static List<Counting> counted(
      Setting setting, String prefix, String told, Map<String, Share> shares) {
    String operation = setting.operation().id().name();
    List<Counting> counted = new ArrayList<>();
    shares.entrySet().stream()
        .filter(each -> each.getValue().isOf(operation))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each -> {
              String name = each.getKey();
              String as = told.isEmpty() ? name : told;
              counted.add(new Counting(setting, prefix + name, as, each.getValue()));
            });
    return List.copyOf(counted);
  }

  @Override
  public Verdict judge(Call call) {
    Exchange exchange = call.exchange();
    Instant now = exchange.request().at();
    List<Claim> claims = new ArrayList<>(always.size() + 2);
    List<Edit> charges = add(always, exchange, now, claims, List.of());
    OfPlan own = plan(exchange.principal());
    if (own != null) {
      charges = add(own.counted, exchange, now, claims, charges);
    } else {
      for (int i = 0; i < plans.size(); i++) {
        charges = add(plans.get(i).strange, exchange, now, claims, charges);
      }
    }
    return claims.isEmpty() && charges.isEmpty()
        ? Verdict.pass()
        : new Verdict.Pass(null, List.copyOf(claims), List.copyOf(charges));
  }

  private @Nullable OfPlan plan(Principal caller) {
    for (int i = 0; i < plans.size(); i++) {
      if (plans.get(i).when.holds(caller)) {
        return plans.get(i);
      }
    }
    return null;
  }

  /// @return the charges with those of these shares
  private static List<Edit> add(
      List<Counting> counted,
      Exchange exchange,
      Instant now,
      List<Claim> claims,
      List<Edit> charges) {
    List<Edit> all = charges;
    for (int i = 0; i < counted.size(); i++) {
      counted.get(i).add(exchange, now, claims);
      Edit charge = counted.get(i).charge(exchange);
      if (charge != null) {
        all = all.isEmpty() ? new ArrayList<>(2) : all;
        all.add(charge);
      }
    }
    return all;
  }
}
