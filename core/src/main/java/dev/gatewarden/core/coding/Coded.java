package dev.gatewarden.core.coding;

import dev.gatewarden.core.exchange.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a message says its body is encoded: `Content-Encoding` in its one reading.
///
/// One coding at the most: each further one multiplies what a few bytes may become, and no sender
/// needs two.
public sealed interface Coded {
  Coded PLAIN = new Plain();
  Coded OTHER = new Other();

  /// It is not.
  record Plain() implements Coded {}

  /// In one coding that can be undone.
  record By(ContentCoding coding) implements Coded {}

  /// In a coding that is not known, or in several.
  record Other() implements Coded {}

  /// How a body is encoded.
  static Coded of(Headers headers) {
    if (headers.first("content-encoding") == null) {
      return PLAIN;
    }
    List<String> lines = headers.all("content-encoding");
    if (lines.size() != 1) {
      return OTHER;
    }
    String only = lines.getFirst().strip();
    if (only.equalsIgnoreCase("identity")) {
      return PLAIN;
    }
    @Nullable ContentCoding coding = ContentCoding.of(only);
    return coding == null ? OTHER : new By(coding);
  }
}
