package dev.gatewarden.core.schema;

/// What no document may exceed, whatever its schema says.
///
/// @param depth        nested objects and arrays
/// @param keys         members of one object
/// @param items        items of one array where the schema gives no `maxItems`
/// @param stringBytes  raw bytes of one string between its quotes
/// @param numberDigits characters of one number
/// @param exponent     the largest distance from zero of a number's exponent
/// @param spans        marked values of one document
/// @param stepsPerByte bytes that may be read again for each byte of the document, beyond a first
///     million
public record Bounds(
    int depth,
    int keys,
    int items,
    int stringBytes,
    int numberDigits,
    int exponent,
    int spans,
    int stepsPerByte) {

  public static final Bounds DEFAULT =
      new Bounds(64, 1_000, 10_000, 1 << 20, 512, 1_000, 65_536, 64);

  public Bounds {
    if (depth < 1 || depth > 1_000) {
      throw new IllegalArgumentException("depth lies between 1 and 1000");
    }
    if (numberDigits < 1 || numberDigits > 10_000 || exponent < 0 || exponent > 100_000) {
      throw new IllegalArgumentException(
          "a number has at most 10000 characters and an exponent of 100000");
    }
    if (keys < 0 || items < 0 || stringBytes < 0 || spans < 0 || stepsPerByte < 1) {
      throw new IllegalArgumentException("a bound is not negative");
    }
  }

  public Bounds depth(int value) {
    return new Bounds(value, keys, items, stringBytes, numberDigits, exponent, spans, stepsPerByte);
  }

  public Bounds keys(int value) {
    return new Bounds(
        depth, value, items, stringBytes, numberDigits, exponent, spans, stepsPerByte);
  }

  public Bounds items(int value) {
    return new Bounds(depth, keys, value, stringBytes, numberDigits, exponent, spans, stepsPerByte);
  }

  public Bounds stringBytes(int value) {
    return new Bounds(depth, keys, items, value, numberDigits, exponent, spans, stepsPerByte);
  }

  public Bounds numberDigits(int value) {
    return new Bounds(depth, keys, items, stringBytes, value, exponent, spans, stepsPerByte);
  }

  public Bounds exponent(int value) {
    return new Bounds(depth, keys, items, stringBytes, numberDigits, value, spans, stepsPerByte);
  }
}
