package dev.gatewarden.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/// Where the demonstration last ran, told to the other terminal.
final class Whereabouts {

  private static final String FILE = "issuer.uri";

  private Whereabouts() {}

  static void tell(StateFolder state, String issuer) throws IOException {
    state.keep(FILE, issuer + "\n");
  }

  /// The issuer's address; the usual one when the demonstration has not run.
  static String issuer(StateFolder state) throws IOException {
    try {
      return Files.readString(state.file(FILE)).strip();
    } catch (NoSuchFileException e) {
      return "http://127.0.0.1:" + Ports.USUAL.issuer();
    }
  }
}
