package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.identity.SignIn;
import dev.gatewarden.core.contract.Askable;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.limit.Budget;
import dev.gatewarden.core.limit.Period;
import dev.gatewarden.core.limit.Quota;
import dev.gatewarden.core.limit.Rate;
import dev.gatewarden.core.limit.Size;
import dev.gatewarden.core.policy.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One share, as one operation takes from it.
final class Counting {
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final String prefix;
  private final Share share;
  private final long cost;
  private final long price;
  private final @Nullable Held usual;
  private final @Nullable Held stronger;
  private final @Nullable SignIn asked;
  private final @Nullable Quota quota;
  private final @Nullable Spans quotaSpans;
  private final @Nullable Budget budget;
  private final @Nullable Spans budgetSpans;
  private final Refusals refusals;
  private final String toldRate;
  private final String toldStronger;
  private final String toldQuota;
  private final String toldBudget;
  private final Set<String> signedIn;
  private final Zones zones;
  private final boolean byTenant;
  private final boolean asks;

  /// A rate, as it is held.
  private record Held(long most, Duration window) {
    static Held of(Rate rate, Share share) {
      if (share.window() != Share.Window.BUCKET) {
        return new Held(rate.count(), rate.per());
      }
      long burst = share.burst().orElse(rate.count());
      return new Held(burst, rate.fill(burst));
    }
  }

  /// @param named the share within its API: its own name, behind the plan's and a `+` where it is
  ///     of one
  /// @param told what callers are told that it is called
  Counting(Setting setting, String named, String told, Share share) {
    String operation = setting.operation().id().name();
    String api = setting.contract().api();
    this.prefix = "share-limit/" + api + "." + named + way(share.window()) + "/";
    this.share = share;
    this.cost = share.cost().getOrDefault(operation, 1L);
    this.price = share.priceOf(operation);
    this.usual = share.rate().map(rate -> Held.of(rate, share)).orElse(null);
    Then then = share.then().orElse(Then.DEFAULT);
    Then.StepUp stepUp = then.stepUp().orElse(null);
    this.stronger =
        stepUp == null ? null : stepUp.rate().map(rate -> Held.of(rate, share)).orElse(null);
    this.asked =
        stepUp == null ? null : new SignIn(stepUp.acr(), stepUp.maxAge().orElse(null), SKEW);
    this.quota = share.quota().orElse(null);
    this.quotaSpans = quota == null ? null : new Spans(quota.per());
    this.budget = share.budget().orElse(null);
    this.budgetSpans = budget == null ? null : new Spans(budget.per());
    this.refusals = Refusals.of(named, then, asked, api);
    this.toldRate = usual == null ? "" : Told.of(told, usual.most, usual.window);
    this.toldStronger = stronger == null ? "" : Told.of(told, stronger.most, stronger.window);
    this.toldQuota = quota == null ? "" : Told.of(told, quota.count(), Duration.ZERO);
    this.toldBudget = budget == null ? "" : Told.ofMoney(told, budget.most().millionths());
    this.signedIn = signedIn(setting);
    this.zones = setting.ports().zones();
    this.byTenant = share.per().byTenant();
    this.asks = Askable.is(setting.operation(), setting.contract().types());
  }

  /// What an answer turns out to cost, where that is to be charged; null where it is not.
  Edit.@Nullable ChargeAnswer charge(Exchange exchange) {
    if (share.costBySize().isEmpty() && share.costToldBy().isEmpty()) {
      return null;
    }
    return new Edit.ChargeAnswer(
        (sized, told, at) -> charged(exchange, sized + Math.max(0, told - cost), at),
        share.costBySize().map(Size::bytes).orElse(0L),
        share.costToldBy().orElse(""));
  }

  private List<Claim> charged(Exchange exchange, long more, Instant at) {
    if (more == 0) {
      return List.of();
    }
    List<Claim> claims = new ArrayList<>(2);
    add(exchange, at, more, 0, claims);
    return claims;
  }

