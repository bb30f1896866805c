package dev.gatewarden.controls.guards.flow;

import dev.gatewarden.controls.guards.KeyText;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.flow.FlowGuard.Why;
import dev.gatewarden.controls.guards.intake.Source;
import dev.gatewarden.core.contract.FlowStep;
import dev.gatewarden.core.contract.FlowStep.Holder;
import dev.gatewarden.core.contract.FlowStep.Once;
import dev.gatewarden.core.contract.Flows;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Steps;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.login.AccountName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step of a flow at one operation: whether what comes before it was done, and what it
/// consumes.
final class StepRule {
  /// How long it is known what was done once, beyond the time in which it could be done again.
  private static final Duration REMEMBERED = Duration.ofDays(3);

  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final FlowStep step;
  private final Flows.Seat seat;
  private final Steps steps;
  private final String flow;
  private final String prefix;
  private final FlowGuard.Config config;
  private final Volumes volumes;
  private final Map<String, Selector> later = new HashMap<>(2);
  private final Verdict.Deny outOfOrder;
  private final Verdict.Deny otherObject;
  private final Verdict.Deny nothingTold;
  private final Reason tooSoon;
  private final Reason usedUp;
  private final Reason inFlight;
  private final Reason passed;

  StepRule(Setting setting, Flows.Seat seat, FlowGuard.Config config) {
    String api = setting.contract().api();
    this.seat = seat;
    this.step = seat.step();
    this.steps = setting.ports().steps();
    this.flow = api + "." + step.flow();
    this.prefix = "flow/" + api + "." + step.text() + ".";
    this.config = config;
    this.volumes = new Volumes(api, seat, prefix, config);
    step.same().forEach((tie, at) -> putLater(tie, at));
    this.outOfOrder = first(Why.OUT_OF_ORDER, "comes first");
    this.otherObject = first(Why.OTHER_OBJECT, "was about something else");
    this.nothingTold = Verdict.deny(Why.NOTHING_TOLD.at(step.text()));
    this.tooSoon = Why.TOO_SOON.at(step.text());
    this.usedUp = Why.USED_UP.at(step.text());
    this.inFlight = Why.IN_FLIGHT.at(step.text());
    this.passed = Why.STEP.at(step.text());
  }

  private void putLater(String tie, Selector at) {
    if (at.afterwards()) {
      later.put(tie, at);
    }
  }

  private Verdict.Deny first(Why why, String what) {
    List<Detail> details = new ArrayList<>();
    for (String before : step.after()) {
      details.add(new Detail("", "", "`" + step.flow() + "." + before + "` " + what));
    }
    return Verdict.deny(why.at(step.text()), details);
  }

  boolean readsBody() {
    return step.same().values().stream().anyMatch(Selector.Body.class::isInstance);
  }

  /// Whether a step that comes after it waits for it.
  boolean kept() {
    return seat.keeps().isPositive();
  }

  Reason passed() {
    return passed;
  }

  /// Why the step may not be done, or null; adds what it consumes.
  Verdict.@Nullable Deny judge(Call call, Told told, List<Claim> claims) {
    Map<String, String> about = about(told, false);
    if (about.size() + later.size() < step.same().size()) {
      return nothingTold;
    }
    String holder = holder(call.exchange(), told);
    boolean nobody = holder == null && !(seat.holder() instanceof Holder.Topic);
    String key = nobody ? null : Edit.KeepStep.key(flow, holder, seat.topic(), about);
    List<Steps.Done> before = List.of();
    if (!step.after().isEmpty()) {
      if (key == null) {
        return outOfOrder;
      }
      Sequence sequence = sequence(key, call.exchange().request().at(), about);
      if (sequence.refused() != null) {
        return sequence.refused();
      }
      before = sequence.before();
    }
    String whose =
        key == null ? "from|" + Source.of(call.exchange().request().peer().address()) : key;
    pace(whose, claims);
    once(before, about, claims);
    volumes.claim(call.exchange(), about, volumes.byObject() ? about(told, true) : about, claims);
    return null;
  }

  /// Digests of what the request says that the step is about.
  ///
  /// @param loosely whether as one what some service takes for one account
  private Map<String, String> about(Told told, boolean loosely) {
    if (step.same().isEmpty()) {
      return Map.of();
    }
    Map<String, String> about = new HashMap<>();
    for (Map.Entry<String, Selector> each : step.same().entrySet()) {
      if (!each.getValue().afterwards()) {
        String value = told.at(each.getValue());
        if (value != null) {
          String name = loosely ? AccountName.loose(value) : value;
          about.put(each.getKey(), steps.digest(flow + '|' + each.getKey() + '|' + name));
        }
      }
    }
    return about;
  }

