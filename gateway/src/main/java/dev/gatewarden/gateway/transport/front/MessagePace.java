package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.gateway.transport.wire.Worker;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/// How fast a caller may send frames of a WebSocket that carry little, and how long one message may
/// become in pieces.
///
/// Pings, pongs, empty frames and short pieces of a message cost a token each; tokens come back
/// with
/// time, and with bytes.
final class MessagePace {
  private static final long TOKEN = 1000;
  private static final long BURST = 500 * TOKEN;
  private static final long PER_MILLI = TOKEN / 20;
  private static final int SHORT = 64;
  private static final int FRAMES = 16;

  private final Worker worker;
  private final long most;
  private long tokens = BURST;
  private long at;
  private long message;
  private WebSocketCloseStatus why = WebSocketCloseStatus.POLICY_VIOLATION;

  /// @param frame the most bytes of one frame
  MessagePace(Worker worker, int frame) {
    this.worker = worker;
    this.most = (long) FRAMES * frame;
    this.at = worker.now();
  }

  /// Whether a frame may pass.
  boolean takes(WebSocketFrame frame, int length) {
    boolean control = control(frame);
    if (!control) {
      message += length;
      if (message > most) {
        why = WebSocketCloseStatus.MESSAGE_TOO_BIG;
        return false;
      }
    }
    boolean part = !control && !frame.isFinalFragment();
    if (!control && !part) {
      message = 0;
    }
    long now = worker.now();
    tokens = Math.min(BURST, tokens + (now - at) / 1_000_000 * PER_MILLI + length);
    at = now;
    if (control || length == 0 || part && length < SHORT) {
      tokens -= TOKEN;
    }
    return tokens >= 0;
  }

  private static boolean control(WebSocketFrame frame) {
    return switch (frame) {
      case PingWebSocketFrame _ -> true;
      case PongWebSocketFrame _ -> true;
      case CloseWebSocketFrame _ -> true;
      default -> false;
    };
  }

  /// What a caller is told whose frame does not pass.
  WebSocketCloseStatus why() {
    return why;
  }
}
