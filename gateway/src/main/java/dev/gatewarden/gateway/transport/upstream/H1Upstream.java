package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.framing.FramingCheck;
import dev.gatewarden.gateway.transport.framing.Refusal;
import dev.gatewarden.gateway.transport.framing.ResponseScanner;
import dev.gatewarden.gateway.transport.wire.Deadline;
import dev.gatewarden.gateway.transport.wire.HeadText;
import dev.gatewarden.gateway.transport.wire.Outlet;
import dev.gatewarden.gateway.transport.wire.Worker;
import dev.gatewarden.gateway.walk.Walk.UpstreamFault;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A connection to an upstream that speaks HTTP/1.1 and carries one request at a time.
final class H1Upstream extends ChannelInboundHandlerAdapter implements Outbound {
  private static final byte[] LENGTH = HeadText.ascii("content-length: ");
  private static final byte[] NO_LENGTH = HeadText.ascii("content-length: 0\r\n");
  private static final byte[] CHUNKED = HeadText.ascii("transfer-encoding: chunked\r\n");
  private static final byte[] TRAILERS = HeadText.ascii("te: trailers\r\nconnection: te\r\n");
  private static final byte[] WEBSOCKET =
      HeadText.ascii("connection: upgrade\r\nupgrade: websocket\r\n");

  private final UpstreamClient client;
  private final PlacePool pool;
  private final boolean tls;
  private final Channel channel;
  private final ResponseScanner scanner;
  private final ResponseDecoder decoder;
  private final Outlet outlet;
  private final Deadline rest;
  private final ArrayDeque<Object> early = new ArrayDeque<>(0);

  private @Nullable Attempt attempt;
  private boolean reused;
  private boolean requestSent;
  private boolean chunked;
  private boolean answered;
  private boolean informational;
  private boolean switched;
  private boolean handedOver;
  private boolean keep;
  private boolean untilClose;
  private boolean goodbye;

  private H1Upstream(
      UpstreamClient client, PlacePool pool, Upstreams.Place place, Channel channel) {
    this.client = client;
    this.pool = pool;
    this.tls = place.tls();
    this.channel = channel;
    this.scanner = new ResponseScanner(client.reach().head(), client.reach().fields());
    this.decoder = new ResponseDecoder(client.reach());
    this.outlet = new Outlet(client.worker(), channel);
    this.rest = new Rest(client.worker());
  }

  static H1Upstream over(
      UpstreamClient client, PlacePool pool, Upstreams.Place place, Channel channel) {
    H1Upstream made = new H1Upstream(client, pool, place, channel);
    channel
        .pipeline()
        .addLast(new FramingCheck(made.scanner, client.worker().area()), made.decoder, made);
    return made;
  }

  boolean usable() {
    return channel.isActive() && scanner.settled() && !goodbye;
  }

  void rest() {
    rest.within(client.reach().restTime());
  }

  void carry(Attempt next, boolean again) {
    rest.never();
    attempt = next;
    reused = again;
    requestSent = false;
    answered = false;
    keep = false;
    untilClose = false;
    informational = false;
    next.inbound().connected(this);
  }

  @Override
  public void start(long length, boolean trailers) {
    Attempt current = attempt;
    if (current == null) {
      throw new GatewardenBug("a request was started on a connection that carries none");
    }
    Cleared cleared = current.cleared();
    HeadText text = client.worker().headText();
    text.request(cleared.method(), cleared.target(), cleared.authority());
    cleared.headers().each(text);
    chunked = length < 0;
    if (current.upgrades()) {
      text.line(WEBSOCKET);
    } else if (chunked) {
      text.line(CHUNKED);
    } else if (length > 0) {
      text.number(LENGTH, length);
    } else if (expectsBody(cleared.method())) {
      text.line(NO_LENGTH);
    }
    if (trailers) {
      text.line(TRAILERS);
    }
    text.end();
    scanner.await(current.isHead(), current.upgrades());
    decoder.await(current.isHead());
    requestSent = length == 0;
    outlet.head(text, length);
  }

  private static boolean expectsBody(String method) {
    return switch (method) {
      case "POST", "PUT", "PATCH" -> true;
      default -> false;
    };
  }

  @Override
  public void data(ByteBuf piece) {
    if (chunked) {
      outlet.chunk(piece);
    } else {
      outlet.piece(piece);
    }
  }

  @Override
  public void end(@Nullable HttpHeaders trailers) {
    requestSent = true;
    if (chunked) {
      outlet.lastChunk(trailers);
    }
  }

  @Override
  public boolean begun() {
    return outlet.begun();
  }

  @Override
  public boolean writable() {
    return outlet.writable();
  }

  @Override
  public void pause() {
    channel.config().setAutoRead(false);
  }

  @Override
  public void resume() {
    channel.config().setAutoRead(true);
  }

