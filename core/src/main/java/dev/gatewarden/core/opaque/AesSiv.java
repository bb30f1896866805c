package dev.gatewarden.core.opaque;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// AES-SIV (RFC 5297): the same text is always sealed alike, and only what was sealed opens.
final class AesSiv {
  private static final int BLOCK = Aes.BLOCK;

  private final Aes mac;
  private final Aes stream;
  private final byte[] one;
  private final byte[] two;

  /// @param key 32, 48 or 64 bytes
  AesSiv(byte[] key) {
    int half = key.length / 2;
    this.mac = new Aes(Arrays.copyOf(key, half));
    this.stream = new Aes(Arrays.copyOfRange(key, half, key.length));
    byte[] zero = new byte[BLOCK];
    mac.encipher(zero);
    this.one = doubled(zero);
    this.two = doubled(one);
  }

  /// Sealed under these associated data; a synthetic IV of 16 bytes, then as many as the text has.
  byte[] seal(byte[] text, byte[]... associated) {
    byte[] iv = iv(text, associated);
    byte[] sealed = Arrays.copyOf(iv, BLOCK + text.length);
    System.arraycopy(text, 0, sealed, BLOCK, text.length);
    cover(sealed);
    return sealed;
  }

  /// What was sealed under these associated data; null where nothing was.
  byte @Nullable [] open(byte[] sealed, byte[]... associated) {
    if (sealed.length < BLOCK) {
      return null;
    }
    byte[] plain = sealed.clone();
    cover(plain);
    byte[] text = Arrays.copyOfRange(plain, BLOCK, plain.length);
    return MessageDigest.isEqual(iv(text, associated), Arrays.copyOf(sealed, BLOCK)) ? text : null;
  }

  /// Section 2.6: CTR from the IV without two of its bits, over all that follows the IV.
  private void cover(byte[] all) {
    byte[] counter = Arrays.copyOf(all, BLOCK);
    counter[8] &= 0x7F;
    counter[12] &= 0x7F;
    byte[] block = new byte[BLOCK];
    for (int at = BLOCK; at < all.length; at += BLOCK) {
      System.arraycopy(counter, 0, block, 0, BLOCK);
      stream.encipher(block);
      for (int i = 0; i < BLOCK && at + i < all.length; i++) {
        all[at + i] ^= block[i];
      }
      for (int i = BLOCK - 1; i >= 0 && ++counter[i] == 0; i--) {}
    }
  }

  /// Section 2.4: S2V.
  private byte[] iv(byte[] text, byte[][] associated) {
    byte[] d = cmac(new byte[BLOCK]);
    for (byte[] each : associated) {
      d = doubled(d);
      xor(d, cmac(each), 0);
    }
    if (text.length >= BLOCK) {
      byte[] end = text.clone();
      xor(end, d, text.length - BLOCK);
      return cmac(end);
    }
    byte[] padded = Arrays.copyOf(text, BLOCK);
    padded[text.length] = (byte) 0x80;
    xor(padded, doubled(d), 0);
    return cmac(padded);
  }

  /// CMAC (RFC 4493).
  private byte[] cmac(byte[] text) {
    byte[] state = new byte[BLOCK];
    int last = text.length == 0 ? 0 : (text.length - 1) / BLOCK * BLOCK;
    for (int at = 0; at < last; at += BLOCK) {
      for (int i = 0; i < BLOCK; i++) {
        state[i] ^= text[at + i];
      }
      mac.encipher(state);
    }
    int rest = text.length - last;
    for (int i = 0; i < rest; i++) {
      state[i] ^= text[last + i];
    }
    if (rest < BLOCK) {
      state[rest] ^= (byte) 0x80;
    }
    xor(state, rest < BLOCK ? two : one, 0);
    mac.encipher(state);
    return state;
  }

  private static void xor(byte[] to, byte[] with, int at) {
    for (int i = 0; i < BLOCK; i++) {
      to[at + i] ^= with[i];
    }
  }

  private static byte[] doubled(byte[] block) {
    byte[] out = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int next = i + 1 < BLOCK ? (block[i + 1] & 0xFF) >>> 7 : 0;
      out[i] = (byte) (block[i] << 1 | next);
    }
    if (block[0] < 0) {
      out[BLOCK - 1] ^= (byte) 0x87;
    }
    return out;
  }
}
