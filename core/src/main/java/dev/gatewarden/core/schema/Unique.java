package dev.gatewarden.core.schema;

/// Tells whether values mean the same: numbers by value, objects without regard to order, strings
/// after unescaping.
final class Unique {

  private static final int ARRAY = 0x41;

  /// Bytes from which on an object's or array's hash is kept.
  private static final int WORTH_KEEPING = 64;

  private Unique() {}

  /// Whether no two items of an array that was judged already mean the same.
  static boolean items(Visit v, int start, int count) {
    int size = Integer.highestOneBit(Math.max(4, count * 2 - 1)) << 1;
    int table = v.reserve(size);
    boolean unique = true;
    long all = v.keys.seed() ^ ARRAY;
    int at = Scan.space(v.bytes, start + 1, v.to);
    for (int i = 0; i < count && unique; i++) {
      long item = hash(v, at);
      int end = v.hashed;
      all = followed(all, item);
      long hash = item | 1;
      int slot = (int) (hash >>> 7) & (size - 1);
      int looks = 1;
      while (v.word(table + slot) != 0 && v.word(table + slot) != hash) {
        slot = (slot + 1) & (size - 1);
        looks++;
      }
      v.spend(looks);
      unique = v.word(table + slot) == 0;
      v.word(table + slot, hash);
      at = Skip.next(v, end);
    }
    v.wordTop = table;
    if (unique) {
      keep(v, start, at + 1, all);
    }
    return unique;
  }

  /// Arrays of unique items nest, and each would hash all below it again.
  private static void keep(Visit v, int start, int end, long hash) {
    if (end - start > WORTH_KEEPING) {
      v.memo.put(Memo.SKIPPED, start, end);
      v.memo.put(Memo.HASHED, start, v.keep(hash));
    }
  }

  /// A hash of what a judged value means; 63 bits that nobody can steer without the seed. Leaves in
  /// the visit where the value ends.
  private static long hash(Visit v, int at) {
    byte[] b = v.bytes;
    return switch (b[at]) {
      case '"' -> {
        int quote = Skip.quote(b, at + 1);
        v.hashed = quote + 1;
        yield text(v, at + 1, quote, 0x53);
      }
      case '{', '[' -> {
        int known = v.memo.get(Memo.HASHED, at);
        int end = known < 0 ? known : v.memo.get(Memo.SKIPPED, at);
        if (end >= 0) {
          v.hashed = end;
          yield v.kept(known);
        }
        yield b[at] == '{' ? object(v, at) : array(v, at);
      }
      case 't', 'f', 'n' -> {
        v.hashed = Skip.judged(v, at);
        yield Scan.mix(v.keys.seed() ^ b[at], 0xD6E8FEB86659FD93L);
      }
      default -> number(v, at);
    };
  }

  private static long text(Visit v, int from, int end, int kind) {
    Scan.decode(v, from, end);
    return Scan.hash(v.text, 0, v.textLength, v.keys.seed() + kind);
  }

  private static long number(Visit v, int at) {
    v.hashed = Skip.judged(v, at);
    Decimal.read(v, v.bytes, at, v.hashed);
    long sign = v.negative ? 0x4E : 0x6E;
    return Scan.mix(
        Scan.hash(v.digits, 0, v.digitCount, v.keys.seed() + sign) + v.scale, 0x9E3779B97F4A7C15L);
  }

  private static long array(Visit v, int start) {
    byte[] b = v.bytes;
    long hash = v.keys.seed() ^ ARRAY;
    int at = Scan.space(b, start + 1, v.to);
    while (b[at] != ']') {
      hash = followed(hash, hash(v, at));
      at = Skip.next(v, v.hashed);
    }
    keep(v, start, at + 1, hash);
    v.hashed = at + 1;
    return hash;
  }

  private static long followed(long before, long item) {
    return Scan.mix(before ^ item, 0xC2B2AE3D27D4EB4FL) + 1;
  }

  private static long object(Visit v, int start) {
    byte[] b = v.bytes;
    long sum = v.keys.seed() ^ 0x4F;
    int at = Scan.space(b, start + 1, v.to);
    while (b[at] != '}') {
      int quote = Skip.quote(b, at + 1);
      long name = text(v, at + 1, quote, 0x4B);
      int value = Scan.colon(b, quote + 1, v.to);
      sum += Scan.mix(name ^ Long.rotateLeft(hash(v, value), 17), 0x165667B19E3779F9L);
      at = Skip.next(v, v.hashed);
    }
    long hash = Scan.mix(sum, 0x9E3779B97F4A7C15L);
    keep(v, start, at + 1, hash);
    v.hashed = at + 1;
    return hash;
  }
}
