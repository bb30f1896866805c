package dev.gatewarden.controls.guards.upload.archive;

import dev.gatewarden.controls.guards.upload.format.View;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Walks through a tar (POSIX.1-2017, pax, `ustar` interchange format).
///
/// Files and folders only: links, devices and sparse files are unsafe. Long names come in entries
/// of their own, and are names like the others.
final class Tar {
  private static final int BLOCK = 512;

  private final View v;
  private final Room room;
  private @Nullable String longName;

  Tar(View v, Room room) {
    this.v = v;
    this.room = room;
  }

  Fault judge(Archives.Within within) {
    int at = 0;
    while (v.has(at, BLOCK) && !empty(at)) {
      long size = octal(at + 124, 12);
      if (!sound(at) || size < 0 || !v.has(at + BLOCK, (int) Math.min(size, Integer.MAX_VALUE))) {
        return Fault.BROKEN;
      }
      Fault fault = entry(at, (int) size, within);
      if (fault != Fault.NONE) {
        return fault;
      }
      at += BLOCK + (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
    }
    return ended(at) ? Fault.NONE : Fault.BROKEN;
  }

  private Fault entry(int at, int size, Archives.Within within) {
    if (!room.takeEntry() || !room.bytes().take(size)) {
      return Fault.TOO_MUCH;
    }
    return switch (v.at(at + 156)) {
      case '0', 0 -> {
        Fault fault = named(at);
        yield fault == Fault.NONE && size > 0 ? within.judge(v.stretch(at + BLOCK, size)) : fault;
      }
      case '5' -> named(at);
      case 'L' -> {
        longName = text(at + BLOCK, size);
        yield Fault.NONE;
      }
      case 'x' -> extended(at + BLOCK, size);
      default -> Fault.UNSAFE;
    };
  }

  private Fault named(int at) {
    String own = text(at, 100);
    String prefix = v.stands(at + 257, "ustar\0") ? text(at + 345, 155) : "";
    String name = prefix.isEmpty() ? own : prefix + "/" + own;
    boolean safe = EntryName.isSafe(name) && (longName == null || EntryName.isSafe(longName));
    longName = null;
    return safe ? Fault.NONE : Fault.UNSAFE;
  }

  /// Records of a pax header: `length key=value`; a name may come this way, a size or a link not.
  private Fault extended(int from, int size) {
    int at = from;
    int end = from + size;
    while (at < end) {
      int space = at;
      long length = 0;
      while (space < end && v.at(space) >= '0' && v.at(space) <= '9' && length < size) {
        length = length * 10 + v.at(space++) - '0';
      }
      if (v.at(space) != ' ' || length < 5 || at + length > end) {
        return Fault.BROKEN;
      }
      String record = utf8(space + 1, (int) (at + length) - 1 - (space + 1));
      if (record.startsWith("path=")) {
        longName = record.substring(5);
      } else if (record.startsWith("size=")
          || record.startsWith("linkpath=")
          || record.startsWith("GNU.sparse")) {
        return Fault.UNSAFE;
      }
      at += (int) length;
    }
    return Fault.NONE;
  }

  /// The text up to its first zero byte.
  private String text(int at, int length) {
    int end = at;
    while (end < at + length && v.at(end) > 0) {
      end++;
    }
    return utf8(at, end - at);
  }

  private String utf8(int at, int length) {
    return length <= 0 ? "" : new String(v.stretch(at, length).copy(), StandardCharsets.UTF_8);
  }

  /// The sum of the head, its own field taken as spaces.
  private boolean sound(int at) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : v.at(at + i);
    }
    return sum == octal(at + 148, 8);
  }

  /// An octal number that ends in a space or a zero byte; -1 where there is none.
  private long octal(int at, int length) {
    long value = 0;
    int i = at;
    while (i < at + length && v.at(i) == ' ') {
      i++;
    }
    int first = i;
    for (; i < at + length && v.at(i) >= '0' && v.at(i) <= '7'; i++) {
      value = value << 3 | v.at(i) - '0';
    }
    return i == first || i < at + length && v.at(i) != ' ' && v.at(i) != 0 ? -1 : value;
  }

  private boolean empty(int at) {
    for (int i = at; i < at + BLOCK; i++) {
      if (v.at(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /// Nothing but zeros behind the last entry.
  private boolean ended(int from) {
    for (int i = from; i < v.size(); i++) {
      if (v.at(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
