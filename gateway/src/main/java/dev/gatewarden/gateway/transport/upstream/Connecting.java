package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.wire.Workers;
import dev.gatewarden.gateway.walk.Walk.UpstreamFault;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// One connection in the making: name, socket, handshake.
final class Connecting {
  private final UpstreamClient client;
  private final PlacePool pool;
  private final Upstreams.Place place;
  private final boolean priorKnowledge;
  private final Attempt attempt;

  Connecting(
      UpstreamClient client,
      PlacePool pool,
      Upstreams.Place place,
      boolean priorKnowledge,
      Attempt attempt) {
    this.client = client;
    this.pool = pool;
    this.place = place;
    this.priorKnowledge = priorKnowledge;
    this.attempt = attempt;
  }

  void begin() {
    if (!place.address().isUnresolved()) {
      connect(new InetAddress[] {place.address().getAddress()}, 0);
      return;
    }
    // Resolving waits, so it leaves the loop.
    Thread.ofVirtual()
        .start(
            () -> {
              InetAddress[] addresses = resolve(place.address().getHostString());
              client.worker().loop().execute(() -> connect(addresses, 0));
            });
  }

  private static InetAddress[] resolve(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException unknown) {
      return new InetAddress[0];
    }
  }

  private void connect(InetAddress[] addresses, int at) {
    if (at >= addresses.length) {
      pool.failed(attempt, UpstreamFault.REFUSED, "its name does not resolve");
      return;
    }
    ChannelFuture connected =
        new Bootstrap()
            .group(client.worker().loop())
            .channel(Workers.channel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) client.reach().connectTime().toMillis())
            .handler(new Nothing())
            .connect(new InetSocketAddress(addresses[at], place.address().getPort()));
    connected.addListener(
        done -> {
          if (done.isSuccess()) {
            secure(connected.channel());
          } else if (at + 1 < addresses.length) {
            connect(addresses, at + 1);
          } else {
            boolean late = done.cause() instanceof ConnectTimeoutException;
            pool.failed(
                attempt, late ? UpstreamFault.TIMEOUT : UpstreamFault.REFUSED, "cannot connect");
          }
        });
  }

  private void secure(Channel channel) {
    if (!place.tls()) {
      ready(channel, priorKnowledge);
      return;
    }
    SslHandler tls =
        client
            .tls(!attempt.upgrades())
            .newHandler(channel.alloc(), place.host(), place.address().getPort());
    tls.setHandshakeTimeoutMillis(client.reach().connectTime().toMillis());
    channel.pipeline().addLast(tls, new Quiet());
    tls.handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                ready(channel, ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol()));
              } else {
                channel.close();
                pool.failed(attempt, UpstreamFault.REFUSED, "TLS: " + root(done.cause()));
              }
            });
  }

  private static String root(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private void ready(Channel channel, boolean http2) {
    if (http2) {
      pool.connected(H2Connection.over(client, pool, place, channel), attempt);
    } else {
      pool.connected(H1Upstream.over(client, pool, place, channel), attempt);
    }
  }

  /// What goes wrong in a handshake is told by its future; afterwards the connection's own handler
  /// stands behind.
  private static final class Quiet extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  /// The line is laid once the connection stands.
  private static final class Nothing extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {}
  }
}
