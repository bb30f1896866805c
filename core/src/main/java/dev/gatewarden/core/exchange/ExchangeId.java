package dev.gatewarden.core.exchange;

/// The name of one Exchange: 128 random bits as 32 hexadecimal digits; the correlation id, the
/// decision id, and the trace id when the caller brought none.
public record ExchangeId(String text) {

  /// The id of 128 random bits.
  public static ExchangeId of(long high, long low) {
    byte[] digits = new byte[32];
    write(high, digits, 0);
    write(low, digits, 16);
    return new ExchangeId(new String(digits, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  private static void write(long bits, byte[] digits, int from) {
    for (int i = 0; i < 16; i++) {
      digits[from + i] = (byte) Character.forDigit((int) (bits >>> (60 - 4 * i)) & 15, 16);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
