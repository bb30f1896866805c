package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The opening handshake of a WebSocket (RFC 6455, section 4).
final class WebSocketHandshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private WebSocketHandshake() {}

  /// Whether a request may be answered by 101.
  static boolean offered(Headers request) {
    String key = request.first("sec-websocket-key");
    return key != null
        && request.count("sec-websocket-key") == 1
        && sixteenBytes(key)
        && "13".equals(request.first("sec-websocket-version"));
  }

  private static boolean sixteenBytes(String key) {
    try {
      return Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /// Whether the response answers this request's key.
  static boolean accepted(Headers request, Headers response) {
    String key = request.first("sec-websocket-key");
    return key != null
        && "websocket".equalsIgnoreCase(response.first("upgrade"))
        && accept(key).equals(response.first("sec-websocket-accept"));
  }

  static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException absent) {
      throw new GatewardenBug("every platform has SHA-1", absent);
    }
  }
}
