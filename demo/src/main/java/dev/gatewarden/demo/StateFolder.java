package dev.gatewarden.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/// Where the demonstration keeps what must outlive one process: keys, the bank's secret, and where
/// it runs.
public record StateFolder(Path path) {

  /// The folder below the one named by `GATEWARDEN_STATE`, else the folder of a source tree.
  public static StateFolder of(Path tree) {
    String named = System.getenv("GATEWARDEN_STATE");
    Path state =
        named == null || named.isEmpty()
            ? tree.resolve(".gatewarden")
            : Path.of(named).toAbsolutePath();
    return new StateFolder(state.resolve("demo"));
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  /// The text of a file that only its owner may read; made when it is not there. Two processes that
  /// make it at once end with the same.
  public String secret(String name, Supplier<String> fresh) throws IOException {
    Path file = file(name);
    if (!Files.exists(file)) {
      Path draft = write(name, fresh.get());
      try {
        Files.createLink(file, draft);
      } catch (FileAlreadyExistsException e) {
        // Somebody was faster; theirs holds.
      } catch (UnsupportedOperationException e) {
        Files.move(draft, file);
      } finally {
        Files.deleteIfExists(draft);
      }
    }
    return Files.readString(file).strip();
  }

  /// Writes a file whole or not at all.
  public void keep(String name, String text) throws IOException {
    Files.move(
        write(name, text),
        file(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Path write(String name, String text) throws IOException {
    Files.createDirectories(path);
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    Path draft =
        posix
            ? Files.createTempFile(
                path,
                name,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.createTempFile(path, name, ".new");
    return Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
  }
}
