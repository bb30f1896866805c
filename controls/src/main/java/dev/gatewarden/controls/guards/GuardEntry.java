package dev.gatewarden.controls.guards;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.exchange.Stage;
import java.util.List;
import java.util.Optional;

/// One guard as the Catalog lists it: what it is called, what can be set, and how it is seated.
///
/// @param guard the class, which carries its name in `@Control`
/// @param defaults the configuration where the operator says nothing; its record's components are
///     what can be set, and a component that the operator
///     does not name keeps this value
/// @param mode the mode where the operator says nothing
/// @param reads what the guard needs to see
/// @param why the reasons it can give
public record GuardEntry<C extends Record>(
    Class<? extends Guard> guard,
    C defaults,
    Mode mode,
    Reads reads,
    List<? extends dev.gatewarden.core.decision.Reason> why,
    Seating<C> seating) {

  /// Makes the guard for one place.
  @FunctionalInterface
  public interface Seating<C extends Record> {

    /// The guard, or empty where the contract states nothing for it to judge.
    Optional<Guard> seat(Setting setting, C config);
  }

  public static <C extends Record> GuardEntry<C> of(
      Class<? extends Guard> guard,
      C defaults,
      Reads reads,
      dev.gatewarden.core.decision.Reason[] why,
      Seating<C> seating) {
    return new GuardEntry<>(guard, defaults, Mode.ENFORCE, reads, List.of(why), seating);
  }

  /// The same entry that begins in observe: for checks that good services fail before their
  /// contract is true.
  public GuardEntry<C> observing() {
    return new GuardEntry<>(guard, defaults, Mode.OBSERVE, reads, why, seating);
  }

  public String id() {
    return control().id();
  }

  public Stage stage() {
    return control().stage();
  }

  public Cost cost() {
    return control().cost();
  }

  public List<Threat> threats() {
    return List.of(control().threats());
  }

  /// The record whose components can be set.
  public Class<C> configType() {
    @SuppressWarnings("unchecked")
    Class<C> type = (Class<C>) defaults.getClass();
    return type;
  }

  /// The guard for one place, or empty where the contract states nothing for it to judge.
  ///
  /// @param config of the type `configType()`
  public Optional<Guard> seat(Setting setting, Record config) {
    return seating.seat(setting, configType().cast(config));
  }

  private Control control() {
    Control control = guard.getAnnotation(Control.class);
    if (control == null) {
      throw new GatewardenBug(guard.getName() + " has no name");
    }
    return control;
  }
}
