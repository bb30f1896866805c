package dev.gatewarden.platform.store;

import dev.gatewarden.core.identity.Bookmark;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/// A bookmark that outlives the gate, in the file of what it marks: both are written in order.
public final class SqliteBookmark implements Bookmark {
  private final StateFile file;
  private final String name;

  /// What the file holds when everything that was begun is done.
  private volatile String mark;

  /// What it holds for certain, and how many writings are under way; both are of who holds the
  /// lock, in whose order the file writes.
  private String kept;

  private int begun;

  /// @param name which of the bookmarks in this file
  public SqliteBookmark(StateFile file, String name) {
    this.file = file;
    this.name = name;
    file.make(
        """
        CREATE TABLE IF NOT EXISTS bookmark (
          name TEXT NOT NULL PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID
        """);
    this.mark =
        file.await(
            open -> {
              try (PreparedStatement select =
                  open.prepareStatement("SELECT mark FROM bookmark WHERE name = ?")) {
                select.setString(1, name);
                try (ResultSet rows = select.executeQuery()) {
                  return rows.next() ? rows.getString(1) : "";
                }
              }
            });
    this.kept = mark;
  }

  @Override
  public String read() {
    return mark;
  }

  @Override
  public void write(String latest) {
    StateFile.Work<Integer> work =
        open -> {
          try (PreparedStatement insert =
              open.prepareStatement(
                  """
                  INSERT INTO bookmark (name, mark) VALUES (?, ?)
                  ON CONFLICT DO UPDATE SET mark = excluded.mark
                  """)) {
            insert.setString(1, name);
            insert.setString(2, latest);
            return insert.executeUpdate();
          }
        };
    CompletableFuture<Integer> writing = begin(latest, work);
    if (Thread.currentThread().isVirtual()) {
      var unused = file.await(writing);
    }
  }

  private synchronized CompletableFuture<Integer> begin(
      String latest, StateFile.Work<Integer> work) {
    mark = latest;
    begun++;
    try {
      return file.begin(work).whenComplete((_, fault) -> ended(latest, fault == null));
    } catch (RejectedExecutionException busy) {
      ended(latest, false);
      throw busy;
    }
  }

  /// What the disk refused is not there: who compares writes it again.
  private synchronized void ended(String latest, boolean written) {
    begun--;
    if (written) {
      kept = latest;
    }
    if (begun == 0) {
      mark = kept;
    }
  }
}
