package dev.gatewarden.core.schema;

/// A wish to know where a value stands in each document.
///
/// @param pointer a JSON pointer (RFC 6901) in which `*` stands for every item of an array and
///     every
///     member of an object; keys
///     are compared after unescaping
/// @param label   the number under which the spans are found, 0 to 61
public record Mark(String pointer, int label) {
  public Mark {
    if (label < 0 || label > 61) {
      throw new IllegalArgumentException("a label lies between 0 and 61");
    }
    if (!pointer.isEmpty() && pointer.charAt(0) != '/') {
      throw new IllegalArgumentException(
          "a pointer is empty or begins with a slash: `" + pointer + "`");
    }
  }
}
