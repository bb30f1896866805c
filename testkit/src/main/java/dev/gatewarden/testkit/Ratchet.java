package dev.gatewarden.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A count that may only rise, such as the cases of a corpus that pass.
///
/// `./check` compares what was counted in its run with `build/ratchets.txt`; what did not run is
/// not compared, so count only after the whole suite ran.
public final class Ratchet {

  private Ratchet() {}

  /// Reports a count.
  ///
  /// @param name letters, digits, dots and hyphens, as in `json-schema-suite.2020-12`
  public static void count(String name, int count) {
    String file = System.getProperty("gatewarden.ratchets", "");
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.writeString(
          Path.of(file),
          "ratchet " + name + " " + count + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
