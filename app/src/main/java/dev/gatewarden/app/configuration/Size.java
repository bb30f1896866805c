package dev.gatewarden.app.configuration;

/// A number of bytes, written `1MiB`.
public record Size(long bytes) {

  /// The number of bytes that a text writes.
  ///
  /// @throws IllegalArgumentException when the text is no number of bytes
  public static Size parse(String text) {
    long bytes = Unit.bytes(text);
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "`" + text + "` is no size; write a number and a unit, `64KiB` or `1MiB`");
    }
    return new Size(bytes);
  }

  @Override
  public String toString() {
    if (bytes != 0 && bytes % (1 << 30) == 0) {
      return (bytes >> 30) + "GiB";
    }
    if (bytes != 0 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes != 0 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
  }
}
