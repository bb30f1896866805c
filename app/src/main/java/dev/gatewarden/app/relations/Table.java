package dev.gatewarden.app.relations;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of comma-separated cells (RFC 4180), read one at a time.
public final class Table {
  private static final int LONGEST = 64 << 10;

  private final Reader in;
  private int line = 1;
  private int ahead = -2;

  public Table(Reader in) {
    this.in = in;
  }

  /// Where the next row begins, from 1.
  public int line() {
    return line;
  }

  /// The next row; null at the end.
  ///
  /// @throws IllegalArgumentException when it is none
  /// @throws IOException when it cannot be read
  public @Nullable List<String> next() throws IOException {
    if (peek() < 0) {
      return null;
    }
    List<String> cells = new ArrayList<>();
    int length = 0;
    while (true) {
      StringBuilder cell = new StringBuilder();
      boolean quoted = peek() == '"';
      if (quoted) {
        read();
      }
      while (quoted ? !closed(cell) : !ends(peek())) {
        if (peek() < 0) {
          throw new IllegalArgumentException("a quotation mark is never closed");
        }
        if (!quoted && peek() == '"') {
          throw new IllegalArgumentException("a quotation mark stands within a cell");
        }
        cell.append((char) read());
        if (++length > LONGEST) {
          throw new IllegalArgumentException("a row is longer than " + LONGEST + " characters");
        }
      }
      cells.add(cell.toString());
      int end = read();
      if (end == '\r' && peek() == '\n') {
        end = read();
      }
      if (end != ',') {
        return cells;
      }
    }
  }

  /// Whether a quoted cell ends here; two marks are one.
  private boolean closed(StringBuilder cell) throws IOException {
    while (peek() == '"') {
      read();
      if (peek() != '"') {
        if (!ends(peek())) {
          throw new IllegalArgumentException("something stands behind a quotation mark");
        }
        return true;
      }
      cell.append((char) read());
    }
    return false;
  }

  private static boolean ends(int c) {
    return c < 0 || c == ',' || c == '\n' || c == '\r';
  }

  private int peek() throws IOException {
    if (ahead == -2) {
      ahead = in.read();
    }
    return ahead;
  }

  private int read() throws IOException {
    int c = peek();
    ahead = -2;
    if (c == '\n') {
      line++;
    }
    return c;
  }

  /// Cells as a row, without its end.
  public static String row(List<String> cells) {
    StringBuilder row = new StringBuilder();
    for (String cell : cells) {
      row.append(row.isEmpty() ? "" : ",");
      boolean plain = true;
      for (int i = 0; i < cell.length(); i++) {
        plain &= ",\"\r\n".indexOf(cell.charAt(i)) < 0;
      }
      if (plain) {
        row.append(cell);
      } else {
        row.append('"').append(cell.replace("\"", "\"\"")).append('"');
      }
    }
    return row.toString();
  }
}
