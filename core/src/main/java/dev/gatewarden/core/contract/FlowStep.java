package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.limit.DurationText;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step of a business flow, as `x-gatewarden-flow` of an operation says.
///
/// @param flow the name of the flow
/// @param name the name of the step within the flow; several operations may be the same step
/// @param by who goes through the flow, where it is said here; null where another step says it
/// @param after the steps that must have been done before
/// @param supposed whether `after` is that of a preset, and counts only as far as the contract has
///     these steps
/// @param within how long ago they may have been done
/// @param pace how soon after them it may come, and how soon once more; zero for at once
/// @param same what the step is about, by a name that all steps of the flow have for it: each of
///     them must have been about the same
/// @param once how often it may be done
/// @param most how often it may be done well
/// @param failed how often the service may decline it
/// @param different how many different things it may be about, by the names of `same`
/// @param block how long who spent one of these is refused; null for until there is some again
/// @param stepUp by which sign-in who spent one of these may go on; null for by none
public record FlowStep(
    String flow,
    String name,
    @Nullable Holder by,
    List<String> after,
    boolean supposed,
    Duration within,
    Duration pace,
    Map<String, Selector> same,
    Once once,
    Map<Whose, Rate> most,
    Map<Whose, Rate> failed,
    Map<String, Map<Whose, Rate>> different,
    @Nullable Duration block,
    @Nullable StepUp stepUp,
    Place place) {

  /// The word that carries it, without the prefix.
  public static final String WORD = "flow";

  public FlowStep {
    after = List.copyOf(after);
    same = Collections.unmodifiableMap(new LinkedHashMap<>(same));
    most = ordered(most);
    failed = ordered(failed);
    Map<String, Map<Whose, Rate>> each = new LinkedHashMap<>();
    different.forEach((tie, rates) -> each.put(tie, ordered(rates)));
    different = Collections.unmodifiableMap(each);
  }

  private static Map<Whose, Rate> ordered(Map<Whose, Rate> rates) {
    Map<Whose, Rate> ordered = new EnumMap<>(Whose.class);
    ordered.putAll(rates);
    return Collections.unmodifiableMap(ordered);
  }

  /// Who goes through a flow, so that nobody goes on where another one has been.
  public sealed interface Holder {
    /// Whoever is proved to call.
    record Caller() implements Holder {}

    /// Whoever calls from one address, or from one network of 64 bits.
    record Source() implements Holder {}

    /// Whoever speaks of the same: what all steps have under `same`.
    record Topic() implements Holder {}

    /// Whoever brings the same cookie.
    record Cookie(String name) implements Holder {}

    /// As users write it.
    default String text() {
      return switch (this) {
        case Caller() -> "caller";
        case Source() -> "source";
        case Topic() -> "object";
        case Cookie(String name) -> "cookie." + name;
      };
    }
  }

  /// How often a step may be done.
  public sealed interface Once {
    /// As often as its limits let it.
    record Not() implements Once {}

    /// Once for each time the steps before it were done.
    record Run() implements Once {}

    /// Once for each thing, by its name under `same`.
    record Each(String tie) implements Once {}
  }

  /// Who is counted together.
  public enum Whose {
    /// Whoever is proved to call; who is not is counted by address.
    CALLER,
    /// An address, or a network of 64 bits.
    SOURCE,
    /// A network of 24 bits, or of 48.
    NETWORK,
    /// What the flow goes by where it goes by what it is about.
    OBJECT,
    /// Everybody together.
    EVERYBODY
  }

  /// As users write it, and decision lines tell it: `purchase.pay`.
  public String text() {
    return flow + "." + name;
  }

  /// Whether a limit of it has a number.
  public boolean bounded() {
    return !most.isEmpty() || !failed.isEmpty() || !different.isEmpty();
  }

  /// In a few words, as summaries show it.
  public String summary() {
    StringBuilder text = new StringBuilder(text());
    if (!after.isEmpty()) {
      text.append(" after ").append(String.join(" and ", after));
      text.append(" within ").append(DurationText.write(within));
    }
    if (!same.isEmpty()) {
      text.append(", same ").append(String.join(", ", same.keySet()));
    }
    switch (once) {
      case Once.Not() -> {}
      case Once.Run() -> text.append(", once");
      case Once.Each(String tie) -> text.append(", once for each ").append(tie);
    }
    if (pace.isPositive()) {
      text.append(", not sooner than ").append(DurationText.write(pace));
    }
    if (bounded()) {
      text.append(", bounded");
    }
    return text.toString();
  }

  /// The same step with what a whole flow makes of it.
  FlowStep settled(
      List<String> after,
      Once once,
      Map<Whose, Rate> most,
      Map<Whose, Rate> failed,
      Map<String, Map<Whose, Rate>> different) {
    return new FlowStep(
        flow, name, by, after, false, within, pace, same, once, most, failed, different, block,
        stepUp, place);
  }
}
