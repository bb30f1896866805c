package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.walk.Walk.UpstreamFault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// Who waits for a response; told on the worker's loop.
public interface Inbound {
  /// A connection is there: start the request. Called again when the first try came to nothing and
  /// may be repeated.
  void connected(Outbound out);

  /// @param length of the body: 0 for none, -1 when it is not declared
  void head(int status, HttpHeaders headers, long length);

  /// Takes over a piece of the body.
  void data(ByteBuf piece);

  /// The response is complete; the connection is no longer this request's.
  void end(@Nullable HttpHeaders trailers);

  /// There will be no (more) response.
  void failed(UpstreamFault fault);

  /// The request is on no connection any more; `connected` or `failed` follows.
  default void withdrawn() {}

  /// There will be no response, for none is asked for: the service is spared.
  ///
  /// @param seconds after which asking again makes sense
  default void refused(UpstreamFault fault, int seconds) {
    failed(fault);
  }

  /// Whether the request can still be sent whole: nothing of its body is gone.
  default boolean mayResend() {
    return true;
  }

  /// There is room again for the request's body.
  void writable();
}
