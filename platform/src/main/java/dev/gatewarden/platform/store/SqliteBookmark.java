package dev.gatewarden.platform.store;

import dev.gatewarden.core.identity.Bookmark;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/// A bookmark that outlives the gate, in the file of what it marks: both are written in order.
public final class SqliteBookmark implements Bookmark {
  private final StateFile file;
  private final String name;
  private volatile String mark;

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
  }

  @Override
  public String read() {
    return mark;
  }

  @Override
  public void write(String latest) {
    mark = latest;
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
    if (Thread.currentThread().isVirtual()) {
      var unused = file.await(work);
    } else {
      var unused = file.begin(work);
    }
  }
}
