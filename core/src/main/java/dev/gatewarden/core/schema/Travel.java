package dev.gatewarden.core.schema;

import java.util.Set;

/// How `readOnly` and `writeOnly` bear on one value.
///
/// @param member   whether it is the value of a member, which alone may be withheld
/// @param literal  whether `required` is taken by the letter, as under `not` and `if`, where asking
///     for less would refuse more
/// @param withheld names that the rest of the composition withholds, so that nobody can ask for
///     them
record Travel(boolean member, boolean literal, Set<String> withheld) {

  static final Travel PLAIN = new Travel(false, false, Set.of());

  Travel {
    withheld = Set.copyOf(withheld);
  }

  /// The same for a member's value.
  Travel toMember() {
    return new Travel(true, literal, Set.of());
  }

  /// The same for an item.
  Travel toItem() {
    return literal ? new Travel(false, true, Set.of()) : PLAIN;
  }
}
