package dev.gatewarden.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rows of ids that are spent. They are written many at a time: a transaction takes with it all
/// that came while the one before was under way.
final class SpentIds {
  private static final Logger LOG = LoggerFactory.getLogger(SpentIds.class);
  private static final int MOST_UNWRITTEN = 10_000;

  /// Two rows that are over leave for each that comes, and some for those that did not.
  private static final int SPARE = 64;

  private static final String PUT =
      """
      INSERT INTO spent (key, until, delivered) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET
        until = max(until, excluded.until), delivered = excluded.delivered
      """;
  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final StateFile file;
  private final InstantSource clock;
  private final AtomicInteger unwritten = new AtomicInteger();
  private final Object lock = new Object();
  private @Nullable Batch open;

  /// An id that may not be used again.
  ///
  /// @param until in milliseconds since the epoch
  /// @param delivered whether it is because the upstream took it
  record Row(String key, long until, boolean delivered) {}

  /// What one exchange spends, all of it or nothing.
  private record Spending(List<Row> rows, CompletableFuture<@Nullable Row> done) {}

  /// What goes to disk together.
  private static final class Batch {
    final List<Spending> spending = new ArrayList<>();
    final List<@Nullable Row> found = new ArrayList<>();
    final List<Row> settled = new ArrayList<>();
  }

  SpentIds(StateFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    file.make(
        """
        CREATE TABLE IF NOT EXISTS spent (
          key TEXT PRIMARY KEY,
          until INTEGER NOT NULL,
          delivered INTEGER NOT NULL) WITHOUT ROWID
        """);
    file.make("CREATE INDEX IF NOT EXISTS spent_by_end ON spent (until)");
  }

  /// Whether so much waits for the disk that no more may be promised to it.
  boolean isBehind() {
    return unwritten.get() >= MOST_UNWRITTEN;
  }

  /// Those that were spent before and still are; the others leave.
  List<Row> kept() {
    long now = clock.millis();
    return file.await(
        connection -> {
          forget(connection, now, Integer.MAX_VALUE);
          List<Row> rows = new ArrayList<>();
          try (Statement select = connection.createStatement();
              ResultSet each = select.executeQuery("SELECT key, until, delivered FROM spent")) {
            while (each.next()) {
              rows.add(new Row(each.getString(1), each.getLong(2), each.getInt(3) == 1));
            }
          }
          return rows;
        });
  }

  /// Writes them all, or none where one of them is spent already.
  ///
  /// @return done when they are on disk, with the one that was there before or null; failed when
  ///     the disk refuses
  CompletableFuture<@Nullable Row> spend(List<Row> rows) {
    CompletableFuture<@Nullable Row> done = new CompletableFuture<>();
    unwritten.incrementAndGet();
    add(batch -> batch.spending.add(new Spending(rows, done)));
    return done;
  }

  /// Writes them soon, and where the disk refuses, again and again.
  void settled(List<Row> rows) {
    unwritten.addAndGet(rows.size());
    add(batch -> batch.settled.addAll(rows));
  }

  private void add(Consumer<Batch> what) {
    Batch begun = null;
    synchronized (lock) {
      Batch batch = open;
      if (batch == null) {
        batch = new Batch();
        begun = batch;
        open = batch;
      }
      what.accept(batch);
    }
    if (begun != null) {
      begin(begun);
    }
  }

  private void begin(Batch batch) {
    try {
      var unused =
          file.begin(connection -> written(connection, batch))
              .whenComplete((_, fault) -> ended(batch, fault));
    } catch (RejectedExecutionException closed) {
      ended(batch, closed);
    }
  }

  private void shut(Batch batch) {
    synchronized (lock) {
      if (open == batch) {
        open = null;
      }
    }
  }

  private boolean written(Connection connection, Batch batch) throws SQLException {
    shut(batch);
    long now = clock.millis();
    forget(connection, now, SPARE + 2 * (batch.spending.size() + batch.settled.size()));
    try (PreparedStatement put = connection.prepareStatement(PUT);
        PreparedStatement find =
            connection.prepareStatement(
                "SELECT until, delivered FROM spent WHERE key = ? AND until > ?")) {
      for (Spending each : batch.spending) {
        Row before = first(find, each.rows, now);
        batch.found.add(before);
        for (Row row : before == null ? each.rows : List.<Row>of()) {
          put(put, row);
        }
      }
      for (Row row : batch.settled) {
        put(put, row);
      }
    }
    return true;
  }

  private static @Nullable Row first(PreparedStatement find, List<Row> rows, long now)
      throws SQLException {
    for (Row row : rows) {
      find.setString(1, row.key);
      find.setLong(2, now);
      try (ResultSet there = find.executeQuery()) {
        if (there.next()) {
          return new Row(row.key, there.getLong(1), there.getInt(2) == 1);
        }
      }
    }
    return null;
  }

  private static void put(PreparedStatement put, Row row) throws SQLException {
    put.setString(1, row.key);
    put.setLong(2, row.until);
    put.setInt(3, row.delivered ? 1 : 0);
    put.executeUpdate();
  }

  private static void forget(Connection connection, long now, int most) throws SQLException {
    try (PreparedStatement over =
        connection.prepareStatement(
            "DELETE FROM spent WHERE key IN (SELECT key FROM spent WHERE until <= ? LIMIT ?)")) {
      over.setLong(1, now);
      over.setInt(2, most);
      over.executeUpdate();
    }
  }

  private void ended(Batch batch, @Nullable Throwable fault) {
    shut(batch);
    unwritten.addAndGet(-batch.spending.size() - batch.settled.size());
    for (int i = 0; i < batch.spending.size(); i++) {
      CompletableFuture<@Nullable Row> done = batch.spending.get(i).done;
      if (fault == null) {
        done.complete(batch.found.get(i));
      } else {
        done.completeExceptionally(fault);
      }
    }
    if (fault == null || batch.settled.isEmpty()) {
      return;
    }
    if (fault instanceof RejectedExecutionException) {
      LOG.error("{} ids were spent too late to be written", batch.settled.size());
    } else {
      List<Row> again = List.copyOf(batch.settled);
      unwritten.addAndGet(again.size());
      LATER.execute(() -> add(next -> next.settled.addAll(again)));
    }
  }
}
