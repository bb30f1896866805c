package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.transport.framing.Fields;
import dev.gatewarden.gateway.transport.wire.Flushes;
import dev.gatewarden.gateway.transport.wire.H2Fields;
import dev.gatewarden.gateway.walk.Walk.UpstreamFault;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// One request as a stream of an HTTP/2 connection.
final class H2Upstream extends ChannelInboundHandlerAdapter implements Outbound, Flushes {
  private static final int MOST_INFORMATIONAL = 16;

  private final UpstreamClient client;
  private final H2Connection connection;
  private final boolean tls;
  private final Attempt attempt;
  private @Nullable Channel channel;
  private boolean touched;
  private boolean begun;
  private boolean bodiless;
  private boolean requestSent;
  private boolean answered;
  private boolean over;
  private boolean left;
  private int informational;
  private long declared;
  private long received;

  H2Upstream(UpstreamClient client, H2Connection connection, boolean tls, Attempt attempt) {
    this.client = client;
    this.connection = connection;
    this.tls = tls;
    this.attempt = attempt;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
  }

  @Override
  public void start(long length, boolean trailers) {
    Cleared cleared = attempt.cleared();
    Http2Headers head =
        new DefaultHttp2Headers()
            .method(cleared.method())
            .scheme(tls ? "https" : "http")
            .authority(cleared.authority())
            .path(cleared.target());
    cleared
        .headers()
        .each(
            (name, value) -> {
              if (!Fields.hop(name)) {
                head.add(name, value);
              }
            });
    if (length > 0) {
      head.addLong("content-length", length);
    }
    if (trailers) {
      head.add("te", "trailers");
    }
    requestSent = length == 0;
    // Whoever flushes the connection next takes it along, this stream or another.
    begun = true;
    write(new DefaultHttp2HeadersFrame(head, length == 0));
  }

  @Override
  public void data(ByteBuf piece) {
    write(new DefaultHttp2DataFrame(piece, false));
  }

  @Override
  public void end(@Nullable HttpHeaders trailers) {
    if (requestSent) {
      return;
    }
    requestSent = true;
    if (trailers == null) {
      write(new DefaultHttp2DataFrame(true));
    } else {
      Http2Headers last = new DefaultHttp2Headers();
      H2Fields.copy(trailers, last);
      write(new DefaultHttp2HeadersFrame(last, true));
    }
  }

  private void write(Object frame) {
    channel().write(frame);
    if (!touched) {
      touched = true;
      client.worker().flushSoon(this);
    }
  }

  @Override
  public boolean begun() {
    return begun;
  }

  @Override
  public void flush() {
    touched = false;
    channel().flush();
  }

  @Override
  public boolean writable() {
    return channel().isWritable();
  }

  @Override
  public void pause() {
    channel().config().setAutoRead(false);
  }

