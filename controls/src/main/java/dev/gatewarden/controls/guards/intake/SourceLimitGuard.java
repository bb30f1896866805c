package dev.gatewarden.controls.guards.intake;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.PresentedToken;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Recent;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bounds how many requests one network address may send, and keeps out the addresses that are
/// blocked.
///
/// It stands before everything else and is generous: it is there against floods, while fair use is
/// judged by who is calling. What a source
/// consumes stays consumed whatever becomes of the request. An IPv6 source is its network of 64
/// bits, since whoever has one address of it has all.
///
/// A caller whose access token was proved before and still holds is not counted, for
/// `principal-limit`
/// bounds it: one machine that floods does not lock out the office behind the same address.
@Control(
    id = "source-limit",
    stage = Stage.INTAKE,
    threats = {Threat.API4_RESOURCE_CONSUMPTION})
public final class SourceLimitGuard implements Guard {

  /// What can be set.
  ///
  /// @param rate how many requests one source may send in the long run
  /// @param burst how many of them may come at once; from 1 to 1000000
  /// @param whenGone what becomes of it while a Redis that it is counted in is gone; what `state`
  ///     says where it is not set
  public record Config(Rate rate, long burst, Optional<Claim.WhenGone> whenGone) {
    public Config {
      Bound.within("burst", burst, 1, 1_000_000);
      rate.fill(burst);
    }
  }

  /// Why a request is refused.
  public enum Why implements Reason {
    TOO_MANY(429, "too many requests from this address"),
    BLOCKED(403, "requests from this address are not accepted");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "source-limit";
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
          SourceLimitGuard.class,
          new Config(new Rate(200, Duration.ofSeconds(1)), 2000, Optional.empty()),
          Reads.HEAD,
          Why.values(),
          (setting, config) -> Optional.of(new SourceLimitGuard(setting, config)));

  /// A source with the verdict on a request from it.
  private record Counted(String source, Verdict verdict) {}

  private final Recent<Ip, Counted> recent = new Recent<>();
  private final Blocks blocks;
  private final List<TokenVerifier> verifiers;
  private final long burst;
  private final Duration window;
  private final Claim.@Nullable WhenGone whenGone;

  private SourceLimitGuard(Setting setting, Config config) {
    this.blocks = setting.ports().blocks();
    this.verifiers = setting.verifiers();
    this.burst = config.burst();
    this.whenGone = config.whenGone().orElse(null);
    this.window = config.rate().fill(config.burst());
  }

  @Override
  public Verdict judge(Call call) {
    Request request = call.exchange().request();
    Ip address = request.peer().address();
    Counted counted = recent.get(address);
    if (counted == null) {
      counted = recent.keep(address, counted(Source.of(address)));
    }
    if (blocks.blocked(Blocks.Kind.SOURCE, counted.source, request.at())) {
      return Verdict.deny(Why.BLOCKED);
    }
    return isProved(request) ? Verdict.pass() : counted.verdict;
  }

  private boolean isProved(Request request) {
    String token = verifiers.isEmpty() ? null : PresentedToken.of(request);
    if (token == null) {
      return false;
    }
    for (TokenVerifier verifier : verifiers) {
      if (verifier.isProved(token)) {
        return true;
      }
    }
    return false;
  }

  private Counted counted(String source) {
    Claim claim = Claim.take("source-limit/" + source, 1, burst, window, Why.TOO_MANY);
    return new Counted(source, Verdict.pass().claiming(claim.keptAlways().whenGone(whenGone)));
  }
}
