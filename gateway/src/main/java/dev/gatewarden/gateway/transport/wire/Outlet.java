package dev.gatewarden.gateway.transport.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The writing end of an HTTP/1.1 connection: gathers what is small, writes what is large as it is,
/// flushes once a turn.
public final class Outlet implements Flushes {
  private static final int SMALL = 4096;
  private static final byte[] LAST_CHUNK = HeadText.ascii("0\r\n");
  private static final byte[] HEX = HeadText.ascii("0123456789abcdef");

  private final Worker worker;
  private final Channel channel;
  private @Nullable ByteBuf gathered;
  private boolean touched;
  private boolean begun;

  public Outlet(Worker worker, Channel channel) {
    this.worker = worker;
    this.channel = channel;
  }

  /// @param body bytes that are expected to follow at once
  public void head(HeadText head, long body) {
    begun = false;
    writeGathered();
    gathered = head.take(channel.alloc(), (int) Math.min(SMALL, Math.max(64, body)));
    touch();
  }

  /// Takes over a piece.
  public void piece(ByteBuf piece) {
    if (piece.readableBytes() <= SMALL) {
      room(piece.readableBytes()).writeBytes(piece);
      piece.release();
    } else {
      writeGathered();
      channel.write(piece, channel.voidPromise());
    }
    touch();
  }

  public void bytes(byte[] a, int from, int to) {
    if (to - from <= SMALL) {
      room(to - from).writeBytes(a, from, to - from);
    } else {
      writeGathered();
      channel.write(
          channel.alloc().directBuffer(to - from).writeBytes(a, from, to - from),
          channel.voidPromise());
    }
    touch();
  }

  /// Takes over a piece and frames it as a chunk.
  public void chunk(ByteBuf piece) {
    int size = piece.readableBytes();
    if (size == 0) {
      piece.release();
      return;
    }
    ByteBuf room = room(12);
    int shift = 28;
    while (shift > 0 && size >>> shift == 0) {
      shift -= 4;
    }
    for (; shift >= 0; shift -= 4) {
      room.writeByte(HEX[size >>> shift & 15]);
    }
    room.writeByte('\r').writeByte('\n');
    piece(piece);
    room(2).writeByte('\r').writeByte('\n');
  }

  /// @param trailers none when null
  public void lastChunk(@Nullable HttpHeaders trailers) {
    ByteBuf room = room(64).writeBytes(LAST_CHUNK);
    if (trailers != null) {
      Iterator<Map.Entry<CharSequence, CharSequence>> lines = trailers.iteratorCharSequence();
      while (lines.hasNext()) {
        Map.Entry<CharSequence, CharSequence> line = lines.next();
        room.writeBytes(HeadText.latin1(line.getKey().toString()));
        room.writeByte(':').writeByte(' ');
        room.writeBytes(HeadText.latin1(line.getValue().toString()));
        room.writeByte('\r').writeByte('\n');
      }
    }
    room.writeByte('\r').writeByte('\n');
    touch();
  }

  public boolean writable() {
    return channel.isWritable();
  }

  /// Whether anything of the message whose head was written last has left.
  public boolean begun() {
    return begun;
  }

  @Override
  public void flush() {
    touched = false;
    begun = true;
    writeGathered();
    channel.flush();
  }

  /// Closes when everything written is on its way.
  public void close() {
    writeGathered();
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private ByteBuf room(int bytes) {
    ByteBuf room = gathered;
    if (room == null || room.readableBytes() > 2 * SMALL) {
      writeGathered();
      room = channel.alloc().directBuffer(Math.max(bytes, 256));
      gathered = room;
    }
    return room.ensureWritable(bytes);
  }

  private void writeGathered() {
    ByteBuf ready = gathered;
    if (ready != null) {
      gathered = null;
      channel.write(ready, channel.voidPromise());
    }
  }

  private void touch() {
    if (!touched) {
      touched = true;
      worker.flushSoon(this);
    }
  }
}
