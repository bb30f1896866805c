package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.FlowStep.Holder;
import dev.gatewarden.core.contract.FlowStep.Once;
import dev.gatewarden.core.contract.FlowStep.Whose;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the flows that most services have say where a contract says nothing: who goes through them,
/// in which order, and how often.
///
/// @param by who goes through it
/// @param steps what each step says
record FlowPreset(Holder by, Map<String, Step> steps) {

  /// A step of a preset.
  ///
  /// @param block how long who spent a limit is refused; null for until there is some again
  record Step(
      List<String> after,
      Duration within,
      Duration pace,
      Once once,
      Map<Whose, Rate> most,
      Map<Whose, Rate> failed,
      Map<String, Map<Whose, Rate>> different,
      @Nullable Duration block) {}

  private static final Once NOT = new Once.Not();
  private static final Once RUN = new Once.Run();
  private static final Duration NO_PACE = Duration.ZERO;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private static final Map<String, FlowPreset> ALL =
      Map.of(
          "purchase", purchase(),
          "sign-up", signUp(),
          "gift-card", giftCard(),
          "password-reset", passwordReset());

  /// The preset of a flow, or null where it has none.
  static @Nullable FlowPreset of(String flow) {
    return ALL.get(flow);
  }

  /// The names of all.
  static List<String> names() {
    return ALL.keySet().stream().sorted().toList();
  }

  private static FlowPreset purchase() {
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put("view", first(Map.of(), Map.of()));
    steps.put(
        "cart", new Step(List.of("view"), DAY, NO_PACE, NOT, Map.of(), Map.of(), Map.of(), null));
    steps.put(
        "pay",
        new Step(
            List.of("cart"),
            HOUR,
            Duration.ofSeconds(1),
            RUN,
            Map.of(Whose.CALLER, rate("20/1d"), Whose.SOURCE, rate("100/1d")),
            Map.of(Whose.CALLER, rate("10/1h"), Whose.SOURCE, rate("50/1h")),
            Map.of(),
            null));
    return new FlowPreset(new Holder.Caller(), steps);
  }

  private static FlowPreset signUp() {
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put(
        "start",
        first(
            Map.of(Whose.SOURCE, rate("20/1h"), Whose.NETWORK, rate("100/1h")),
            Map.of("account", Map.of(Whose.SOURCE, rate("20/1h")))));
    steps.put(
        "verify",
        new Step(
            List.of("start"),
            DAY,
            NO_PACE,
            RUN,
            Map.of(),
            Map.of(
                Whose.OBJECT, rate("10/1h"),
                Whose.SOURCE, rate("30/1h"),
                Whose.NETWORK, rate("100/1h")),
            Map.of(),
            null));
    return new FlowPreset(new Holder.Topic(), steps);
  }

  private static FlowPreset giftCard() {
    Map<Whose, Rate> wrong =
        Map.of(
            Whose.CALLER, rate("5/1h"),
            Whose.SOURCE, rate("20/1h"),
            Whose.EVERYBODY, rate("1000/1h"));
    Map<String, Map<Whose, Rate>> cards =
        Map.of(
            "card",
            Map.of(
                Whose.CALLER, rate("10/1d"),
                Whose.SOURCE, rate("50/1d"),
                Whose.EVERYBODY, rate("5000/1h")));
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put(
        "check",
        new Step(List.of(), Duration.ofMinutes(30), NO_PACE, NOT, Map.of(), wrong, cards, HOUR));
    steps.put(
        "redeem",
        new Step(
            List.of("check"),
            Duration.ofMinutes(30),
            NO_PACE,
            RUN,
            Map.of(Whose.CALLER, rate("10/1d"), Whose.SOURCE, rate("50/1d")),
            wrong,
            cards,
            HOUR));
    return new FlowPreset(new Holder.Caller(), steps);
  }

  private static FlowPreset passwordReset() {
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put(
        "ask",
        first(
            Map.of(
                Whose.OBJECT, rate("5/1h"),
                Whose.SOURCE, rate("10/1h"),
                Whose.NETWORK, rate("50/1h")),
            Map.of("account", Map.of(Whose.SOURCE, rate("10/1h")))));
    steps.put(
        "confirm",
        new Step(
            List.of("ask"),
            HOUR,
            NO_PACE,
            RUN,
            Map.of(),
            Map.of(
                Whose.OBJECT, rate("5/1h"),
                Whose.SOURCE, rate("10/1h"),
                Whose.NETWORK, rate("50/1h")),
            Map.of(),
            null));
    return new FlowPreset(new Holder.Topic(), steps);
  }

  private static Step first(Map<Whose, Rate> most, Map<String, Map<Whose, Rate>> different) {
    return new Step(
        List.of(), Duration.ofMinutes(30), NO_PACE, NOT, most, Map.of(), different, null);
  }

  private static Rate rate(String text) {
    return Rate.parse(text);
  }
}