  @Override
  public void resume() {
    channel().config().setAutoRead(true);
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      channel().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
      channel().close();
    }
  }

  @Override
  public Channel switchProtocols(ChannelHandler... handlers) {
    throw new GatewardenBug("a stream of HTTP/2 does not switch protocols");
  }

  private Channel channel() {
    Channel known = channel;
    if (known == null) {
      throw new IllegalStateException("the stream is not open yet");
    }
    return known;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (over) {
      ReferenceCountUtil.release(message);
      return;
    }
    switch (message) {
      case Http2HeadersFrame frame -> headers(frame);
      case Http2DataFrame frame -> data(frame);
      case Http2ResetFrame frame -> reset(frame.errorCode());
      default -> ReferenceCountUtil.release(message);
    }
  }

  private void headers(Http2HeadersFrame frame) {
    HttpHeaders regular = H2Fields.regular(frame.headers());
    if (regular == null) {
      fail(UpstreamFault.BROKEN_FRAMING, Http2Error.PROTOCOL_ERROR);
    } else if (answered) {
      trailers(frame, regular);
    } else {
      head(frame, regular);
    }
  }

  private void trailers(Http2HeadersFrame frame, HttpHeaders regular) {
    if (frame.isEndStream()
        && H2Fields.ordered(frame.headers())
        && (declared < 0 || received == declared)) {
      complete(regular);
    } else {
      fail(UpstreamFault.BROKEN_FRAMING, Http2Error.PROTOCOL_ERROR);
    }
  }

  private void head(Http2HeadersFrame frame, HttpHeaders regular) {
    int status = status(frame.headers());
    if (!begun) {
      // An answer to what was not asked yet is none to this request.
      fail(UpstreamFault.BROKEN_FRAMING, Http2Error.PROTOCOL_ERROR);
      return;
    }
    boolean sound = status >= 100 && status != 101 && H2Fields.ordered(frame.headers(), ":status");
    declared = declared(regular);
    if (!sound || declared < -1 || status < 200 && frame.isEndStream()) {
      fail(UpstreamFault.BROKEN_FRAMING, Http2Error.PROTOCOL_ERROR);
      return;
    }
    if (status < 200) {
      if (++informational > MOST_INFORMATIONAL) {
        fail(UpstreamFault.BROKEN_FRAMING, Http2Error.PROTOCOL_ERROR);
      }
      return;
    }
    answered = true;
    bodiless = attempt.isHead() || status == 204 || status == 304;
    if (bodiless) {
      declared = -1;
    }
    if (frame.isEndStream() && declared > 0) {
      fail(UpstreamFault.BROKEN_FRAMING, Http2Error.PROTOCOL_ERROR);
      return;
    }
    attempt.inbound().head(status, regular, frame.isEndStream() ? 0 : declared);
    if (frame.isEndStream() && !over) {
      complete(null);
    }
  }

  private static int status(Http2Headers headers) {
    CharSequence text = headers.status();
    if (text == null || text.length() != 3) {
      return -1;
    }
    int status = 0;
    for (int i = 0; i < 3; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      status = status * 10 + c - '0';
    }
    return status < 600 ? status : -1;
  }

  /// The declared length, -1 for none, -2 for nonsense.
  private static long declared(HttpHeaders headers) {
    var values = headers.getAll("content-length");
    if (values.isEmpty()) {
      return -1;
    }
    long length = Fields.length(values.getFirst());
    return values.size() == 1 && length >= 0 ? length : -2;
  }

  private void data(Http2DataFrame frame) {
    received += frame.content().readableBytes();
    boolean last = frame.isEndStream();
    boolean beyond =
        bodiless
            ? received > 0
            : declared >= 0 && (received > declared || last && received != declared);
    if (!answered || beyond) {
      frame.release();
      fail(UpstreamFault.BROKEN_FRAMING, Http2Error.PROTOCOL_ERROR);
      return;
    }
    if (frame.content().isReadable()) {
      attempt.inbound().data(frame.content());
    } else {
      frame.release();
    }
    if (last && !over) {
      complete(null);
    }
  }

  private void complete(@Nullable HttpHeaders trailers) {
    over = true;
    if (!requestSent) {
      // The answer is whole and the request is not: nobody wants the rest (RFC 9113, section 8.1).
      channel().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
    }
    channel().config().setAutoRead(true);
    attempt.inbound().end(trailers);
  }

  private void reset(long code) {
    over = true;
    lost(code == Http2Error.REFUSED_STREAM.code());
  }

  private void lost(boolean untouched) {
    if (answered || informational > 0) {
      attempt.inbound().failed(UpstreamFault.RESET);
    } else {
      attempt.lost(UpstreamFault.RESET, connection.reused(), untouched);
    }
  }

  private void fail(UpstreamFault fault, Http2Error code) {
    if (!over) {
      over = true;
      channel().writeAndFlush(new DefaultHttp2ResetFrame(code));
      attempt.inbound().failed(fault);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Http2GoAwayFrame && !over) {
      // Told only to streams that the upstream did not and will not serve (RFC 9113, section 6.8).
      reset(Http2Error.REFUSED_STREAM.code());
    } else if (event instanceof Http2ResetFrame frame && !over) {
      reset(frame.errorCode());
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!over && writable()) {
      attempt.inbound().writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!left) {
      left = true;
      connection.closed();
    }
    if (!over) {
      over = true;
      lost(false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(UpstreamFault.RESET, Http2Error.INTERNAL_ERROR);
  }
}
