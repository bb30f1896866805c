package dev.gatewarden.gateway.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Either end of HTTP/2 by prior knowledge, frame by frame.
final class H2Peer implements AutoCloseable {
  /// One stream: what came, as text such as `HEADERS 200`, `DATA abc`, `TRAILERS grpc-status=0`,
  /// `END`, `RESET 8`, `CLOSED`.
  static final class Stream extends ChannelInboundHandlerAdapter {
    final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    volatile Http2Headers head;
    private volatile Channel channel;
    private boolean headSeen;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      channel = ctx.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      boolean end = false;
      if (message instanceof Http2HeadersFrame frame) {
        end = frame.isEndStream();
        if (headSeen) {
          StringBuilder text = new StringBuilder("TRAILERS");
          frame
              .headers()
              .forEach(f -> text.append(' ').append(f.getKey()).append('=').append(f.getValue()));
          seen.add(text.toString());
        } else {
          headSeen = true;
          head = frame.headers();
          CharSequence status = head.status();
          seen.add("HEADERS " + (status == null ? head.method() + " " + head.path() : status));
        }
      } else if (message instanceof Http2DataFrame frame) {
        end = frame.isEndStream();
        if (frame.content().isReadable()) {
          seen.add("DATA " + frame.content().toString(StandardCharsets.UTF_8));
        }
      } else if (message instanceof Http2ResetFrame frame) {
        seen.add("RESET " + frame.errorCode());
      }
      ReferenceCountUtil.release(message);
      if (end) {
        seen.add("END");
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof Http2ResetFrame frame) {
        seen.add("RESET " + frame.errorCode());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      seen.add("CLOSED");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      seen.add("ERROR " + cause);
    }

    String next() throws InterruptedException {
      String next = seen.poll(10, TimeUnit.SECONDS);
      return next == null ? "NOTHING" : next;
    }

    Stream headers(boolean end, String... pairs) {
      Http2Headers headers = new DefaultHttp2Headers(false);
      for (int i = 0; i < pairs.length; i += 2) {
        headers.add(pairs[i], pairs[i + 1]);
      }
      channel.writeAndFlush(new DefaultHttp2HeadersFrame(headers, end));
      return this;
    }

    Stream data(String text, boolean end) {
      channel.writeAndFlush(
          new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8), end));
      return this;
    }

    Stream write(Object frame) {
      channel.writeAndFlush(frame);
      return this;
    }

    Channel channel() {
      return channel;
    }
  }

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
  final AtomicInteger connections = new AtomicInteger();
  private Channel channel;

  static H2Peer connect(InetSocketAddress address) throws InterruptedException {
    H2Peer peer = new H2Peer();
    peer.channel =
        new Bootstrap()
            .group(peer.group)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel ch) {
                    ch.pipeline()
                        .addLast(
                            // A stream that is not read must leave room on the connection for
                            // others.
                            Http2FrameCodecBuilder.forClient()
                                .validateHeaders(false)
                                .initialSettings(
                                    Http2Settings.defaultSettings().initialWindowSize(16_384))
                                .build(),
                            new Http2MultiplexHandler(new Ignore()));
                  }
                })
            .connect(address)
            .sync()
            .channel();
    return peer;
  }

  static H2Peer serve() throws InterruptedException {
    H2Peer peer = new H2Peer();
    peer.channel =
        new ServerBootstrap()
            .group(peer.group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel ch) {
                    peer.connections.incrementAndGet();
                    ch.pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forServer().build(),
                            new Http2MultiplexHandler(
                                new ChannelInitializer<>() {
                                  @Override
                                  protected void initChannel(Channel stream) {
                                    Stream made = new Stream();
                                    stream.pipeline().addLast(made);
                                    peer.streams.add(made);
                                  }
                                }));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    return peer;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /// The next stream a caller opened.
  Stream stream() throws InterruptedException {
    Stream stream = streams.poll(10, TimeUnit.SECONDS);
    if (stream == null) {
      throw new AssertionError("no stream was opened");
    }
    return stream;
  }

  Stream open() throws InterruptedException {
    Stream stream = new Stream();
    new Http2StreamChannelBootstrap(channel).handler(stream).open().sync();
    return stream;
  }

  Channel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @ChannelHandler.Sharable
  private static final class Ignore extends ChannelInboundHandlerAdapter {}
}
