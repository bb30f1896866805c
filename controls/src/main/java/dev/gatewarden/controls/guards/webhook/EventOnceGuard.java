package dev.gatewarden.controls.guards.webhook;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.Prover;
import java.time.Duration;
import java.util.Optional;

/// Lets each webhook event reach the service once.
///
/// Judges after the signature has been proved and the body has conformed. The id is claimed until
/// delivery is known: a repeat of a delivered event is
/// answered without forwarding, a retry after a failed delivery is forwarded, and a forger cannot
/// burn an id.
@Control(
    id = "event-once",
    stage = Stage.COMMIT,
    threats = {Threat.API2_AUTHENTICATION, Threat.API10_UNSAFE_CONSUMPTION})
public final class EventOnceGuard implements Guard {

  /// What can be set.
  ///
  /// @param sender whose events these are, where several may send them; every sender's where it is
  ///     not set
  /// @param window how far a signed time may lie from now, either way; from one second to ten
  ///     minutes
  /// @param remember how long a delivered event is remembered; from twenty minutes to thirty days
  public record Config(Optional<String> sender, Duration window, Duration remember) {
    public Config {
      Bound.within("window", window, Duration.ofSeconds(1), Duration.ofMinutes(10));
      Bound.within("remember", remember, Duration.ofMinutes(20), Duration.ofDays(30));
    }
  }

  /// Why an event does not reach the service.
  public enum Why implements Reason {
    STALE(400, "the event was signed too long ago, or in the future"),
    OTHER_SENDER(403, "this operation takes the events of another sender"),
    IN_FLIGHT(409, "the same event is being delivered"),
    DELIVERED(200, "the event was delivered before");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "event-once";
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
          EventOnceGuard.class,
          new Config(Optional.empty(), Duration.ofMinutes(5), Duration.ofDays(3)),
          Reads.HEAD,
          Why.values(),
          (setting, config) ->
              takesEvents(setting) ? Optional.of(new EventOnceGuard(config)) : Optional.empty());

  private final Config config;

  private EventOnceGuard(Config config) {
    this.config = config;
  }

  private static boolean takesEvents(Setting setting) {
    for (Security.Alternative alternative : setting.operation().security().alternatives()) {
      for (Security.Need need : alternative.needs()) {
        if (setting.ports().provers().get(need.scheme()) instanceof Prover.Events) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public Verdict judge(Call call) {
    Principal sender = call.exchange().principal();
    if (!(sender.claims().get(WebhookSignatureGuard.EVENT) instanceof String event)) {
      return Verdict.pass();
    }
    if (config.sender.isPresent() && !config.sender.get().equals(sender.issuer())) {
      return Verdict.deny(Why.OTHER_SENDER);
    }
    if (sender.claims().get(WebhookSignatureGuard.SENT) instanceof Long sent
        && Math.abs(call.exchange().request().at().getEpochSecond() - sent)
            > config.window.toSeconds()) {
      return Verdict.deny(Why.STALE);
    }
    return Verdict.pass()
        .claiming(
            Claim.once(
                    "event-once/" + sender.issuer() + "/" + event, config.remember, Why.DELIVERED)
                .keptIfDelivered()
                .ifDelivered(Reply.ok())
                .ifInFlight(Why.IN_FLIGHT));
  }
}
