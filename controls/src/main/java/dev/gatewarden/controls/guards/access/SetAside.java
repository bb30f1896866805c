package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.access.ObjectKnowledge.Known;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Batch;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Ownership;

/// Which items of a batch `object-owner` leaves out of the request, where each stands for itself.
/// Other guards say nothing of them: a word of theirs would tell a foreign object from an absent
/// one.
final class SetAside {
  private SetAside() {}

  static boolean holds(ObjectUse use, Known known, Principal caller) {
    ObjectBinding binding = use.binding();
    if (use.to() == 0 || binding.batch() != Batch.EACH) {
      return false;
    }
    return switch (known) {
      case Known.Facts(var facts, var _) ->
          Ownership.judge(binding.type(), binding.grants(), facts, caller)
              != Ownership.Standing.GRANTED;
      case Known.Absent _, Known.Withheld _, Known.Nothing _ -> true;
      case Known.Later _, Known.Failed _ -> false;
    };
  }
}
