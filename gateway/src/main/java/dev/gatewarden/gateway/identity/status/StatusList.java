package dev.gatewarden.gateway.identity.status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The states of many tokens, one, two, four or eight bits each (Token Status List, section 4).
///
/// @param bits how many bits a state has
/// @param states the bytes, the first state in the lowest bits of the first
record StatusList(int bits, byte[] states) {
  /// The longest list: sixteen million tokens of one bit.
  static final int MOST_BYTES = 2 << 20;

  /// The list that a status list token carries.
  ///
  /// @throws IOException when it carries none, or one that is too long
  static StatusList of(Map<String, Object> claims) throws IOException {
    if (!(claims.get("status_list") instanceof Map<?, ?> list)
        || !(list.get("bits") instanceof Long bits)
        || !(bits == 1 || bits == 2 || bits == 4 || bits == 8)
        || !(list.get("lst") instanceof String packed)) {
      throw new IOException("carries no status list");
    }
    return new StatusList(bits.intValue(), inflated(decoded(packed)));
  }

  /// The state of a token; -1 where the list ends before it.
  int at(long index) {
    long bit = index * bits;
    long place = bit >>> 3;
    if (index < 0 || index > Long.MAX_VALUE / 8 || place >= states.length) {
      return -1;
    }
    return (states[(int) place] & 0xFF) >>> (int) (bit & 7) & (1 << bits) - 1;
  }

  private static byte[] decoded(String packed) throws IOException {
    try {
      return Base64.getUrlDecoder().decode(packed);
    } catch (IllegalArgumentException wrong) {
      throw new IOException("carries a list that is not base64url", wrong);
    }
  }

  private static byte[] inflated(byte[] packed) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(Math.min(packed.length * 4, 1 << 16));
    byte[] buffer = new byte[8 << 10];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(packed);
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new IOException("carries a list that is broken off");
        }
        plain.write(buffer, 0, count);
        if (plain.size() > MOST_BYTES) {
          throw new IOException("carries a list that is too long");
        }
      }
      if (inflater.getRemaining() > 0) {
        throw new IOException("carries a list with something behind it");
      }
    } catch (DataFormatException broken) {
      throw new IOException("carries a list that cannot be unpacked", broken);
    }
    return plain.toByteArray();
  }
}
