package dev.gatewarden.controls.guards.upload.archive;

import dev.gatewarden.core.coding.Expansion;

/// What one uploaded archive may hold, with all the archives within it; counted as it is looked
/// into.
public final class Room {
  /// The most bytes of an archive within an archive: they are held while it is looked into.
  static final long MOST_WITHIN = 8L << 20;

  private final Expansion bytes;
  private final int depth;
  private int entries;

  /// @param entries the most entries
  /// @param depth how many archives may lie within each other; 1 for none within the first
  public Room(int entries, int depth, Expansion bytes) {
    this.entries = entries;
    this.depth = depth;
    this.bytes = bytes;
  }

  boolean takeEntry() {
    return --entries >= 0;
  }

  Expansion bytes() {
    return bytes;
  }

  boolean isDeep(int level) {
    return level >= depth;
  }
}
