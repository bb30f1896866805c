package dev.gatewarden.gateway.transport.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A body on its way from one side to the other: the bytes that have come and not gone, as they
/// came.
public final class Flow {
  private static final int SMALL = 1024;
  private static final int OWN = 4096;

  private final Budget budget;
  private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>(4);
  private int size;
  private boolean ended;
  private @Nullable ByteBuf own;
  private @Nullable HttpHeaders trailers;

  public Flow(Budget budget) {
    this.budget = budget;
  }

  /// Takes over a piece.
  ///
  /// @return false when the budget is exhausted; the piece is released
  public boolean add(ByteBuf piece) {
    int bytes = piece.readableBytes();
    if (bytes == 0) {
      piece.release();
      return true;
    }
    if (!budget.take(bytes)) {
      piece.release();
      return false;
    }
    size += bytes;
    // A dribbled body would pin a large buffer for each few bytes.
    if (bytes < SMALL && !pieces.isEmpty()) {
      gather(piece);
    } else {
      pieces.add(piece);
      own = null;
    }
    return true;
  }

  private void gather(ByteBuf piece) {
    if (own == null || own.writableBytes() < piece.readableBytes()) {
      own = piece.alloc().buffer(OWN, OWN);
      pieces.add(own);
    }
    own.writeBytes(piece);
    piece.release();
  }

  public void end(@Nullable HttpHeaders last) {
    ended = true;
    trailers = last;
  }

  /// Whether all of it has come.
  public boolean ended() {
    return ended;
  }

  /// Whether all of it has come and gone.
  public boolean drained() {
    return ended && pieces.isEmpty();
  }

  public @Nullable HttpHeaders trailers() {
    return trailers;
  }

  /// Bytes held.
  public int size() {
    return size;
  }

  /// The next piece, now the caller's own; null when there is none.
  public @Nullable ByteBuf poll() {
    ByteBuf piece = pieces.poll();
    if (piece != null) {
      if (piece == own) {
        own = null;
      }
      size -= piece.readableBytes();
      budget.give(piece.readableBytes());
    }
    return piece;
  }

  /// What is held, piece by piece; it stays held, and nothing may be added or taken meanwhile.
  public Iterator<ByteBuf> pieces() {
    return pieces.iterator();
  }

  /// Copies what is held, from index 0 on.
  public void copyTo(byte[] target) {
    int at = 0;
    for (ByteBuf piece : pieces) {
      int bytes = piece.readableBytes();
      piece.getBytes(piece.readerIndex(), target, at, bytes);
      at += bytes;
    }
  }

  public void release() {
    for (ByteBuf piece = poll(); piece != null; piece = poll()) {
      piece.release();
    }
  }
}
