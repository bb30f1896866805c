package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an array must obey, item by item, in one pass.
final class ArrayRule extends Rule {

  /// A limit of the number of items.
  record Size(Node owner, Keyword word, int limit) {
    boolean holds(int count) {
      return word == Keyword.MAX_ITEMS ? count <= limit : count >= limit;
    }
  }

  /// A rule that some items must obey.
  record Contains(Node owner, Branching.Branch branch, int least, int most, boolean stated) {}

  private final Rule[] prefix;
  private final Rule rest;
  private final Size[] sizes;
  private final Contains[] contains;
  private final @Nullable Node unique;
  private final int most;
  private final boolean limited;

  /// @param unique the schema that wants no item twice, or null
  ArrayRule(
      Rule[] prefix, Rule rest, List<Size> sizes, List<Contains> contains, @Nullable Node unique) {
    this.prefix = prefix;
    this.rest = rest;
    this.sizes = sizes.toArray(new Size[0]);
    this.contains = contains.toArray(new Contains[0]);
    this.unique = unique;
    int high = Integer.MAX_VALUE;
    for (Size size : sizes) {
      high = size.word() == Keyword.MAX_ITEMS ? Math.min(high, size.limit()) : high;
    }
    most = high;
    limited = high < Integer.MAX_VALUE;
  }

  @Override
  int scan(Visit v, int start) {
    if (start >= v.to || v.bytes[start] != '[') {
      return otherwise.scan(v, start);
    }
    if (++v.depth > v.bounds.depth()) {
      return v.broken(start, Keyword.MAX_DEPTH);
    }
    byte[] b = v.bytes;
    int to = v.to;
    int bound = limited ? v.bounds.mostItems() : v.bounds.items();
    int counters = contains.length == 0 ? 0 : v.reserve(contains.length);
    int separator = start;
    int count = 0;
    int at = Scan.behind(b, start + 1, to);
    if (at < to && b[at] == ']') {
      return finish(v, start, at + 1, 0, counters);
    }
    while (true) {
      if (count >= bound) {
        return v.broken(start, Keyword.MAX_ITEMS);
      }
      if (count == most) {
        int bad = sizes(v, start, count + 1);
        if (bad < 0) {
          return bad;
        }
      }
      v.separator = separator;
      v.name = -1;
      v.awaited += contains.length;
      int end = count < prefix.length ? prefix[count].scan(v, at) : rest.scan(v, at);
      v.awaited -= contains.length;
      if (end >= 0 && contains.length > 0) {
        int bad = contained(v, at, counters, separator);
        end = bad < 0 ? bad : end;
      }
      if (end < 0) {
        return end;
      }
      count++;
      at = Scan.behind(b, end, to);
      if (at < to && b[at] == ',') {
        separator = at;
        at = Scan.behind(b, at + 1, to);
      } else if (at < to && b[at] == ']') {
        return finish(v, start, at + 1, count, counters);
      } else {
        return v.broken(at, Keyword.SYNTAX);
      }
    }
  }

  private int contained(Visit v, int at, int counters, int separator) {
    int bad = 0;
    v.again++;
    for (int i = 0; i < contains.length && bad >= 0; i++) {
      if (contains[i].branch().holds(v, at)) {
        v.word(counters + i, v.word(counters + i) + 1);
        v.separator = separator;
        v.name = -1;
        bad = contains[i].branch().keep(v, at);
      }
    }
    v.again--;
    return bad;
  }

  private int finish(Visit v, int start, int end, int count, int counters) {
    v.depth--;
    int bad = count <= most ? sizes(v, start, count) : 0;
    if (bad >= 0 && contains.length > 0) {
      bad = counted(v, start, counters);
      v.wordTop = counters;
    }
    if (bad >= 0 && unique != null && count > 1 && !Unique.items(v, start, count)) {
      bad = v.fail(start, unique, Keyword.UNIQUE_ITEMS);
    }
    return bad < 0 ? bad : end;
  }

  private int sizes(Visit v, int start, int count) {
    for (Size size : sizes) {
      if (!size.holds(count)) {
        int bad = v.fail(start, size.owner(), size.word());
        if (bad < 0) {
          return bad;
        }
      }
    }
    return 0;
  }

  private int counted(Visit v, int start, int counters) {
    for (int i = 0; i < contains.length; i++) {
      long count = v.word(counters + i);
      Contains one = contains[i];
      int bad = 0;
      if (count < one.least()) {
        bad = v.fail(start, one.owner(), one.stated() ? Keyword.MIN_CONTAINS : Keyword.CONTAINS);
      } else if (count > one.most()) {
        bad = v.fail(start, one.owner(), Keyword.MAX_CONTAINS);
      }
      if (bad < 0) {
        return bad;
      }
    }
    return 0;
  }
}
