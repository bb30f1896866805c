package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.transport.framing.FramingCheck;
import dev.gatewarden.gateway.transport.framing.RequestScanner;
import dev.gatewarden.gateway.transport.wire.Limits;
import dev.gatewarden.gateway.transport.wire.Worker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Lays the line of each new connection: TLS where it is spoken, then the protocol that the caller
/// chose.
public final class FrontInitializer extends ChannelInitializer<Channel> {
  private final Front front;
  private final @Nullable Mapping<? super String, ? extends SslContext> tls;

  /// @param tls what is spoken, by the host that the caller names; null for plain text
  public FrontInitializer(
      Front front, @Nullable Mapping<? super String, ? extends SslContext> tls) {
    this.front = front;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!front.enter(channel)) {
      channel.close();
      return;
    }
    if (tls == null) {
      channel.pipeline().addLast(new PrefaceSniffer(front, channel));
    } else {
      channel
          .pipeline()
          .addLast(
              new NoRenegotiation(),
              new NamedHost(tls, front.limits().headTime().toMillis()),
              new Negotiated(front, channel));
    }
  }

  static Ip address(Channel channel) {
    return Ip.of(((InetSocketAddress) channel.remoteAddress()).getAddress().getAddress());
  }

  static void http1(Front front, Channel channel, Peer peer) {
    Worker worker = front.workers().of(channel);
    Limits limits = front.limits();
    RequestScanner scanner = new RequestScanner(limits.head(), limits.fields(), limits.target());
    FramingCheck check = new FramingCheck(scanner, worker.area());
    RequestDecoder decoder = new RequestDecoder(limits);
    if (front.gate().framed()) {
      channel
          .pipeline()
          .addLast(
              check, decoder, new H1Front(front, worker, channel, peer, scanner, check, decoder));
    } else {
      channel
          .pipeline()
          .addLast(decoder, new H1Front(front, worker, channel, peer, scanner, decoder));
    }
  }
}
