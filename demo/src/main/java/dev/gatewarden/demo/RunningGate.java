package dev.gatewarden.demo;

import java.net.URI;

/// A gate that stands in front of the shop.
public interface RunningGate extends AutoCloseable {

  /// What people call.
  URI uri();

  /// Its own surface.
  URI admin();

  /// What operators bring there.
  String operatorToken();

  @Override
  void close();
}
