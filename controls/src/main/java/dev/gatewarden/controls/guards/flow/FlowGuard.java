package dev.gatewarden.controls.guards.flow;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Flows;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Holds business flows to their order and their volume: who pays has filled the cart that is paid,
/// not long ago and not a moment ago, once, and nobody buys a thousand times or tries a thousand
/// gift cards.
///
/// Operations say by `x-gatewarden-flow` which step of which flow they are; `purchase`, `sign-up`,
/// `gift-card` and `password-reset` say the rest by themselves. A step counts as done when the
/// service has answered it with 2xx or 3xx. What is not known to have been done was not done: who
/// was forgotten begins anew.
///
/// Volumes are counted by caller, by source, by network, by what a step is about and for everybody:
/// what was done well, what the service declined, and how many different codes were tried. Requests
/// that another guard refuses count for nothing.
@Control(
    id = "flow",
    stage = Stage.COMMIT,
    threats = {Threat.API6_BUSINESS_FLOWS, Threat.API4_RESOURCE_CONSUMPTION})
public final class FlowGuard implements Guard {

  /// What becomes of requests while nobody can say what was done.
  public enum WhenGone {
    /// They are refused, with 503.
    CLOSED,
    /// They pass, in whatever order, and nothing is counted.
    OPEN
  }

  /// What can be set.
  ///
  /// @param skew by how much the clocks of gates that share their state may differ; to one minute
  /// @param whenGone what becomes of requests while the shared state cannot be reached
  public record Config(Duration skew, WhenGone whenGone) {
    public Config {
      Bound.within("skew", skew, Duration.ZERO, Duration.ofMinutes(1));
    }
  }

  /// Why a step is not done.
  public enum Why implements Reason {
    STEP(200, "a step of a business flow"),
    OUT_OF_ORDER(409, "a step that comes before this one has not been done"),
    OTHER_OBJECT(409, "the step before this one was about something else"),
    NOTHING_TOLD(400, "the request does not say what this step is about"),
    TOO_SOON(429, "this step follows too soon"),
    USED_UP(409, "this has been done already, begin anew"),
    IN_FLIGHT(409, "this is being done"),
    TOO_MANY(429, "this has been done too often"),
    TOO_MANY_FAILED(429, "this has failed too often"),
    TOO_MANY_DIFFERENT(429, "too many different ones have been tried"),
    SIGN_IN_FIRST(401, "the user has to sign in more strongly to go on");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "flow";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }

    /// The reason at one step.
    Reason at(String step) {
      return new Here(this, step, "");
    }
  }

  /// A reason at one step of a flow.
  ///
  /// @param about the flow and the step, `purchase.pay`
  /// @param challenge by which sign-in the caller could go on; empty where by none
  record Here(Why why, String about, String challenge) implements Reason {
    @Override
    public String control() {
      return why.control();
    }

    @Override
    public String name() {
      return why.name();
    }

    @Override
    public int status() {
      return why.status();
    }

    @Override
    public String summary() {
      return why.summary();
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          FlowGuard.class,
          new Config(Duration.ofSeconds(5), WhenGone.CLOSED),
          Reads.BODY,
          Why.values(),
          FlowGuard::seated);

  private final List<StepRule> rules;
  private final boolean body;
  private final String method;

  private FlowGuard(List<StepRule> rules, String method) {
    this.rules = List.copyOf(rules);
    this.body = rules.stream().anyMatch(StepRule::readsBody);
    this.method = method;
  }

  private static Optional<Guard> seated(Setting setting, Config config) {
    List<StepRule> rules = new ArrayList<>();
    for (Flows.Seat seat : Flows.of(setting.contract()).at(setting.operation())) {
      rules.add(new StepRule(setting, seat, config));
    }
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(new FlowGuard(rules, setting.operation().method()));
  }

  @Override
  public Verdict judge(Call call) {
    Told told = Told.of(call, body);
    // A HEAD that the service answers well has shown its caller nothing.
    boolean itself = call.exchange().request().method().equals(method);
    List<Claim> claims = new ArrayList<>();
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      StepRule rule = rules.get(i);
      Verdict.Deny deny = rule.judge(call, told, claims);
      if (deny != null) {
        return deny;
      }
      if (itself && rule.kept()) {
        edits.add(rule.keep(call, told));
      }
    }
    return new Verdict.Pass(rules.getFirst().passed(), List.copyOf(claims), List.copyOf(edits));
  }
}
