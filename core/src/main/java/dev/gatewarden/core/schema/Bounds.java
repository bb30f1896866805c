package dev.gatewarden.core.schema;

/// What no document may exceed.
///
/// Some bounds come in two: the usual one holds where a schema is silent, and what the schema
/// states (`maxProperties`, `maxItems`, `maxLength`) may lie beyond it; nothing lies beyond the
/// ceiling.
///
/// @param depth        nested objects and arrays
/// @param keys         members of one object where the schema gives no `maxProperties`
/// @param mostKeys     members of any object
/// @param items        items of one array where the schema gives no `maxItems`
/// @param mostItems    items of any array
/// @param stringBytes  raw bytes of one string between its quotes, unless the schema states a
///     `maxLength` anywhere that needs more
/// @param mostStringBytes raw bytes of any string
/// @param numberDigits characters of one number
/// @param exponent     the largest distance from zero of a number's exponent
/// @param spans        marked values of one document
/// @param stepsPerByte bytes that may be read again for each byte of the document, beyond a first
///     million
public record Bounds(
    int depth,
    int keys,
    int mostKeys,
    int items,
    int mostItems,
    int stringBytes,
    int mostStringBytes,
    int numberDigits,
    int exponent,
    int spans,
    int stepsPerByte) {

  /// The most that any depth may be set to: what is judged at each level lies on the stack, beneath
  /// the next.
  public static final int DEEPEST = 256;

  private static final int NONE = Integer.MAX_VALUE;

  /// The longest spelling of one character: two escapes of six.
  private static final int LONGEST_CHARACTER = 12;

  public static final Bounds DEFAULT =
      new Bounds(64, 1_000, NONE, 10_000, NONE, 1 << 20, NONE, 512, 1_000, 65_536, 64);

  public Bounds {
    if (depth < 1 || depth > DEEPEST) {
      throw new IllegalArgumentException("depth lies between 1 and " + DEEPEST);
    }
    if (numberDigits < 1 || numberDigits > 10_000 || exponent < 0 || exponent > 100_000) {
      throw new IllegalArgumentException(
          "a number has at most 10000 characters and an exponent of 100000");
    }
    if (keys < 0 || items < 0 || stringBytes < 0 || spans < 0 || stepsPerByte < 1) {
      throw new IllegalArgumentException("a bound is not negative");
    }
    if (keys > mostKeys || items > mostItems || stringBytes > mostStringBytes) {
      throw new IllegalArgumentException("what is usual lies below the ceiling");
    }
  }

  public Bounds depth(int value) {
    return new Bounds(
        value,
        keys,
        mostKeys,
        items,
        mostItems,
        stringBytes,
        mostStringBytes,
        numberDigits,
        exponent,
        spans,
        stepsPerByte);
  }

  /// Other usual bounds, which a schema may go beyond.
  public Bounds usual(int otherKeys, int otherItems, int otherStringBytes) {
    return new Bounds(
        depth,
        otherKeys,
        mostKeys,
        otherItems,
        mostItems,
        otherStringBytes,
        mostStringBytes,
        numberDigits,
        exponent,
        spans,
        stepsPerByte);
  }

  /// A ceiling for the members of any object.
  public Bounds keys(int value) {
    return new Bounds(
        depth,
        value,
        value,
        items,
        mostItems,
        stringBytes,
        mostStringBytes,
        numberDigits,
        exponent,
        spans,
        stepsPerByte);
  }

  /// A ceiling for the items of any array.
  public Bounds items(int value) {
    return new Bounds(
        depth,
        keys,
        mostKeys,
        value,
        value,
        stringBytes,
        mostStringBytes,
        numberDigits,
        exponent,
        spans,
        stepsPerByte);
  }

  /// A ceiling for the raw bytes of any string.
  public Bounds stringBytes(int value) {
    return new Bounds(
        depth,
        keys,
        mostKeys,
        items,
        mostItems,
        value,
        value,
        numberDigits,
        exponent,
        spans,
        stepsPerByte);
  }

  public Bounds numberDigits(int value) {
    return new Bounds(
        depth,
        keys,
        mostKeys,
        items,
        mostItems,
        stringBytes,
        mostStringBytes,
        value,
        exponent,
        spans,
        stepsPerByte);
  }

  public Bounds exponent(int value) {
    return new Bounds(
        depth,
        keys,
        mostKeys,
        items,
        mostItems,
        stringBytes,
        mostStringBytes,
        numberDigits,
        value,
        spans,
        stepsPerByte);
  }

  /// Bounds that leave room for the longest text a schema states, up to the ceiling.
  ///
  /// @param characters the largest `maxLength`; 0 where none is stated
  Bounds holding(int characters) {
    long needed = Math.min(mostStringBytes, (long) characters * LONGEST_CHARACTER);
    return needed <= stringBytes ? this : usual(keys, items, (int) needed);
  }
}
