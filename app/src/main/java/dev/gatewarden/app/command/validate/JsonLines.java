package dev.gatewarden.app.command.validate;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The lines of a stream, one document each, of which only one is held at a time.
public final class JsonLines {
  private static final int FIRST = 1 << 16;

  private final int most;
  private final Each each;
  private byte[] held = new byte[FIRST];
  private int filled;
  private int lineFrom;
  private long line = 1;
  private boolean tooLong;

  /// Who takes the lines; blank ones are left out.
  public interface Each {

    /// A line.
    ///
    /// @param number from 1, blank ones counted
    /// @param text valid until this returns, in the range alone
    void line(long number, byte[] text, int from, int to);

    /// A line that is longer than it may be; none of it is kept.
    void tooLong(long number);

    /// No more can be had without waiting.
    void pause();
  }

  /// @param most bytes of one line
  public JsonLines(int most, Each each) {
    this.most = most;
    this.each = each;
  }

  /// Reads to the end.
  public void read(InputStream from) throws IOException {
    while (true) {
      if (filled == held.length) {
        makeRoom();
      }
      if (from.available() == 0) {
        each.pause();
      }
      int count = from.read(held, filled, held.length - filled);
      if (count < 0) {
        end(filled);
        return;
      }
      int scanned = filled;
      filled += count;
      scan(scanned);
    }
  }

  private void scan(int at) {
    for (int i = at; i < filled; i++) {
      if (held[i] == '\n') {
        end(i);
        lineFrom = i + 1;
        line++;
      }
    }
    if (filled - lineFrom > most) {
      tooLong = true;
    }
    if (tooLong || lineFrom == filled) {
      lineFrom = 0;
      filled = 0;
    }
  }

  /// The line that began at the mark and ends here.
  private void end(int to) {
    if (tooLong || to - lineFrom > most) {
      each.tooLong(line);
    } else if (!blank(to)) {
      each.line(line, held, lineFrom, to);
    }
    tooLong = false;
  }

  private boolean blank(int to) {
    for (int i = lineFrom; i < to; i++) {
      if (held[i] != ' ' && held[i] != '\t' && held[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void makeRoom() {
    if (lineFrom > 0) {
      System.arraycopy(held, lineFrom, held, 0, filled - lineFrom);
      filled -= lineFrom;
      lineFrom = 0;
    } else {
      held = Arrays.copyOf(held, (int) Math.min(2L * held.length, (long) most + FIRST));
    }
  }
}
