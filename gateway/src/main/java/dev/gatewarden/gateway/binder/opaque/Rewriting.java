package dev.gatewarden.gateway.binder.opaque;

import dev.gatewarden.core.exchange.Bytes;
import java.util.Arrays;
import java.util.List;

/// A body, the same body with other ids, and which place of the one is which place of the other.
public final class Rewriting {
  private final Bytes before;
  private final Bytes after;
  private final List<Swap> swaps;
  private final int[] began;

  private Rewriting(Bytes before, Bytes after, List<Swap> swaps, int[] began) {
    this.before = before;
    this.after = after;
    this.swaps = swaps;
    this.began = began;
  }

  /// Another value in place of one.
  ///
  /// @param from the first byte of the value
  /// @param to behind its last byte
  /// @param json what stands there then
  public record Swap(int from, int to, byte[] json) {}

  /// @param swaps in the order of the body; none overlaps another
  static Rewriting of(Bytes before, List<Swap> swaps) {
    if (swaps.isEmpty()) {
      return new Rewriting(before, before, swaps, new int[0]);
    }
    int length = before.length();
    for (Swap swap : swaps) {
      length += swap.json().length - (swap.to() - swap.from());
    }
    byte[] out = new byte[length];
    int[] began = new int[swaps.size()];
    int from = before.from();
    int at = 0;
    for (int i = 0; i < began.length; i++) {
      Swap swap = swaps.get(i);
      System.arraycopy(before.array(), from, out, at, swap.from() - from);
      at += swap.from() - from;
      began[i] = at;
      System.arraycopy(swap.json(), 0, out, at, swap.json().length);
      at += swap.json().length;
      from = swap.to();
    }
    System.arraycopy(before.array(), from, out, at, before.to() - from);
    return new Rewriting(before, Bytes.of(out), swaps, began);
  }

  /// The body as it came.
  public Bytes before() {
    return before;
  }

  /// The body with the other ids; the very same where it holds none.
  public Bytes after() {
    return after;
  }

  public List<Swap> swaps() {
    return swaps;
  }

  /// Where a place of the first body is in the second.
  public int forth(int offset) {
    int low = 0;
    int high = began.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (swaps.get(middle).from() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0) {
      return offset - before.from() + after.from();
    }
    Swap swap = swaps.get(low - 1);
    int end = began[low - 1] + swap.json().length;
    return offset >= swap.to() ? offset - swap.to() + end : began[low - 1];
  }

  /// Where a place of the second body is in the first.
  public int back(int offset) {
    int found = Arrays.binarySearch(began, offset);
    int last = found >= 0 ? found : -found - 2;
    if (last < 0) {
      return offset - after.from() + before.from();
    }
    Swap swap = swaps.get(last);
    int end = began[last] + swap.json().length;
    return offset >= end ? offset - end + swap.to() : swap.from();
  }
}
