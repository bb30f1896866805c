package dev.gatewarden.controls.guards;

import org.jspecify.annotations.Nullable;

/// What was made for the keys that came last, so that a caller who comes again costs nothing new.
///
/// Few slots and no lock: two keys may drive each other out, and of two threads one may lose its
/// entry, but a key is never
/// answered with another's value.
public final class Recent<K, V> {
  private static final int SLOTS = 64;

  private final @Nullable Entry[] entries = new Entry[SLOTS];

  private record Entry(Object key, Object value) {}

  /// The value kept for a key, or null.
  public @Nullable V get(K key) {
    Entry entry = entries[slot(key)];
    if (entry == null || !entry.key.equals(key)) {
      return null;
    }
    @SuppressWarnings("unchecked")
    V value = (V) entry.value;
    return value;
  }

  /// Keeps an immutable value, and says it.
  public V keep(K key, V value) {
    entries[slot(key)] = new Entry(key, value);
    return value;
  }

  private static int slot(Object key) {
    int hash = key.hashCode();
    return (hash ^ hash >>> 6 ^ hash >>> 12 ^ hash >>> 24) & (SLOTS - 1);
  }
}
