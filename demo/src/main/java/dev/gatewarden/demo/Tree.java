package dev.gatewarden.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The source tree the demonstration runs in, which holds its example files.
///
/// @param root absolute
public record Tree(Path root) {

  private static final Path EXAMPLE = Path.of("examples", "shop", "gatewarden.yaml");

  /// The tree named by the system property `gatewarden.root`, else the one around the working
  /// directory.
  ///
  /// @throws IOException when there is none
  public static Tree find() throws IOException {
    String named = System.getProperty("gatewarden.root", "");
    Path from = Path.of(named).toAbsolutePath().normalize();
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(EXAMPLE))) {
        return new Tree(folder);
      }
    }
    throw new IOException(
        "no `" + EXAMPLE + "` in or above `" + from + "`: run it inside the source tree");
  }

  /// The example's configuration.
  public Path configuration() {
    return root.resolve(EXAMPLE);
  }

  public StateFolder state() {
    return StateFolder.of(root);
  }
}
