package dev.gatewarden.core.schema;

import java.util.Arrays;

/// The undeclared names seen in the objects that are open now, so that none comes twice.
///
/// Objects nest, so entries leave in the reverse order in which they came. Few names are compared
/// one by one; more than that go through a table that a caller cannot steer, because the hash is
/// seeded.
final class KeySet {
  private static final int FEW = 8;

  private final long seed;
  private long[] hashes = new long[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] slots = new int[64];
  private int[] table = new int[256];
  private int inTable;
  private int top;

  KeySet(long seed) {
    this.seed = scattered(seed);
  }

  /// Spreads what is unknown of a seed over all of its bits (the finalizer of SplitMix64).
  private static long scattered(long seed) {
    long bits = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return (bits ^ (bits >>> 31)) + 0x9E3779B97F4A7C15L;
  }

  long seed() {
    return seed;
  }

  /// Where an object that begins now starts to keep its names.
  int top() {
    return top;
  }

  /// Forgets everything kept since an object began.
  void release(int base) {
    while (top > base) {
      top--;
      if (slots[top] >= 0) {
        table[slots[top]] = 0;
        inTable--;
      }
    }
  }

  /// Keeps the name between two quotes; false when the object has it already.
  boolean add(Visit v, int base, int start, int end) {
    long hash = hash(v, start, end);
    int found = top - base < FEW ? among(hash, base) : inTable(hash, base);
    while (found >= 0) {
      if (JsonText.sameText(v.bytes, start, end, starts[found], ends[found])) {
        return false;
      }
      hash = hash * 0x9E3779B97F4A7C15L + 1;
      found = top - base < FEW ? among(hash, base) : inTable(hash, base);
    }
    keep(hash, start, end, base);
    return true;
  }

  private int among(long hash, int base) {
    for (int i = base; i < top; i++) {
      if (hashes[i] == hash) {
        return i;
      }
    }
    return -1;
  }

  private int inTable(long hash, int base) {
    int mask = table.length - 1;
    for (int slot = (int) hash & mask; table[slot] != 0; slot = (slot + 1) & mask) {
      int entry = table[slot] - 1;
      if (entry >= base && hashes[entry] == hash) {
        return entry;
      }
    }
    return -1;
  }

  private void keep(long hash, int start, int end, int base) {
    if (top == hashes.length) {
      grow();
    }
    hashes[top] = hash;
    starts[top] = start;
    ends[top] = end;
    slots[top] = -1;
    top++;
    int count = top - base;
    if (count == FEW) {
      for (int i = base; i < top; i++) {
        insert(i);
      }
    } else if (count > FEW) {
      insert(top - 1);
    }
  }

  private void insert(int entry) {
    if (inTable * 2 >= table.length) {
      rehash();
    }
    int mask = table.length - 1;
    int slot = (int) hashes[entry] & mask;
    while (table[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    table[slot] = entry + 1;
    slots[entry] = slot;
    inTable++;
  }

  private void rehash() {
    table = new int[table.length * 2];
    inTable = 0;
    for (int i = 0; i < top; i++) {
      if (slots[i] >= 0) {
        insert(i);
      }
    }
  }

  private void grow() {
    int length = hashes.length * 2;
    hashes = Arrays.copyOf(hashes, length);
    starts = Arrays.copyOf(starts, length);
    ends = Arrays.copyOf(ends, length);
    slots = Arrays.copyOf(slots, length);
  }

  private long hash(Visit v, int start, int end) {
    if (!v.escaped) {
      return Scan.hash(v.bytes, start, end, seed);
    }
    Scan.decode(v, start, end);
    return Scan.hash(v.text, 0, v.textLength, seed);
  }
}
