package dev.gatewarden.gateway.limits;

import java.security.SecureRandom;

/// Members of a set and when each was seen last, sixteen bytes for each place. They are known by
/// a keyed digest (SipHash-2-4), so that nobody finds two that are taken for one.
final class Members {
  /// When a member that is none was seen.
  static final long ABSENT = Long.MIN_VALUE / 2;

  private static final int LEAST = 4;
  private static final long KEY;
  private static final long OTHER_KEY;

  static {
    SecureRandom random = new SecureRandom();
    KEY = random.nextLong();
    OTHER_KEY = random.nextLong();
  }

  /// The names, 0 where there is none; a power of two of places, a quarter of them free.
  private long[] names = new long[LEAST];

  private long[] seen = new long[LEAST];
  private int size;
  private long oldest = Long.MAX_VALUE;

  int size() {
    return size;
  }

  int room() {
    return names.length;
  }

  /// Whether one more member takes more room.
  boolean isFull() {
    return (size + 1) * 4 > names.length * 3;
  }

  /// No later than any member was seen last.
  long oldest() {
    return size == 0 ? Long.MAX_VALUE / 2 : oldest;
  }

  /// When a member was seen last, or `ABSENT`.
  long at(long name) {
    int place = place(name);
    return names[place] == 0 ? ABSENT : seen[place];
  }

  void put(long name, long at) {
    int place = place(name);
    if (names[place] == 0) {
      if (isFull()) {
        rehash(names.length * 2, Long.MIN_VALUE);
        place = place(name);
      }
      names[place] = name;
      size++;
    }
    seen[place] = at;
    oldest = Math.min(oldest, at);
  }

  void remove(long name) {
    int hole = place(name);
    if (names[hole] == 0) {
      return;
    }
    int mask = names.length - 1;
    for (int next = hole + 1 & mask; names[next] != 0; next = next + 1 & mask) {
      // Who would not be found behind a free place moves into it.
      if ((next - home(names[next]) & mask) >= (next - hole & mask)) {
        names[hole] = names[next];
        seen[hole] = seen[next];
        hole = next;
      }
    }
    names[hole] = 0;
    size--;
  }

  void clear() {
    names = new long[LEAST];
    seen = new long[LEAST];
    size = 0;
    oldest = Long.MAX_VALUE;
  }

  /// Forgets who was seen last at that instant or before.
  void forgetUpTo(long instant) {
    rehash(names.length, instant);
  }

  /// Keeps who was seen after an instant, in as few places as will do.
  private void rehash(int most, long after) {
    long[] oldNames = names;
    long[] oldSeen = seen;
    int kept = 0;
    for (int i = 0; i < oldNames.length; i++) {
      kept += oldNames[i] != 0 && oldSeen[i] > after ? 1 : 0;
    }
    int places = most;
    while (places > LEAST && most == oldNames.length && kept * 4 <= places) {
      places /= 2;
    }
    names = new long[places];
    seen = new long[places];
    size = kept;
    oldest = Long.MAX_VALUE;
    for (int i = 0; i < oldNames.length; i++) {
      if (oldNames[i] != 0 && oldSeen[i] > after) {
        int place = place(oldNames[i]);
        names[place] = oldNames[i];
        seen[place] = oldSeen[i];
        oldest = Math.min(oldest, oldSeen[i]);
      }
    }
  }

  private int place(long name) {
    int mask = names.length - 1;
    int place = home(name);
    while (names[place] != 0 && names[place] != name) {
      place = place + 1 & mask;
    }
    return place;
  }

  private int home(long name) {
    return (int) (name ^ name >>> 32) & names.length - 1;
  }

  /// The name of a member, never 0.
  static long name(String member) {
    long[] v = {
      KEY ^ 0x736f6d6570736575L,
      OTHER_KEY ^ 0x646f72616e646f6dL,
      KEY ^ 0x6c7967656e657261L,
      OTHER_KEY ^ 0x7465646279746573L
    };
    int length = member.length();
    int at = 0;
    for (; at + 4 <= length; at += 4) {
      mix(v, word(member, at, 4));
    }
    mix(v, word(member, at, length - at) | (long) length << 48);
    v[2] ^= 0xff;
    for (int i = 0; i < 4; i++) {
      round(v);
    }
    long name = v[0] ^ v[1] ^ v[2] ^ v[3];
    return name == 0 ? 1 : name;
  }

  private static long word(String member, int at, int chars) {
    long word = 0;
    for (int i = 0; i < chars; i++) {
      word |= (long) member.charAt(at + i) << 16 * i;
    }
    return word;
  }

  private static void mix(long[] v, long word) {
    v[3] ^= word;
    round(v);
    round(v);
    v[0] ^= word;
  }

  private static void round(long[] v) {
    v[0] += v[1];
    v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
    v[0] = Long.rotateLeft(v[0], 32);
    v[2] += v[3];
    v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
    v[2] = Long.rotateLeft(v[2], 32);
  }
}
