package dev.gatewarden.core.policy;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Delivery;
import dev.gatewarden.core.contract.ObjectType.KnownBy;

/// When it can be known whose an object is.
public final class Knowing {
  private Knowing() {}

  /// Whether the service's answer tells whose the objects of a binding are, and may be waited for.
  ///
  /// @param safe whether the operation's method only reads
  public static boolean byAnswer(ObjectBinding binding, boolean safe) {
    boolean wanted =
        switch (binding.does()) {
          case READ ->
              binding.items() != null
                  || (safe && binding.type().knownBy().contains(KnownBy.RESPONSE));
          case LIST -> true;
          case CREATE, UPDATE, DELETE, ACT, AGGREGATE -> false;
        };
    return wanted && binding.delivery() != Delivery.OPAQUE && !Ownership.open(binding.grants());
  }
}
