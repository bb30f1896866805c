package dev.gatewarden.platform.store;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Sessions;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sessions that outlive the gate. The file knows the digests of their keys alone, so that who
/// reads it cannot use them.
public final class SqliteSessions implements Sessions {
  private static final String FORGET =
      "DELETE FROM session WHERE key IN (SELECT key FROM session WHERE over <= ? LIMIT 16)";

  private final StateFile file;
  private final InstantSource clock;

  public SqliteSessions(StateFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    file.make(
        """
        CREATE TABLE IF NOT EXISTS session (
          key TEXT PRIMARY KEY,
          value BLOB NOT NULL,
          version INTEGER NOT NULL,
          idle INTEGER NOT NULL,
          touched INTEGER NOT NULL,
          ends INTEGER NOT NULL,
          over INTEGER NOT NULL) WITHOUT ROWID
        """);
    file.make("CREATE INDEX IF NOT EXISTS session_by_end ON session (over)");
  }

  /// One of them; times in milliseconds.
  private record Row(byte[] value, long version, long idle, long touched, long ends) {}

  @Override
  public boolean create(String key, byte[] value, Duration idle, Duration absolute) {
    checked(value);
    long now = clock.millis();
    long ends = now + absolute.toMillis();
    String name = digest(key);
    return orNot(
        open -> {
          try (PreparedStatement over = open.prepareStatement(FORGET)) {
            over.setLong(1, now);
            over.executeUpdate();
          }
          if (alive(open, name, now) != null) {
            return false;
          }
          try (PreparedStatement insert =
              open.prepareStatement(
                  "INSERT OR REPLACE INTO session VALUES (?, ?, 1, ?, ?, ?, ?)")) {
            insert.setString(1, name);
            insert.setBytes(2, value);
            insert.setLong(3, idle.toMillis());
            insert.setLong(4, now);
            insert.setLong(5, ends);
            insert.setLong(6, Math.min(ends, now + idle.toMillis()));
            insert.executeUpdate();
            return true;
          }
        });
  }

  @Override
  public Optional<Versioned> find(String key) {
    long now = clock.millis();
    String name = digest(key);
    return wait(
        open -> {
          Row row = alive(open, name, now);
          if (row == null) {
            return Optional.empty();
          }
          // Within a hundredth of the idle time nobody sees the difference, and nothing is written.
          if (now - row.touched > row.idle / 100) {
            touch(open, name, row, now);
          }
          return Optional.of(new Versioned(row.value, row.version));
        });
  }

  @Override
  public Optional<Versioned> look(String key) {
    long now = clock.millis();
    String name = digest(key);
    return wait(
        open -> {
          Row row = alive(open, name, now);
          return row == null
              ? Optional.empty()
              : Optional.of(new Versioned(row.value, row.version));
        });
  }

  @Override
  public boolean replace(String key, long version, byte[] value) {
    checked(value);
    long now = clock.millis();
    String name = digest(key);
    return orNot(
        open -> {
          Row row = alive(open, name, now);
          if (row == null || row.version != version) {
            return false;
          }
          touch(open, name, row, now);
          try (PreparedStatement update =
              open.prepareStatement("UPDATE session SET value = ?, version = ? WHERE key = ?")) {
            update.setBytes(1, value);
            update.setLong(2, version + 1);
            update.setString(3, name);
            return update.executeUpdate() == 1;
          }
        });
  }

  @Override
  public void end(String key) {
    String name = digest(key);
    var unused =
        wait(
            open -> {
              try (PreparedStatement delete =
                  open.prepareStatement("DELETE FROM session WHERE key = ?")) {
                delete.setString(1, name);
                return delete.executeUpdate();
              }
            });
  }

  /// The answer, or no where there is no room.
  private boolean orNot(StateFile.Work<Boolean> work) {
    try {
      return wait(work);
    } catch (StateFile.Full full) {
      return false;
    }
  }

  private <T> T wait(StateFile.Work<T> work) {
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    try {
      return file.await(work);
    } catch (UncheckedIOException refused) {
      throw OutOfReach.INSTANCE;
    }
  }

  private static void touch(Connection open, String name, Row row, long now) throws SQLException {
    try (PreparedStatement update =
        open.prepareStatement("UPDATE session SET touched = ?, over = ? WHERE key = ?")) {
      update.setLong(1, now);
      update.setLong(2, Math.min(row.ends, now + row.idle));
      update.setString(3, name);
      update.executeUpdate();
    }
  }

  private static @Nullable Row alive(Connection open, String name, long now) throws SQLException {
    try (PreparedStatement select =
        open.prepareStatement(
            "SELECT value, version, idle, touched, ends FROM session WHERE key = ?")) {
      select.setString(1, name);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return null;
        }
        Row row =
            new Row(
                rows.getBytes(1),
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5));
        return now < row.ends && now - row.touched < row.idle ? row : null;
      }
    }
  }

  private static void checked(byte[] value) {
    if (value.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a session holds at most " + MOST_BYTES + " bytes, not " + value.length);
    }
  }

  private static String digest(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new GatewardenBug("this Java has no SHA-256", impossible);
    }
  }
}
