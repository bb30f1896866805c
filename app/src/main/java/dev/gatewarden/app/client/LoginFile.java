package dev.gatewarden.app.client;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.gateway.identity.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file in which a login is kept: `gatewarden/login.json` in the user's configuration folder,
/// readable by its owner alone.
public final class LoginFile {
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final int MOST_BYTES = 64 << 10;

  private final Path file;

  private LoginFile(Path file) {
    this.file = file;
  }

  /// The file of the user whose environment this is.
  public static LoginFile of(Map<String, String> environment) {
    String configured = environment.get("XDG_CONFIG_HOME");
    String home = environment.get("HOME");
    Path base =
        configured != null && !configured.isEmpty()
            ? Path.of(configured)
            : Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home)
                .resolve(".config");
    return new LoginFile(base.toAbsolutePath().resolve("gatewarden").resolve("login.json"));
  }

  /// Where it is.
  public Path path() {
    return file;
  }

  /// The login that is kept, or null.
  ///
  /// @throws IOException when the file cannot be read, or others may read it
  public @Nullable Login read() throws IOException {
    try {
      if (!OWNER_ALONE.containsAll(Files.getPosixFilePermissions(file))) {
        throw new IOException("`" + file + "` may be read by others; log out, and in again");
      }
      Map<String, Object> kept =
          Files.size(file) > MOST_BYTES ? null : StrictJson.object(Files.readAllBytes(file));
      if (kept == null
          || !(kept.get("issuer") instanceof String issuer)
          || !(kept.get("client") instanceof String client)
          || !(kept.get("access") instanceof String access)
          || !(kept.get("until") instanceof Long until)) {
        throw new IOException("`" + file + "` holds no login; log in again");
      }
      return new Login(
          URI.create(issuer),
          client,
          text(kept.get("secret")),
          texts(kept.get("scopes")),
          access,
          until,
          text(kept.get("refresh")));
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }

  private static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(each -> texts.add(String.valueOf(each)));
    }
    return texts;
  }

  /// Keeps a login in place of the one before; nobody ever sees half of it.
  public void write(Login login) throws IOException {
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    kept.put("issuer", login.issuer().toString());
    kept.put("client", login.client());
    kept.put("secret", login.secret());
    kept.put("scopes", login.scopes());
    kept.put("access", login.access());
    kept.put("until", login.until());
    kept.put("refresh", login.refresh());
    Path folder = folder();
    Path next =
        Files.createTempFile(
            folder, "login", ".new", PosixFilePermissions.asFileAttribute(OWNER_ALONE));
    try {
      Files.writeString(next, Json.text(kept), StandardOpenOption.SYNC);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /// Forgets the login.
  ///
  /// @return whether there was one
  public boolean delete() throws IOException {
    return Files.deleteIfExists(file);
  }

  /// Held by one process at a time, so that no two use up the same refresh token.
  public FileChannel locked() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder().resolve("login.lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ALONE));
    var unused = channel.lock();
    return channel;
  }

  private Path folder() throws IOException {
    Path folder = file.resolveSibling(".").normalize();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    }
    return folder;
  }
}
