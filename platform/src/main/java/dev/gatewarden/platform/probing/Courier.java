package dev.gatewarden.platform.probing;

import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Errand;

/// Who carries what is beside the contract: under the same pace, budget, list of hosts and log as
/// every attempt.
public interface Courier {

  /// Sends a request and waits for the answer; its status is 0 where none came.
  ///
  /// @throws dev.gatewarden.core.probe.Scene.Spent when no request is left
  Answer send(Errand errand);

  /// Keeps a secret out of everything that is written down.
  void hide(String secret);
}
