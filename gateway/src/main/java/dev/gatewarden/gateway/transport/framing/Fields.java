package dev.gatewarden.gateway.transport.framing;

import java.nio.charset.StandardCharsets;

/// Which fields belong to one hop or to the framing and never travel on (RFC 9110, sections 6.5.1
/// and 7.6.1).
public final class Fields {
  private Fields() {}

  /// Whether the transport writes this field by itself, or nobody does.
  ///
  /// @param name lower case
  public static boolean hop(String name) {
    return switch (name.length()) {
      case 2 -> name.equals("te");
      case 4 -> name.equals("host");
      case 6 -> name.equals("expect");
      case 7 -> name.equals("upgrade") || name.equals("trailer");
      case 10 -> name.equals("connection") || name.equals("keep-alive");
      case 14 -> name.equals("content-length") || name.equals("http2-settings");
      case 16 -> name.equals("proxy-connection");
      case 17 -> name.equals("transfer-encoding");
      case 18 -> name.equals("proxy-authenticate");
      case 19 -> name.equals("proxy-authorization");
      default -> false;
    };
  }

  /// Whether a field may stand in a trailer: nothing that frames, routes, authenticates, controls
  /// or describes the content.
  ///
  /// @param name lower case
  public static boolean allowedInTrailer(String name) {
    if (hop(name)) {
      return false;
    }
    return switch (name) {
      case "authorization",
          "cookie",
          "set-cookie",
          "cache-control",
          "content-encoding",
          "content-type",
          "content-range",
          "location",
          "max-forwards",
          "pragma",
          "range",
          "www-authenticate",
          "forwarded",
          "age",
          "date",
          "expires",
          "retry-after",
          "vary",
          "via",
          "alt-svc",
          "server",
          "set-cookie2",
          "x-request-id",
          "strict-transport-security",
          "content-security-policy",
          "x-content-type-options",
          "x-frame-options",
          "x-http-method-override" ->
          false;
      default ->
          !name.startsWith(":")
              && !name.startsWith("access-control-")
              && !name.startsWith("x-accel-")
              && !name.startsWith("x-forwarded-");
    };
  }

  static boolean allowedInTrailer(byte[] a, int from, int colon) {
    StringBuilder name = new StringBuilder(colon - from);
    for (int i = from; i < colon; i++) {
      name.append((char) Chars.lower(a[i]));
    }
    return allowedInTrailer(name.toString());
  }

  /// Whether a value can be written to the wire as it is; what cannot would be a line of its own.
  public static boolean writable(CharSequence value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7F) {
        return false;
      }
    }
    return true;
  }

  /// Whether a name is a token.
  public static boolean name(String name) {
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (!Chars.token(b)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /// Whether a text has only characters of a target.
  public static boolean target(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7E || !Chars.target((byte) c)) {
        return false;
      }
    }
    return true;
  }

  /// The value of a content length; negative when it is malformed or too long.
  public static long length(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Lengths.read(bytes, 0, bytes.length);
  }
}
