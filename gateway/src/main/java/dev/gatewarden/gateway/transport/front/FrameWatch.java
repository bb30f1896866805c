package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.gateway.transport.wire.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Error;
import java.util.Arrays;

/// Reads the heads of a caller's frames before the codec does, and ends a connection on which too
/// many of them carry nothing (RFC 9113, section 10.5), or one that opens a stream a second time
/// (section 5.1.1).
///
/// Each frame beside requests and their bytes costs a token. Tokens come back with time, with bytes
/// that are carried, for who takes much may say often that there is room, and with whole answers
/// and
/// pieces of them, for there are clients who ping and make room for each of them.
final class FrameWatch extends ChannelDuplexHandler {
  private static final int PREFACE = 24;
  private static final int HEAD = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int ENDS = 1;
  private static final int PADDED = 8;

  private static final long TOKEN = 1000;
  private static final long BURST = 1000 * TOKEN;
  private static final long PER_MILLI = TOKEN / 10;
  private static final int SMALL = 256;
  private static final int SETTING = 6;
  private static final int MOST_OPEN = 512;

  private final Worker worker;
  private final Alarm alarm;

  private int skip = PREFACE;
  private final byte[] head = new byte[HEAD];
  private int read;
  private int left;
  private long tokens = BURST;
  private long at;
  private boolean over;

  private int highest;
  private int forgotten;
  private int[] open = new int[8];
  private int opened;

  /// Told once that the connection has to end.
  interface Alarm {
    void raised(Http2Error why);
  }

  FrameWatch(Worker worker, Alarm alarm) {
    this.worker = worker;
    this.alarm = alarm;
    this.at = worker.now();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      if (over) {
        bytes.release();
        return;
      }
      look(bytes);
      if (over) {
        bytes.release();
        return;
      }
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      credit(bytes.readableBytes());
    }
    ctx.write(message, promise);
  }

  private void look(ByteBuf bytes) {
    int from = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (from < end && !over) {
      int passed = Math.min(skip + left, end - from);
      if (passed > 0) {
        int prefaced = Math.min(skip, passed);
        skip -= prefaced;
        left -= passed - prefaced;
        from += passed;
        continue;
      }
      int part = Math.min(HEAD - read, end - from);
      bytes.getBytes(from, head, read, part);
      from += part;
      read += part;
      if (read == HEAD) {
        read = 0;
        frame();
      }
    }
  }

  private void frame() {
    int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | head[2] & 0xff;
    int flags = head[4];
    boolean ends = (flags & ENDS) != 0;
    int stream =
        (head[5] & 0x7f) << 24 | (head[6] & 0xff) << 16 | (head[7] & 0xff) << 8 | head[8] & 0xff;
    left = length;
    switch (head[3]) {
      case DATA -> {
        boolean padding = (flags & PADDED) != 0 && length <= SMALL;
        if ((length == 0 || padding) && !ends) {
          spend(1);
        }
        credit(length);
        if (ends) {
          close(stream);
        }
      }
      case HEADERS -> headers(stream, ends);
      case RST_STREAM -> {
        spend(1);
        close(stream);
      }
      case SETTINGS -> spend(1 + length / SETTING);
      default -> spend(1);
    }
  }

  private void headers(int stream, boolean ends) {
    if (stream > highest) {
      highest = stream;
      if (!ends) {
        open(stream);
      }
    } else if (at(stream) >= 0) {
      if (ends) {
        close(stream);
      }
    } else if (stream > forgotten) {
      raise(Http2Error.STREAM_CLOSED);
    }
  }

  private void open(int stream) {
    if (opened == MOST_OPEN) {
      // Callers do not end what was reset long ago.
      forgotten = open[0];
      System.arraycopy(open, 1, open, 0, --opened);
    }
    if (opened == open.length) {
      open = Arrays.copyOf(open, 2 * opened);
    }
    open[opened++] = stream;
  }

  private int at(int stream) {
    for (int i = opened - 1; i >= 0; i--) {
      if (open[i] == stream) {
        return i;
      }
    }
    return -1;
  }

  private void close(int stream) {
    int i = at(stream);
    if (i >= 0) {
      System.arraycopy(open, i + 1, open, i, --opened - i);
    }
  }

  private void credit(int bytes) {
    tokens = Math.min(BURST, tokens + bytes);
  }

  /// Gives tokens back for what was asked for and came.
  void earn(int amount) {
    tokens = Math.min(BURST, tokens + amount * TOKEN);
  }

  /// Takes tokens for what carries nothing.
  void spend(int amount) {
    long now = worker.now();
    tokens = Math.min(BURST, tokens + (now - at) / 1_000_000 * PER_MILLI) - amount * TOKEN;
    at = now;
    if (tokens < 0) {
      raise(Http2Error.ENHANCE_YOUR_CALM);
    }
  }

  private void raise(Http2Error why) {
    if (!over) {
      over = true;
      alarm.raised(why);
    }
  }
}
