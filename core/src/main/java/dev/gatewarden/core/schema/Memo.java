package dev.gatewarden.core.schema;

import java.util.Arrays;

/// What trying a rule at an offset gave before, so that nothing is tried twice.
final class Memo {
  static final int NONE = Integer.MIN_VALUE;

  /// Stands for where an object or array ends that is JSON, whatever rule says so; beyond the
  /// numbers of rules.
  static final int SKIPPED = 1 << 28;

  /// Stands for which of the visit's kept hashes is that of an object or array.
  static final int HASHED = SKIPPED + 1;

  private static final int MOST = 1 << 16;

  private long[] entries = new long[64];
  private int[] results = new int[64];
  private int[] used = new int[32];
  private int count;

  int get(int id, int at) {
    if (count == 0) {
      return NONE;
    }
    long key = key(id, at);
    int mask = entries.length - 1;
    for (int slot = slot(key, mask); ; slot = (slot + 1) & mask) {
      long entry = entries[slot];
      if (entry == 0) {
        return NONE;
      }
      if (entry == key) {
        return results[slot];
      }
    }
  }

  void put(int id, int at, int result) {
    if (count == used.length) {
      if (count >= MOST) {
        return;
      }
      grow();
    }
    long key = key(id, at);
    int mask = entries.length - 1;
    int slot = slot(key, mask);
    while (entries[slot] != 0 && entries[slot] != key) {
      slot = (slot + 1) & mask;
    }
    if (entries[slot] == 0) {
      entries[slot] = key;
      used[count++] = slot;
    }
    results[slot] = result;
  }

  void clear() {
    for (int i = 0; i < count; i++) {
      entries[used[i]] = 0;
    }
    count = 0;
  }

  private void grow() {
    long[] oldEntries = entries;
    int[] oldResults = results;
    int[] oldUsed = used;
    int oldCount = count;
    entries = new long[oldEntries.length * 2];
    results = new int[oldEntries.length * 2];
    used = Arrays.copyOf(oldUsed, oldUsed.length * 2);
    int mask = entries.length - 1;
    for (int i = 0; i < oldCount; i++) {
      long key = oldEntries[oldUsed[i]];
      int slot = slot(key, mask);
      while (entries[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      entries[slot] = key;
      results[slot] = oldResults[oldUsed[i]];
      used[i] = slot;
    }
  }

  private static long key(int id, int at) {
    return ((long) (id + 1) << 32) | at;
  }

  private static int slot(long key, int mask) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32 ^ mixed >>> 12) & mask;
  }
}
