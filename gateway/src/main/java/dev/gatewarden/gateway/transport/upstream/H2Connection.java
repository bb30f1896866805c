package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.wire.Deadline;
import dev.gatewarden.gateway.walk.Walk.UpstreamFault;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;

/// A connection to an upstream that speaks HTTP/2 and carries many requests.
final class H2Connection extends ChannelInboundHandlerAdapter {
  private static final int STREAM_WINDOW = 64 * 1024;
  private static final int CONNECTION_WINDOW = 1024 * 1024;

  /// What this side remembers of heads is bounded by itself, however much a service would allow.
  private static final int HEADER_TABLE = 4096;

  private final UpstreamClient client;
  private final PlacePool pool;
  private final boolean tls;
  private final Channel channel;
  private final Http2FrameCodec codec;
  private final Deadline rest;
  private int streams;
  private boolean opened;
  private boolean reused;
  private boolean leaving;

  private H2Connection(
      UpstreamClient client, PlacePool pool, Upstreams.Place place, Channel channel) {
    this.client = client;
    this.pool = pool;
    this.tls = place.tls();
    this.channel = channel;
    this.codec =
        Http2FrameCodecBuilder.forClient()
            .initialSettings(
                Http2Settings.defaultSettings()
                    .pushEnabled(false)
                    .initialWindowSize(STREAM_WINDOW)
                    .maxHeaderListSize(client.reach().head()))
            .validateHeaders(true)
            .decoderEnforceMaxSmallContinuationFrames(32)
            .decoderEnforceMaxConsecutiveEmptyDataFrames(64)
            .encoderEnforceMaxQueuedControlFrames(1024)
            .build();
    this.rest =
        new Deadline(client.worker()) {
          @Override
          protected void expired() {
            if (streams == 0) {
              channel.close();
            }
          }
        };
  }

  static H2Connection over(
      UpstreamClient client, PlacePool pool, Upstreams.Place place, Channel channel) {
    H2Connection made = new H2Connection(client, pool, place, channel);
    channel.pipeline().addLast(made.codec, new Http2MultiplexHandler(new NoPush()), made);
    made.widen();
    return made;
  }

  /// One stream that nobody reads must not stop the others.
  private void widen() {
    try {
      var connection = codec.connection();
      connection
          .local()
          .flowController()
          .incrementWindowSize(connection.connectionStream(), CONNECTION_WINDOW - STREAM_WINDOW);
      channel.flush();
    } catch (io.netty.handler.codec.http2.Http2Exception broken) {
      channel.close();
    }
  }

  boolean hasRoom() {
    return !leaving
        && channel.isActive()
        && streams < codec.connection().local().maxActiveStreams()
        && codec.connection().local().canOpenStream();
  }

  void open(Attempt attempt) {
    reused = opened;
    opened = true;
    streams++;
    rest.never();
    H2Upstream stream = new H2Upstream(client, this, tls, attempt);
    new Http2StreamChannelBootstrap(channel)
        .handler(stream)
        .open()
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                closed();
                attempt.lost(UpstreamFault.RESET, false, true);
              } else if (attempt.cancelled()) {
                stream.cancel();
              } else {
                attempt.inbound().connected(stream);
              }
            });
  }

  /// Whether it had carried requests before the one that was opened last.
  boolean reused() {
    return reused;
  }

  /// One of its streams is over.
  void closed() {
    streams--;
    if (streams == 0) {
      if (leaving) {
        channel.close();
      } else {
        rest.within(client.reach().restTime());
      }
    }
  }

  /// Takes no new requests and closes after the last one.
  void leave() {
    leaving = true;
    pool.leaving(this);
    if (streams == 0) {
      channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Http2Exception {
    if (message instanceof Http2GoAwayFrame) {
      leave();
    } else if (message instanceof Http2SettingsFrame frame) {
      Long table = frame.settings().headerTableSize();
      if (table != null && table > HEADER_TABLE) {
        codec.encoder().configuration().headersConfiguration().maxHeaderTableSize(HEADER_TABLE);
      }
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    rest.forget();
    leaving = true;
    pool.closed(this);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    channel.close();
  }

  /// Nobody asked for a pushed response (RFC 9113, section 8.4).
  private static final class NoPush extends ChannelInboundHandlerAdapter {
    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
      ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR));
    }
  }
}
