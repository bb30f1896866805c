package dev.gatewarden.controls.guards.flow;

import dev.gatewarden.controls.guards.KeyText;
import dev.gatewarden.controls.guards.flow.FlowGuard.Why;
import dev.gatewarden.controls.guards.identity.SignIn;
import dev.gatewarden.controls.guards.intake.Source;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.FlowStep;
import dev.gatewarden.core.contract.FlowStep.Whose;
import dev.gatewarden.core.contract.Flows;
import dev.gatewarden.core.contract.StepUp;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one step consumes of its limits.
final class Volumes {
  private static final int V4_NETWORK = 24;
  private static final int V6_NETWORK = 48;

  private final FlowStep step;
  private final List<String> object;
  private final String prefix;
  private final boolean open;
  private final Reason tooMany;
  private final Reason tooManyFailed;
  private final Reason tooManyDifferent;
  private final @Nullable SignIn signIn;
  private final Reason signInBearer;
  private final Reason signInBound;

  Volumes(String api, Flows.Seat seat, String prefix, FlowGuard.Config config) {
    this.step = seat.step();
    this.object = seat.object();
    this.prefix = prefix;
    this.open = config.whenGone() == FlowGuard.WhenGone.OPEN;
    this.tooMany = Why.TOO_MANY.at(step.text());
    this.tooManyFailed = Why.TOO_MANY_FAILED.at(step.text());
    this.tooManyDifferent = Why.TOO_MANY_DIFFERENT.at(step.text());
    StepUp asked = step.stepUp();
    this.signIn = asked == null ? null : new SignIn(asked.acr(), asked.maxAge(), config.skew());
    String challenge = signIn == null ? "" : signIn.challenge(api, Why.SIGN_IN_FIRST.summary());
    this.signInBearer = new FlowGuard.Here(Why.SIGN_IN_FIRST, step.text(), "Bearer " + challenge);
    this.signInBound = new FlowGuard.Here(Why.SIGN_IN_FIRST, step.text(), "DPoP " + challenge);
  }

  /// Whether anything is counted by what the step is about.
  boolean byObject() {
    if (step.most().containsKey(Whose.OBJECT) || step.failed().containsKey(Whose.OBJECT)) {
      return true;
    }
    for (Map<Whose, Rate> each : step.different().values()) {
      if (each.containsKey(Whose.OBJECT)) {
        return true;
      }
    }
    return false;
  }

  /// Adds what a request takes; who signed in as the step asks takes from limits of their own.
  ///
  /// @param about what different ones are told apart by
  /// @param objects the same as who is counted by `object` is told apart by: an account is one,
  ///     however its name is written
  void claim(
      Exchange exchange,
      Map<String, String> about,
      Map<String, String> objects,
      List<Claim> claims) {
    if (!step.bounded()) {
      return;
    }
    SignIn asked = signIn;
    boolean strong =
        asked != null && asked.by(exchange.principal(), exchange.request().at()) == SignIn.Met.MET;
    step.most()
        .forEach(
            (whose, rate) ->
                claims.add(
                    limited(
                        Claim.count(
                                key("most", whose, strong, exchange, objects),
                                1,
                                rate.count(),
                                rate.per(),
                                why(tooMany, strong, exchange))
                            .keptIfDelivered(),
                        whose)));
    step.failed()
        .forEach(
            (whose, rate) ->
                claims.add(
                    limited(
                        Claim.count(
                                key("failed", whose, strong, exchange, objects),
                                1,
                                rate.count(),
                                rate.per(),
                                why(tooManyFailed, strong, exchange))
                            .keptIfDeclined(),
                        whose)));
    step.different()
        .forEach(
            (tie, rates) ->
                rates.forEach(
                    (whose, rate) -> {
                      String member = about.get(tie);
                      if (member != null) {
                        claims.add(different(tie, whose, rate, member, strong, exchange, objects));
                      }
                    }));
  }

  private Claim different(
      String tie,
      Whose whose,
      Rate rate,
      String member,
      boolean strong,
      Exchange exchange,
      Map<String, String> objects) {
    return limited(
        Claim.distinct(
            key("different." + tie, whose, strong, exchange, objects),
            member,
            rate.count(),
            rate.per(),
            why(tooManyDifferent, strong, exchange)),
        whose);
  }

  private Reason why(Reason spent, boolean strong, Exchange exchange) {
    if (signIn == null || strong) {
      return spent;
    }
    return SignIn.bound(exchange.principal()) ? signInBound : signInBearer;
  }

  /// Nobody's spending shuts everybody out for longer than it has to.
  private Claim limited(Claim claim, Whose whose) {
    Duration block = step.block();
    return gone(block == null || whose == Whose.EVERYBODY ? claim : claim.blocking(block));
  }

  /// The claim with what becomes of it while nobody can say what is left.
  Claim gone(Claim claim) {
    return open ? claim.whenGone(Claim.WhenGone.OPEN) : claim;
  }

  private String key(
      String what, Whose whose, boolean strong, Exchange exchange, Map<String, String> objects) {
    StringBuilder key = new StringBuilder(prefix).append(what);
    key.append(strong ? ".strong." : ".").append(whose.name().charAt(0)).append('/');
    switch (whose) {
      case CALLER -> key.append(StepRule.caller(exchange));
      case SOURCE -> KeyText.part(Source.of(exchange.request().peer().address()), key);
      case NETWORK -> KeyText.part(network(exchange.request().peer().address()), key);
      case EVERYBODY -> key.append("all");
      case OBJECT -> {
        for (String tie : object) {
          key.append(objects.getOrDefault(tie, "")).append('|');
        }
      }
    }
    return key.toString();
  }

  private static String network(Ip address) {
    int bits = address.isV4() ? V4_NETWORK : V6_NETWORK;
    return address.network(bits) + "/" + bits;
  }
}
