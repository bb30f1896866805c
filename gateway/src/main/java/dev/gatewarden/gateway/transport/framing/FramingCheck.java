package dev.gatewarden.gateway.transport.framing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Stands before the decoder of a connection and lets only bytes through whose framing is beyond
/// doubt; the first that are not become one `Refusal`.
public final class FramingCheck extends ChannelInboundHandlerAdapter {
  private final MessageScanner scanner;
  private final byte[] area;
  private boolean refused;

  /// @param area room to look at bytes, shared by the connections of one event loop
  public FramingCheck(MessageScanner scanner, byte[] area) {
    this.scanner = scanner;
    this.area = area;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      ctx.fireChannelRead(message);
      return;
    }
    if (refused) {
      bytes.release();
      return;
    }
    int sound = sound(bytes);
    Framing why = scanner.refusal();
    if (why == null) {
      ctx.fireChannelRead(bytes);
      return;
    }
    refused = true;
    if (sound > 0) {
      ctx.fireChannelRead(bytes.readRetainedSlice(sound));
    }
    bytes.release();
    ctx.fireChannelRead(new Refusal(why, scanner.refusedInHead()));
  }

  /// How many bytes from the first on are sound.
  private int sound(ByteBuf bytes) {
    int from = bytes.readerIndex();
    int all = bytes.readableBytes();
    int done = 0;
    while (done < all) {
      int skipped = scanner.skip(all - done);
      done += skipped;
      int length = Math.min(area.length, all - done);
      bytes.getBytes(from + done, area, 0, length);
      int good = scanner.scan(area, 0, length);
      done += good;
      if (good < length) {
        return done;
      }
    }
    return done;
  }
}
