package dev.gatewarden.gateway.transport.wire;

import dev.gatewarden.gateway.transport.framing.Fields;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the fields of HTTP/2 into those the rest works with, and back (RFC 9113, section 8.2).
public final class H2Fields {
  private H2Fields() {}

  /// The regular fields; null when one belongs to a connection (RFC 9113, section 8.2.2) or is
  /// malformed.
  public static @Nullable HttpHeaders regular(Http2Headers all) {
    HttpHeaders regular = new DefaultHttpHeaders();
    StringBuilder cookies = null;
    for (Iterator<Map.Entry<CharSequence, CharSequence>> i = all.iterator(); i.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> field = i.next();
      String name = field.getKey().toString();
      String value = field.getValue().toString();
      if (name.startsWith(":")) {
        continue;
      }
      if (!sound(name, value)) {
        return null;
      }
      if (name.equals("cookie")) {
        // Crumbs become one line again (RFC 9113, section 8.2.3).
        cookies = cookies == null ? new StringBuilder(value) : cookies.append("; ").append(value);
      } else {
        regular.add(name, value);
      }
    }
    if (cookies != null) {
      regular.set(HttpHeaderNames.COOKIE, cookies.toString());
    }
    return regular;
  }

  private static boolean sound(String name, String value) {
    boolean connection =
        switch (name) {
          case "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade" ->
              true;
          case "te" -> !value.equals("trailers");
          default -> false;
        };
    return !connection && lowerToken(name) && Fields.writable(value) && !blankAtEnds(value);
  }

  private static boolean lowerToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
        return false;
      }
    }
    return Fields.name(name);
  }

  private static boolean blankAtEnds(String value) {
    return !value.isEmpty() && (value.charAt(0) <= ' ' || value.charAt(value.length() - 1) <= ' ');
  }

  /// Trailers as they may travel on.
  public static HttpHeaders trailers(HttpHeaders fields) {
    HttpHeaders kept = new DefaultHttpHeaders();
    fields
        .iteratorCharSequence()
        .forEachRemaining(
            field -> {
              String name = field.getKey().toString();
              if (Fields.allowedInTrailer(name)) {
                kept.add(name, field.getValue());
              }
            });
    return kept;
  }

  public static void copy(HttpHeaders from, Http2Headers to) {
    from.iteratorCharSequence()
        .forEachRemaining(field -> to.add(field.getKey().toString(), field.getValue()));
  }

  /// Whether pseudo-headers come first and none is unknown or repeated.
  public static boolean ordered(Http2Headers all, String... known) {
    boolean regularSeen = false;
    for (Map.Entry<CharSequence, CharSequence> field : all) {
      CharSequence name = field.getKey();
      boolean pseudo = !name.isEmpty() && name.charAt(0) == ':';
      if (pseudo && (regularSeen || !among(name, known) || all.getAll(name).size() > 1)) {
        return false;
      }
      regularSeen |= !pseudo;
    }
    return true;
  }

  private static boolean among(CharSequence name, String... known) {
    for (String each : known) {
      if (each.contentEquals(name)) {
        return true;
      }
    }
    return false;
  }
}
