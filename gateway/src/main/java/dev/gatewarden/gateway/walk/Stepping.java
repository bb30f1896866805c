package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.guards.flow.Told;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.Steps;
import dev.gatewarden.core.exchange.Bytes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes down which steps of business flows a request has done, before its answer leaves: who has
/// the answer can go on.
final class Stepping {
  private Stepping() {}

  /// Whether a service that answers so has done what it was asked.
  private static boolean done(int status) {
    return status >= 200 && status < 400;
  }

  /// Whether a step is told by the body of the answer.
  static boolean awaits(List<Edit> edits, int status) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.KeepStep keep && done(status)) {
        for (Selector each : keep.later().values()) {
          if (each instanceof Selector.ResponseBody) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Writes down what was done.
  ///
  /// @param body of the answer; empty where it is not held
  /// @param run names what was done, so that it can be used up
  /// @return whether all of it is remembered: what is not was not done, and its caller begins anew
  static boolean keep(
      List<Edit> edits, Steps steps, ResponseHead received, Bytes body, String run, Instant now) {
    boolean kept = true;
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.KeepStep keep && done(received.status())) {
        kept &= keep(keep, steps, received, body, run, now);
      }
    }
    return kept;
  }

  private static boolean keep(
      Edit.KeepStep keep, Steps steps, ResponseHead received, Bytes body, String run, Instant now) {
    Map<String, String> about = about(keep, steps, received, body);
    String key = about == null ? null : keep.key(about);
    // What the answer does not say cannot be compared later, and so was not done.
    if (about == null || key == null) {
      return false;
    }
    try {
      return steps.done(key, new Steps.Done(keep.step(), about, now, run), keep.lasting());
    } catch (OutOfReach gone) {
      return false;
    }
  }

  private static @Nullable Map<String, String> about(
      Edit.KeepStep keep, Steps steps, ResponseHead received, Bytes body) {
    if (keep.later().isEmpty()) {
      return keep.about();
    }
    Map<String, String> about = new HashMap<>(keep.about());
    Told told = Told.of(received.headers(), body);
    for (Map.Entry<String, Selector> each : keep.later().entrySet()) {
      String value = told.at(each.getValue());
      if (value == null) {
        return null;
      }
      about.put(each.getKey(), steps.digest(keep.flow() + '|' + each.getKey() + '|' + value));
    }
    return about;
  }
}
