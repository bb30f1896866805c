package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.pipeline.HeaderLines;
import dev.gatewarden.gateway.transport.framing.Framing;
import dev.gatewarden.gateway.transport.framing.Refusal;
import dev.gatewarden.gateway.transport.framing.RequestScanner;
import dev.gatewarden.gateway.transport.wire.Deadline;
import dev.gatewarden.gateway.transport.wire.HeadText;
import dev.gatewarden.gateway.transport.wire.Outlet;
import dev.gatewarden.gateway.transport.wire.Worker;
import dev.gatewarden.gateway.walk.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A caller's connection that speaks HTTP/1.1: one request after the other, in order, however many
/// have arrived.
///
/// Long, because reading, replying and closing of one connection share one state.
final class H1Front extends ChannelInboundHandlerAdapter
    implements CallerSide, Connection, Worker.Holder {
  private static final byte[] LENGTH = HeadText.ascii("content-length: ");
  private static final byte[] CHUNKED = HeadText.ascii("transfer-encoding: chunked\r\n");
  private static final byte[] CLOSE = HeadText.ascii("connection: close\r\n");
  private static final byte[] CONTINUE = HeadText.ascii("HTTP/1.1 100 Continue\r\n\r\n");
  private static final byte[] SWITCH =
      HeadText.ascii("connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: ");
  private static final int DRAINED = 64 * 1024;
  private static final int LINGERED = 256 * 1024;
  private static final int MOST_WAITING = 512;
  private static final int MOST_QUEUED = 4096;

  /// About what a head, or a piece of a body, takes beside its bytes.
  private static final int HEAD_WEIGHT = 1024;

  private static final int PIECE_WEIGHT = 64;
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final Front front;
  private final Worker worker;
  private final Channel channel;
  private final Peer peer;
  private final RequestScanner scanner;
  private final ChannelHandler[] decoding;
  private final Outlet outlet;
  private final Clock clock;
  private final Crowd.Seat seat;
  private final ArrayDeque<Object> queued = new ArrayDeque<>(4);

  private @Nullable Driver driver;
  private int waiting;
  private int ahead;
  private boolean working;
  private boolean awaitingHead = true;
  private boolean headClock;
  private boolean requestEnded = true;
  private boolean swallowLast;
  private boolean discarding;
  private long discarded;
  private long declared;

  private boolean keepAlive = true;
  private boolean old;
  private boolean isHead;
  private boolean trailersTaken;
  private boolean expects;
  private boolean chunkedReply;
  private boolean bodilessReply;
  private boolean paused;
  private boolean closing;
  private boolean switched;

  H1Front(
      Front front,
      Worker worker,
      Channel channel,
      Peer peer,
      RequestScanner scanner,
      ChannelHandler... decoding) {
    this.front = front;
    this.worker = worker;
    this.channel = channel;
    this.peer = peer;
    this.scanner = scanner;
    this.decoding = decoding;
    this.outlet = new Outlet(worker, channel);
    this.clock = new Clock(worker);
    this.seat = Crowd.Seat.of(channel);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    front.opened(this);
    clock.within(front.limits().headTime());
  }

  // Reading.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (closing) {
      linger(message);
    } else if (swallowLast && message instanceof LastHttpContent) {
      swallowLast = false;
      ReferenceCountUtil.release(message);
    } else if (working || !queued.isEmpty() || mustWait()) {
      queue(message);
    } else {
      take(message);
      work();
    }
  }

  private void queue(Object message) {
    if (message instanceof HttpRequest) {
      waiting++;
    }
    queued.add(message);
    if (waiting > MOST_WAITING || queued.size() > MOST_QUEUED) {
      front.endings().count(Ending.PIPELINE);
      abort();
    } else if (!held(weight(message))) {
      giveUp();
    } else {
      updateReading();
    }
  }

  /// What was read ahead counts among the bytes held, and its connection goes when they are needed.
  private boolean held(int weight) {
    if (!worker.budget().take(weight)) {
      return false;
    }
    if (ahead == 0) {
      worker.waits(this);
    }
    ahead += weight;
    return true;
  }

  private void letGo(int weight) {
    worker.budget().give(weight);
    ahead -= weight;
    if (ahead == 0) {
      worker.waitsNoMore(this);
    }
  }

  private static int weight(Object message) {
    return switch (message) {
      case HttpRequest _ -> HEAD_WEIGHT;
      case HttpContent content -> PIECE_WEIGHT + content.content().readableBytes();
      default -> PIECE_WEIGHT;
    };
  }

  @Override
  public void giveUp() {
    front.endings().count(Ending.HELD_TOO_LONG);
    abort();
  }

  private void dropQueued() {
    queued.forEach(ReferenceCountUtil::release);
    queued.clear();
    waiting = 0;
    if (ahead > 0) {
      letGo(ahead);
    }
  }

  private void take(Object message) {
    working = true;
    try {
      switch (message) {
        case HttpRequest request -> begin(request);
        case HttpContent content -> content(content);
        case Refusal refusal -> refused(refusal);
        default -> ReferenceCountUtil.release(message);
      }
    } finally {
      working = false;
    }
  }

  /// Goes on with what has arrived, as long as no request is in the way.
  private void work() {
    while (!working && !closing && !switched && !queued.isEmpty()) {
      Object message = queued.peek();
      if (swallowLast && message instanceof LastHttpContent) {
        swallowLast = false;
        letGo(weight(message));
        ReferenceCountUtil.release(queued.poll());
      } else if (mustWait()) {
        return;
      } else {
        queued.poll();
        letGo(weight(message));
        if (message instanceof HttpRequest) {
          waiting--;
        }
        take(message);
      }
    }
    updateReading();
  }

  /// Whether what has arrived is for later: a request is on its way, or its caller does not take
  /// the replies to the last ones.
  private boolean mustWait() {
    return driver != null ? requestEnded : awaitingHead && !outlet.writable();
  }

  private void updateReading() {
    boolean wanted = closing || !paused && queued.isEmpty();
    if (channel.config().isAutoRead() != wanted && !switched) {
      channel.config().setAutoRead(wanted);
    }
  }

  private void begin(HttpRequest request) {
    clock.never();
    seat.works();
    headClock = false;
    awaitingHead = false;
    if (request.decoderResult().isFailure()) {
      // Our own check lets nothing through that Netty refuses; should it, nothing of it is used.
      refuse(Framing.MALFORMED);
      return;
    }
    RequestHead head = H1Head.of(request, peer);
    declared = head.length();
    requestEnded = declared == 0;
    swallowLast = requestEnded;
    discarding = false;
    old = head.protocol().equals("1.0");
    keepAlive = !old && HttpUtil.isKeepAlive(request) && !front.draining();
    isHead = head.method().equals("HEAD");
    trailersTaken = takesTrailers(head.headers().first("te"));
    expects = !old && declared != 0 && head.headers().first("expect") != null;
    chunkedReply = false;
    Driver next = Driver.begin(front, worker, this, checked(head));
    driver = next;
    if (next == null) {
      next();
    } else {
      next.start();
    }
  }

  private static boolean takesTrailers(@Nullable String te) {
    return te != null && te.toLowerCase(Locale.ROOT).contains("trailers");
  }

  /// A request for a WebSocket that is none asks for nothing.
  private static RequestHead checked(RequestHead head) {
    boolean sound =
        head.wantsUpgrade().isEmpty()
            || head.wantsUpgrade().equals("websocket")
                && head.method().equals("GET")
                && head.length() == 0
                && WebSocketHandshake.offered(head.headers());
    return sound
        ? head
        : new RequestHead(
            head.method(),
            head.target(),
            head.scheme(),
            head.authority(),
            head.headers(),
            head.peer(),
            head.protocol(),
            head.length(),
            "");
  }

  private void content(HttpContent content) {
    Driver current = driver;
    boolean last = content instanceof LastHttpContent;
    if (last) {
      requestEnded = true;
    }
    expects = false;
    if (current == null || discarding) {
      discard(content);
    } else {
      if (content.content().isReadable()) {
        current.body(content.content());
      } else {
        content.release();
      }
      if (last && driver == current) {
        HttpHeaders trailers = ((LastHttpContent) content).trailingHeaders();
        current.bodyEnd(trailers.isEmpty() ? null : trailers);
      }
    }
    if (last && driver == null && !closing) {
      rest();
    }
  }

  private void discard(HttpContent content) {
    discarded += content.content().readableBytes();
    content.release();
    if (discarded > DRAINED && !requestEnded) {
      closeAfterReply();
    }
  }

  private void refused(Refusal refusal) {
    keepAlive = false;
    Driver current = driver;
    if (current != null && !refusal.inHead()) {
      current.malformed();
    } else if (refusal.inHead()) {
      refuse(refusal.why());
    } else {
      closeAfterReply();
    }
  }

  private void refuse(Framing why) {
    keepAlive = false;
    old = false;
    isHead = false;
    requestEnded = false;
    declared = -1;
    Reply reply = front.gate().refuse(why, peer);
    head(
        reply.status(),
        to -> reply.headers().forEach(l -> to.accept(l.name().toLowerCase(Locale.ROOT), l.value())),
        reply.body().length,
        false);
    bytes(reply.body(), 0, reply.body().length);
    closeAfterReply();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (awaitingHead && !headClock && scanner.midHead()) {
      headClock = true;
      clock.within(front.limits().headTime());
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void pause() {
    paused = true;
    updateReading();
  }

  @Override
  public void resume() {
    if (paused) {
      paused = false;
      updateReading();
    }
  }

  @Override
  public void wantBody() {
    if (expects) {
      expects = false;
      outlet.bytes(CONTINUE, 0, CONTINUE.length);
    }
    resume();
  }

  // Replying.

  @Override
  public boolean writable() {
    return outlet.writable();
  }

  @Override
  public void head(int status, HeaderLines lines, long length, boolean decoded) {
    HeadText text = worker.headText();
    text.response(status, decoded);
    lines.each(text);
    boolean never = status < 200 || status == 204 || status == 304;
    bodilessReply = isHead || never;
    chunkedReply = false;
    if (length >= 0 && !never) {
      text.number(LENGTH, length);
    } else if (!bodilessReply && old) {
      keepAlive = false;
    } else if (!bodilessReply) {
      chunkedReply = true;
      text.line(CHUNKED);
    }
    if (!requestEnded && (expects || declared < 0 || declared > DRAINED)) {
      keepAlive = false;
    }
    if (!keepAlive || front.draining()) {
      keepAlive = false;
      text.line(CLOSE);
    }
    text.end();
    outlet.head(text, bodilessReply ? 0 : length);
  }

  @Override
  public void data(ByteBuf piece) {
    if (bodilessReply) {
      piece.release();
    } else if (chunkedReply) {
      outlet.chunk(piece);
    } else {
      outlet.piece(piece);
    }
  }

  @Override
  public void bytes(byte[] a, int from, int to) {
    if (chunkedReply) {
      outlet.chunk(Unpooled.wrappedBuffer(a, from, to - from));
    } else if (!bodilessReply) {
      outlet.bytes(a, from, to);
    }
  }

  @Override
  public void end(@Nullable HttpHeaders trailers) {
    if (chunkedReply) {
      outlet.lastChunk(trailersTaken ? trailers : null);
    }
  }

  @Override
  public void abort() {
    keepAlive = false;
    closing = true;
    dropQueued();
    channel.close();
  }

  @Override
  public void next() {
    driver = null;
    if (closing || switched) {
      return;
    }
    if (!keepAlive) {
      closeAfterReply();
    } else if (requestEnded) {
      rest();
      paused = false;
      work();
    } else {
      discarding = true;
      discarded = 0;
      clock.within(front.limits().bodyTime());
      resume();
    }
  }

  private void rest() {
    awaitingHead = true;
    clock.within(front.limits().idleTime());
    seat.rests(worker.now());
    if (front.draining()) {
      closeAfterReply();
    }
  }

  @Override
  public Channel switchProtocols(HeaderLines lines, String accept) {
    HeadText text = worker.headText();
    text.response(101, false);
    lines.each(
        (name, value) -> {
          if (!name.equals("sec-websocket-accept")) {
            text.accept(name, value);
          }
        });
    text.line(SWITCH);
    text.line(HeadText.ascii(accept + "\r\n"));
    text.end();
    outlet.head(text, 0);
    outlet.flush();
    switched = true;
    clock.forget();
    front.closed(this);
    for (ChannelHandler handler : decoding) {
      channel.pipeline().remove(handler);
    }
    channel.pipeline().remove(this);
    return channel;
  }

  // Closing.

  /// What was written gets through: the sending half is closed first, and what still comes is
  /// dropped, within bounds.
  private void closeAfterReply() {
    if (closing) {
      return;
    }
    closing = true;
    dropQueued();
    seat.rests(worker.now());
    if (requestEnded) {
      clock.within(front.limits().reading());
      outlet.close();
      return;
    }
    outlet.flush();
    discarded = 0;
    clock.within(LINGER);
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> sayGoodbye());
    updateReading();
  }

  private void sayGoodbye() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (channel instanceof DuplexChannel duplex && channel.isActive()) {
      duplex.shutdownOutput();
    }
  }

  private void linger(Object message) {
    if (message instanceof HttpContent content) {
      discarded += content.content().readableBytes();
    }
    ReferenceCountUtil.release(message);
    if (discarded > LINGERED) {
      channel.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!outlet.writable()) {
      return;
    }
    if (driver != null) {
      driver.callerWritable();
    } else {
      work();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    clock.forget();
    front.closed(this);
    dropQueued();
    if (driver != null) {
      driver.gone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    channel.close();
  }

  @Override
  public EventLoop loop() {
    return worker.loop();
  }

  @Override
  public void drain() {
    if (driver == null && awaitingHead && !scanner.midHead()) {
      requestEnded = true;
      closeAfterReply();
    }
    keepAlive = false;
  }

  @Override
  public void kill() {
    if (driver != null) {
      driver.draining();
    } else {
      channel.close();
    }
  }

  private final class Clock extends Deadline {
    Clock(Worker worker) {
      super(worker);
    }

    @Override
    protected void expired() {
      if (!closing && awaitingHead && scanner.midHead()) {
        refuse(Framing.HEAD_TIMEOUT);
      } else {
        channel.close();
      }
    }
  }
}
