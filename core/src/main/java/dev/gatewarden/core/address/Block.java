package dev.gatewarden.core.address;

import org.jspecify.annotations.Nullable;

/// A block of addresses, `10.0.0.0/8` (RFC 4632, section 3.1). An IPv4 block holds the IPv6-mapped
/// spelling of its addresses too.
///
/// @param first the lowest address of the block
/// @param bits how many leading bits of the 128 are fixed
public record Block(Ip first, int bits) {

  /// The block a text spells, or null when it spells none or when bits behind the prefix are set. A
  /// bare address is a block of one.
  public static @Nullable Block parse(String text) {
    int slash = text.indexOf('/');
    Ip ip = Ip.parse(slash < 0 ? text : text.substring(0, slash));
    if (ip == null) {
      return null;
    }
    int most = ip.isV4() && text.indexOf(':') < 0 ? 32 : 128;
    int prefix = slash < 0 ? most : prefix(text.substring(slash + 1), most);
    if (prefix < 0) {
      return null;
    }
    Block block = new Block(ip, 128 - most + prefix);
    return block.isAligned() ? block : null;
  }

  public boolean contains(Ip ip) {
    return ((ip.high() ^ first.high()) & mask(0)) == 0
        && ((ip.low() ^ first.low()) & mask(64)) == 0;
  }

  private boolean isAligned() {
    return (first.high() & ~mask(0)) == 0 && (first.low() & ~mask(64)) == 0;
  }

  private long mask(int offset) {
    int fixed = Math.clamp(bits - offset, 0, 64);
    return fixed == 0 ? 0 : -1L << (64 - fixed);
  }

  private static int prefix(String text, int most) {
    if (text.isEmpty() || text.length() > 3) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    int value = Integer.parseInt(text);
    return value > most ? -1 : value;
  }
}
