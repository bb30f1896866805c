package dev.gatewarden.core.coding;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A content coding that can be undone (RFC 9110, section 8.4.1, RFC 7932, RFC 8878).
public enum ContentCoding {
  GZIP,
  DEFLATE,
  BR,
  ZSTD;

  /// The coding of a name, or null where it is none of them.
  public static @Nullable ContentCoding of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      case "br" -> BR;
      case "zstd" -> ZSTD;
      default -> null;
    };
  }

  /// As it stands in header fields.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
