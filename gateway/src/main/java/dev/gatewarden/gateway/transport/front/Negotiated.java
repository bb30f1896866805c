package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.canon.Host;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.exchange.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Goes on with the protocol that ALPN chose (RFC 7301); HTTP/1.1 where the caller offered none.
final class Negotiated extends ApplicationProtocolNegotiationHandler implements Connection {
  private final Front front;
  private final Channel channel;
  private String serverName = "";

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
    Peer peer = peer(ctx);
    if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
      H2Front.begin(front, ctx.channel(), peer);
    } else {
      FrontInitializer.http1(front, ctx.channel(), peer);
    }
  }

  private Peer peer(ChannelHandlerContext ctx) {
    SSLSession session = ctx.pipeline().get(SslHandler.class).engine().getSession();
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Certificate each : session.getPeerCertificates()) {
        chain.add((X509Certificate) each);
      }
    } catch (SSLPeerUnverifiedException none) {
      chain.clear();
    }
    return new Peer(FrontInitializer.address(channel), true, chain, serverName);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof SniCompletionEvent named && named.hostname() != null) {
      // A name that cannot be addressed is none.
      serverName =
          Host.read(named.hostname()) instanceof OneReading.Clear<Host>(Host host)
              ? host.name()
              : "";
    }
    super.userEventTriggered(ctx, event);
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
