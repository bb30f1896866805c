package dev.gatewarden.platform.store;

import dev.gatewarden.core.identity.Blocks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Blocks that outlive the gate: they are answered from memory, and whoever may wait is told that
/// one holds only when it is on disk.
public final class SqliteBlocks implements Blocks {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final StateFile file;
  private final Blocks memory;
  private final InstantSource clock;

  /// @param memory where they are answered from; empty
  public SqliteBlocks(StateFile file, Blocks memory, InstantSource clock) {
    this.file = file;
    this.memory = memory;
    this.clock = clock;
    file.make(
        """
        CREATE TABLE IF NOT EXISTS block (
          kind TEXT NOT NULL,
          key TEXT NOT NULL,
          since INTEGER NOT NULL,
          until INTEGER NOT NULL,
          PRIMARY KEY (kind, key)) WITHOUT ROWID
        """);
    for (Block block : file.await(this::kept)) {
      memory.block(block.kind(), block.key(), block.since(), block.until());
    }
  }

  @Override
  public void block(Kind kind, String key, Instant since, Instant until) {
    memory.block(kind, key, since, until);
    long now = clock.millis();
    keep(
        open -> {
          forget(open, now);
          try (PreparedStatement insert =
              open.prepareStatement(
                  """
                  INSERT INTO block (kind, key, since, until) VALUES (?, ?, ?, ?)
                  ON CONFLICT DO UPDATE SET
                    since = max(since, excluded.since), until = max(until, excluded.until)
                  """)) {
            insert.setString(1, kind.name());
            insert.setString(2, key);
            insert.setLong(3, millis(roundedUp(since)));
            insert.setLong(4, millis(until));
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public void lift(Kind kind, String key) {
    memory.lift(kind, key);
    keep(
        open -> {
          try (PreparedStatement delete =
              open.prepareStatement("DELETE FROM block WHERE kind = ? AND key = ?")) {
            delete.setString(1, kind.name());
            delete.setString(2, key);
            return delete.executeUpdate();
          }
        });
  }

  @Override
  public boolean blocked(Kind kind, String key, Instant issuedAt) {
    return memory.blocked(kind, key, issuedAt);
  }

  @Override
  public List<Block> all() {
    return memory.all();
  }

  @Override
  public long epoch() {
    return memory.epoch();
  }

  /// A virtual thread waits for the disk; others, which must not, go on.
  private void keep(StateFile.Work<Integer> work) {
    if (Thread.currentThread().isVirtual()) {
      var unused = file.await(work);
    } else {
      var unused = file.begin(work);
    }
  }

  private List<Block> kept(Connection open) throws SQLException {
    forget(open, clock.millis());
    List<Block> all = new ArrayList<>();
    try (Statement select = open.createStatement();
        ResultSet rows = select.executeQuery("SELECT kind, key, since, until FROM block")) {
      while (rows.next()) {
        all.add(
            new Block(
                Kind.valueOf(rows.getString(1)),
                rows.getString(2),
                Instant.ofEpochMilli(rows.getLong(3)),
                Instant.ofEpochMilli(rows.getLong(4))));
      }
    }
    return all;
  }

  private static void forget(Connection open, long now) throws SQLException {
    try (PreparedStatement over = open.prepareStatement("DELETE FROM block WHERE until <= ?")) {
      over.setLong(1, now);
      over.executeUpdate();
    }
  }

  /// Who was issued just before is shut out too.
  private static Instant roundedUp(Instant since) {
    return since.isBefore(LAST) ? since.plusNanos(999_999) : since;
  }

  private static long millis(Instant instant) {
    return instant.isAfter(LAST)
        ? LAST.toEpochMilli()
        : instant.isBefore(Instant.EPOCH) ? 0 : instant.toEpochMilli();
  }
}
