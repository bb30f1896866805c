package dev.gatewarden.platform.probing;

import dev.gatewarden.core.probe.Attack;

/// Who is told how far a run has come.
public interface Progress {
  Progress NONE =
      new Progress() {
        @Override
        public void begins(Attack probe, int number, int of) {}

        @Override
        public void sent(int requests, int most) {}
      };

  /// A probe begins.
  ///
  /// @param number its own, from 1
  /// @param of how many there are
  void begins(Attack probe, int number, int of);

  /// Another request was answered, or was not.
  ///
  /// @param requests how many were sent
  /// @param most how many were agreed to
  void sent(int requests, int most);
}
