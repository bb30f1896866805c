package dev.gatewarden.core.opaque;

import dev.gatewarden.core.GatewardenBug;
import java.math.BigInteger;
import java.util.Arrays;

/// FF1 of NIST SP 800-38G: a permutation of all texts of one length in one radix, chosen by a key
/// and a tweak. Each half of a text is a number that fits 64 bits.
final class Ff1 {
  private static final int ROUNDS = 10;

  private final Aes aes;
  private final int radix;
  private final int length;
  private final int first;
  private final int bytes;
  private final int round;
  private final long firstModulus;
  private final long secondModulus;
  private final boolean binary;

  /// @param length how many digits a text has, at least 2
  Ff1(Aes aes, int radix, int length) {
    this.aes = aes;
    this.radix = radix;
    this.length = length;
    this.first = length / 2;
    int second = length - first;
    BigInteger largest = BigInteger.valueOf(radix).pow(second).subtract(BigInteger.ONE);
    this.bytes = (largest.bitLength() + 7) / 8;
    this.round = 4 * ((bytes + 3) / 4) + 4;
    this.binary = radix == 2;
    // Beyond 55 bits a byte more would overflow the remainder of other radixes.
    if (largest.bitLength() > (binary ? 64 : 55)) {
      throw new GatewardenBug("a half of " + second + " digits does not fit");
    }
    this.firstModulus = BigInteger.valueOf(radix).pow(first).longValue();
    this.secondModulus = BigInteger.valueOf(radix).pow(second).longValue();
  }

  /// The permutation that a tweak chooses.
  ///
  /// @param tweak of any length, also none
  Permutation under(byte[] tweak) {
    int pad = Math.floorMod(-tweak.length - bytes - 1, Aes.BLOCK);
    byte[] text = new byte[Aes.BLOCK + tweak.length + pad + 1 + bytes];
    text[0] = 1;
    text[1] = 2;
    text[2] = 1;
    number(radix, text, 3, 3);
    text[6] = ROUNDS;
    text[7] = (byte) first;
    number(length, text, 8, 4);
    number(tweak.length, text, 12, 4);
    System.arraycopy(tweak, 0, text, Aes.BLOCK, tweak.length);
    int last = text.length - Aes.BLOCK;
    byte[] chain = new byte[Aes.BLOCK];
    for (int at = 0; at < last; at += Aes.BLOCK) {
      for (int i = 0; i < Aes.BLOCK; i++) {
        chain[i] ^= text[at + i];
      }
      aes.encipher(chain);
    }
    for (int i = 0; i < Aes.BLOCK; i++) {
      chain[i] ^= text[last + i];
    }
    return new Permutation(chain);
  }

  private static void number(long value, byte[] to, int at, int width) {
    for (int i = 0; i < width; i++) {
      to[at + i] = (byte) (value >>> (8 * (width - 1 - i)));
    }
  }

  /// One permutation; for one thread.
  final class Permutation {
    private final byte[] chain;
    private final byte[] block = new byte[Aes.BLOCK];

    /// @param chain what all rounds begin with, the round's number and its half still to come
    private Permutation(byte[] chain) {
      this.chain = chain;
    }

    /// @param halves the first digits and the rest, as numbers; written over
    void encrypt(long[] halves) {
      long a = halves[0];
      long b = halves[1];
      for (int i = 0; i < ROUNDS; i++) {
        long modulus = modulus(i);
        long c = plus(a, random(i, b, modulus), modulus);
        a = b;
        b = c;
      }
      halves[0] = a;
      halves[1] = b;
    }

    /// @param halves the first digits and the rest, as numbers; written over
    void decrypt(long[] halves) {
      long a = halves[0];
      long b = halves[1];
      for (int i = ROUNDS - 1; i >= 0; i--) {
        long modulus = modulus(i);
        long c = minus(b, random(i, a, modulus), modulus);
        b = a;
        a = c;
      }
      halves[0] = a;
      halves[1] = b;
    }

    private long modulus(int i) {
      return (i & 1) == 0 ? firstModulus : secondModulus;
    }

    private long plus(long a, long b, long modulus) {
      return binary ? (a + b) & (modulus - 1) : (a + b) % modulus;
    }

    private long minus(long a, long b, long modulus) {
      return binary ? (a - b) & (modulus - 1) : Math.floorMod(a - b, modulus);
    }

    /// The round's number out of the other half.
    private long random(int i, long half, long modulus) {
      System.arraycopy(chain, 0, block, 0, Aes.BLOCK);
      block[Aes.BLOCK - 1 - bytes] ^= (byte) i;
      for (int k = 0; k < bytes; k++) {
        block[Aes.BLOCK - 1 - k] ^= (byte) (half >>> (8 * k));
      }
      aes.encipher(block);
      long number = 0;
      for (int k = 0; k < round; k++) {
        number = number << 8 | (block[k] & 0xFF);
        if (!binary) {
          number %= modulus;
        }
      }
      return binary ? number & (modulus - 1) : number;
    }

    @Override
    public String toString() {
      return "Permutation" + Arrays.asList(radix, length);
    }
  }
}
