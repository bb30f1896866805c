package dev.gatewarden.gateway.transport.front;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;

/// Chooses what is spoken by the host that the caller names in its handshake (RFC 6066, section 3).
final class NamedHost extends SniHandler {
  private static final int LONGEST_HELLO = 16 << 10;

  private final long patience;

  /// @param patience how long the handshake may take, in milliseconds
  NamedHost(Mapping<? super String, ? extends SslContext> contexts, long patience) {
    super(contexts, LONGEST_HELLO, patience);
    this.patience = patience;
  }

  @Override
  protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
    SslHandler handler = super.newSslHandler(context, allocator);
    handler.setHandshakeTimeoutMillis(patience);
    return handler;
  }
}
