package dev.gatewarden.gateway.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gate's own keys, one of which signs: a new one is published before it signs, and an old one
/// for as long as somebody may hold a token that it signed.
///
/// They lie in the state folder as `identity.key` and `identity-<made>.key`. A key that was put
/// there, by `gatewarden identity rotate` or because the last one is three months old, is seen
/// within seconds, published at once, and signs ten minutes later, when every upstream that fetches
/// keys as it should has it. The one before is published for an hour more, then removed.
public final class SigningKeys implements Supplier<SigningKey> {
  /// How long a key is published before it signs.
  public static final Duration AHEAD = Duration.ofMinutes(10);

  /// How long a key is published after it signed last.
  public static final Duration AFTER = Duration.ofHours(1);

  /// After how long a new key is made.
  public static final Duration AGE = Duration.ofDays(90);

  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
  private static final long LOOK = 5_000;
  private static final String FIRST = "identity.key";
  private static final String BEGIN = "identity-";
  private static final String END = ".key";

  private record Dated(Path file, SigningKey key, long made) {}

  private final Path folder;
  private final InstantSource clock;
  private final AtomicLong lookAt = new AtomicLong();
  private volatile List<Dated> keys;

  private SigningKeys(Path folder, InstantSource clock, List<Dated> keys) {
    this.folder = folder;
    this.clock = clock;
    this.keys = keys;
    this.lookAt.set(clock.millis() + LOOK);
  }

  /// The keys kept in a folder, the first made where there is none.
  ///
  /// @throws IOException when a file cannot be read or written, holds no key, or others may read it
  public static SigningKeys keptIn(Path folder, InstantSource clock) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> all = Files.list(folder)) {
      if (all.noneMatch(SigningKeys::isKey)) {
        var unused = SigningKey.keptIn(folder.resolve(FIRST));
      }
    }
    return new SigningKeys(folder, clock, read(folder, clock.millis(), List.of()));
  }

  /// Puts a new key into a folder, from which a running gate takes it.
  ///
  /// @return the key's id
  public static String rotate(Path folder, InstantSource clock) throws IOException {
    return SigningKey.keptIn(folder.resolve(BEGIN + clock.millis() + END)).kid();
  }

  /// The public keys of the folder as they stand, for who has no gate to ask.
  public static String published(Path folder, InstantSource clock) throws IOException {
    return jwks(read(folder, clock.millis(), List.of()), clock.millis());
  }

  /// The key that signs now.
  @Override
  public SigningKey get() {
    long now = clock.millis();
    long due = lookAt.get();
    if (now >= due && lookAt.compareAndSet(due, now + LOOK)) {
      Thread.ofVirtual().name("identity-keys").start(this::look);
    }
    return signing(keys, now).key();
  }

  /// The public half of a key that is published now, or null.
  @Nullable VerificationKey published(String kid) {
    List<Dated> now = keys;
    for (Dated each : now) {
      if (each.key().kid().equals(kid) && !isOver(each, now, clock.millis())) {
        return JwkReader.key(each.key().jwk());
      }
    }
    return null;
  }

  /// The public keys as a JSON Web Key Set (RFC 7517, section 5).
  public String jwks() {
    look();
    return jwks(keys, clock.millis());
  }

  private static String jwks(List<Dated> keys, long now) {
    List<Map<String, Object>> published = new ArrayList<>();
    for (Dated each : keys) {
      if (!isOver(each, keys, now)) {
        published.add(each.key().jwk());
      }
    }
    return JsonWriter.write(Map.of("keys", published));
  }

  private synchronized void look() {
    long now = clock.millis();
    try {
      List<Dated> found = read(folder, now, keys);
      if (now - found.getLast().made() >= AGE.toMillis()) {
        LOG.info("the gate has a new key `{}`, which signs in ten minutes", rotate(folder, clock));
        found = read(folder, now, found);
      }
      for (Dated each : found) {
        if (isOver(each, found, now)) {
          Files.deleteIfExists(each.file());
        }
      }
      keys = found;
    } catch (IOException e) {
      LOG.warn("the gate's own keys cannot be read again: {}", e.getMessage());
    }
  }

  /// The newest that was published long enough, else the oldest there is.
  private static Dated signing(List<Dated> keys, long now) {
    Dated signing = keys.getFirst();
    for (Dated each : keys) {
      if (now - each.made() >= AHEAD.toMillis()) {
        signing = each;
      }
    }
    return signing;
  }

  /// Whether another took over so long ago that no token of this one can be about.
  private static boolean isOver(Dated key, List<Dated> keys, long now) {
    for (Dated other : keys) {
      if (other.made() > key.made() && now - other.made() >= AHEAD.toMillis() + AFTER.toMillis()) {
        return true;
      }
    }
    return false;
  }

  /// The keys of the folder, the oldest first; those that are known already are not read again.
  private static List<Dated> read(Path folder, long now, List<Dated> known) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(SigningKeys::isKey).toList();
    }
    List<Dated> keys = new ArrayList<>();
    for (Path file : files) {
      Dated old = known.stream().filter(each -> each.file().equals(file)).findFirst().orElse(null);
      keys.add(old == null ? new Dated(file, SigningKey.keptIn(file), made(file, now)) : old);
    }
    if (keys.isEmpty()) {
      throw new IOException("there is no key of the gate in `" + folder + "`");
    }
    keys.sort(Comparator.comparingLong(Dated::made));
    return List.copyOf(keys);
  }

  private static boolean isKey(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals(FIRST)
        || (name.startsWith(BEGIN)
            && name.endsWith(END)
            && name.length() > BEGIN.length() + END.length()
            && name.chars()
                .skip(BEGIN.length())
                .limit(name.length() - BEGIN.length() - END.length())
                .allMatch(c -> c >= '0' && c <= '9'));
  }

  private static long made(Path file, long now) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (name.equals(FIRST)) {
      return Math.min(now, Files.getLastModifiedTime(file).toMillis());
    }
    try {
      return Long.parseLong(name.substring(BEGIN.length(), name.length() - END.length()));
    } catch (NumberFormatException e) {
      throw new IOException("`" + file + "` does not say when it was made", e);
    }
  }
}
