package dev.gatewarden.acceptance.framing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The strict service over HTTP/2 by prior knowledge: fields are looked at as a translator to
/// HTTP/1.1 would have to (RFC 9113, section 8.2).
final class H2Echo implements Upstream {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
  private static final Pattern VALUE =
      Pattern.compile(
          "|[\\x21-\\x7e\\x80-\\xff]([\\x20-\\x7e\\x80-\\xff\\t]*[\\x21-\\x7e\\x80-\\xff])?");
  private static final List<String> OF_CONNECTIONS =
      List.of("connection", "transfer-encoding", "upgrade", "keep-alive", "proxy-connection");

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ConcurrentLinkedQueue<Arrival> arrived = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final Channel channel;

  private H2Echo() throws InterruptedException {
    channel =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    connection
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forServer()
                                .validateHeaders(false)
                                .initialSettings(
                                    Http2Settings.defaultSettings().maxConcurrentStreams(1000))
                                .build(),
                            new Http2MultiplexHandler(
                                new ChannelInitializer<>() {
                                  @Override
                                  protected void initChannel(Channel stream) {
                                    stream.pipeline().addLast(new Stream());
                                  }
                                }));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
  }

  static H2Echo start() throws InterruptedException {
    return new H2Echo();
  }

  /// One request.
  private final class Stream extends ChannelInboundHandlerAdapter {
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private String method = "";
    private String target = "";
    private boolean begun;
    private boolean over;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      boolean last = false;
      if (message instanceof Http2HeadersFrame frame) {
        if (begun) {
          faults.add("trailers of " + target + ": " + frame.headers());
        } else {
          begun = true;
          head(frame.headers());
        }
        last = frame.isEndStream();
      } else if (message instanceof Http2DataFrame frame) {
        body.append(frame.content().toString(StandardCharsets.ISO_8859_1));
        last = frame.isEndStream();
      }
      ReferenceCountUtil.release(message);
      if (last) {
        answer(ctx);
      }
    }

    private void head(Http2Headers headers) {
      headers.forEach(
          field -> {
            String name = field.getKey().toString();
            String value = field.getValue().toString();
            boolean pseudo = name.startsWith(":");
            if (!NAME.matcher(pseudo ? name.substring(1) : name).matches()
                || !VALUE.matcher(value).matches()
                || OF_CONNECTIONS.contains(name)
                || (pseudo && (headers.getAll(name).size() > 1 || value.contains(" ")))) {
              faults.add("no field: " + name + ": " + value);
            }
            if (!pseudo) {
              lines.add(name + ": " + value);
            }
          });
      method = String.valueOf(headers.method());
      target = String.valueOf(headers.path());
      if (!method.matches("[A-Z]+") || !target.startsWith("/")) {
        faults.add("no request: " + headers);
      }
    }

    private void answer(ChannelHandlerContext ctx) {
      Arrival one = new Arrival(method, target, lines, body.toString(), true);
      String length = one.field("content-length");
      if (!length.isEmpty() && !length.equals(Integer.toString(body.length()))) {
        faults.add("a length that is none: " + one);
      }
      over = true;
      arrived.add(one);
      ctx.write(
          new DefaultHttp2HeadersFrame(
              new DefaultHttp2Headers().status("200").set("content-type", "application/json"),
              method.equals("HEAD")));
      if (!method.equals("HEAD")) {
        byte[] told = Upstream.told(one).getBytes(StandardCharsets.ISO_8859_1);
        ctx.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(told), true));
      }
      ctx.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      if (begun && !over) {
        over = true;
        arrived.add(new Arrival(method, target, lines, body.toString(), false));
      }
    }
  }

  @Override
  public URI uri() {
    return URI.create("http://127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort());
  }

  @Override
  public String protocol() {
    return "h2c";
  }

  @Override
  public List<Arrival> arrived() {
    return List.copyOf(arrived);
  }

  @Override
  public List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
