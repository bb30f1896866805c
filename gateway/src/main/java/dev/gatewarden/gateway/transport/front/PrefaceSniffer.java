package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.transport.wire.Deadline;
import dev.gatewarden.gateway.transport.wire.HeadText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells HTTP/2 by prior knowledge from HTTP/1.1 by the first bytes of a plain connection (RFC
/// 9113, section 3.4).
final class PrefaceSniffer extends ByteToMessageDecoder implements Connection {
  private static final byte[] PREFACE = HeadText.ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  private final Front front;
  private final Channel channel;
  private @Nullable Deadline patience;

  PrefaceSniffer(Front front, Channel channel) {
    this.front = front;
    this.channel = channel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    front.opened(this);
    Deadline deadline =
        new Deadline(front.workers().of(channel)) {
          @Override
          protected void expired() {
            channel.close();
          }
        };
    deadline.within(front.limits().headTime());
    patience = deadline;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int seen = Math.min(in.readableBytes(), PREFACE.length);
    for (int i = 0; i < seen; i++) {
      if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
        FrontInitializer.http1(front, channel, peer());
        ctx.pipeline().remove(this);
        return;
      }
    }
    if (seen == PREFACE.length) {
      H2Front.begin(front, channel, peer());
      ctx.pipeline().remove(this);
    }
  }

  private Peer peer() {
    return new Peer(FrontInitializer.address(channel), false);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (patience != null) {
      patience.forget();
    }
    front.closed(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    channel.close();
  }

  @Override
  public EventLoop loop() {
    return channel.eventLoop();
  }

  @Override
  public void drain() {
    kill();
  }

  @Override
  public void kill() {
    // Nothing was asked on it yet; once something is, another handler answers for it.
    if (channel.pipeline().context(this) != null) {
      channel.close();
    }
  }
}
