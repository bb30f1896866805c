package dev.gatewarden.gateway.identity.client;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was answered lately, by fingerprint: bounded in entries and bytes, the longest unused go
/// first.
public final class Kept<V> {
  private static final int PARTS = 16;

  private record Entry<V>(V value, int bytes) {}

  private static final class Part<V> {
    final Map<Fingerprint, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    long bytes;
  }

  private final Part<V>[] parts;
  private final int mostEntries;
  private final long mostBytes;

  /// @param entries how many it keeps, at least 16
  /// @param bytes how much, as those who put things say
  public Kept(int entries, long bytes) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type has no other way
    Part<V>[] made = new Part[PARTS];
    for (int i = 0; i < PARTS; i++) {
      made[i] = new Part<>();
    }
    this.parts = made;
    this.mostEntries = Math.max(1, entries / PARTS);
    this.mostBytes = bytes / PARTS;
  }

  /// What is kept under a fingerprint, or null.
  public @Nullable V find(Fingerprint fingerprint) {
    Part<V> part = part(fingerprint);
    synchronized (part) {
      Entry<V> entry = part.entries.get(fingerprint);
      return entry == null ? null : entry.value();
    }
  }

  /// Keeps something; what would not fit at all is not kept.
  ///
  /// @param bytes what it takes, roughly
  public void put(Fingerprint fingerprint, V value, int bytes) {
    if (bytes > mostBytes) {
      return;
    }
    Part<V> part = part(fingerprint);
    synchronized (part) {
      Entry<V> old = part.entries.put(fingerprint, new Entry<>(value, bytes));
      part.bytes += bytes - (old == null ? 0 : old.bytes());
      Iterator<Entry<V>> eldest = part.entries.values().iterator();
      while (part.entries.size() > mostEntries || part.bytes > mostBytes) {
        part.bytes -= eldest.next().bytes();
        eldest.remove();
      }
    }
  }

  /// How many are kept.
  public int size() {
    int size = 0;
    for (Part<V> part : parts) {
      synchronized (part) {
        size += part.entries.size();
      }
    }
    return size;
  }

  private Part<V> part(Fingerprint fingerprint) {
    return parts[(int) fingerprint.d() & (PARTS - 1)];
  }
}
