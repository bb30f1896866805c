package dev.gatewarden.core.document;

import java.net.URI;

/// A place in a document: file, line and column (both from 1), and the JSON pointer of the value
/// (RFC 6901).
public record Place(Origin origin, int line, int column, Path path) {

  /// The document itself: its absolute address, and the name a user knows it by.
  public record Origin(URI address, String name) {}

  /// A JSON pointer that shares its beginning with the pointers of its neighbours, so that a place
  /// costs a few bytes.
  public sealed interface Path {
    Path ROOT = new Root();

    record Root() implements Path {}

    record Step(Path parent, String token) implements Path {}

    default Path then(String token) {
      return new Step(this, token);
    }
  }

  /// The pointer as RFC 6901 writes it; the whole document is the empty text.
  public String pointer() {
    StringBuilder text = new StringBuilder();
    write(path, text);
    return text.toString();
  }

  private static void write(Path path, StringBuilder to) {
    if (path instanceof Path.Step(Path parent, String token)) {
      write(parent, to);
      to.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
  }

  @Override
  public String toString() {
    return origin.name() + ":" + line + ":" + column;
  }
}
