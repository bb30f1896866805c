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
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  private final List<String> acr;
  private final @Nullable Duration maxAge;
  private final long skew;
  private final Refusal tooWeak;
  private final Refusal tooOld;
  private final Refusal notSaid;

  private StepUpGuard(Setting setting, StepUp asked, Config config) {
    this.acr = asked.acr();
    this.maxAge = asked.maxAge();
    this.skew = config.skew().toMillis();
    String challenge = challenge(setting.contract().api(), asked);
    this.tooWeak = refusal(Why.TOO_WEAK, challenge);
    this.tooOld = refusal(Why.TOO_OLD, challenge);
    this.notSaid = refusal(Why.NOT_SAID, challenge);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    StepUp asked = StepUp.in(setting.operation().extensions());
    return asked == null ? Optional.empty() : Optional.of(new StepUpGuard(setting, asked, config));
  }

  @Override
  public Verdict judge(Call call) {
    Principal caller = call.exchange().principal();
    if (!acr.isEmpty()
        && !(caller.claims().get("acr") instanceof String context && acr.contains(context))) {
      return of(tooWeak, caller);
    }
    Duration most = maxAge;
    if (most == null) {
      return Verdict.pass();
    }
    long signedIn = millis(caller.claims().get("auth_time"));
    if (signedIn < 0) {
      return of(notSaid, caller);
    }
    long now = call.exchange().request().at().toEpochMilli();
    if (signedIn > now + skew) {
      return Verdict.deny(Why.IN_THE_FUTURE);
    }
    return now - signedIn <= most.toMillis() ? Verdict.pass() : of(tooOld, caller);
  }

  /// A NumericDate (RFC 7519, section 2) in milliseconds; less than zero where it is none.
  private static long millis(@Nullable Object seconds) {
    return switch (seconds) {
      case Long whole when whole >= 0 && whole < 1L << 40 -> whole * 1000;
      case Integer whole when whole >= 0 -> whole * 1000L;
      case BigDecimal part when part.signum() >= 0 && part.precision() - part.scale() < 13 ->
          part.movePointRight(3).longValue();
      case null, default -> -1;
    };
  }

  private static Verdict of(Refusal refusal, Principal caller) {
    boolean bound =
        caller.claims().get("cnf") instanceof Map<?, ?> confirmation
            && confirmation.containsKey("jkt");
    return bound ? refusal.bound : refusal.bearer;
  }

  private static Refusal refusal(Why why, String challenge) {
    String described = challenge + ", error_description=\"" + why.summary() + "\"";
    return new Refusal(
        new Verdict.Challenge(why, "Bearer " + described),
        new Verdict.Challenge(why, "DPoP " + described));
  }

  /// RFC 9470, section 3.
  private static String challenge(String realm, StepUp asked) {
    StringBuilder text =
        new StringBuilder("realm=\"")
            .append(realm)
            .append("\", error=\"insufficient_user_authentication\"");
    if (!asked.acr().isEmpty()) {
      text.append(", acr_values=\"").append(String.join(" ", asked.acr())).append('"');
    }
    Duration age = asked.maxAge();
    if (age != null) {
      text.append(", max_age=\"").append(age.toSeconds()).append('"');
    }
    return text.toString();
  }
}
