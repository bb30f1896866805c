package dev.gatewarden.gateway.transport.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;

/// Goes on with the protocol that ALPN chose (RFC 7301); HTTP/1.1 where the caller offered none.
final class Negotiated extends ApplicationProtocolNegotiationHandler {
  private final Front front;

  Negotiated(Front front) {
    super(ApplicationProtocolNames.HTTP_1_1);
    this.front = front;
  }

  @Override
  protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
    if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
      H2Front.begin(front, ctx.channel(), true);
    } else {
      FrontInitializer.http1(front, ctx.channel(), true);
    }
  }

  @Override
  protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
