package dev.gatewarden.core.schema;

/// Tells whether values mean the same: numbers by value, objects without regard to order, strings
/// after unescaping.
final class Unique {

  private Unique() {}

  /// Whether no two items of an array that was judged already mean the same.
  static boolean items(Visit v, int start, int count) {
    int size = Integer.highestOneBit(Math.max(4, count * 2 - 1)) << 1;
    int table = v.reserve(size);
    boolean unique = true;
    byte[] b = v.bytes;
    int at = Scan.space(b, start + 1, v.to);
    for (int i = 0; i < count && unique; i++) {
      long hash = hash(v, at) | 1;
      int end = v.hashed;
      int slot = (int) (hash >>> 7) & (size - 1);
      while (v.word(table + slot) != 0 && v.word(table + slot) != hash) {
        slot = (slot + 1) & (size - 1);
      }
      unique = v.word(table + slot) == 0;
      v.word(table + slot, hash);
      at = Skip.next(v, end);
    }
    v.wordTop = table;
    return unique;
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
      case '{' -> object(v, at);
      case '[' -> array(v, at);
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
    long hash = v.keys.seed() ^ 0x41;
    int at = Scan.space(b, start + 1, v.to);
    while (b[at] != ']') {
      hash = Scan.mix(hash ^ hash(v, at), 0xC2B2AE3D27D4EB4FL) + 1;
      at = Skip.next(v, v.hashed);
    }
    v.hashed = at + 1;
    return hash;
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
    v.hashed = at + 1;
    return Scan.mix(sum, 0x9E3779B97F4A7C15L);
  }
}
