package dev.gatewarden.acceptance.framing;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/// A service that counts what reaches it.
interface Upstream extends AutoCloseable {
  URI uri();

  /// As the configuration calls it.
  String protocol();

  /// Each request that began to arrive.
  List<Arrival> arrived();

  /// What no request to the letter would say.
  List<String> faults();

  /// The body of the answer to a request.
  static String told(Arrival one) {
    return "{\"id\":\"" + one.id() + "\",\"target\":\"" + one.target().replace("\"", "") + "\"}";
  }

  @Override
  void close() throws IOException;
}
