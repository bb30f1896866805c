package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.pipeline.HeaderLines;
import dev.gatewarden.gateway.transport.framing.Fields;
import dev.gatewarden.gateway.transport.framing.Framing;
import dev.gatewarden.gateway.transport.wire.Deadline;
import dev.gatewarden.gateway.transport.wire.Flushes;
import dev.gatewarden.gateway.transport.wire.H2Fields;
import dev.gatewarden.gateway.transport.wire.Worker;
import dev.gatewarden.gateway.walk.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One request that came over HTTP/2.
final class H2Stream extends ChannelInboundHandlerAdapter implements CallerSide, Flushes {
  private static final int HIGH_WATER = 64 * 1024;

  private final Front front;
  private final Worker worker;
  private final H2Front connection;
  private final Channel channel;
  private final Peer peer;

  private @Nullable Driver driver;
  private boolean headSeen;
  private boolean requestEnded;
  private boolean over;
  private boolean malformed;
  private boolean expects;
  private boolean isHead;
  private boolean bodiless;
  private boolean touched;
  private long declared = -1;
  private long received;
  private @Nullable Http2Headers heldHead;
  private @Nullable ByteBuf heldPiece;
  private @Nullable ChannelFuture lastWrite;
  private @Nullable Deadline tail;

  H2Stream(Front front, Worker worker, H2Front connection, Channel channel, Peer peer) {
    this.front = front;
    this.worker = worker;
    this.connection = connection;
    this.channel = channel;
    this.peer = peer;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    connection.opened(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case Http2HeadersFrame frame when !headSeen -> begin(frame);
      case Http2HeadersFrame frame -> trailers(frame);
      case Http2DataFrame frame -> body(frame);
      case Http2ResetFrame frame -> gone();
      default -> ReferenceCountUtil.release(message);
    }
  }

  private void begin(Http2HeadersFrame frame) {
    headSeen = true;
    requestEnded = frame.isEndStream();
    H2Head read = H2Head.read(frame.headers(), requestEnded, peer, front.limits());
    RequestHead head = read.head();
    Framing refusal = read.refusal();
    if (refusal != null || head == null) {
      refuse(refusal == null ? Framing.MALFORMED : refusal);
      return;
    }
    isHead = head.method().equals("HEAD");
    declared = head.length();
    expects = declared != 0 && head.headers().first("expect") != null;
    driver = Driver.begin(front, worker, this, head);
    if (driver != null) {
      driver.start();
    } else {
      next();
    }
  }

  private void refuse(Framing why) {
    connection.broke();
    Reply reply = front.gate().refuse(why, peer);
    head(
        reply.status(),
        to -> reply.headers().forEach(l -> to.accept(l.name().toLowerCase(Locale.ROOT), l.value())),
        reply.body().length,
        false);
    bytes(reply.body(), 0, reply.body().length);
    malformed |= isMalformed(why);
    end(null);
    next();
  }

  private static boolean isMalformed(Framing why) {
    return why == Framing.PSEUDO_HEADER
        || why == Framing.CONNECTION_FIELD
        || why == Framing.MALFORMED;
  }

  private void trailers(Http2HeadersFrame frame) {
    HttpHeaders regular = H2Fields.regular(frame.headers());
    boolean sound =
        frame.isEndStream()
            && regular != null
            && H2Fields.ordered(frame.headers())
            && regular.names().stream().allMatch(Fields::allowedInTrailer)
            && (declared < 0 || declared == received);
    requestEnded = frame.isEndStream();
    if (driver == null) {
      return;
    }
    if (sound) {
      driver.bodyEnd(regular);
    } else {
      malformed(driver);
    }
  }

  /// What is malformed may be answered, and must be reset (RFC 9113, section 8.1.1).
  private void malformed(Driver current) {
    malformed = true;
    connection.broke();
    current.malformed();
  }

  private void body(Http2DataFrame frame) {
    received += frame.content().readableBytes();
    requestEnded = frame.isEndStream();
    expects = false;
    Driver current = driver;
    if (current == null) {
      frame.release();
      return;
    }
    if (declared >= 0 && (received > declared || requestEnded && received != declared)) {
      frame.release();
      malformed(current);
      return;
    }
    if (frame.content().isReadable()) {
      current.body(frame.content());
    } else {
      frame.release();
    }
    if (requestEnded && driver == current) {
      current.bodyEnd(null);
    }
  }

  /// Told several times of one end; a driver that waits for something stays for a while.
  private void gone() {
    boolean first = !over;
    over = true;
    if (driver != null) {
      if (first) {
        connection.broke();
      }
      driver.gone();
    }
  }

  void kill() {
    if (driver != null) {
      driver.draining();
      flush();
    }
  }

