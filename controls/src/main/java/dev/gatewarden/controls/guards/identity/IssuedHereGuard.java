package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.intake.Failures;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.IssuedTokens;
import dev.gatewarden.core.identity.IssuedTokens.Verification.Refused;
import dev.gatewarden.core.identity.IssuedTokens.Verification.Verified;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.Optional;

/// Proves who is calling by a token that the service itself issued while the gate looked on.
///
/// What the gate saw in the answer to a login (`x-gatewarden-login`) is accepted, and nothing else:
/// whether the service would take a forged token, one signed with a guessable key, or one whose
/// session should have ended, does not matter any more. The token is taken from where the
/// contract's scheme says, once. Whatever is wrong with it, the caller learns only that it is not
/// valid. Failures are counted by source, and the counting never shuts out a good token.
@Control(
    id = "issued-here",
    stage = Stage.IDENTIFY,
    cost = Cost.CRYPTO,
    threats = {Threat.API2_AUTHENTICATION})
public final class IssuedHereGuard implements Guard {

  /// What can be set.
  ///
  /// @param failures how many tokens that are not good one source may present before it is answered
  ///     429
  public record Config(Rate failures) {}

  /// Why a token proves nothing.
  public enum Why implements Reason {
    UNCLEAR(400, "there must be one access token", "invalid_request"),
    UNKNOWN(401),
    EXPIRED(401),
    ENDED(401),
    RENEWAL(401),
    UNREACHABLE(503, "access tokens cannot be checked at the moment", ""),
    TOO_MANY_FAILURES(429, "too many access tokens from this address were not valid", "");

    private final int status;
    private final String summary;
    private final String error;

    Why(int status) {
      this(status, "the access token is not valid", "invalid_token");
    }

    Why(int status, String summary, String error) {
      this.status = status;
      this.summary = summary;
      this.error = error;
    }

    @Override
    public String control() {
      return "issued-here";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }

    static Why of(IssuedTokens.Fault fault) {
      return switch (fault) {
        case UNKNOWN -> UNKNOWN;
        case EXPIRED -> EXPIRED;
        case ENDED -> ENDED;
        case RENEWAL -> RENEWAL;
        case UNREACHABLE -> UNREACHABLE;
      };
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          IssuedHereGuard.class,
          new Config(new Rate(60, Duration.ofMinutes(1))),
          Reads.HEAD,
          Why.values(),
          IssuedHereGuard::seat);

  private final IssuedTokens tokens;
  private final SecurityScheme.Kind kind;
  private final Failures failures;
  private final String realm;
  private final Verdict.Absent absent;

  private IssuedHereGuard(IssuedTokens tokens, Setting setting, Config config) {
    this.tokens = tokens;
    this.kind = setting.scheme().kind();
    this.failures = new Failures(config.failures(), Why.TOO_MANY_FAILURES);
    this.realm = "Bearer realm=\"" + setting.contract().api() + "\"";
    this.absent = Verdict.absent(realm);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    return setting.prover() instanceof Prover.Issued(IssuedTokens tokens)
            && PresentedToken.fits(setting.scheme().kind())
        ? Optional.of(new IssuedHereGuard(tokens, setting, config))
        : Optional.empty();
  }

  @Override
  public Verdict judge(Call call) {
    Request request = call.exchange().request();
    return switch (PresentedToken.of(kind, request)) {
      case PresentedToken.None _ -> absent;
      case PresentedToken.Unclear _ -> broken(Why.UNCLEAR, request);
      case PresentedToken.One(String token) ->
          switch (call.exchange().underWay() ? tokens.look(token) : tokens.verify(token)) {
            case Verified(Proof proof) -> new Verdict.Proved(proof);
            case Refused(IssuedTokens.Fault fault) -> broken(Why.of(fault), request);
          };
    };
  }

  private Verdict broken(Why why, Request request) {
    String challenge = why.error.isEmpty() ? "" : realm + ", error=\"" + why.error + "\"";
    return failures.broken(why, request, challenge);
  }
}
