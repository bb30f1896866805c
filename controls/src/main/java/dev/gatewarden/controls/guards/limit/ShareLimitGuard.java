package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Askable;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.limit.Period;
import dev.gatewarden.core.limit.Quota;
import dev.gatewarden.core.limit.Rate;
import dev.gatewarden.core.policy.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Bounds what callers share: a tenant and each user within it, an application, a network, whatever
/// a proof says, alone and together, by rate and by quota.
///
/// A request takes from every share it falls under, from all of them or from none, so that a tenant
/// can have a share, and each of its users a smaller one of it. Who lacks what a share is counted
/// by
/// has one alone. A request that another guard refuses costs nothing, except where the service may
/// have to be asked first whose object it is about.
///
/// Quotas begin anew with the hour, the day or the month: by the clocks of the tenant where a share
/// is counted by tenant, by the gate's own where tenants may have to share it.
@Control(
    id = "share-limit",
    stage = Stage.ADMIT,
    threats = {Threat.API4_RESOURCE_CONSUMPTION, Threat.API6_BUSINESS_FLOWS})
public final class ShareLimitGuard implements Guard {

  /// How a rate is held.
  public enum Window {
    /// A bucket that refills evenly: what was saved up can be used at once.
    BUCKET,
    /// Never more than the count within any stretch of that length.
    SLIDING,
    /// The count for each stretch of that length, beginning with whole ones since 1970; twice the
    /// count can come around where one ends.
    FIXED
  }

  /// One share.
  ///
  /// @param per by what requests are told apart: `tenant`, `tenant+user`, `source`, `source/24/48`,
  ///     `client`, `operation`, `claim:/plan`
  /// @param rate how much may be taken in the long run
  /// @param quota how much may be taken in an hour, a day or a month, `10000/day`
  /// @param window how the rate is held
  /// @param burst how much of a bucket may be taken at once; from 1 to 1000000, the count of the
  ///     rate where it is not set
  /// @param operations which operations take from it, by their names; all where there are none
  /// @param cost what single operations take, by their names; 1 where it is not said
  public record Share(
      Per per,
      Optional<Rate> rate,
      Optional<Quota> quota,
      Window window,
      Optional<Long> burst,
      List<String> operations,
      Map<String, Long> cost) {
    public static final Share DEFAULT =
        new Share(
            Per.parse("user"),
            Optional.empty(),
            Optional.empty(),
            Window.BUCKET,
            Optional.empty(),
            List.of(),
            Map.of());

    public Share {
      operations = List.copyOf(operations);
      cost = Map.copyOf(cost);
      burst.ifPresent(value -> Bound.within("burst", value, 1, 1_000_000));
      if (burst.isPresent() && (rate.isEmpty() || window != Window.BUCKET)) {
        throw new IllegalArgumentException("`burst` is that of a `rate` with a bucket");
      }
      rate.ifPresent(each -> burst.ifPresent(each::fill));
      long most = most(rate, quota, burst);
      cost.forEach((operation, each) -> Bound.within("cost of " + operation, each, 1, most));
      for (String operation : cost.keySet()) {
        if (!operations.isEmpty() && !operations.contains(operation)) {
          throw new IllegalArgumentException(
              "`cost` has `" + operation + "`, which is none of the share's `operations`");
        }
      }
    }

    private static long most(Optional<Rate> rate, Optional<Quota> quota, Optional<Long> burst) {
      long ofRate = rate.map(each -> burst.orElse(each.count())).orElse(Long.MAX_VALUE);
      return Math.min(ofRate, quota.map(Quota::count).orElse(Long.MAX_VALUE));
    }

    boolean isOf(String operation) {
      return operations.isEmpty() || operations.contains(operation);
    }
  }

