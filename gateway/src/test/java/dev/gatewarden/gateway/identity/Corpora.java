package dev.gatewarden.gateway.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/// The test data that others wrote: `GATEWARDEN_CORPORA`, or a folder `shared/corpora` beside a
/// folder above.
final class Corpora {
  private Corpora() {}

  static Path at(String name) {
    Path root = root();
    Assumptions.assumeTrue(root != null && Files.exists(root.resolve(name)), "corpora absent");
    return Objects.requireNonNull(root).resolve(name);
  }

  static Map<String, Object> json(String name) {
    try {
      return Objects.requireNonNull(StrictJson.object(Files.readAllBytes(at(name))), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> objects(Object list) {
    return (List<Map<String, Object>>) list;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object object) {
    return (Map<String, Object>) object;
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
