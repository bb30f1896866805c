package dev.gatewarden.core.schema;

/// One thing wrong with a document, told without repeating any of its values.
///
/// The names are those of JSON Schema's output format, so that they fit into the details of a
/// problem (RFC 9457).
///
/// @param instanceLocation JSON pointer of the value, shortened with `…` where the document's names
///     are long
/// @param keywordDocument what the user calls the document in which the schema stands; for the
///     operator alone, and empty where no schema says it
/// @param keywordLocation JSON pointer of the keyword in its schema document; empty where no schema
///     says it
/// @param error            the keyword, or the gate's own word for what no schema says
/// @param sentence         what is wrong and what would be right, in lower case
/// @param offset           where in the bytes it was seen
public record Violation(
    String instanceLocation,
    String keywordDocument,
    String keywordLocation,
    String error,
    String sentence,
    int offset) {

  /// The JSON pointer (RFC 6901) of the innermost value around an offset, shortened with `…`.
  ///
  /// @param most characters of it
  public static String pointer(byte[] bytes, int from, int to, int offset, int most) {
    return Pointers.at(bytes, from, to, offset, most);
  }

  /// Those of several offsets, in one walk over the bytes.
  ///
  /// @param most characters of each
  public static String[] pointers(byte[] bytes, int from, int to, int[] offsets, int most) {
    return Pointers.at(bytes, from, to, offsets, most);
  }

  /// How much an explanation may say.
  ///
  /// @param violations at most so many
  /// @param pointer    characters of one instance location
  public record Limits(int violations, int pointer) {
    public static final Limits DEFAULT = new Limits(100, 256);
  }
}
