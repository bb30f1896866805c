package dev.gatewarden.core.canon;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Query;
import java.nio.charset.StandardCharsets;

/// Reads a body of the type `application/x-www-form-urlencoded` as names and values, as a query is
/// read; bytes beyond ASCII have to be percent-encoded UTF-8.
public final class FormReader {
  private FormReader() {}

  /// The fields of a form, or why they have no single reading.
  ///
  /// @param fields how many fields there may be
  public static OneReading<Query> read(Bytes body, int fields) {
    return QueryReader.form(
        new String(body.array(), body.from(), body.length(), StandardCharsets.ISO_8859_1), fields);
  }
}
