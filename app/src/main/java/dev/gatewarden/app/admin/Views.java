package dev.gatewarden.app.admin;

import java.io.IOException;

/// What the admin port shows of the running gate.
public interface Views {

  /// Why the gate takes no requests now; empty when it does.
  String obstacle();

  /// What whoever asks whether the gate is ready should know beside; empty where there is nothing.
  default String remark() {
    return "";
  }

  /// Everything that is counted, as Prometheus reads it.
  String metrics();

  /// The decision line whose id begins so; empty when none is kept or several begin so.
  ///
  /// @throws IOException when the store cannot be read
  String decision(String id) throws IOException;

  /// What could be written so that answers which break their contract stay possible, as YAML.
  default String proposals() {
    return "";
  }

  /// The public keys of the gate's own tokens (RFC 7517, section 5).
  String keys();
}
