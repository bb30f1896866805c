package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.StepUp;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Principal;
import java.time.Duration;
import java.util.Optional;

/// Asks users to sign in again, or more strongly, before what matters most (RFC 9470).
///
/// An operation says so by `x-gatewarden-step-up: {acr: [urn:example:mfa], max-age: 5m}`. What the
/// proof says in `acr` and `auth_time` is compared; a proof that does not say it is not enough. The
/// challenge names what would do, so that a client can send its user there.
@Control(
    id = "step-up",
    stage = Stage.ADMIT,
    threats = {Threat.API2_AUTHENTICATION})
public final class StepUpGuard implements Guard {

  /// What can be set.
  ///
  /// @param skew how far in the future `auth_time` may lie, for clocks that differ
  public record Config(Duration skew) {
    public Config {
      Bound.within("skew", skew, Duration.ZERO, Duration.ofMinutes(2));
    }
  }

  /// Why a sign-in is not enough.
  public enum Why implements Reason {
    TOO_WEAK(401, "the user has to sign in more strongly"),
    TOO_OLD(401, "the user has to sign in again"),
    NOT_SAID(401, "the credential does not say when the user signed in"),
    IN_THE_FUTURE(403, "the credential says that the user will sign in later");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "step-up";
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
          StepUpGuard.class,
          new Config(Duration.ofSeconds(30)),
          Reads.HEAD,
          Why.values(),
          StepUpGuard::seat);

  /// One refusal for each scheme of presenting a token: who presents it bound to a key is told so
  /// (RFC 9449, section 7.1).
  private record Refusal(Verdict bearer, Verdict bound) {}

  private final SignIn asked;
  private final Refusal tooWeak;
  private final Refusal tooOld;
  private final Refusal notSaid;

  private StepUpGuard(Setting setting, StepUp asked, Config config) {
    this.asked = new SignIn(asked.acr(), asked.maxAge(), config.skew());
    String realm = setting.contract().api();
    this.tooWeak = refusal(Why.TOO_WEAK, realm);
    this.tooOld = refusal(Why.TOO_OLD, realm);
    this.notSaid = refusal(Why.NOT_SAID, realm);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    StepUp asked = StepUp.in(setting.operation().extensions());
    return asked == null ? Optional.empty() : Optional.of(new StepUpGuard(setting, asked, config));
  }

  @Override
  public Verdict judge(Call call) {
    Principal caller = call.exchange().principal();
    return switch (asked.by(caller, call.exchange().request().at())) {
      case MET -> Verdict.pass();
      case TOO_WEAK -> of(tooWeak, caller);
      case TOO_OLD -> of(tooOld, caller);
      case NOT_SAID -> of(notSaid, caller);
      case IN_THE_FUTURE -> Verdict.deny(Why.IN_THE_FUTURE);
    };
  }

  private static Verdict of(Refusal refusal, Principal caller) {
    return SignIn.bound(caller) ? refusal.bound : refusal.bearer;
  }

  private Refusal refusal(Why why, String realm) {
    String challenge = asked.challenge(realm, why.summary());
    return new Refusal(
        new Verdict.Challenge(why, "Bearer " + challenge),
        new Verdict.Challenge(why, "DPoP " + challenge));
  }
}
