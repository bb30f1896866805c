package dev.gatewarden.app.admin;

import dev.gatewarden.core.identity.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// The token of operators that a gate makes for itself, where its configuration names none.
public final class OperatorToken {
  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");

  private OperatorToken() {}

  /// The token kept in a file, made of random bytes where there is none.
  ///
  /// @throws IOException when the file cannot be read or written, holds none, or others may read it
  public static Secret keptIn(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    return read(file);
  }

  /// The token kept in a file.
  ///
  /// @throws IOException when there is none, or others may read it
  public static Secret read(Path file) throws IOException {
    if (posix(file) && !OWNER_ALONE.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException("`" + file + "` may be read by others; run chmod 600 on it");
    }
    String token = Files.readString(file).strip();
    if (token.length() < BYTES) {
      throw new IOException(
          "`" + file + "` holds no token; remove it, and the next start makes one");
    }
    return Secret.of(token);
  }

  private static boolean posix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void make(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    // Made for its owner alone, and whole, before anybody finds it.
    Path aside = Files.createTempFile(folder, "admin-", "");
    try {
      Files.write(aside, (token + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.SYNC);
      Files.createLink(file, aside);
    } catch (FileAlreadyExistsException faster) {
      // Another process on the same folder was; its token is the one to use.
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
