package dev.gatewarden.core.opaque;

import org.jspecify.annotations.Nullable;

/// An integer in a UUID of version 8 (RFC 9562, section 5.8).
///
/// Its 122 free bits are 69 zeros and the number, permuted as one text: of 2^69 texts that somebody
/// makes up, one opens. Enciphering what has redundancy proves it (Bellare and Rogaway,
/// "Encode-then-encipher encryption").
final class NumberCode implements IdCode {
  private static final int BITS = 122;
  private static final int HALF = BITS / 2;
  private static final long HALF_MASK = (1L << HALF) - 1;
  private static final long VERSION = 8L << 12;
  private static final long VARIANT = 1L << 63;

  private final Ff1 ff1;

  NumberCode(Aes aes) {
    this.ff1 = new Ff1(aes, 2, BITS);
  }

  @Override
  public @Nullable String seal(String id, Tenant tenant) {
    long number = WholeNumber.read(id);
    if (number < 0) {
      return null;
    }
    long[] halves = {0, number};
    tenant.of(ff1).encrypt(halves);
    // 48 bits, the version, 12 bits; the variant, 62 bits
    long top = halves[0] >>> 1;
    long high = top >>> 12 << 16 | VERSION | (top & 0xFFF);
    return UuidText.of(high, VARIANT | (halves[0] & 1) << HALF | halves[1]);
  }

  @Override
  public @Nullable String open(String text, Tenant tenant) {
    long[] halves = new long[2];
    if (!UuidText.read(text, halves)
        || (halves[0] & 0xF000) != VERSION
        || halves[1] >>> 62 != VARIANT >>> 62) {
      return null;
    }
    long top = halves[0] >>> 16 << 12 | (halves[0] & 0xFFF);
    halves[0] = top << 1 | (halves[1] >>> HALF & 1);
    halves[1] &= HALF_MASK;
    tenant.of(ff1).decrypt(halves);
    return halves[0] == 0 && halves[1] >>> 53 == 0 ? Long.toString(halves[1]) : null;
  }
}
