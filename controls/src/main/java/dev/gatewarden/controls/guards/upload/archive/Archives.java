package dev.gatewarden.controls.guards.upload.archive;

import dev.gatewarden.controls.guards.upload.format.Format;
import dev.gatewarden.controls.guards.upload.format.Magic;
import dev.gatewarden.controls.guards.upload.format.View;
import dev.gatewarden.core.coding.Decoded;
import dev.gatewarden.core.coding.Inflation;
import dev.gatewarden.core.exchange.Bytes;
import java.util.List;
import java.util.Locale;

/// Looks into archives, and into the archives within them, and counts what they become.
public final class Archives {
  private final Room room;

  public Archives(Room room) {
    this.room = room;
  }

  /// What is wrong with an archive of a kind that can be looked into.
  public Fault judge(View v, Format format) {
    return judge(v, format, 1);
  }

  private Fault judge(View v, Format format, int level) {
    return switch (format) {
      case GZIP -> gzip(v, level);
      case TAR -> new Tar(v, room).judge(within -> within(within, level));
      default -> zip(v, level);
    };
  }

  private Fault gzip(View v, int level) {
    if (!room.takeEntry()) {
      return Fault.TOO_MUCH;
    }
    if (room.bytes().left() == 0) {
      return Fault.TOO_MUCH;
    }
    Decoded decoded = Inflation.gzip(v.stretch(0, v.size()), room.bytes());
    return switch (decoded) {
      case Decoded.Plain(byte[] bytes, int length) -> within(new Bytes(bytes, 0, length), level);
      case Decoded.Broken() -> Fault.BROKEN;
      case Decoded.TooMuch() -> Fault.TOO_MUCH;
    };
  }

  private Fault zip(View v, int level) {
    List<Zip.Entry> entries = Zip.entries(v);
    if (entries == null) {
      return Fault.BROKEN;
    }
    for (Zip.Entry entry : entries) {
      Fault fault = entry(v, entry, level);
      if (fault != Fault.NONE) {
        return fault;
      }
    }
    return Fault.NONE;
  }

  private Fault entry(View v, Zip.Entry entry, int level) {
    if (!room.takeEntry()) {
      return Fault.TOO_MUCH;
    }
    if (entry.encrypted() || entry.link() || !EntryName.isSafe(entry.name())) {
      return Fault.UNSAFE;
    }
    if (entry.name().toLowerCase(Locale.ROOT).endsWith("vbaproject.bin")) {
      return Fault.UNSAFE;
    }
    return new Unpacking(v, entry, room).judge(within -> within(within, level));
  }

  /// An archive within an archive, and nothing where the bytes are none.
  private Fault within(Bytes bytes, int level) {
    View v = new View(bytes);
    Format format = Magic.of(v);
    Format.Kind kind = format.kind();
    if (kind == Format.Kind.SEALED) {
      return Fault.UNSAFE;
    }
    if (kind != Format.Kind.ARCHIVE) {
      return Fault.NONE;
    }
    return room.isDeep(level) ? Fault.TOO_MUCH : judge(v, format, level + 1);
  }

  /// What is done with an entry that may be an archive itself.
  @FunctionalInterface
  interface Within {
    Fault judge(Bytes entry);
  }
}
