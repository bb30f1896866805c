package dev.gatewarden.core.opaque;

import dev.gatewarden.core.contract.PublicId;
import org.jspecify.annotations.Nullable;

/// An integer in place of another, within declared bounds.
///
/// Its remainder by eight says which key gave it out; the quotient is the number, permuted among
/// all numbers up to the bound by walking round the cycles of a wider permutation (Black and
/// Rogaway, "Ciphers with arbitrary finite domains"). Of the numbers that somebody makes up as many
/// open as the bounds have ids for: there is next to no proof in it.
final class RangeCode implements IdCode {
  private final Ff1 ff1;
  private final int half;
  private final long room;
  private final long inner;
  private final int slot;

  /// @param slot from 1 to 7, so that no id is zero
  RangeCode(Aes aes, long largest, long inner, int slot) {
    this.room = (largest + 1) / PublicId.SLOTS;
    this.inner = inner;
    this.slot = slot;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(room - 1);
    this.half = (bits + 1) / 2;
    this.ff1 = new Ff1(aes, 2, 2 * half);
  }

  @Override
  public int slot() {
    return slot;
  }

  @Override
  public @Nullable String seal(String id, Tenant tenant) {
    long number = WholeNumber.read(id);
    if (number < 0 || number > inner) {
      return null;
    }
    Ff1.Permutation permutation = tenant.of(ff1);
    long[] halves = new long[2];
    long at = number;
    do {
      part(at, halves);
      permutation.encrypt(halves);
      at = halves[0] << half | halves[1];
    } while (at >= room);
    return Long.toString(at * PublicId.SLOTS + slot);
  }

  @Override
  public @Nullable String open(String text, Tenant tenant) {
    long number = WholeNumber.read(text);
    long at = number / PublicId.SLOTS;
    if (number < 0 || number % PublicId.SLOTS != slot || at >= room) {
      return null;
    }
    Ff1.Permutation permutation = tenant.of(ff1);
    long[] halves = new long[2];
    do {
      part(at, halves);
      permutation.decrypt(halves);
      at = halves[0] << half | halves[1];
    } while (at >= room);
    return at <= inner ? Long.toString(at) : null;
  }

  private void part(long number, long[] halves) {
    halves[0] = number >>> half;
    halves[1] = number & (1L << half) - 1;
  }
}
