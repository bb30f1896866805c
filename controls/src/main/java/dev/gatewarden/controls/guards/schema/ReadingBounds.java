package dev.gatewarden.controls.guards.schema;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.core.limit.Size;
import dev.gatewarden.core.schema.Bounds;
import java.util.Optional;

/// What an operator says no body may exceed, whatever its contract says; where nothing is said the
/// usual bound holds, which the contract's own word may go beyond.
public interface ReadingBounds {

  /// How deeply objects and arrays may be nested.
  Optional<Integer> depth();

  /// How many members an object may have.
  Optional<Integer> keys();

  /// How many items an array may have.
  Optional<Integer> items();

  /// How long a text may be, as it is written.
  Optional<Size> string();

  /// How many characters a number may have.
  Optional<Integer> digits();

  /// Refuses what no bound can be.
  ///
  /// @throws IllegalArgumentException with a message for the operator
  static void check(
      Optional<Integer> depth,
      Optional<Integer> keys,
      Optional<Integer> items,
      Optional<Size> string,
      Optional<Integer> digits) {
    depth.ifPresent(value -> Bound.within("depth", value, 1, Bounds.DEEPEST));
    keys.ifPresent(value -> Bound.within("keys", value, 1, 1_000_000));
    items.ifPresent(value -> Bound.within("items", value, 1, 10_000_000));
    string.ifPresent(value -> Bound.within("string", value, new Size(1), new Size(1 << 30)));
    digits.ifPresent(value -> Bound.within("digits", value, 1, 10_000));
  }
}
