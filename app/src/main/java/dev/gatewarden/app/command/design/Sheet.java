package dev.gatewarden.app.command.design;

import java.util.List;

/// What one design output says, before it is known how it is written.
///
/// @param notes sentences under the title, for people
/// @param columns of every table
public record Sheet(String title, List<String> notes, List<Column> columns, List<Table> tables) {
  public Sheet {
    notes = List.copyOf(notes);
    columns = List.copyOf(columns);
    tables = List.copyOf(tables);
  }

  /// What stands below one another.
  ///
  /// @param many whether a cell may hold several texts
  public record Column(String name, boolean many) {
    public static Column one(String name) {
      return new Column(name, false);
    }

    public static Column many(String name) {
      return new Column(name, true);
    }
  }

  /// Rows under a heading.
  ///
  /// @param left rows that people are spared and machines read
  public record Table(String name, List<Row> rows, List<Row> left) {
    public Table {
      rows = List.copyOf(rows);
      left = List.copyOf(left);
    }

    public Table(String name, List<Row> rows) {
      this(name, rows, List.of());
    }
  }

  /// How a row looks at a glance.
  public enum Mark {
    NONE,
    GOOD,
    FAIR,
    BAD
  }

  /// One row: as many cells as columns, each of texts.
  public record Row(Mark mark, List<List<String>> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }
}
