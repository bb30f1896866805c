package dev.gatewarden.platform.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;

/// An SQLite file of what a gate must not forget when it ends. Who keeps something in it makes its
/// table.
///
/// One thread of its own talks to SQLite, which is native code and must not hold up others.
public final class StateFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
  private static final int MOST_WAITING = 10_000;
  private static final int PAGE = 4096;
  private static final Duration BUSY = Duration.ofSeconds(5);
  private static final long PATIENCE_SECONDS = 10;

  private final Connection connection;
  private final Path file;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("state-file").factory());

  /// Something to do with the database, in a transaction of its own.
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  private StateFile(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// Opens the file, which is made where there is none; nobody but its owner may read it.
  ///
  /// @param mostBytes how large it may grow
  /// @throws IOException when it cannot be opened or is something else
  public static StateFile open(Path file, long mostBytes) throws IOException {
    return open(file, mostBytes, SynchronousMode.NORMAL, LockingMode.NORMAL, BUSY);
  }

  /// Opens one whose transactions have reached the disk when they are done: they outlive the
  /// machine, not the program alone.
  ///
  /// @param mostBytes how large it may grow
  /// @throws IOException when it cannot be opened or is something else
  public static StateFile synced(Path file, long mostBytes) throws IOException {
    return open(file, mostBytes, SynchronousMode.FULL, LockingMode.NORMAL, BUSY);
  }

  /// Opens one like that, to which nobody else can write meanwhile, so that what was read of it
  /// stays true in memory.
  ///
  /// @param mostBytes how large it may grow
  /// @param patience how long to wait for somebody else who holds it, and may be about to end
  /// @throws IOException when it cannot be opened, is something else, or somebody else holds it
  public static StateFile own(Path file, long mostBytes, Duration patience) throws IOException {
    return open(file, mostBytes, SynchronousMode.FULL, LockingMode.EXCLUSIVE, patience);
  }

  private static StateFile open(
      Path file, long mostBytes, SynchronousMode mode, LockingMode locking, Duration patience)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (!Files.exists(file)) {
      Files.createFile(file);
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    }
    Connection open = null;
    try {
      SQLiteConfig config = new SQLiteConfig();
      config.setJournalMode(JournalMode.WAL);
      config.setSynchronous(mode);
      config.setLockingMode(locking);
      config.setBusyTimeout((int) patience.toMillis());
      open = config.createConnection("jdbc:sqlite:" + file);
      try (Statement create = open.createStatement()) {
        create.execute("PRAGMA max_page_count = " + mostBytes / PAGE);
        if (locking == LockingMode.EXCLUSIVE) {
          // Held from the first time on that something is written.
          create.execute("BEGIN EXCLUSIVE");
          create.execute("COMMIT");
        }
      }
      return new StateFile(file, open);
    } catch (SQLException fault) {
      shut(open);
      throw new IOException(
          isHeld(fault)
              ? "`" + file + "` is held by another gate; give each gate a state folder of its own"
              : "`" + file + "` cannot be used: " + fault.getMessage(),
          fault);
    }
  }

  private static boolean isHeld(SQLException fault) {
    int code = fault.getErrorCode() & 0xff;
    return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
  }

  private static void shut(@Nullable Connection open) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (SQLException alreadyBroken) {
      LOG.debug("a connection would not close: {}", alreadyBroken.getMessage());
    }
  }

  /// Does something and waits for it.
  ///
  /// @throws UncheckedIOException when the disk refuses, or takes too long
  /// @throws Full when the file may not grow any more
  <T> T await(Work<T> work) {
    try {
      return await(begin(work));
    } catch (RejectedExecutionException fault) {
      throw failed(fault);
    }
  }

  /// Waits for what was begun.
  ///
  /// @throws UncheckedIOException when the disk refuses, or takes too long
  /// @throws Full when the file may not grow any more
  <T> T await(CompletableFuture<T> begun) {
    try {
      return begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw failed(stopped);
    } catch (ExecutionException | TimeoutException fault) {
      throw isFull(fault.getCause()) ? Full.INSTANCE : failed(fault);
    }
  }

  /// Does something soon; what fails is logged.
  ///
  /// @return done when the transaction is, or failed as it did
  /// @throws RejectedExecutionException when too much waits already, or the file is closed
  <T> CompletableFuture<T> begin(Work<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            say("BEGIN IMMEDIATE");
            T result = work.in(connection);
            say("COMMIT");
            done.complete(result);
          } catch (SQLException | RuntimeException fault) {
            undo();
            if (!isFull(fault)) {
              LOG.error("`{}` refuses: {}", file, fault.getMessage());
            }
            done.completeExceptionally(fault);
          }
        });
    return done;
  }

  /// Makes a table, or an index, where there is none yet.
  void make(String statement) {
    var unused =
        await(
            open -> {
              try (Statement create = open.createStatement()) {
                return create.executeUpdate(statement);
              }
            });
  }

  /// Transactions are begun and ended in words: where SQLite undoes one by itself, the driver would
  /// go on believing in it.
  private void say(String word) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(word);
    }
  }

  private void undo() {
    try {
      say("ROLLBACK");
    } catch (SQLException alreadyUndone) {
      // Where there is no room, SQLite undoes a transaction by itself.
      LOG.debug("`{}` had nothing to undo: {}", file, alreadyUndone.getMessage());
    }
  }

  static boolean isFull(@Nullable Throwable fault) {
    return fault instanceof SQLException refusal
        && refusal.getErrorCode() == SQLiteErrorCode.SQLITE_FULL.code;
  }

  /// Thrown where the file has grown as large as it may. Preallocated: it is no fault.
  static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1;
    static final Full INSTANCE = new Full();

    private Full() {
      super("the state file is full", null, false, false);
    }
  }

  private UncheckedIOException failed(Exception fault) {
    return new UncheckedIOException(
        new IOException("`" + file + "` cannot be written or read", fault));
  }

  /// Ends what was begun, then closes the file.
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.error("`{}` was closed with work undone", file);
      }
      connection.close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (SQLException fault) {
      LOG.error("`{}` would not close: {}", file, fault.getMessage());
    }
  }
}
