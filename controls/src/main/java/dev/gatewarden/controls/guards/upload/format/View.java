package dev.gatewarden.controls.guards.upload.format;

import dev.gatewarden.core.exchange.Bytes;

/// Looks at the bytes of a file; beyond its end there is nothing.
public final class View {
  private final byte[] a;
  private final int from;
  private final int size;

  public View(Bytes bytes) {
    this.a = bytes.array();
    this.from = bytes.from();
    this.size = bytes.length();
  }

  public int size() {
    return size;
  }

  /// The byte at a place, or -1 outside of the file.
  public int at(int place) {
    return place >= 0 && place < size ? a[from + place] & 0xFF : -1;
  }

  public boolean has(int place, int count) {
    return place >= 0 && count >= 0 && place <= size - count;
  }

  /// Whether that text of Latin-1 characters stands at a place.
  public boolean stands(int place, String text) {
    if (!has(place, text.length())) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((a[from + place + i] & 0xFF) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The same without regard to case; the text is lower case.
  public boolean says(int place, String text) {
    if (!has(place, text.length())) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      int b = a[from + place + i] & 0xFF;
      if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// An unsigned number of two bytes, the least first; -1 outside of the file.
  public int little2(int place) {
    return has(place, 2) ? at(place) | at(place + 1) << 8 : -1;
  }

  /// An unsigned number of four bytes, the least first; -1 outside of the file.
  public long little4(int place) {
    return has(place, 4) ? little2(place) | (long) little2(place + 2) << 16 : -1;
  }

  public int big2(int place) {
    return has(place, 2) ? at(place) << 8 | at(place + 1) : -1;
  }

  public long big4(int place) {
    return has(place, 4) ? (long) big2(place) << 16 | big2(place + 2) : -1;
  }

  /// A stretch of the file.
  public Bytes stretch(int place, int count) {
    return new Bytes(a, from + place, from + place + count);
  }

  /// The first place at or behind another where that text stands, or -1.
  public int find(int place, String text) {
    for (int i = Math.max(0, place); i <= size - text.length(); i++) {
      if (stands(i, text)) {
        return i;
      }
    }
    return -1;
  }
}
