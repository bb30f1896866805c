package dev.gatewarden.app.configuration;

import dev.gatewarden.core.identity.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The secrets behind the references of a configuration.
///
/// @param folder where relative paths begin
/// @param environment the environment variables
/// @param absent where a rehearsal notes what is not there and goes on; null when a secret must be
///     there
/// @param seen is told what stood in each file that was looked at; null for one that is not there
public record Secrets(
    Path folder,
    Map<String, String> environment,
    @Nullable List<String> absent,
    BiConsumer<Path, byte @Nullable []> seen) {
  private static final Secret STAND_IN = Secret.of("a stand-in where a rehearsal has no secret");
  private static final int MOST_BYTES = 64 << 10;

  /// Secrets that must be there.
  public Secrets(Path folder, Map<String, String> environment) {
    this(folder, environment, null);
  }

  /// Secrets of which nobody is told.
  public Secrets(Path folder, Map<String, String> environment, @Nullable List<String> absent) {
    this(folder, environment, absent, (_, _) -> {});
  }

  /// The secret behind a reference.
  ///
  /// @throws IOException when it is not there or empty; the message says where it should be and
  ///     nothing of it
  public Secret read(SecretReference reference) throws IOException {
    List<String> notes = absent;
    if (notes == null) {
      return found(reference);
    }
    try {
      return found(reference);
    } catch (IOException missing) {
      notes.add(String.valueOf(missing.getMessage()));
      return STAND_IN;
    }
  }

  /// Whether a rehearsal has only a stand-in for what a reference leads to.
  public boolean isStandIn(SecretReference reference) {
    if (absent == null) {
      return false;
    }
    try {
      var unused = found(reference);
      return false;
    } catch (IOException missing) {
      return true;
    }
  }

  private Secret found(SecretReference reference) throws IOException {
    return switch (reference.kind()) {
      case ENV -> {
        String value = environment.get(reference.name());
        if (value == null || value.isEmpty()) {
          throw new IOException("the environment variable `" + reference.name() + "` is not set");
        }
        yield Secret.of(value);
      }
      case FILE -> file(reference.name());
    };
  }

  private Secret file(String name) throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!Files.isRegularFile(file)) {
      seen.accept(file, null);
      throw new IOException("there is no file `" + file + "`");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("`" + file + "` is larger than a secret");
    }
    byte[] content = Files.readAllBytes(file);
    seen.accept(file, content);
    int length = content.length;
    while (length > 0 && (content[length - 1] == '\n' || content[length - 1] == '\r')) {
      length--;
    }
    if (length == 0) {
      throw new IOException("the file `" + file + "` is empty");
    }
    return Secret.of(java.util.Arrays.copyOf(content, length));
  }
}