  @Override
  public void cancel() {
    attempt = null;
    channel.close();
  }

  @Override
  public Channel switchProtocols(ChannelHandler... handlers) {
    channel.pipeline().remove(FramingCheck.class);
    channel.pipeline().remove(decoder);
    channel.pipeline().addLast(handlers);
    handedOver = true;
    ChannelHandlerContext own = channel.pipeline().context(this);
    for (Object message = early.poll(); message != null; message = early.poll()) {
      own.fireChannelRead(message);
    }
    resume();
    return channel;
  }

  void close() {
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (switched) {
      afterSwitch(ctx, message);
      return;
    }
    if (attempt == null || message instanceof Refusal) {
      // Bytes that nobody asked for make the connection unusable.
      ReferenceCountUtil.release(message);
      fail(UpstreamFault.BROKEN_FRAMING, false);
      return;
    }
    if (message instanceof HttpResponse response) {
      head(response);
    }
    if (message instanceof HttpContent content) {
      content(content);
    }
  }

  private void afterSwitch(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpContent) {
      ReferenceCountUtil.release(message);
    } else if (handedOver) {
      ctx.fireChannelRead(message);
    } else {
      early.add(message);
    }
  }

  private void head(HttpResponse response) {
    if (response.decoderResult().isFailure()) {
      fail(UpstreamFault.BROKEN_FRAMING, false);
      return;
    }
    if (!outlet.begun()) {
      // An answer to what was not asked yet is none to this request.
      fail(UpstreamFault.BROKEN_FRAMING, false);
      return;
    }
    int status = response.status().code();
    informational = status < 200 && status != 101;
    Attempt current = attempt;
    if (informational || current == null) {
      return;
    }
    answered = true;
    HttpHeaders headers = response.headers();
    long length = length(current, status, headers);
    untilClose = length < 0 && !HttpUtil.isTransferEncodingChunked(response);
    keep = HttpUtil.isKeepAlive(response) && !untilClose && !promisesBodyInVain(current, response);
    switched = status == 101;
    current.inbound().head(status, headers, length);
  }

  /// Whether a response that has no body declares one. A service that sends it after all would have
  /// it taken for the answer to the next request.
  private static boolean promisesBodyInVain(Attempt attempt, HttpResponse response) {
    if (!attempt.isHead() && response.status().code() != 304) {
      return false;
    }
    String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    return HttpUtil.isTransferEncodingChunked(response)
        || (length != null && Long.parseLong(length) > 0);
  }

  private static long length(Attempt attempt, int status, HttpHeaders headers) {
    if (attempt.isHead() || status == 101 || status == 204 || status == 304) {
      return 0;
    }
    String declared = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return declared == null ? -1 : Long.parseLong(declared);
  }

  private void content(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    Attempt current = attempt;
    if (current == null || informational || switched) {
      content.release();
      return;
    }
    if (content.decoderResult().isFailure()) {
      content.release();
      fail(UpstreamFault.BROKEN_FRAMING, false);
      return;
    }
    if (content.content().isReadable()) {
      current.inbound().data(content.content());
    } else {
      content.release();
    }
    if (last && attempt == current) {
      complete(current, ((LastHttpContent) content).trailingHeaders());
    }
  }

  private void complete(Attempt current, HttpHeaders trailers) {
    if (untilClose && tls && !goodbye) {
      fail(UpstreamFault.RESET, false);
      return;
    }
    attempt = null;
    // A request that is still on its way could not be told from the next one.
    if (keep && requestSent && scanner.settled() && channel.isActive()) {
      resume();
      rest();
      pool.done(this);
    } else {
      channel.close();
    }
    current.inbound().end(trailers.isEmpty() ? null : trailers);
  }

  private void fail(UpstreamFault fault, boolean mayRepeat) {
    Attempt current = attempt;
    attempt = null;
    channel.close();
    if (current == null) {
      return;
    }
    if (mayRepeat && !answered && !informational) {
      current.lost(fault, reused, false);
    } else {
      current.inbound().failed(fault);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    rest.forget();
    early.forEach(ReferenceCountUtil::release);
    early.clear();
    pool.closed(this);
    if (!switched) {
      fail(UpstreamFault.RESET, true);
    } else {
      attempt = null;
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (attempt != null && !switched && outlet.writable()) {
      attempt.inbound().writable();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == SslCloseCompletionEvent.SUCCESS) {
      goodbye = true;
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // The world's fault: whatever it was, the connection is gone.
    if (cause instanceof Error error) {
      throw error;
    }
    channel.close();
  }

  /// Ends an unused connection.
  private final class Rest extends Deadline {
    Rest(Worker worker) {
      super(worker);
    }

    @Override
    protected void expired() {
      if (attempt == null) {
        channel.close();
      }
    }
  }
}
