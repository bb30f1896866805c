package dev.gatewarden.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Counts that may only rise; the check compares them with those of earlier runs.
public final class Ratchets {
  private Ratchets() {}

  /// Notes a count under its name, where the run asks for it.
  public static void note(String name, long count) {
    String file = System.getProperty("gatewarden.ratchets", "");
    if (file.isBlank()) {
      return;
    }
    try {
      Files.writeString(
          Path.of(file),
          "ratchet " + name + " " + count + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }
}
