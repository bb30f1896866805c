package dev.gatewarden.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the gate has allocated on its heap, as its admin port says.
final class Allocated {
  private static final String NAME = "gatewarden_allocated_bytes_total ";

  private Allocated() {}

  /// Bytes since the gate started.
  ///
  /// @param folder that of its configuration
  static double bytes(int adminPort, Path folder) throws IOException {
    URLConnection metrics =
        URI.create("http://127.0.0.1:" + adminPort + "/metrics").toURL().openConnection();
    String token = Files.readString(folder.resolve(".gatewarden/admin.token")).strip();
    metrics.setRequestProperty("Authorization", "Bearer " + token);
    try (var in = metrics.getInputStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int at = text.indexOf("\n" + NAME) + 1 + NAME.length();
      return Double.parseDouble(text.substring(at, text.indexOf('\n', at)));
    }
  }
}
