package dev.gatewarden.core.address;

import org.jspecify.annotations.Nullable;

/// An IP address as 128 bits; an IPv4 address stands in its IPv6-mapped form, so that the two
/// spellings are one address (RFC 4291, section 2.5.5.2).
public record Ip(long high, long low) {
  private static final long MAPPED = 0x0000_FFFF_0000_0000L;

  /// The address of four or sixteen bytes in network order.
  public static Ip of(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> v4(word(bytes, 0, 4));
      case 16 -> new Ip(word(bytes, 0, 8), word(bytes, 8, 8));
      default -> throw new IllegalArgumentException("an address has 4 or 16 bytes");
    };
  }

  static Ip v4(long bits) {
    return new Ip(0, MAPPED | (bits & 0xFFFF_FFFFL));
  }

  /// The address a text spells, or null when it spells none. Only the dotted and the colon form: no
  /// octal, no hexadecimal, no zone.
  public static @Nullable Ip parse(String text) {
    return text.indexOf(':') >= 0 ? IpText.v6(text) : IpText.v4(text);
  }

  public boolean isV4() {
    return high == 0 && (low >>> 32) == 0xFFFFL;
  }

  public boolean isLoopback() {
    return isV4() ? ((low >>> 24) & 0xFF) == 127 : high == 0 && low == 1;
  }

  /// The first address of the network it is in.
  ///
  /// @param bits how many of it are the network's: up to 32 of an IPv4 address, up to 128 of others
  public Ip network(int bits) {
    int fixed = isV4() ? 96 + bits : bits;
    return new Ip(high & mask(fixed), low & mask(fixed - 64));
  }

  private static long mask(int fixed) {
    return fixed <= 0 ? 0 : fixed >= 64 ? -1L : -1L << (64 - fixed);
  }

  private static long word(byte[] bytes, int from, int count) {
    long word = 0;
    for (int i = from; i < from + count; i++) {
      word = word << 8 | (bytes[i] & 0xFF);
    }
    return word;
  }

  /// The canonical text (RFC 5952).
  @Override
  public String toString() {
    return IpText.write(this);
  }
}
