package dev.gatewarden.controls.guards.upload.archive;

import dev.gatewarden.controls.guards.upload.format.Format;
import dev.gatewarden.controls.guards.upload.format.Magic;
import dev.gatewarden.controls.guards.upload.format.View;
import dev.gatewarden.core.exchange.Bytes;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Unpacks one entry of a zip piece by piece, counts it, and keeps it only where it is an archive
/// itself.
final class Unpacking {
  private static final int PIECE = 8192;

  private final View v;
  private final Zip.Entry entry;
  private final Room room;
  private final CRC32 sum = new CRC32();
  private byte[] kept = new byte[0];
  private int length;
  private long total;
  private boolean keeps;

  Unpacking(View v, Zip.Entry entry, Room room) {
    this.v = v;
    this.entry = entry;
    this.room = room;
  }

  Fault judge(Archives.Within within) {
    Fault fault =
        switch (entry.method()) {
          case 0 -> stored();
          case 8 -> deflated();
          default -> Fault.UNSAFE;
        };
    if (fault != Fault.NONE) {
      return fault;
    }
    if (total != entry.size() || sum.getValue() != entry.sum()) {
      return Fault.BROKEN;
    }
    return keeps ? within.judge(new Bytes(kept, 0, length)) : Fault.NONE;
  }

  private Fault stored() {
    Bytes all = v.stretch(entry.data(), (int) entry.packed());
    Fault fault = Fault.NONE;
    for (int from = all.from(); from < all.to() && fault == Fault.NONE; from += PIECE) {
      fault = piece(all.array(), from, Math.min(PIECE, all.to() - from));
    }
    return fault;
  }

  private Fault deflated() {
    Inflater inflater = new Inflater(true);
    try {
      Bytes packed = v.stretch(entry.data(), (int) entry.packed());
      inflater.setInput(packed.array(), packed.from(), packed.length());
      byte[] piece = new byte[PIECE];
      while (!inflater.finished()) {
        int count = inflater.inflate(piece);
        if (count == 0 && !inflater.finished()) {
          return Fault.BROKEN;
        }
        Fault fault = piece(piece, 0, count);
        if (fault != Fault.NONE) {
          return fault;
        }
      }
      return inflater.getRemaining() == 0 ? Fault.NONE : Fault.BROKEN;
    } catch (DataFormatException other) {
      return Fault.BROKEN;
    } finally {
      inflater.end();
    }
  }

  private Fault piece(byte[] from, int at, int count) {
    if (!room.bytes().take(count)) {
      return Fault.TOO_MUCH;
    }
    if (total == 0 && count > 0) {
      Format begins = Magic.of(new View(new Bytes(from, at, at + count)));
      keeps = begins.kind() == Format.Kind.ARCHIVE || begins.kind() == Format.Kind.SEALED;
    }
    sum.update(from, at, count);
    total += count;
    if (keeps) {
      if (total > Room.MOST_WITHIN) {
        return Fault.TOO_MUCH;
      }
      if (kept.length < length + count) {
        kept = Arrays.copyOf(kept, Math.max(length + count, kept.length * 2));
      }
      System.arraycopy(from, at, kept, length, count);
      length += count;
    }
    return Fault.NONE;
  }
}