  @Override
  public void wantBody() {
    if (expects) {
      expects = false;
      channel.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("100"), false));
      touch();
    }
    resume();
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
  public boolean writable() {
    return channel.isWritable();
  }

  @Override
  public void head(int status, HeaderLines lines, long length, boolean decoded) {
    boolean never = status < 200 || status == 204 || status == 304;
    bodiless = isHead || never;
    Http2Headers head = new DefaultHttp2Headers().status(Integer.toString(status));
    lines.each(
        (name, value) -> {
          if (!Fields.hop(name) && !(decoded && name.equals("content-encoding"))) {
            if (!Fields.writable(value)) {
              throw new GatewardenBug("a header value cannot be written");
            }
            head.add(name, value);
          }
        });
    if (length >= 0 && !never) {
      head.addLong("content-length", length);
    }
    heldHead = head;
    touch();
  }

  @Override
  public void data(ByteBuf piece) {
    if (bodiless || over) {
      piece.release();
      return;
    }
    connection.carried();
    writeHeld();
    heldPiece = piece;
    touch();
  }

  @Override
  public void bytes(byte[] a, int from, int to) {
    if (to > from) {
      data(channel.alloc().directBuffer(to - from).writeBytes(a, from, to - from));
    }
  }

  @Override
  public void end(@Nullable HttpHeaders trailers) {
    if (over) {
      return;
    }
    if (driver != null && !malformed) {
      connection.carried();
    }
    Http2Headers head = heldHead;
    ByteBuf piece = heldPiece;
    if (malformed) {
      writeHeld();
      requestEnded = true;
      lastWrite = channel.write(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR));
    } else if (trailers != null) {
      writeHeld();
      Http2Headers last = new DefaultHttp2Headers();
      H2Fields.copy(trailers, last);
      lastWrite = channel.write(new DefaultHttp2HeadersFrame(last, true));
    } else if (piece != null) {
      heldPiece = null;
      lastWrite = channel.write(new DefaultHttp2DataFrame(piece, true));
    } else if (head != null) {
      heldHead = null;
      lastWrite = channel.write(new DefaultHttp2HeadersFrame(head, true));
    } else {
      lastWrite = channel.write(new DefaultHttp2DataFrame(true));
    }
    touch();
  }

  private void writeHeld() {
    Http2Headers head = heldHead;
    ByteBuf piece = heldPiece;
    heldHead = null;
    heldPiece = null;
    if (head != null) {
      channel.write(new DefaultHttp2HeadersFrame(head, false));
    }
    if (piece != null) {
      channel.write(new DefaultHttp2DataFrame(piece, false));
    }
  }

  private void touch() {
    if (!touched) {
      touched = true;
      worker.flushSoon(this);
    }
  }

  @Override
  public void flush() {
    touched = false;
    writeHeld();
    channel.flush();
    ChannelFuture last = lastWrite;
    if (over && last != null && !last.isDone() && tail == null) {
      linger();
    }
  }

  /// The answer is complete, and its caller does not take it: it counts as bytes held, and for so
  /// long only.
  private void linger() {
    int bytes = (int) Math.max(0, HIGH_WATER - channel.bytesBeforeUnwritable());
    boolean room = worker.budget().take(bytes);
    Deadline patience =
        new Deadline(worker) {
          @Override
          protected void expired() {
            cutOff();
          }
        };
    tail = patience;
    channel
        .closeFuture()
        .addListener(
            closed -> {
              patience.forget();
              if (room) {
                worker.budget().give(bytes);
              }
            });
    if (room) {
      patience.within(front.limits().reading());
    } else {
      cutOff();
    }
  }

  private void cutOff() {
    if (channel.isActive()) {
      front.endings().count(Ending.SLOW_READER);
      channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
      channel.close();
    }
  }

  @Override
  public void abort() {
    if (!over) {
      over = true;
      channel.writeAndFlush(
          new DefaultHttp2ResetFrame(
              malformed ? Http2Error.PROTOCOL_ERROR : Http2Error.INTERNAL_ERROR));
    }
  }

  @Override
  public void next() {
    driver = null;
    if (over) {
      return;
    }
    over = true;
    ChannelFuture whole = lastWrite;
    if (!requestEnded && whole != null) {
      // Nobody wants the rest (RFC 9113, section 8.1); a reset before the reply is out would take
      // it along.
      whole.addListener(
          written -> {
            if (!requestEnded && channel.isActive()) {
              channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
            }
          });
      resume();
    }
  }

  @Override
  public Channel switchProtocols(HeaderLines lines, String accept) {
    throw new GatewardenBug("a stream of HTTP/2 does not switch protocols");
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (driver != null && channel.isWritable()) {
      driver.callerWritable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Http2ResetFrame) {
      gone();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    gone();
    ByteBuf piece = heldPiece;
    heldPiece = null;
    if (piece != null) {
      piece.release();
    }
    connection.closed(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    connection.broke();
    if (driver != null) {
      driver.malformed();
    } else if (!headSeen) {
      // The codec found it malformed; the stream is still there for an answer (RFC 9113, section
      // 8.1.1).
      headSeen = true;
      refuse(Framing.MALFORMED);
    } else {
      abort();
    }
  }
}
