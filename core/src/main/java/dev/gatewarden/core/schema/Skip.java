package dev.gatewarden.core.schema;

/// Reads values nobody describes: they must be JSON, within the bounds, without a name that comes
/// twice.
final class Skip {

  private Skip() {}

  /// Of an object or array that is open: where it begins, how many members or items it may still
  /// take, and where its names are kept ([#NO_NAMES] in an array).
  static final int LEVEL = 3;

  private static final int NO_NAMES = -1;

  /// The offset behind the value, or the complement of where it breaks.
  static int value(Visit v, int at) {
    return opens(v.bytes, at, v.to) ? nested(v, at) : scalar(v, at);
  }

  private static boolean opens(byte[] b, int at, int to) {
    return at < to && (b[at] == '{' || b[at] == '[');
  }

  private static int scalar(Visit v, int at) {
    if (at >= v.to) {
      return v.broken(at, Keyword.SYNTAX);
    }
    return switch (v.bytes[at]) {
      case '"' -> {
        int quote = Scan.string(v, at + 1);
        yield quote < 0 ? quote : quote + 1;
      }
      case 't', 'f', 'n' -> BasicRules.word(v, at);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Numbers.end(v, at);
      default -> v.broken(at, Keyword.SYNTAX);
    };
  }

  /// An object or array with all it holds: a loop, because a call for each bracket costs more than
  /// the bracket.
  ///
  /// Inside a value that is read several times, each object and array is skipped by bytes only
  /// once.
  private static int nested(Visit v, int from) {
    byte[] b = v.bytes;
    int to = v.to;
    int[] levels = v.levels();
    int deepest = (v.bounds.depth() - v.depth) * LEVEL;
    int open = 0;
    int start = from;
    int left = 0;
    int names = NO_NAMES;
    int at = from;
    while (true) {
      int end;
      if (opens(b, at, to)) {
        end = v.composites > 0 ? v.memo.get(Memo.SKIPPED, at) : Memo.NONE;
        if (end < 0) {
          if (open >= deepest) {
            return v.broken(at, Keyword.MAX_DEPTH);
          }
          int first = Scan.behind(b, at + 1, to);
          if (closes(b, first, to, at)) {
            end = first + 1;
          } else {
            levels[open] = start;
            levels[open + 1] = left;
            levels[open + 2] = names;
            open += LEVEL;
            start = at;
            left = b[at] == '{' ? v.bounds.keys() : v.bounds.items();
            names = b[at] == '{' ? v.keys.top() : NO_NAMES;
            at = first;
          }
        }
      } else {
        end = scalar(v, at);
        if (end < 0) {
          return end;
        }
      }
      while (end >= 0) {
        if (open == 0) {
          return end;
        }
        at = Scan.behind(b, end, to);
        byte next = at < to ? b[at] : 0;
        if (next == ',') {
          at = Scan.behind(b, at + 1, to);
          break;
        }
        if (next != (names == NO_NAMES ? ']' : '}')) {
          return v.broken(at, Keyword.SYNTAX);
        }
        end = at + 1;
        if (v.composites > 0) {
          v.memo.put(Memo.SKIPPED, start, end);
        }
        if (names != NO_NAMES) {
          v.keys.release(names);
        }
        open -= LEVEL;
        start = levels[open];
        left = levels[open + 1];
        names = levels[open + 2];
      }
      left--;
      if (names != NO_NAMES) {
        at = member(v, at, names, left);
        if (at < 0) {
          return at;
        }
      } else if (left < 0) {
        return v.broken(start, Keyword.MAX_ITEMS);
      }
    }
  }

  /// Whether the bracket that closes what begins at a given place stands here.
  private static boolean closes(byte[] b, int at, int to, int start) {
    return at < to && b[at] == (b[start] == '{' ? '}' : ']');
  }

  /// Reads a name that its object may not have yet; the offset of the value.
  ///
  /// @param left how many members may follow this one; negative when it is one too many
  private static int member(Visit v, int at, int names, int left) {
    if (at >= v.to || v.bytes[at] != '"') {
      return v.broken(at, Keyword.SYNTAX);
    }
    int quote = Scan.string(v, at + 1);
    if (quote < 0) {
      return quote;
    }
    if (!v.keys.add(v, names, at + 1, quote)) {
      return v.broken(at, Keyword.DUPLICATE_KEY);
    }
    if (left < 0) {
      return v.broken(at, Keyword.MAX_KEYS);
    }
    int value = Scan.colon(v.bytes, quote + 1, v.to);
    return value < 0 ? v.broken(~value, Keyword.SYNTAX) : value;
  }

  /// The offset behind a value that was judged before: only brackets and quotes are followed, and
  /// what was read several times is leapt over.
  static int judged(Visit v, int at) {
    byte[] b = v.bytes;
    int depth = 0;
    int i = at;
    while (true) {
      byte c = b[i++];
      if (c == '"') {
        i = quote(b, i) + 1;
        if (depth == 0) {
          return i;
        }
      } else if (c == '{' || c == '[') {
        int known = v.memo.get(Memo.SKIPPED, i - 1);
        if (known < 0) {
          depth++;
          continue;
        }
        i = known;
        if (depth == 0) {
          return i;
        }
      } else if (c == '}' || c == ']') {
        if (--depth == 0) {
          return i;
        }
      } else if (depth == 0) {
        return bare(b, i);
      }
    }
  }

  /// The offset behind a value of a document that was judged to be JSON.
  static int over(byte[] b, int at) {
    int depth = 0;
    int i = at;
    while (true) {
      byte c = b[i++];
      if (c == '"') {
        i = quote(b, i) + 1;
      } else if (c == '{' || c == '[') {
        depth++;
        continue;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (depth == 0) {
        return bare(b, i);
      }
      if (depth == 0) {
        return i;
      }
    }
  }

  private static int bare(byte[] b, int from) {
    int i = from;
    while (i < b.length && (b[i] > ',' || b[i] == '+') && b[i] != ']' && b[i] != '}') {
      i++;
    }
    return i;
  }

  /// Behind a judged member or item: the next one, or the closing bracket.
  static int next(Visit v, int end) {
    byte[] b = v.bytes;
    int at = Scan.space(b, end, v.to);
    return b[at] == ',' ? Scan.space(b, at + 1, v.to) : at;
  }

  /// The closing quote of a string, or the limit where it has none.
  static int quote(byte[] b, int from, int to) {
    int i = from;
    while (i < to && b[i] != '"') {
      i += b[i] == '\\' ? 2 : 1;
    }
    return Math.min(i, to);
  }

  /// The closing quote of a string that was judged before.
  static int quote(byte[] b, int from) {
    int i = from;
    while (b[i] != '"') {
      i += b[i] == '\\' ? 2 : 1;
    }
    return i;
  }
}
