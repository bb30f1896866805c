package dev.gatewarden.core.decision;

import dev.gatewarden.core.exchange.Call;

/// An inline control: judges a Call at one Stage; never changes it, never consumes anything itself.
///
/// At the stages before the body is read (INTAKE, IDENTIFY, ADMIT) the Call is the carrier's: it
/// has the head of the request and no body. A guard
/// is pure but for what it asks of its ports, so that a stage can be run again after a port had to
/// wait.
@FunctionalInterface
public interface Guard {

  /// The guard's word on a Call.
  ///
  /// @throws WouldWait when a port has no answer at hand and the thread must not wait
  Verdict judge(Call call);
}
