package dev.gatewarden.demo.attack;

import dev.gatewarden.demo.shop.Fault;
import java.io.IOException;
import java.util.Set;

/// One line of the table: an attack, or the good request that looks like it.
///
/// @param faults what of the shop must be wrong for the attack to work; empty for a good request
public record Row(String title, Set<Fault> faults, Try attempt) {

  public Row {
    faults = Set.copyOf(faults);
  }

  /// What is done, over HTTP, on one side.
  @FunctionalInterface
  public interface Try {
    Outcome on(Side side) throws IOException, InterruptedException;
  }

  static Row attack(String title, Fault fault, Try attempt) {
    return new Row(title, Set.of(fault), attempt);
  }

  static Row attack(String title, Set<Fault> faults, Try attempt) {
    return new Row(title, faults, attempt);
  }

  static Row good(String title, Try attempt) {
    return new Row(title, Set.of(), attempt);
  }

  public boolean isAttack() {
    return !faults.isEmpty();
  }
}
