package dev.gatewarden.core.probe;

/// An active negative test: it sends attempts whose right answer is known, and tells the faults
/// that the answers prove.
///
/// A probe is pure but for what it asks of its scene. It first shows that the honest request works;
/// what does not work is told as untested, never as safe.
@FunctionalInterface
public interface Probe {

  /// Attacks the API behind a scene.
  ///
  /// @throws Scene.Spent when the budget of requests is spent
  void run(Scene scene);
}
