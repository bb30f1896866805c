package dev.gatewarden.app.admin;

import dev.gatewarden.app.text.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What operators did to a gate: a file of lines to which is only ever added, each with the digest
/// of the one before it, so that no line can be changed, left out or put in between unseen.
///
/// Whoever may write the file can still write all of it anew, or cut off its end. Each line goes to
/// the program's log too, with its digest: where that log is collected elsewhere, it tells.
public final class AuditLog implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.gatewarden.audit");
  private static final Set<StandardOpenOption> APPEND =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);

  /// Several of one process take turns here; those of several processes by the file's own lock.
  private static final ReentrantLock TURNS = new ReentrantLock();

  private final Path file;
  private final InstantSource clock;
  private FileChannel channel;
  private @Nullable Object key;
  private AuditTrail known;

  /// Of what is known; -1 where it has to be looked at again.
  private long size = -1;

  private AuditLog(Path file, FileChannel channel, InstantSource clock, AuditTrail known)
      throws IOException {
    this.file = file;
    this.channel = channel;
    this.clock = clock;
    this.key = key(file);
    this.known = known;
  }

  /// Opens the file, which is made where there is none; nobody but its owner may read it. One that
  /// somebody changed is put aside, and another is begun, which says so in its first line.
  ///
  /// @throws IOException when it cannot be read or written
  public static AuditLog open(Path file, InstantSource clock) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    TURNS.lock();
    try {
      String fault = Files.exists(file) ? AuditTrail.read(file).fault() : "";
      if (!fault.isEmpty()) {
        String aside = file.getFileName() + ".changed-" + clock.instant().getEpochSecond();
        Files.move(file, file.resolveSibling(aside));
        LOG.error("`{}` was changed by somebody: {}; it is kept as `{}`", file, fault, aside);
      }
      FileChannel channel = FileChannel.open(file, APPEND, forItsOwnerAlone(file));
      AuditLog log = new AuditLog(file, channel, clock, AuditTrail.read(file));
      if (!fault.isEmpty()) {
        log.write("gate", "", "audit-log-changed", fault, "found");
      }
      return log;
    } finally {
      TURNS.unlock();
    }
  }

  private static FileAttribute<?>[] forItsOwnerAlone(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /// What tells a file from another one that is put in its place; null where nothing does.
  private static @Nullable Object key(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException gone) {
      return "";
    }
  }

  /// Adds a line, and returns when it has reached the disk.
  ///
  /// @param operator who did it, as far as is known; `command` and `gate` are the program itself
  /// @param from the operator's address; empty where there is none
  /// @param action what was done, in one word
  /// @param subject to what
  /// @param outcome `asked` before it is done; afterwards the status that was answered
  /// @throws IOException when the disk refuses; what was to be done must not be done then
  public void write(String operator, String from, String action, String subject, String outcome)
      throws IOException {
    TURNS.lock();
    try {
      if (!Objects.equals(key, key(file))) {
        begin();
      }
      add(operator, from, action, subject, outcome);
    } finally {
      TURNS.unlock();
    }
  }

  /// Where the file was moved or removed, the next line would stand where nobody looks for it.
  private void begin() throws IOException {
    LOG.error("`{}` was moved or removed by somebody while the gate ran", file);
    String last = "number " + known.entries() + ", digest " + known.head();
    channel.close();
    channel = FileChannel.open(file, APPEND, forItsOwnerAlone(file));
    known = AuditTrail.read(file);
    size = -1;
    key = key(file);
    add("gate", "", "audit-log-moved", last, "found");
  }

  private void add(String operator, String from, String action, String subject, String outcome)
      throws IOException {
    try (FileLock turn = channel.lock()) {
      if (!turn.isValid() || channel.size() != size) {
        catchUp();
      }
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("number", known.entries() + 1);
      line.put("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
      line.put("operator", operator);
      line.put("from", from);
      line.put("action", action);
      line.put("subject", subject);
      line.put("outcome", outcome);
      line.put("previous", known.head());
      String said = Json.line(line);
      String digest = AuditTrail.digest(said);
      append((known.torn() ? "\n" : "") + AuditTrail.sealed(said, digest) + "\n");
      known = new AuditTrail(known.entries() + 1, digest, false, "");
      LOG.info(
          "admin action={} subject={} operator={} from={} status={} number={} digest={}",
          action,
          subject,
          operator,
          from,
          outcome,
          known.entries(),
          digest);
    }
  }

  /// Takes up what another process added. What somebody changed is no reason to go on from it: the
  /// next line goes on from the last one that was written here, and so the gap stays to be seen.
  private void catchUp() throws IOException {
    AuditTrail now = AuditTrail.read(file);
    size = channel.size();
    if (now.fault().isEmpty() && now.entries() >= known.entries()) {
      known = now;
    } else {
      LOG.error("`{}` was changed by somebody while the gate ran", file);
      // It may have been cut off within a line, which must not swallow the next one.
      known = new AuditTrail(known.entries(), known.head(), true, "");
    }
  }

  private void append(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
      size = channel.size();
    } catch (IOException refused) {
      // What may stand there of it is no line; the next one begins behind it.
      size = -1;
      throw new IOException("the audit log `" + file + "` cannot be written", refused);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