  /// What is counted in another way is counted anew.
  private static String way(Share.Window window) {
    return window == Share.Window.SLIDING ? ".sliding" : "";
  }

  /// The schemes whose credentials say how a user signed in.
  private static Set<String> signedIn(Setting setting) {
    Set<String> schemes = new HashSet<>();
    setting
        .ports()
        .provers()
        .forEach(
            (scheme, prover) -> {
              if (prover instanceof Prover.Tokens || prover instanceof Prover.Browser) {
                schemes.add(scheme);
              }
            });
    return Set.copyOf(schemes);
  }

  /// Adds what a request takes of it.
  void add(Exchange exchange, Instant now, List<Claim> to) {
    add(exchange, now, cost, price, to);
  }

  private void add(Exchange exchange, Instant now, long amount, long money, List<Claim> to) {
    String key = prefix + share.per().of(exchange);
    if (usual != null) {
      to.add(rate(key, exchange, now, amount));
    }
    if (quota == null && budget == null) {
      return;
    }
    // Where those of several zones share a quota, each day of it has to end once for them all.
    ZoneId zone = zones.of(byTenant ? exchange.principal().tenant() : null);
    if (quota != null && quotaSpans != null) {
      Period.Span span = quotaSpans.at(now, zone);
      String name = key + "/" + span.name();
      Reason spent = refusals.quotaSpent();
      to.add(within(name, amount, quota.count(), span, now, spent).told(toldQuota));
    }
    if (budget != null && budgetSpans != null && money > 0) {
      Period.Span span = budgetSpans.at(now, zone);
      String name = key + "/budget/" + span.name();
      long most = budget.most().millionths();
      Reason spent = refusals.budgetSpent();
      to.add(within(name, money, most, span, now, spent).told(toldBudget));
    }
  }

  private Claim rate(String key, Exchange exchange, Instant now, long amount) {
    if (asked == null || stronger == null || usual == null || !mayStepUp(exchange)) {
      return blocking(rate(key, usual, now, amount, refusals.tooMany()));
    }
    Principal caller = exchange.principal();
    return asked.by(caller, now) == SignIn.Met.MET
        ? blocking(rate(key + "+", stronger, now, amount, refusals.tooMany()))
        : kept(rate(key, usual, now, amount, refusals.stepUp(SignIn.bound(caller))));
  }

  /// Whether a user stands behind it who can sign in again: an API key or a certificate cannot.
  private boolean mayStepUp(Exchange exchange) {
    List<Security.Need> needs = exchange.proved().needs();
    for (int i = 0; i < needs.size(); i++) {
      if (signedIn.contains(needs.get(i).scheme())) {
        return true;
      }
    }
    return false;
  }

  private Claim rate(String key, @Nullable Held held, Instant now, long amount, Reason refused) {
    long most = held == null ? 0 : held.most;
    Duration window = held == null ? Duration.ZERO : held.window;
    Claim claim =
        switch (share.window()) {
          case BUCKET -> Claim.take(key, amount, most, window, refused);
          case SLIDING -> Claim.count(key, amount, most, window, refused);
          case FIXED -> {
            long length = window.toMillis();
            long number = now.toEpochMilli() / length;
            Duration left = Duration.ofMillis((number + 1) * length - now.toEpochMilli());
            yield Claim.within(key + "/" + number, amount, most, left, refused);
          }
        };
    return claim.told(held == stronger ? toldStronger : toldRate);
  }

  private Claim within(
      String key, long amount, long most, Period.Span span, Instant now, Reason refused) {
    return blocking(Claim.within(key, amount, most, Duration.between(now, span.to()), refused));
  }

  private Claim blocking(Claim claim) {
    Duration block = refusals.block();
    return kept(block.isZero() ? claim : claim.blocking(block));
  }

  private Claim kept(Claim claim) {
    Claim told = claim.whenGone(share.whenGone().orElse(null));
    return asks ? told.keptAlways() : told;
  }
}
