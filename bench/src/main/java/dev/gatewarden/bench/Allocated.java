package dev.gatewarden.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// What the gate has allocated on its heap, as its admin port says.
final class Allocated {
  private static final String NAME = "gatewarden_allocated_bytes_total ";

  private Allocated() {}

  /// Bytes since the gate started.
  static double bytes(int adminPort) throws IOException {
    URI metrics = URI.create("http://127.0.0.1:" + adminPort + "/metrics");
    try (var in = metrics.toURL().openStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int at = text.indexOf("\n" + NAME) + 1 + NAME.length();
      return Double.parseDouble(text.substring(at, text.indexOf('\n', at)));
    }
  }
}
