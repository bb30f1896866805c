package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.transport.wire.Deadline;
import dev.gatewarden.gateway.transport.wire.Limits;
import dev.gatewarden.gateway.transport.wire.Worker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/// A caller's connection that speaks HTTP/2 (RFC 9113); its requests are `H2Stream`s.
final class H2Front extends ChannelInboundHandlerAdapter implements Connection {
  private static final int STREAM_WINDOW = 64 * 1024;
  private static final int CONNECTION_WINDOW = 1024 * 1024;
  private static final int RESETS = 200;
  private static final int BROKEN = 8;

  /// A ping, and room on the stream and on the connection; two of them are less than a reset costs.
  private static final int CARRIED = 3;

  /// What this side remembers of heads is bounded by itself, however much its caller would allow.
  private static final int HEADER_TABLE = 4096;
  private static final int RESET_WINDOW_SECONDS = 30;

  private final Front front;
  private final Worker worker;
  private final Channel channel;
  private final Http2FrameCodec codec;
  private final FrameWatch watch;
  private final Crowd.Seat seat;
  private final Deadline idle;
  private final Set<H2Stream> streams = new HashSet<>();
  private boolean leaving;

  private H2Front(Front front, Worker worker, Channel channel, Http2FrameCodec codec) {
    this.front = front;
    this.worker = worker;
    this.channel = channel;
    this.codec = codec;
    this.watch = new FrameWatch(worker, this::ended);
    this.seat = Crowd.Seat.of(channel);
    this.idle =
        new Deadline(worker) {
          @Override
          protected void expired() {
            leave();
          }
        };
  }

  static void begin(Front front, Channel channel, Peer peer) {
    Worker worker = front.workers().of(channel);
    Http2FrameCodec codec = codec(front.limits());
    H2Front made = new H2Front(front, worker, channel, codec);
    ChannelInitializer<Channel> each =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel stream) {
            stream.pipeline().addLast(new H2Stream(front, worker, made, stream, peer));
          }
        };
    channel.pipeline().addLast(made.watch, codec, new Http2MultiplexHandler(each), made);
    made.widen();
  }

  private static Http2FrameCodec codec(Limits limits) {
    return Http2FrameCodecBuilder.forServer()
        .initialSettings(
            Http2Settings.defaultSettings()
                .maxConcurrentStreams(limits.streams())
                .initialWindowSize(STREAM_WINDOW)
                .maxHeaderListSize(limits.head()))
        .validateHeaders(true)
        .gracefulShutdownTimeoutMillis(0)
        .decoderEnforceMaxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
        .encoderEnforceMaxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
        .decoderEnforceMaxSmallContinuationFrames(16)
        .decoderEnforceMaxConsecutiveEmptyDataFrames(16)
        .encoderEnforceMaxQueuedControlFrames(1024)
        .build();
  }

  /// One stream that is not read must not stop the others.
  private void widen() {
    try {
      var connection = codec.connection();
      connection
          .local()
          .flowController()
          .incrementWindowSize(connection.connectionStream(), CONNECTION_WINDOW - STREAM_WINDOW);
      channel.flush();
    } catch (Http2Exception broken) {
      channel.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    front.opened(this);
    idle.within(front.limits().headTime());
  }

  void opened(H2Stream stream) {
    streams.add(stream);
    seat.works();
    idle.never();
  }

  void closed(H2Stream stream) {
    streams.remove(stream);
    if (streams.isEmpty() && channel.isActive()) {
      if (leaving) {
        channel.close();
      } else {
        idle.within(front.limits().idleTime());
        seat.rests(worker.now());
      }
    }
  }

  /// A stream was broken off by its caller, or by what its caller sent: work was done for nothing.
  void broke() {
    watch.spend(BROKEN);
  }

  /// A piece of an answer, or the end of one, is on its way.
  void carried() {
    watch.earn(CARRIED);
  }

  private void ended(Http2Error why) {
    if (channel.isActive()) {
      leaving = true;
      front.endings().count(Ending.FRAMES);
      channel
          .writeAndFlush(new DefaultHttp2GoAwayFrame(why))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void leave() {
    if (!leaving) {
      leaving = true;
      channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
    }
    if (streams.isEmpty()) {
      channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Http2Exception {
    if (message instanceof Http2SettingsFrame frame) {
      Long table = frame.settings().headerTableSize();
      if (table != null && table > HEADER_TABLE) {
        codec.encoder().configuration().headersConfiguration().maxHeaderTableSize(HEADER_TABLE);
      }
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    idle.forget();
    front.closed(this);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
      channel.close();
    } else {
      // The codec says first what was wrong.
      worker.loop().execute(channel::close);
    }
  }

  @Override
  public EventLoop loop() {
    return worker.loop();
  }

  @Override
  public void drain() {
    leave();
  }

  @Override
  public void kill() {
    leaving = true;
    for (H2Stream stream : new ArrayList<>(streams)) {
      stream.kill();
    }
    // Whatever the streams still had to say is written before this.
    channel.flush();
    channel.close();
  }
}
