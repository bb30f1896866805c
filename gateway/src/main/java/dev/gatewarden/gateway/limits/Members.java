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

  /// For each place a name, 0 where there is none, and when it was seen last; a power of two of
  /// places, a quarter of them free.
  private long[] places = new long[2 * LEAST];

  private int size;
  private long oldest = Long.MAX_VALUE;

  int size() {
    return size;
  }

  /// How many places there are.
  int room() {
    return places.length / 2;
  }

  /// Whether one more member takes more room.
  boolean isFull() {
    return (size + 1) * 4 > room() * 3;
  }

  /// No later than any member was seen last.
  long oldest() {
    return size == 0 ? Long.MAX_VALUE / 2 : oldest;
  }

  /// When a member was seen last, or `ABSENT`.
  long at(long name) {
    int place = place(name);
    return places[place] == 0 ? ABSENT : places[place + 1];
  }

  void put(long name, long at) {
    int place = place(name);
    if (places[place] == 0) {
      if (isFull()) {
        rehash(2 * places.length, Long.MIN_VALUE);
        place = place(name);
      }
      places[place] = name;
      size++;
    }
    places[place + 1] = at;
    oldest = Math.min(oldest, at);
  }

  void remove(long name) {
    int hole = place(name);
    if (places[hole] == 0) {
      return;
    }
    int mask = places.length - 1;
    for (int next = hole + 2 & mask; places[next] != 0; next = next + 2 & mask) {
      // Who would not be found behind a free place moves into it.
      if ((next - home(places[next]) & mask) >= (next - hole & mask)) {
        places[hole] = places[next];
        places[hole + 1] = places[next + 1];
        hole = next;
      }
    }
    places[hole] = 0;
    size--;
  }

  void clear() {
    places = new long[2 * LEAST];
    size = 0;
    oldest = Long.MAX_VALUE;
  }

  /// Forgets who was seen last at that instant or before, and the room that is not needed then.
  void forgetUpTo(long instant) {
    int kept = 0;
    for (int i = 0; i < places.length; i += 2) {
      kept += places[i] != 0 && places[i + 1] > instant ? 1 : 0;
    }
    int length = places.length;
    while (length > 2 * LEAST && kept * 8 <= length) {
      length /= 2;
    }
    rehash(length, instant);
  }

  /// Keeps who was seen after an instant.
  private void rehash(int length, long after) {
    long[] before = places;
    places = new long[length];
    size = 0;
    oldest = Long.MAX_VALUE;
    for (int i = 0; i < before.length; i += 2) {
      if (before[i] != 0 && before[i + 1] > after) {
        int place = place(before[i]);
        places[place] = before[i];
        places[place + 1] = before[i + 1];
        oldest = Math.min(oldest, before[i + 1]);
        size++;
      }
    }
  }

  private int place(long name) {
    int mask = places.length - 1;
    int place = home(name);
    while (places[place] != 0 && places[place] != name) {
      place = place + 2 & mask;
    }
    return place;
  }

  private int home(long name) {
    return (int) (name ^ name >>> 32) << 1 & places.length - 1;
  }

  /// The name of a member, never 0.
  static long name(String member) {
    long v0 = KEY ^ 0x736f6d6570736575L;
    long v1 = OTHER_KEY ^ 0x646f72616e646f6dL;
    long v2 = KEY ^ 0x6c7967656e657261L;
    long v3 = OTHER_KEY ^ 0x7465646279746573L;
    int length = member.length();
    int words = length / 4 + 1;
    // Two rounds for each word of four characters, then four more.
    for (int i = 0; i < words + 2; i++) {
      long word = 0;
      if (i < words) {
        word = word(member, i * 4, length);
        v3 ^= word;
      } else if (i == words) {
        v2 ^= 0xff;
      }
      for (int round = 0; round < 2; round++) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= word;
    }
    long name = v0 ^ v1 ^ v2 ^ v3;
    return name == 0 ? 1 : name;
  }

  /// Four characters, of the last word those that are left, and how many there are in all.
  private static long word(String member, int at, int length) {
    int chars = Math.min(4, length - at);
    long word = chars < 4 ? (long) length << 48 : 0;
    for (int i = 0; i < chars; i++) {
      word |= (long) member.charAt(at + i) << 16 * i;
    }
    return word;
  }
}
