package dev.gatewarden.platform.probing.grpc;

import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Scene;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Carries calls over HTTP/2, each on a connection of its own, so that what ends one connection is
/// told from what ends a call.
final class GrpcCarrier implements AutoCloseable {
  private final Duration patience;
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private @Nullable SslContext tls;

  GrpcCarrier(Duration patience) {
    this.patience = patience;
  }

  /// @param first whether the first message of the answer is all that is waited for
  /// @throws IOException where no answer came
  Answer carry(int number, HttpRequest request, byte[] body, boolean first) throws IOException {
    URI at = request.uri();
    Channel connection = null;
    try {
      connection = connected(at);
      GrpcAnswer coming = new GrpcAnswer(first);
      connection.closeFuture().addListener(_ -> coming.dropped());
      Http2StreamChannel stream =
          got(new Http2StreamChannelBootstrap(connection).handler(coming).open());
      stream.write(new DefaultHttp2HeadersFrame(head(request), body.length == 0));
      if (body.length > 0) {
        stream.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true));
      }
      stream.flush();
      try {
        return got(coming.whole()).answer(number);
      } catch (HttpTimeoutException late) {
        if (first && coming.isBegun()) {
          return coming.waiting().answer(number);
        }
        throw late;
      }
    } finally {
      if (connection != null) {
        connection.close();
      }
    }
  }

  private Channel connected(URI at) throws IOException {
    boolean secure = "https".equalsIgnoreCase(at.getScheme());
    int port = at.getPort() >= 0 ? at.getPort() : secure ? 443 : 80;
    SslContext context = secure ? tls() : null;
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    ChannelPipeline line = channel.pipeline();
                    if (context != null) {
                      line.addLast(context.newHandler(channel.alloc(), at.getHost(), port));
                    }
                    line.addLast(
                        Http2FrameCodecBuilder.forClient()
                            .initialSettings(Http2Settings.defaultSettings().pushEnabled(false))
                            .build());
                    line.addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                  }
                });
    ChannelFuture connecting = bootstrap.connect(at.getHost(), port);
    got(connecting);
    return connecting.channel();
  }

  private SslContext tls() throws IOException {
    if (tls == null) {
      tls =
          SslContextBuilder.forClient()
              .endpointIdentificationAlgorithm("HTTPS")
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      ApplicationProtocolConfig.Protocol.ALPN,
                      ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                      ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                      ApplicationProtocolNames.HTTP_2))
              .build();
    }
    return tls;
  }

  private static Http2Headers head(HttpRequest request) {
    URI at = request.uri();
    String query = at.getRawQuery();
    Http2Headers head =
        new DefaultHttp2Headers()
            .method(request.method())
            .scheme(at.getScheme())
            .authority(at.getRawAuthority())
            .path(at.getRawPath() + (query == null ? "" : "?" + query));
    request
        .headers()
        .map()
        .forEach((name, values) -> head.add(name.toLowerCase(Locale.ROOT), values));
    return head;
  }

  private <T> T got(Future<T> coming) throws IOException {
    try {
      return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new HttpTimeoutException("it did not end in time");
    } catch (ExecutionException failed) {
      throw new IOException("it was not answered", failed.getCause());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Scene.Spent();
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
