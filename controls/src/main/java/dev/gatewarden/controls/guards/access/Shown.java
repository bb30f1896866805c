package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call asked for by one binding, and what the answer shows of it.
final class Shown {
  private Shown() {}

  /// The objects in the answer.
  static List<ObjectFacts> by(ObjectBinding binding, Call call) {
    for (int i = 0; i < call.seen().size(); i++) {
      Call.Seen seen = call.seen().get(i);
      if (seen.binding() == binding) {
        return seen.each();
      }
    }
    return List.of();
  }

  /// The first object that the request names; null where it names none.
  static @Nullable ObjectUse asked(ObjectBinding binding, Call call) {
    for (int i = 0; i < call.objects().size(); i++) {
      ObjectUse use = call.objects().get(i);
      if (use.binding() == binding) {
        return use;
      }
    }
    return null;
  }

  /// What takes an object out of the answer, with the name it stands under.
  static Edit cut(ObjectFacts object) {
    return new Edit.CutBody(object.nameFrom(), object.to());
  }
}