  /// Who goes through the flow; null where that is what it is about, or nobody can say.
  private @Nullable String holder(Exchange exchange, Told told) {
    return switch (seat.holder()) {
      case Holder.Caller() -> caller(exchange);
      case Holder.Source() -> "from|" + Source.of(exchange.request().peer().address());
      case Holder.Cookie(String name) -> {
        String value = told.cookie(name);
        yield value == null || value.isEmpty()
            ? null
            : "cookie|" + steps.digest(flow + "||" + value);
      }
      case Holder.Topic() -> null;
    };
  }

  static String caller(Exchange exchange) {
    Principal principal = exchange.principal();
    if (principal.isNobody()) {
      return "from|" + Source.of(exchange.request().peer().address());
    }
    StringBuilder key = new StringBuilder();
    KeyText.part(principal.key(), key);
    if (principal.tenant() != null) {
      KeyText.part(principal.tenant(), key.append('@'));
    }
    return key.toString();
  }

  /// What was done before, or why that is not enough.
  private record Sequence(Verdict.@Nullable Deny refused, List<Steps.Done> before) {}

  private Sequence sequence(String key, Instant now, Map<String, String> about) {
    List<Steps.Done> done;
    try {
      done = steps.find(key);
    } catch (OutOfReach gone) {
      if (config.whenGone() == FlowGuard.WhenGone.OPEN) {
        return new Sequence(null, List.of());
      }
      throw gone;
    }
    List<Steps.Done> before = new ArrayList<>(step.after().size());
    for (String name : step.after()) {
      boolean others = false;
      Steps.Done latest = null;
      for (int i = 0; i < done.size() && latest == null; i++) {
        Steps.Done each = done.get(i);
        if (each.step().equals(name) && inTime(each, now)) {
          if (same(each.about(), about)) {
            latest = each;
          } else {
            others = true;
          }
        }
      }
      if (latest == null) {
        return new Sequence(others ? otherObject : outOfOrder, List.of());
      }
      Duration early = step.pace().minus(Duration.between(latest.at(), now));
      if (step.pace().isPositive() && early.isPositive()) {
        Duration wait = early.compareTo(step.pace()) > 0 ? step.pace() : early;
        return new Sequence(new Verdict.Deny(tooSoon, List.of(), wait), List.of());
      }
      before.add(latest);
    }
    return new Sequence(null, before);
  }

  /// What lies in the future was written down before a clock went back, and is no longer known.
  private boolean inTime(Steps.Done done, Instant now) {
    return !done.at().isAfter(now.plus(config.skew()))
        && !done.at().plus(step.within()).isBefore(now);
  }

  private boolean same(Map<String, String> before, Map<String, String> now) {
    for (Map.Entry<String, String> each : now.entrySet()) {
      String then = before.get(each.getKey());
      if (then != null && !then.equals(each.getValue())) {
        return false;
      }
    }
    return true;
  }

  /// Not only after what comes before, but once more too: many at the same moment follow one step.
  private void pace(String whose, List<Claim> claims) {
    if (step.pace().isPositive()) {
      claims.add(volumes.gone(Claim.take(prefix + "pace/" + whose, 1, 1, step.pace(), tooSoon)));
    }
  }

  private void once(List<Steps.Done> before, Map<String, String> about, List<Claim> claims) {
    switch (step.once()) {
      case Once.Not() -> {}
      case Once.Run() -> {
        for (Steps.Done each : before) {
          claims.add(used("run/" + each.run(), step.within().plus(MARGIN)));
        }
      }
      case Once.Each(String tie) ->
          claims.add(used("each." + tie + "/" + about.get(tie), step.within().plus(REMEMBERED)));
    }
  }

  private Claim used(String what, Duration remembered) {
    return volumes.gone(
        Claim.once(prefix + what, remembered, usedUp).keptUnlessDeclined().ifInFlight(inFlight));
  }

  /// What is written down when the service has answered well.
  Edit keep(Call call, Told told) {
    return new Edit.KeepStep(
        flow,
        step.name(),
        holder(call.exchange(), told),
        seat.topic(),
        about(told, false),
        later,
        seat.lasts());
  }
}
