package dev.gatewarden.controls.guards.upload.archive;

import dev.gatewarden.controls.guards.upload.format.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The directory of a zip, where it has one reading (APPNOTE 6.3.10).
///
/// Readers that go by the directory and readers that go from entry to entry find the same: entries
/// lie one behind the other from the first byte to the directory, none over another, nothing
/// between them, and say the same of themselves in both places.
public final class Zip {
  private static final int END = 22;
  private static final int HEAD = 46;
  private static final int LOCAL = 30;
  private static final int ENCRYPTED = 1;
  private static final int DESCRIBED_BEHIND = 8;
  private static final int UNICODE_PATH = 0x7075;
  private static final int LINK = 0xA000;
  private static final int KIND = 0xF000;
  private static final int MOST = 100_000;

  private final View v;

  private Zip(View v) {
    this.v = v;
  }

  /// One entry.
  ///
  /// @param method 0 for stored, 8 for deflated
  /// @param sum the CRC-32 of what it unpacks to
  /// @param packed bytes in the archive
  /// @param size bytes it says it unpacks to
  /// @param data where its bytes begin
  public record Entry(
      String name,
      int flags,
      int method,
      long sum,
      long packed,
      long size,
      int local,
      int data,
      boolean link) {
    boolean encrypted() {
      return (flags & ENCRYPTED) != 0 || method == 99;
    }

    int end() {
      return data + (int) packed;
    }
  }

  /// The entries in the order of the directory; null where there is no one reading.
  public static @Nullable List<Entry> entries(View v) {
    return new Zip(v).read();
  }

  private @Nullable List<Entry> read() {
    int end = end();
    if (end < 0) {
      return null;
    }
    int count = v.little2(end + 10);
    long size = v.little4(end + 12);
    long start = v.little4(end + 16);
    boolean one = v.little4(end + 4) == 0 && v.little2(end + 8) == count;
    if (!one || start + size != end || count > MOST || (long) count * HEAD > size) {
      return null;
    }
    List<Entry> entries = new ArrayList<>(count);
    Set<String> names = new HashSet<>();
    int at = (int) start;
    for (int i = 0; i < count; i++) {
      Entry entry = entry(at, (int) start);
      if (entry == null || !names.add(entry.name())) {
        return null;
      }
      entries.add(entry);
      at += HEAD + v.little2(at + 28) + v.little2(at + 30) + v.little2(at + 32);
    }
    return at == end && inLine(entries, (int) start) ? entries : null;
  }

  /// The last record, whose comment ends the file and holds no other.
  private int end() {
    int least = Math.max(0, v.size() - END - 0xFFFF);
    int found = -1;
    for (int at = v.size() - END; at >= least; at--) {
      if (v.at(at) == 'P' && v.stands(at, "PK\5\6")) {
        if (found >= 0 || at + END + v.little2(at + 20) != v.size()) {
          return -1;
        }
        found = at;
        // a second one further in front would be the directory of another reader
        least = Math.max(least, at - END);
      }
    }
    return found;
  }

  private @Nullable Entry entry(int at, int start) {
    if (!v.stands(at, "PK\1\2") || !v.has(at, HEAD)) {
      return null;
    }
    int length = v.little2(at + 28);
    if (!v.has(at + HEAD, length + v.little2(at + 30) + v.little2(at + 32))) {
      return null;
    }
    long packed = v.little4(at + 20);
    long local = v.little4(at + 42);
    if (packed > start || local > start || v.little4(at + 24) == 0xFFFFFFFFL) {
      return null;
    }
    String name = name(at + HEAD, length);
    int flags = v.little2(at + 8);
    int method = v.little2(at + 10);
    int data = data((int) local, name, flags, method, at);
    if (data < 0 || data + packed > start) {
      return null;
    }
    boolean link = (v.little4(at + 38) >>> 16 & KIND) == LINK;
    return new Entry(
        name,
        flags,
        method,
        v.little4(at + 16),
        packed,
        v.little4(at + 24),
        (int) local,
        data,
        link);
  }

  private String name(int at, int length) {
    return new String(v.stretch(at, length).copy(), StandardCharsets.ISO_8859_1);
  }

  /// Where an entry's bytes begin, if its own head says of it what the directory says; else -1.
  private int data(int local, String name, int flags, int method, int directory) {
    if (!v.stands(local, "PK\3\4") || !v.has(local, LOCAL)) {
      return -1;
    }
    int length = v.little2(local + 26);
    int extra = v.little2(local + 28);
    boolean same =
        length == name.length()
            && v.has(local + LOCAL, length + extra)
            && name(local + LOCAL, length).equals(name)
            && v.little2(local + 6) == flags
            && v.little2(local + 8) == method;
    boolean behind = (flags & DESCRIBED_BEHIND) != 0;
    for (int i = 0; i < 12 && same; i += 4) {
      long said = v.little4(local + 14 + i);
      same = said == v.little4(directory + 16 + i) || behind && said == 0;
    }
    // who goes from entry to entry does not know where bytes end that are stored as they are
    same &= !behind || method != 0 || v.little4(directory + 20) == 0;
    same &= !renamed(local + LOCAL + length, extra);
    same &= !renamed(directory + HEAD + length, v.little2(directory + 30));
    return same ? local + LOCAL + length + extra : -1;
  }

  /// Whether an extra field gives the entry another name, which some readers take (section 4.6.9).
  private boolean renamed(int from, int length) {
    for (int at = from; at + 4 <= from + length; at += 4 + v.little2(at + 2)) {
      if (v.little2(at) == UNICODE_PATH) {
        return true;
      }
    }
    return false;
  }

  /// Whether the entries fill the file up to the directory.
  private boolean inLine(List<Entry> entries, int start) {
    List<Entry> order = new ArrayList<>(entries);
    order.sort(Comparator.comparingInt(Entry::local));
    int at = 0;
    for (Entry entry : order) {
      if (entry.local() != at) {
        return false;
      }
      at = behind(entry);
    }
    return at == start;
  }

  /// Behind an entry and the record of its sizes, which some writers put behind it (section 4.3.9).
  private int behind(Entry entry) {
    int end = entry.end();
    if ((entry.flags() & DESCRIBED_BEHIND) == 0) {
      return end;
    }
    int marked = v.stands(end, "PK\7\b") ? 4 : 0;
    boolean plain =
        v.little4(end + marked) == entry.sum()
            && v.little4(end + marked + 4) == entry.packed()
            && v.little4(end + marked + 8) == entry.size();
    return plain ? end + marked + 12 : -1;
  }
}
