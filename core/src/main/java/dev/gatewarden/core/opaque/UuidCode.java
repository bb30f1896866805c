package dev.gatewarden.core.opaque;

import org.jspecify.annotations.Nullable;

/// A UUID in the form of another.
///
/// Of 128 bits 125 are permuted, and three say which key did it: there is no room for a proof. So
/// every text of the key opens to some UUID; that it opens to one that exists is as likely as to
/// guess a random one. A service's own id has to be one of RFC 9562, whose version is 1 to 8.
final class UuidCode implements IdCode {
  private static final int BITS = 125;
  private static final int FREE = 62;
  private static final long LOW_MASK = (1L << FREE) - 1;

  private final Ff1 ff1;
  private final int slot;

  /// @param slot from 0 to 7
  UuidCode(Aes aes, int slot) {
    this.ff1 = new Ff1(aes, 2, BITS);
    this.slot = slot;
  }

  @Override
  public int slot() {
    return slot;
  }

  @Override
  public @Nullable String seal(String id, Tenant tenant) {
    long[] halves = new long[2];
    if (!UuidText.read(id, halves) || halves[1] >>> FREE != 2) {
      return null;
    }
    long version = (halves[0] >>> 12 & 15) - 1;
    if (version < 0 || version > 7) {
      return null;
    }
    // 125 bits: the version's three, the other 60 of the first half, 62 of the second
    long first = version << 60 | halves[0] >>> 16 << 12 | (halves[0] & 0xFFF);
    halves[1] = (first & 1) << FREE | (halves[1] & LOW_MASK);
    halves[0] = first >>> 1;
    tenant.of(ff1).encrypt(halves);
    // the slot stands where a UUID has its variant
    long high = halves[0] << 2 | halves[1] >>> 61;
    return UuidText.of(high, (long) slot << 61 | (halves[1] & (1L << 61) - 1));
  }

  @Override
  public @Nullable String open(String text, Tenant tenant) {
    long[] halves = new long[2];
    if (!UuidText.read(text, halves) || (int) (halves[1] >>> 61) != slot) {
      return null;
    }
    halves[1] = (halves[0] & 3) << 61 | (halves[1] & (1L << 61) - 1);
    halves[0] >>>= 2;
    tenant.of(ff1).decrypt(halves);
    long first = halves[0] << 1 | halves[1] >>> FREE;
    long version = (first >>> 60) + 1;
    long high = (first & (1L << 60) - 1) >>> 12 << 16 | version << 12 | (first & 0xFFF);
    return UuidText.of(high, 2L << FREE | (halves[1] & LOW_MASK));
  }
}
