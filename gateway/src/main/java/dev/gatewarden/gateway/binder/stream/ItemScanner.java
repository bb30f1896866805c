package dev.gatewarden.gateway.binder.stream;

/// Finds where the items of one stream end, whatever pieces it comes in; looks at each byte once.
public final class ItemScanner {
  private static final byte SEPARATOR = 0x1E;

  private final Framing framing;

  /// How far the item that has begun was looked at, and what was seen of it.
  private int seen;

  private boolean lineHasText;
  private int depth;
  private boolean any;
  private boolean quoted;
  private boolean escaped;

  public ItemScanner(Framing framing) {
    this.framing = framing;
  }

  /// Where the item ends that begins at `from`: the offset behind it, or -1 where more has to come.
  ///
  /// @param last whether nothing more comes
  public int end(byte[] bytes, int from, int to, boolean last) {
    int end =
        switch (framing) {
          case LINES -> line(bytes, from, to);
          case SEQUENCE -> text(bytes, from, to);
          case EVENTS -> event(bytes, from, to, last);
        };
    if (end < 0 && last && to > from) {
      end = to;
    }
    if (end < 0) {
      return -1;
    }
    seen = 0;
    depth = 0;
    lineHasText = false;
    any = false;
    quoted = false;
    escaped = false;
    return end;
  }

  private int line(byte[] bytes, int from, int to) {
    for (int at = from + seen; at < to; at++) {
      if (bytes[at] == '\n') {
        return at + 1;
      }
    }
    seen = to - from;
    return -1;
  }

  /// A separator begins the next text in any case; a line feed behind a whole value ends one, so
  /// that nobody waits for the next.
  private int text(byte[] bytes, int from, int to) {
    for (int at = from + seen; at < to; at++) {
      byte b = bytes[at];
      if (b == SEPARATOR) {
        if (at > from) {
          return at;
        }
      } else if (escaped) {
        escaped = false;
      } else if (quoted) {
        quoted = b != '"';
        escaped = b == '\\';
      } else if (b == '\n' && any && depth <= 0) {
        return at + 1;
      } else if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        any = true;
        quoted = b == '"';
        depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
      }
    }
    seen = to - from;
    return -1;
  }

  /// A blank line ends an event; lines end with CR, LF or both.
  private int event(byte[] bytes, int from, int to, boolean last) {
    for (int at = from + seen; at < to; at++) {
      byte b = bytes[at];
      if (b != '\r' && b != '\n') {
        lineHasText = true;
        continue;
      }
      if (b == '\r' && at + 1 == to && !last) {
        seen = at - from;
        return -1;
      }
      if (b == '\r' && at + 1 < to && bytes[at + 1] == '\n') {
        at++;
      }
      if (!lineHasText) {
        return at + 1;
      }
      lineHasText = false;
    }
    seen = to - from;
    return -1;
  }
}
