package dev.gatewarden.gateway.transport.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Hangs up on a caller who begins a second handshake on one connection, as TLS 1.2 lets it (RFC
/// 5246, section 7.4.1.1): it costs the gate much and the caller little, and a certificate shown in
/// the middle would prove nothing of what came before.
///
/// It reads the heads of the records alone. Behind the first ChangeCipherSpec a caller has one
/// handshake record left to send: its Finished, or with TLS 1.3 a second ClientHello.
final class NoRenegotiation extends ChannelInboundHandlerAdapter {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int HEAD = 5;

  private int read;
  private int type;
  private int left;
  private boolean changed;
  private int behind;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes && !sound(bytes)) {
      bytes.release();
      ctx.close();
      return;
    }
    ctx.fireChannelRead(message);
  }

  private boolean sound(ByteBuf bytes) {
    int at = bytes.readerIndex();
    while (at < bytes.writerIndex()) {
      if (read == HEAD) {
        int skipped = Math.min(left, bytes.writerIndex() - at);
        at += skipped;
        left -= skipped;
        read = left == 0 ? 0 : HEAD;
        continue;
      }
      int octet = bytes.getUnsignedByte(at++);
      switch (read++) {
        case 0 -> type = octet;
        case 3 -> left = octet << 8;
        case 4 -> {
          left |= octet;
          read = left == 0 ? 0 : HEAD;
          if (!record()) {
            return false;
          }
        }
        default -> {}
      }
    }
    return true;
  }

  private boolean record() {
    if (changed && type == HANDSHAKE) {
      behind++;
    }
    changed |= type == CHANGE_CIPHER_SPEC;
    return behind <= 1;
  }
}
