package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.gateway.transport.wire.Budget;
import dev.gatewarden.gateway.walk.Walk.Reception;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What has come of a body that passes in parts and has not passed: at most one part and the piece
/// that its end came with.
final class Pending {
  private static final int BEHIND = 16;
  private static final int KEPT = 16 * 1024;

  private final Reception.Parts parts;
  private final Budget budget;
  private byte[] bytes = new byte[0];
  private int from;
  private int to;
  private int end = -1;

  Pending(Reception.Parts parts, Budget budget) {
    this.parts = parts;
    this.budget = budget;
  }

  /// Takes over a piece.
  ///
  /// @return false when the budget is exhausted
  boolean add(ByteBuf piece) {
    int length = piece.readableBytes();
    try {
      if (!budget.take(length)) {
        return false;
      }
      if (from > 0) {
        System.arraycopy(bytes, from, bytes, 0, to - from);
        to -= from;
        from = 0;
      }
      int room = to + length + BEHIND;
      if (bytes.length < room) {
        bytes = Arrays.copyOf(bytes, Math.max(room, Math.min(2 * bytes.length, 1 << 20)));
      }
      piece.readBytes(bytes, to, length);
      to += length;
      return true;
    } finally {
      piece.release();
    }
  }

  /// The next part, the same until it is taken; null where more has to come.
  ///
  /// @param last whether nothing more comes
  @Nullable Bytes next(boolean last) {
    if (end < 0 && to > from) {
      end = parts.parts().end(bytes, from, to, last);
    }
    return end < 0 ? null : new Bytes(bytes, from, end);
  }

  /// Whether a part is longer than parts may be.
  boolean tooLong() {
    return (end < 0 ? to : end) - from > parts.most();
  }

  /// Leaves the next part behind.
  void taken() {
    budget.give(end - from);
    from = end;
    end = -1;
    if (from == to) {
      from = 0;
      to = 0;
      bytes = bytes.length > KEPT ? new byte[0] : bytes;
    }
  }

  void release() {
    budget.give(to - from);
    from = 0;
    to = 0;
    end = -1;
    bytes = new byte[0];
  }
}
