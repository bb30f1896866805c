package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.gateway.transport.upstream.Outbound;
import dev.gatewarden.gateway.transport.wire.Deadline;
import dev.gatewarden.gateway.transport.wire.Worker;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Carries the frames of a WebSocket both ways (RFC 6455) until one side closes, nothing was said
/// for too long, or the lease ends.
final class WebSocketRelay implements Connection {
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  /// Told the bytes carried from and to the caller when both connections are gone.
  interface Over {
    void over(long in, long out);
  }

  private final Front front;
  private final Worker worker;
  private final Over over;
  private final End caller = new End();
  private final End upstream = new End();
  private final Deadline silence;
  private final Deadline leaseEnd;
  private final Lease lease;
  private final BooleanSupplier holds;
  private final Runnable expelled;
  private final Deadline tenure;
  private final MessagePace pace;
  private int gone;
  private boolean closing;

  /// @param holds whether the caller may go on
  /// @param expelled told when the caller may not
  WebSocketRelay(
      Front front,
      Worker worker,
      Lease lease,
      BooleanSupplier holds,
      Runnable expelled,
      Over over) {
    this.front = front;
    this.worker = worker;
    this.lease = lease;
    this.holds = holds;
    this.expelled = expelled;
    this.over = over;
    this.pace = new MessagePace(worker, front.limits().frame());
    this.silence = ending(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
    this.leaseEnd =
        new Deadline(worker) {
          @Override
          protected void expired() {
            expel();
          }
        };
    this.tenure =
        new Deadline(worker) {
          @Override
          protected void expired() {
            if (stillHolds()) {
              within(Driver.TENURE);
            }
          }
        };
  }

  private boolean stillHolds() {
    if (closing || holds.getAsBoolean()) {
      return !closing;
    }
    expel();
    return false;
  }

  private void expel() {
    if (!closing) {
      expelled.run();
      closeBoth(WebSocketCloseStatus.POLICY_VIOLATION);
    }
  }

  private Deadline ending(WebSocketCloseStatus why) {
    return new Deadline(worker) {
      @Override
      protected void expired() {
        closeBoth(why);
      }
    };
  }

  void begin(Channel inFront, Outbound behind) {
    caller.other = upstream;
    upstream.other = caller;
    front.opened(this);
    // The decoder says by itself why it breaks off, so it writes through the encoder.
    inFront.pipeline().addLast(new WebSocket13FrameEncoder(false), decoder(true), caller);
    // Asked before the upstream's first bytes are let through, which may close everything.
    Duration left = Duration.between(front.clock().instant(), lease.until());
    leaseEnd.within(left.isNegative() ? Duration.ZERO : left);
    tenure.within(Driver.TENURE);
    silence.within(front.limits().silence());
    behind.switchProtocols(new WebSocket13FrameEncoder(true), decoder(false), upstream);
    inFront.config().setAutoRead(true);
    if (!inFront.isActive()) {
      caller.leave();
    }
  }

  private WebSocket13FrameDecoder decoder(boolean masked) {
    // Extensions pass: what their bits mean is between the two ends.
    return new WebSocket13FrameDecoder(
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(masked)
            .allowMaskMismatch(false)
            .allowExtensions(true)
            .maxFramePayloadLength(front.limits().frame())
            .withUTF8Validator(false)
            .build());
  }

  private void closeBoth(WebSocketCloseStatus why) {
    closing = true;
    caller.close(why);
    upstream.close(why);
  }

  @Override
  public EventLoop loop() {
    return worker.loop();
  }

  @Override
  public void drain() {
    closeBoth(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
  }

  @Override
  public void kill() {
    closeBoth(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
  }

  private void end() {
    silence.forget();
    leaseEnd.forget();
    tenure.forget();
    front.closed(this);
    over.over(caller.read, upstream.read);
  }

  /// One of the two connections.
  private final class End extends ChannelInboundHandlerAdapter {
    private @Nullable Channel channel;
    private @Nullable End other;
    private long read;
    private boolean saidClose;
    private boolean left;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      channel = ctx.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      Channel there = other == null ? null : other.channel;
      if (!(message instanceof WebSocketFrame frame) || there == null || !stillHolds()) {
        ReferenceCountUtil.release(message);
        return;
      }
      int length = frame.content().readableBytes();
      if (this == caller && !pace.takes(frame, length)) {
        frame.release();
        front.endings().count(Ending.MESSAGES);
        closeBoth(pace.why());
        return;
      }
      read += length;
      boolean close = frame instanceof CloseWebSocketFrame;
      there.write(frame);
      if (close) {
        closed();
      } else {
        silence.within(front.limits().silence());
      }
      if (!there.isWritable()) {
        ctx.channel().config().setAutoRead(false);
      }
    }

    /// This side has said its goodbye; the other's is awaited for a moment.
    private void closed() {
      saidClose = true;
      if (other != null && other.saidClose) {
        closing = true;
        hangUp();
        other.hangUp();
      } else {
        silence.within(FAREWELL);
      }
    }

    private void hangUp() {
      if (channel != null) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      }
    }

    private void close(WebSocketCloseStatus why) {
      if (channel != null && channel.isActive()) {
        channel
            .writeAndFlush(new CloseWebSocketFrame(why))
            .addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      if (other != null && other.channel != null) {
        other.channel.flush();
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      if (other != null && other.channel != null) {
        other.channel.config().setAutoRead(ctx.channel().isWritable());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      leave();
    }

    private void leave() {
      if (left) {
        return;
      }
      left = true;
      if (++gone == 2) {
        end();
      } else if (other != null && !closing) {
        // No goodbye was said: the other side is told that this one is gone.
        closing = true;
        if (saidClose || other.saidClose) {
          other.hangUp();
        } else {
          other.close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (cause instanceof Error error) {
        throw error;
      }
      // The decoder has said why already (RFC 6455, section 7.1.7).
      ctx.close();
    }
  }
}