  /// What can be set.
  ///
  /// @param shares what is shared, by names that mean something to who reads them
  public record Config(Map<String, Share> shares) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public Config {
      shares = Map.copyOf(shares);
      shares.forEach(
          (name, share) -> {
            if (!NAME.matcher(name).matches()) {
              throw new IllegalArgumentException(
                  "`shares` has `" + name + "`; names are letters, digits, `-` and `_`");
            }
            if (share.rate().isEmpty() && share.quota().isEmpty()) {
              throw new IllegalArgumentException(
                  "`shares` has `" + name + "` without a `rate` and without a `quota`");
            }
          });
    }
  }

  /// Why a request is refused.
  public enum Why implements Reason {
    TOO_MANY("too many requests"),
    QUOTA_SPENT("no more requests until the quota begins anew");

    private final String summary;

    Why(String summary) {
      this.summary = summary;
    }

    @Override
    public String control() {
      return "share-limit";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          ShareLimitGuard.class,
          new Config(Map.of()),
          Reads.HEAD,
          Why.values(),
          ShareLimitGuard::seated);

  private final List<Counted> counted;
  private final Zones zones;
  private final boolean asks;
  private volatile @Nullable Known known;

  /// A share as this operation takes from it.
  private record Counted(
      String prefix, Share share, long cost, long burst, Duration window, boolean byTenant) {}

  /// The period last asked for.
  private record Known(Period period, ZoneId zone, Period.Span span) {}

  private ShareLimitGuard(Setting setting, List<Counted> counted) {
    this.counted = counted;
    this.zones = setting.ports().zones();
    this.asks = Askable.is(setting.operation(), setting.contract().types());
  }

  private static Optional<Guard> seated(Setting setting, Config config) {
    String operation = setting.operation().id().name();
    List<Counted> counted = new ArrayList<>();
    config.shares().entrySet().stream()
        .filter(each -> each.getValue().isOf(operation))
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> counted.add(counted(setting, each.getKey(), each.getValue(), operation)));
    return counted.isEmpty()
        ? Optional.empty()
        : Optional.of(new ShareLimitGuard(setting, List.copyOf(counted)));
  }

  private static Counted counted(Setting setting, String name, Share share, String operation) {
    long burst = share.rate().map(rate -> share.burst().orElse(rate.count())).orElse(0L);
    Duration window =
        share
            .rate()
            .map(rate -> share.window() == Window.BUCKET ? rate.fill(burst) : rate.per())
            .orElse(Duration.ZERO);
    return new Counted(
        "share-limit/" + setting.contract().api() + "." + name + of(share.window()) + "/",
        share,
        share.cost().getOrDefault(operation, 1L),
        burst,
        window,
        share.per().byTenant());
  }

  /// What is counted in another way is counted anew.
  private static String of(Window window) {
    return window == Window.SLIDING ? ".sliding" : "";
  }

  @Override
  public Verdict judge(Call call) {
    Instant now = call.exchange().request().at();
    List<Claim> claims = new ArrayList<>(counted.size());
    for (int i = 0; i < counted.size(); i++) {
      Counted each = counted.get(i);
      String key = each.prefix + each.share.per().of(call.exchange());
      if (each.share.rate().isPresent()) {
        claims.add(kept(rate(each, key, now)));
      }
      Optional<Quota> quota = each.share.quota();
      if (quota.isPresent()) {
        // Where those of several zones share a quota, each day of it has to end once for them all.
        String tenant = each.byTenant ? call.exchange().principal().tenant() : null;
        claims.add(kept(quota(each, quota.get(), key, now, zones.of(tenant))));
      }
    }
    return new Verdict.Pass(null, List.copyOf(claims), List.of());
  }

  private Claim kept(Claim claim) {
    return asks ? claim.keptAlways() : claim;
  }

  private static Claim rate(Counted each, String key, Instant now) {
    return switch (each.share.window()) {
      case BUCKET -> Claim.take(key, each.cost, each.burst, each.window, Why.TOO_MANY);
      case SLIDING -> Claim.count(key, each.cost, each.burst, each.window, Why.TOO_MANY);
      case FIXED -> {
        long length = each.window.toMillis();
        long number = now.toEpochMilli() / length;
        Duration left = Duration.ofMillis((number + 1) * length - now.toEpochMilli());
        yield Claim.within(key + "/" + number, each.cost, each.burst, left, Why.TOO_MANY);
      }
    };
  }

  private Claim quota(Counted each, Quota quota, String key, Instant now, ZoneId zone) {
    Period.Span span = span(quota.per(), now, zone);
    return Claim.within(
        key + "/" + span.name(),
        each.cost,
        quota.count(),
        Duration.between(now, span.to()),
        Why.QUOTA_SPENT);
  }

  private Period.Span span(Period period, Instant now, ZoneId zone) {
    Known last = known;
    if (last != null && last.period == period && last.zone.equals(zone) && last.span.holds(now)) {
      return last.span;
    }
    Period.Span span = period.at(now, zone);
    known = new Known(period, zone, span);
    return span;
  }
}
