package dev.gatewarden.gateway.transport.front;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;
import org.jspecify.annotations.Nullable;

/// Chooses what is spoken by the host that the caller names in its handshake (RFC 6066, section 3).
final class NamedHost extends SniHandler {
  private static final int LONGEST_HELLO = 16 << 10;

  /// A fatal alert (RFC 8446, section 6).
  private static final byte[] UNRECOGNIZED_NAME = {21, 3, 3, 0, 2, 2, 112};

  private final long patience;

  /// @param patience how long the handshake may take, in milliseconds
  NamedHost(Mapping<? super String, ? extends SslContext> contexts, long patience) {
    super(contexts, LONGEST_HELLO, patience);
    this.patience = patience;
  }

  /// Nothing is spoken with callers of a host that is not served (RFC 6066, section 3).
  @Override
  protected void replaceHandler(
      ChannelHandlerContext ctx, @Nullable String host, @Nullable SslContext context)
      throws Exception {
    if (context == null) {
      ctx.writeAndFlush(ctx.alloc().buffer().writeBytes(UNRECOGNIZED_NAME))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    super.replaceHandler(ctx, host, context);
  }

  @Override
  protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
    SslHandler handler = super.newSslHandler(context, allocator);
    handler.setHandshakeTimeoutMillis(patience);
    return handler;
  }
}
