package dev.gatewarden.gateway.binder.body.multipart;

import dev.gatewarden.core.canon.ContentType;
import dev.gatewarden.core.canon.Disposition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One part of a multipart body.
///
/// @param type null where it does not say one
/// @param headers the lines besides disposition and type, with lower-case names
/// @param from the first byte of its content
/// @param to behind the last byte of its content
public record Part(
    Disposition disposition, @Nullable ContentType type, List<Line> headers, int from, int to) {

  /// One header line.
  public record Line(String name, String value) {}

  public String name() {
    return disposition.name();
  }

  /// The value of a header, or null.
  public @Nullable String header(String name) {
    for (Line line : headers) {
      if (line.name().equals(name)) {
        return line.value();
      }
    }
    return null;
  }
}
