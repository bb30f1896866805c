package dev.gatewarden.platform.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The SQLite file of a decision store: chunks of lines, the newest searched first.
///
/// Opens the database when it is first needed, and again after a fault.
public final class DecisionFile implements AutoCloseable {
  private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final Retention retention;
  private final InstantSource clock;
  private @Nullable Connection connection;
  private long bytes;

  DecisionFile(Path file, Retention retention, InstantSource clock) {
    this.file = file;
    this.retention = retention;
    this.clock = clock;
  }

  /// Keeps a chunk of lines and forgets what is too old or too much.
  void keep(byte[] lines, int length) throws SQLException {
    long now = clock.millis();
    try {
      Connection open = opened();
      try (PreparedStatement insert =
          open.prepareStatement("INSERT INTO chunk (kept, size, lines) VALUES (?, ?, ?)")) {
        insert.setLong(1, now);
        insert.setInt(2, length);
        insert.setBytes(3, Arrays.copyOf(lines, length));
        insert.executeUpdate();
      }
      bytes += length;
      forget(open, now);
      open.commit();
    } catch (SQLException fault) {
      close();
      throw fault;
    }
  }

  private void forget(Connection open, long now) throws SQLException {
    try (PreparedStatement old = open.prepareStatement("DELETE FROM chunk WHERE kept < ?")) {
      old.setLong(1, now - retention.keep().toMillis());
      if (old.executeUpdate() > 0) {
        bytes = size(open);
      }
    }
    while (bytes > retention.bytes()) {
      try (Statement oldest = open.createStatement()) {
        if (oldest.executeUpdate("DELETE FROM chunk WHERE number = (SELECT min(number) FROM chunk)")
            == 0) {
          return;
        }
      }
      bytes = size(open);
    }
  }

  private static long size(Connection open) throws SQLException {
    try (Statement sum = open.createStatement();
        ResultSet result = sum.executeQuery("SELECT coalesce(sum(size), 0) FROM chunk")) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  private Connection opened() throws SQLException {
    Connection known = connection;
    if (known != null) {
      return known;
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.NORMAL);
    config.setBusyTimeout(5_000);
    Connection open = config.createConnection("jdbc:sqlite:" + file);
    open.setAutoCommit(false);
    try (Statement create = open.createStatement()) {
      create.executeUpdate(
          """
          CREATE TABLE IF NOT EXISTS chunk (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            kept INTEGER NOT NULL,
            size INTEGER NOT NULL,
            lines BLOB NOT NULL)
          """);
      create.executeUpdate("CREATE INDEX IF NOT EXISTS chunk_by_age ON chunk (kept)");
    }
    open.commit();
    bytes = size(open);
    connection = open;
    return open;
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException alreadyBroken) {
        // The chunk in hand was committed or counted as lost; a handle that will not close keeps
        // nothing.
        bytes = 0;
      }
    }
  }

  /// The line of the decision whose id begins with a text, or empty: none is kept, or several begin
  /// so. Also while a gate writes to the file.
  ///
  /// @throws IOException when the file is not there or is no store
  public static Optional<String> find(Path file, String id) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no decision store at `" + file + "`");
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(5_000);
    byte[] start = start(id);
    String found = null;
    try (Connection open = config.createConnection("jdbc:sqlite:" + file);
        Statement query = open.createStatement();
        ResultSet chunks = query.executeQuery("SELECT lines FROM chunk ORDER BY number DESC")) {
      while (chunks.next()) {
        byte[] lines = chunks.getBytes(1);
        for (int at = indexOf(lines, start, 0); at >= 0; at = indexOf(lines, start, at + 1)) {
          String line = lineAround(lines, at);
          if (found != null && !found.equals(line)) {
            return Optional.empty();
          }
          found = line;
        }
        if (found != null && id.length() >= 32) {
          break;
        }
      }
    } catch (SQLException fault) {
      if (String.valueOf(fault.getMessage()).contains("no such table")) {
        return Optional.empty();
      }
      throw new IOException("`" + file + "` cannot be read: " + fault.getMessage(), fault);
    }
    return Optional.ofNullable(found);
  }

  private static byte[] start(String id) {
    byte[] digits = id.getBytes(StandardCharsets.UTF_8);
    byte[] start = Arrays.copyOf(ID, ID.length + digits.length);
    System.arraycopy(digits, 0, start, ID.length, digits.length);
    return start;
  }

  private static String lineAround(byte[] lines, int at) {
    int from = at;
    while (from > 0 && lines[from - 1] != '\n') {
      from--;
    }
    int to = at;
    while (to < lines.length && lines[to] != '\n') {
      to++;
    }
    return new String(lines, from, to - from, StandardCharsets.UTF_8);
  }

  private static int indexOf(byte[] text, byte[] sought, int from) {
    for (int i = from; i <= text.length - sought.length; i++) {
      if (text[i] == sought[0]
          && Arrays.equals(text, i, i + sought.length, sought, 0, sought.length)) {
        return i;
      }
    }
    return -1;
  }
}
