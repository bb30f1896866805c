package dev.gatewarden.gateway.transport.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// One request on its way to an upstream.
public interface Outbound {
  /// Writes the head.
  ///
  /// @param length of the body: 0 for none, -1 when it is not declared
  /// @param trailers whether the caller takes trailers
  void start(long length, boolean trailers);

  /// Takes over a piece of the body.
  void data(ByteBuf piece);

  void end(@Nullable HttpHeaders trailers);

  /// Whether anything of the request has left for the upstream.
  boolean begun();

  boolean writable();

  /// Reads no further until `resume`.
  void pause();

  void resume();

  /// Nobody waits any more.
  void cancel();

  /// Takes HTTP off the connection and puts other handlers on; bytes that came behind the 101 reach
  /// them.
  Channel switchProtocols(ChannelHandler... handlers);
}
