package dev.gatewarden.gateway.transport.front;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;

/// Goes on with the protocol that ALPN chose (RFC 7301); HTTP/1.1 where the caller offered none.
final class Negotiated extends ApplicationProtocolNegotiationHandler implements Connection {
  private final Front front;
  private final Channel channel;

  Negotiated(Front front, Channel channel) {
    super(ApplicationProtocolNames.HTTP_1_1);
    this.front = front;
    this.channel = channel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    super.handlerAdded(ctx);
    front.opened(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) throws Exception {
    super.handlerRemoved(ctx);
    front.closed(this);
  }

  @Override
  public EventLoop loop() {
    return channel.eventLoop();
  }

  @Override
  public void drain() {
    kill();
  }

  @Override
  public void kill() {
    // Once the handshake is through, another handler answers for the connection.
    if (channel.pipeline().context(this) != null) {
      channel.close();
    }
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
