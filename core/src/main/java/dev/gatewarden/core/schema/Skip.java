package dev.gatewarden.core.schema;

/// Reads values nobody describes: they must be JSON, within the bounds, without a name that comes
/// twice.
final class Skip {

  private Skip() {}

  /// The offset behind the value, or the complement of where it breaks.
  static int value(Visit v, int at) {
    if (at >= v.to) {
      return v.broken(at, Keyword.SYNTAX);
    }
    return switch (v.bytes[at]) {
      case '"' -> {
        int quote = Scan.string(v, at + 1);
        yield quote < 0 ? quote : quote + 1;
      }
      case '{', '[' -> v.composites > 0 ? once(v, at) : container(v, at);
      case 't', 'f', 'n' -> BasicRules.word(v, at);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Numbers.end(v, at);
      default -> v.broken(at, Keyword.SYNTAX);
    };
  }

  /// Inside a value that is read several times, each object and array is skipped by bytes only
  /// once.
  private static int once(Visit v, int at) {
    int known = v.memo.get(Memo.SKIPPED, at);
    if (known != Memo.NONE) {
      return known;
    }
    int end = container(v, at);
    if (end >= 0) {
      v.memo.put(Memo.SKIPPED, at, end);
    }
    return end;
  }

  private static int container(Visit v, int at) {
    return v.bytes[at] == '{' ? object(v, at) : array(v, at);
  }

  private static int object(Visit v, int start) {
    if (++v.depth > v.bounds.depth()) {
      return v.broken(start, Keyword.MAX_DEPTH);
    }
    byte[] b = v.bytes;
    int to = v.to;
    int names = v.keys.top();
    int left = v.bounds.keys();
    int at = Scan.behind(b, start + 1, to);
    if (at < to && b[at] == '}') {
      v.depth--;
      return at + 1;
    }
    while (true) {
      if (at >= to || b[at] != '"') {
        return v.broken(at, Keyword.SYNTAX);
      }
      int quote = Scan.string(v, at + 1);
      if (quote < 0) {
        return quote;
      }
      if (!v.keys.add(v, names, at + 1, quote)) {
        return v.broken(at, Keyword.DUPLICATE_KEY);
      }
      if (--left < 0) {
        return v.broken(at, Keyword.MAX_KEYS);
      }
      int value = Scan.colon(b, quote + 1, to);
      if (value < 0) {
        return v.broken(~value, Keyword.SYNTAX);
      }
      int end = value(v, value);
      if (end < 0) {
        return end;
      }
      at = Scan.behind(b, end, to);
      if (at < to && b[at] == ',') {
        at = Scan.behind(b, at + 1, to);
      } else if (at < to && b[at] == '}') {
        v.depth--;
        v.keys.release(names);
        return at + 1;
      } else {
        return v.broken(at, Keyword.SYNTAX);
      }
    }
  }

  private static int array(Visit v, int start) {
    if (++v.depth > v.bounds.depth()) {
      return v.broken(start, Keyword.MAX_DEPTH);
    }
    byte[] b = v.bytes;
    int to = v.to;
    int left = v.bounds.items();
    int at = Scan.behind(b, start + 1, to);
    if (at < to && b[at] == ']') {
      v.depth--;
      return at + 1;
    }
    while (true) {
      if (--left < 0) {
        return v.broken(start, Keyword.MAX_ITEMS);
      }
      int end = value(v, at);
      if (end < 0) {
        return end;
      }
      at = Scan.behind(b, end, to);
      if (at < to && b[at] == ',') {
        at = Scan.behind(b, at + 1, to);
      } else if (at < to && b[at] == ']') {
        v.depth--;
        return at + 1;
      } else {
        return v.broken(at, Keyword.SYNTAX);
      }
    }
  }

  /// The offset behind a value that was judged before: only brackets and quotes are followed, and
  /// what was
  /// read several times is leapt over.
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
