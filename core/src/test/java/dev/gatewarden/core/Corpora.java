package dev.gatewarden.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The test data that others wrote: `GATEWARDEN_CORPORA`, or a folder `shared/corpora` beside a
/// folder above.
public final class Corpora {
  private Corpora() {}

  /// The folder or file of that name; the test is aborted where the corpora are absent.
  public static Path at(String name) {
    Path root = root();
    Assumptions.assumeTrue(root != null && Files.exists(root.resolve(name)), "corpora absent");
    return root.resolve(name);
  }

  /// The files in that folder, sorted by name.
  public static List<Path> files(String folder) {
    try (Stream<Path> files = Files.list(at(folder))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  private static Path root() {
    String named = System.getenv("GATEWARDEN_CORPORA");
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path corpora = folder.resolve("shared").resolve("corpora");
      if (Files.isDirectory(corpora)) {
        return corpora;
      }
    }
    return null;
  }
}
