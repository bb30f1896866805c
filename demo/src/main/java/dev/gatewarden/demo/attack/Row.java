package dev.gatewarden.demo.attack;

import dev.gatewarden.demo.shop.Fault;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One line of the table: an attack, or the good request that looks like it.
///
/// @param fault what of the shop lets the attack through; null for a good request
public record Row(String title, @Nullable Fault fault, Try attempt) {

  /// What is done, over HTTP, on one side.
  @FunctionalInterface
  public interface Try {
    Outcome on(Side side) throws IOException, InterruptedException;
  }

  static Row attack(String title, Fault fault, Try attempt) {
    return new Row(title, fault, attempt);
  }

  static Row good(String title, Try attempt) {
    return new Row(title, null, attempt);
  }

  public boolean isAttack() {
    return fault != null;
  }
}
