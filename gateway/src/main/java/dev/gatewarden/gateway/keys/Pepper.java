package dev.gatewarden.gateway.keys;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.identity.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret that turns the text of a key or token into the digest that is kept of it, so that
/// whoever reads the store can neither use what stands there nor try texts against it.
public final class Pepper {
  /// The fewest bytes a pepper has.
  public static final int LEAST = 16;

  private static final String ALGORITHM = "HmacSHA256";
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");

  private final SecretKeySpec key;
  private final ThreadLocal<Mac> macs;

  private Pepper(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
    this.macs = ThreadLocal.withInitial(this::mac);
  }

  /// The pepper that an operator keeps.
  ///
  /// @throws IllegalArgumentException when it is too short
  public static Pepper of(Secret secret) {
    if (secret.length() < LEAST) {
      throw new IllegalArgumentException("a pepper has at least " + LEAST + " bytes");
    }
    return new Pepper(secret.revealed());
  }

  /// The pepper kept in a file, made of random bytes where there is none.
  ///
  /// @throws IOException when the file cannot be read or written, holds no pepper, or others may
  ///     read it
  public static Pepper keptIn(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    if (!OWNER_ALONE.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException("`" + file + "` may be read by others; run chmod 600 on it");
    }
    try {
      byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
      if (secret.length >= LEAST) {
        return new Pepper(secret);
      }
    } catch (IllegalArgumentException broken) {
      throw new IOException("`" + file + "` holds no pepper", broken);
    }
    throw new IOException("`" + file + "` holds no pepper");
  }

  private static void make(Path file) throws IOException {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path aside = Files.createTempFile(folder, "pepper-", "");
    try {
      Files.setPosixFilePermissions(aside, OWNER_ALONE);
      Files.writeString(aside, HexFormat.of().formatHex(secret) + "\n", StandardOpenOption.SYNC);
      Files.createLink(file, aside);
    } catch (FileAlreadyExistsException e) {
      // Another process on the same folder was faster; its pepper is the one to use.
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /// The keyed digest (RFC 2104) of a text, 32 bytes.
  public byte[] digest(String text) {
    Mac mac = macs.get();
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The same in hexadecimal.
  public String hex(String text) {
    return HexFormat.of().formatHex(digest(text));
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("no keyed digest", e);
    }
  }

  /// Nothing of it.
  @Override
  public String toString() {
    return "Pepper";
  }
}
