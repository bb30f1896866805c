package dev.gatewarden.app.configuration;

import java.nio.file.Path;

/// The path of a file or folder as the configuration writes it, relative to the configuration's own
/// folder.
///
/// @param written as it stands in the file, without a leading `file:`
public record Location(String written) {

  /// The path that a text writes.
  ///
  /// @throws IllegalArgumentException when the text is no path of this system
  public static Location parse(String text) {
    String path = text.startsWith("file:") ? text.substring(5) : text;
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a path is missing");
    }
    return new Location(path);
  }

  /// The path below the folder the configuration stands in; an absolute one as it is.
  public Path in(Path folder) {
    return folder.resolve(written).normalize();
  }

  @Override
  public String toString() {
    return written;
  }
}
