package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.gateway.pipeline.HeaderLines;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// The caller's side of one request, whichever protocol it came over; used on the worker's loop.
interface CallerSide {
  /// The body is wanted: reading goes on, and `100 Continue` is said where it is expected.
  void wantBody();

  void pause();

  void resume();

  boolean writable();

  /// Writes the head of the reply.
  ///
  /// @param length of the body that follows, or that a HEAD stands for; -1 when it is not known yet
  /// @param decoded whether the content coding was undone
  void head(int status, HeaderLines lines, long length, boolean decoded);

  /// Takes over a piece of the reply's body.
  void data(ByteBuf piece);

  void bytes(byte[] a, int from, int to);

  /// The reply is complete.
  void end(@Nullable HttpHeaders trailers);

  /// The reply cannot be completed: the caller must see that it was cut off.
  void abort();

  /// The driver is over; the next request may begin.
  void next();

  /// Writes 101 and leaves the connection to other handlers.
  ///
  /// @return the connection, with nothing on it but what encrypts
  Channel switchProtocols(HeaderLines lines, String accept);
}
