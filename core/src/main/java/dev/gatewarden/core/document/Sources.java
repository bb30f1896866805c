package dev.gatewarden.core.document;

import java.io.IOException;
import java.net.URI;

/// Where the bytes of a document come from; who implements it decides what may be read at all.
@FunctionalInterface
public interface Sources {

  /// The bytes behind an absolute address.
  ///
  /// @throws IOException when the address is not on the allow-list, absent, or larger than the
  ///     bound
  byte[] read(URI address) throws IOException;
}
