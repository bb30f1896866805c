package dev.gatewarden.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rows of what is used of quotas. What changed within a second is added up and written
/// together, a second later; nobody waits for it.
final class UsedQuotas {
  private static final Logger LOG = LoggerFactory.getLogger(UsedQuotas.class);
  private static final int MOST_UNWRITTEN = 100_000;

  /// Two rows that are over leave for each that comes, and some for those that did not.
  private static final int SPARE = 64;

  private static final String PUT =
      """
      INSERT INTO used (key, until, amount) VALUES (?, ?, max(0, ?))
      ON CONFLICT DO UPDATE SET until = max(until, excluded.until), amount = max(0, amount + ?)
      """;
  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final StateFile file;
  private final InstantSource clock;
  private Map<String, Change> changes = new HashMap<>();
  private boolean due;
  private boolean full;

  /// What is used of one quota.
  ///
  /// @param until in milliseconds since the epoch
  record Row(String key, long until, long amount) {}

  private record Change(long until, long amount) {
    Change and(Change other) {
      return new Change(Math.max(until, other.until), amount + other.amount);
    }
  }

  UsedQuotas(StateFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    file.make(
        """
        CREATE TABLE IF NOT EXISTS used (
          key TEXT PRIMARY KEY,
          until INTEGER NOT NULL,
          amount INTEGER NOT NULL) WITHOUT ROWID
        """);
    file.make("CREATE INDEX IF NOT EXISTS used_by_end ON used (until)");
  }

  /// What was used before of periods that are not over, most first; the others leave.
  List<Row> kept() {
    long now = clock.millis();
    return file.await(
        connection -> {
          forget(connection, now, Integer.MAX_VALUE);
          List<Row> rows = new ArrayList<>();
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT key, until, amount FROM used WHERE amount > 0 ORDER BY amount DESC");
              ResultSet each = select.executeQuery()) {
            while (each.next()) {
              rows.add(new Row(each.getString(1), each.getLong(2), each.getLong(3)));
            }
          }
          return rows;
        });
  }

  /// Adds an amount, which is negative where it is given back. Where too much waits for the disk,
  /// it is in memory alone.
  void add(String key, long until, long amount) {
    boolean first = false;
    synchronized (this) {
      Change change = new Change(until, amount);
      Change before = changes.get(key);
      if (before != null) {
        changes.put(key, before.and(change));
      } else if (changes.size() < MOST_UNWRITTEN) {
        changes.put(key, change);
      }
      if (!due) {
        due = true;
        first = true;
      }
    }
    if (first) {
      LATER.execute(this::write);
    }
  }

  /// Writes what has changed, soon.
  private void write() {
    Map<String, Change> batch = taken();
    try {
      var unused =
          file.begin(connection -> written(connection, batch))
              .whenComplete((_, fault) -> ended(batch, fault));
    } catch (RejectedExecutionException closed) {
      LOG.debug("the file of quotas is closed: {}", closed.getMessage());
    }
  }

  /// Writes what has changed, and waits for it.
  void flush() {
    Map<String, Change> batch = taken();
    if (batch.isEmpty()) {
      return;
    }
    try {
      var unused = file.await(connection -> written(connection, batch));
    } catch (StateFile.Full refused) {
      ended(batch, refused);
    }
  }

  private synchronized Map<String, Change> taken() {
    Map<String, Change> batch = changes;
    changes = new HashMap<>();
    due = false;
    return batch;
  }

  private boolean written(Connection connection, Map<String, Change> batch) throws SQLException {
    forget(connection, clock.millis(), SPARE + 2 * batch.size());
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      for (Map.Entry<String, Change> each : batch.entrySet()) {
        put.setString(1, each.getKey());
        put.setLong(2, each.getValue().until);
        put.setLong(3, each.getValue().amount);
        put.setLong(4, each.getValue().amount);
        put.addBatch();
      }
      put.executeBatch();
    }
    return true;
  }

  private static void forget(Connection connection, long now, int most) throws SQLException {
    try (PreparedStatement over =
        connection.prepareStatement(
            "DELETE FROM used WHERE key IN (SELECT key FROM used WHERE until <= ? LIMIT ?)")) {
      over.setLong(1, now);
      over.setInt(2, most);
      over.executeUpdate();
    }
  }

  private void ended(Map<String, Change> batch, @Nullable Throwable fault) {
    if (fault == null) {
      full = false;
    } else if (fault instanceof StateFile.Full || StateFile.isFull(fault)) {
      if (!full) {
        full = true;
        LOG.error("the file of quotas is full: what is used from now on ends with the gate");
      }
    } else {
      batch.forEach((key, change) -> add(key, change.until, change.amount));
    }
  }
}
