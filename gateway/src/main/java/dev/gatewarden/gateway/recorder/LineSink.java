package dev.gatewarden.gateway.recorder;

import java.io.IOException;

/// Where decision lines end up: a file, the decision store.
public interface LineSink {

  /// Takes whole lines, each ending in a newline.
  ///
  /// @throws IOException when they cannot be kept; they are counted as lost then
  void write(byte[] lines, int length) throws IOException;

  /// Makes sure that what was written stays.
  default void flush() throws IOException {}
}
