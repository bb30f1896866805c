package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Recent;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.intake.Source;
import dev.gatewarden.core.contract.Askable;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Bounds how often one caller may use an operation, or a whole API.
///
/// The caller is the one that was proved, never one that a header names, so a new address or a
/// second token of the same subject brings no second
/// share. Where an operation is public, its caller is the network address. A request that another
/// guard refuses costs nothing, except where the service may have to be asked first whose object it
/// is about.
///
/// Who proves itself by nothing but an API key has a smaller share: such a key is easily copied,
/// and nobody sees it happen.
@Control(
    id = "principal-limit",
    stage = Stage.ADMIT,
    threats = {Threat.API4_RESOURCE_CONSUMPTION})
public final class PrincipalLimitGuard implements Guard {

  /// What can be counted together.
  public enum Per {
    /// Each operation has a share of its own.
    OPERATION,
    /// All operations of an API share one; reads and writes count apart.
    API
  }

  /// What can be set.
  ///
  /// @param reads how often a caller may use an operation that only reads
  /// @param writes how often a caller may use an operation that changes something
  /// @param rate how often, in place of `reads` and `writes`
  /// @param burst how many requests may come at once; from 1 to 1000000, the count of the rate
  ///     where it is not set
  /// @param per what shares one bucket
  /// @param keys how often whoever has nothing but an API key may use an operation that only reads,
  ///     unless `rate` says otherwise
  /// @param keyWrites how often they may use one that changes something, unless `rate` says
  ///     otherwise; half of `keys` where it is not set
  /// @param whenGone what becomes of it while a Redis that it is counted in is gone; what `state`
  ///     says where it is not set
  public record Config(
      Rate reads,
      Rate writes,
      Optional<Rate> rate,
      Optional<Long> burst,
      Per per,
      Rate keys,
      Optional<Rate> keyWrites,
      Optional<Claim.WhenGone> whenGone) {
    public Config {
      burst.ifPresent(
          value -> {
            Bound.within("burst", value, 1, 1_000_000);
            rate.ifPresent(each -> each.fill(value));
            reads.fill(value);
            writes.fill(value);
            keys.fill(value);
            keyWrites.ifPresent(each -> each.fill(value));
          });
    }
  }

  /// Why a request is refused.
  public enum Why implements Reason {
    TOO_MANY;

    @Override
    public String control() {
      return "principal-limit";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public String summary() {
      return "too many requests";
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          PrincipalLimitGuard.class,
          new Config(
              new Rate(600, Duration.ofMinutes(1)),
              new Rate(120, Duration.ofMinutes(1)),
              Optional.empty(),
              Optional.empty(),
              Per.OPERATION,
              new Rate(120, Duration.ofMinutes(1)),
              Optional.empty(),
              Optional.empty()),
          Reads.HEAD,
          Why.values(),
          (setting, config) -> Optional.of(new PrincipalLimitGuard(setting, config)));

  private final Recent<String, Verdict> recent = new Recent<>();
  private final Recent<String, Verdict> recentKeys = new Recent<>();
  private final String prefix;
  private final Share share;
  private final Share ofKeys;
  private final Set<String> keySchemes;
  private final Claim.@Nullable WhenGone whenGone;

  /// A refused request was not free where the service may have been asked.
  private final boolean asks;

  /// A bucket's size, and the time in which an empty one fills.
  private record Share(long burst, Duration window, String told) {
    static Share of(Rate rate, Config config) {
      long burst = config.burst().orElse(rate.count());
      Duration window = rate.fill(burst);
      return new Share(burst, window, Told.of("caller", burst, window));
    }
  }

  private PrincipalLimitGuard(Setting setting, Config config) {
    boolean reads = setting.operation().safe();
    Rate rate = config.rate().orElse(reads ? config.reads() : config.writes());
    String shared =
        switch (config.per()) {
          case OPERATION -> setting.operation().id().toString();
          case API -> setting.contract().api() + (reads ? ".reads" : ".writes");
        };
    this.prefix = "principal-limit/" + shared + "/";
    this.share = Share.of(rate, config);
    this.ofKeys = Share.of(config.rate().orElse(reads ? config.keys() : keyWrites(config)), config);
    Set<String> schemes = new HashSet<>();
    setting
        .ports()
        .provers()
        .forEach(
            (scheme, prover) -> {
              if (prover instanceof Prover.Keys) {
                schemes.add(scheme);
              }
            });
    this.keySchemes = Set.copyOf(schemes);
    this.whenGone = config.whenGone().orElse(null);
    this.asks = Askable.is(setting.operation(), setting.contract().types());
  }

  /// What changes something is bounded more tightly than what reads, whatever `keys` says.
  private static Rate keyWrites(Config config) {
    Rate reads = config.keys();
    return config
        .keyWrites()
        .orElseGet(() -> new Rate(Math.max(1, reads.count() / 2), reads.per()));
  }

  @Override
  public Verdict judge(Call call) {
    Exchange exchange = call.exchange();
    String caller = caller(exchange);
    boolean key = !keySchemes.isEmpty() && byKeyAlone(exchange);
    Recent<String, Verdict> kept = key ? recentKeys : recent;
    Verdict known = kept.get(caller);
    return known != null ? known : kept.keep(caller, counted(caller, key ? ofKeys : share));
  }

  private boolean byKeyAlone(Exchange exchange) {
    List<Security.Need> needs = exchange.proved().needs();
    for (int i = 0; i < needs.size(); i++) {
      if (!keySchemes.contains(needs.get(i).scheme())) {
        return false;
      }
    }
    return !needs.isEmpty();
  }

  private Verdict counted(String caller, Share of) {
    Claim claim =
        Claim.take(prefix + caller, 1, of.burst, of.window, Why.TOO_MANY).whenGone(whenGone);
    Claim kept = asks ? claim.keptAlways() : claim.keptIfCleared();
    return Verdict.pass().claiming(kept.told(of.told));
  }

  private static String caller(Exchange exchange) {
    return exchange.principal().isNobody()
        ? "from|" + Source.of(exchange.request().peer().address())
        : exchange.principal().key();
  }
}
