package dev.gatewarden.platform.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The decision lines of the last day, on disk, bounded.
///
/// Made to cost the request path next to nothing: lines are taken as bytes and kept in chunks of up
/// to half a second, and only who asks for one
/// searches them. Nothing ever waits for the disk: lines that come faster than it takes them are
/// dropped, those it refuses are lost, and both are
/// counted.
public final class DecisionStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionStore.class);
  private static final int CHUNK = 256 << 10;
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long COMPLAINT_EVERY = TimeUnit.MINUTES.toNanos(1);

  private final Path file;
  private final Retention retention;
  private final InstantSource clock;
  private final LongAdder dropped = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition done = lock.newCondition();
  private final Thread writer;

  private byte[] pending = new byte[CHUNK];
  private int length;
  private long taken;
  private long kept;
  private boolean hurry;
  private boolean closing;
  private long lastComplaint;

  private DecisionStore(Path file, Retention retention, InstantSource clock) {
    this.file = file;
    this.retention = retention;
    this.clock = clock;
    this.writer = Thread.ofPlatform().name("decision-store").daemon().unstarted(this::run);
  }

  /// Opens the store in a file, which is made where there is none. The database itself is opened by
  /// the store's own thread.
  ///
  /// @throws IOException when the file cannot be written
  public static DecisionStore open(Path file, Retention retention, InstantSource clock)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    boolean writable =
        Files.exists(file)
            ? Files.isWritable(file) && !Files.isDirectory(file)
            : folder == null || Files.isWritable(folder);
    if (!writable) {
      throw new IOException("`" + file + "` cannot be written");
    }
    DecisionStore store = new DecisionStore(file, retention, clock);
    store.writer.start();
    return store;
  }

  /// Takes whole lines, each ending in a newline; never waits.
  public void write(byte[] lines, int count) {
    lock.lock();
    try {
      if (length + count > retention.pending() || closing) {
        dropped.add(lines(lines, count));
        return;
      }
      if (length + count > pending.length) {
        int room = Math.min(retention.pending(), Math.max(pending.length * 2, length + count));
        pending = Arrays.copyOf(pending, room);
      }
      System.arraycopy(lines, 0, pending, length, count);
      length += count;
      taken += count;
      if (length >= CHUNK) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The line of the decision whose id begins with a text, or empty: none is kept, or several begin
  /// so.
  ///
  /// @throws IOException when the store cannot be read
  public Optional<String> find(String id) throws IOException {
    flush();
    return Files.exists(file) ? DecisionFile.find(file, id) : Optional.empty();
  }

  /// Waits until everything taken so far is on disk or counted as lost.
  public void flush() {
    lock.lock();
    try {
      long until = taken;
      while (kept < until && writer.isAlive()) {
        hurry = true;
        work.signal();
        if (!done.await(1, TimeUnit.SECONDS) && !writer.isAlive()) {
          return;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// Lines dropped because too many waited for the disk.
  public long dropped() {
    return dropped.sum();
  }

  /// Lines the disk refused.
  public long lost() {
    return lost.sum();
  }

  /// Writes what is still there, then closes the file.
  @Override
  public void close() {
    flush();
    lock.lock();
    try {
      closing = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    try {
      writer.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    byte[] chunk = new byte[CHUNK];
    try (DecisionFile open = new DecisionFile(file, retention, clock)) {
      boolean more = true;
      while (more) {
        int size;
        lock.lock();
        try {
          more = awaitWork();
          byte[] full = pending;
          pending = chunk;
          chunk = full;
          size = length;
          length = 0;
          hurry = false;
        } finally {
          lock.unlock();
        }
        keep(open, chunk, size);
      }
    }
  }

  /// Waits for a full chunk, for half a second, or for somebody in a hurry.
  ///
  /// @return false when there is nothing to come any more
  private boolean awaitWork() {
    long left = TICK;
    try {
      while (!closing && !hurry && length < CHUNK && (left > 0 || length == 0)) {
        left = work.awaitNanos(left > 0 ? left : TICK);
      }
    } catch (InterruptedException interrupted) {
      return false;
    }
    return !closing;
  }

  private void keep(DecisionFile open, byte[] chunk, int size) {
    try {
      if (size > 0) {
        open.keep(chunk, size);
      }
    } catch (SQLException fault) {
      lost.add(lines(chunk, size));
      complain(fault);
    } finally {
      lock.lock();
      try {
        kept += size;
        done.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void complain(SQLException fault) {
    long now = System.nanoTime();
    if (lastComplaint == 0 || now - lastComplaint > COMPLAINT_EVERY) {
      lastComplaint = now;
      LOG.error(
          "decisions cannot be kept in `{}`, {} lost so far: {}",
          file,
          lost.sum(),
          fault.getMessage());
    }
  }

  private static int lines(byte[] bytes, int length) {
    int lines = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        lines++;
      }
    }
    return lines;
  }
}
