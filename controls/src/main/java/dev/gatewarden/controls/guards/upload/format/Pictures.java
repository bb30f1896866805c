package dev.gatewarden.controls.guards.upload.format;

/// Walks through the outer structure of a picture, to see where it ends.
public final class Pictures {
  /// The picture is not whole.
  public static final int BROKEN = -1;

  private final View v;

  private Pictures(View v) {
    this.v = v;
  }

  /// Behind the last byte of the picture, or `BROKEN`; the end of the file where the format does
  /// not say.
  public static int end(View v, Format format) {
    Pictures pictures = new Pictures(v);
    return switch (format) {
      case PNG -> pictures.png();
      case GIF -> pictures.gif();
      case JPEG -> pictures.jpeg();
      case WEBP, WAV, AVI -> pictures.riff();
      default -> v.size();
    };
  }

  /// Whether a script reads the head of the file as the beginning of a comment or of an assignment,
  /// and the rest as code.
  public static boolean isScript(View v, Format format) {
    return switch (format) {
      case GIF -> v.stands(6, "/*") || v.stands(6, "=") || v.stands(6, "//");
      case BMP -> v.stands(2, "/*") || v.stands(2, "=") || v.stands(2, "//");
      case WEBP, WAV, AVI -> v.stands(4, "/*") || v.stands(4, "=");
      case JPEG -> v.stands(4, "/*");
      default -> false;
    };
  }

  /// PNG, section 5.3: chunks until `IEND`.
  private int png() {
    int at = 8;
    boolean first = true;
    while (true) {
      long length = v.big4(at);
      if (length < 0 || length > v.size() || !v.has(at, (int) length + 12) || !letters(at + 4)) {
        return BROKEN;
      }
      if (first != v.stands(at + 4, "IHDR")) {
        return BROKEN;
      }
      boolean last = v.stands(at + 4, "IEND");
      at += (int) length + 12;
      if (last) {
        return length == 0 ? at : BROKEN;
      }
      first = false;
    }
  }

  private boolean letters(int from) {
    for (int i = from; i < from + 4; i++) {
      int letter = v.at(i) | 32;
      if (letter < 'a' || letter > 'z') {
        return false;
      }
    }
    return true;
  }

  /// GIF89a, section 17 and on: blocks until the trailer.
  private int gif() {
    int at = table(13, v.at(10));
    while (true) {
      switch (v.at(at)) {
        case ';' -> {
          return at + 1;
        }
        case '!' -> at = blocks(at + 2);
        case ',' -> at = blocks(table(at + 10, v.at(at + 9)) + 1);
        default -> {
          return BROKEN;
        }
      }
    }
  }

  /// Behind a table of colours, where the packed field says there is one.
  private static int table(int at, int packed) {
    return (packed & 0x80) == 0 ? at : at + 3 * (2 << (packed & 7));
  }

  private int blocks(int from) {
    int at = from;
    for (int size = v.at(at); size > 0; size = v.at(at)) {
      at += size + 1;
    }
    return at + 1;
  }

  /// ITU-T T.81, annex B: segments, and the coded data behind each scan's head, until `EOI`.
  private int jpeg() {
    int at = 2;
    while (v.at(at) == 0xFF) {
      int marker = v.at(at + 1);
      if (marker == 0xD9) {
        return at + 2;
      }
      if (marker == 0xFF) {
        at++;
        continue;
      }
      int length = v.big2(at + 2);
      if (length < 2 || !v.has(at + 2, length)) {
        return BROKEN;
      }
      at += 2 + length;
      if (marker == 0xDA) {
        at = coded(at);
      }
    }
    return BROKEN;
  }

  private int coded(int from) {
    for (int at = from; v.has(at, 2); at++) {
      int next = v.at(at + 1);
      if (v.at(at) == 0xFF && next != 0 && !(next >= 0xD0 && next <= 0xD7)) {
        return at;
      }
    }
    return v.size();
  }

  /// The size of the outer chunk, padded to an even number.
  private int riff() {
    long size = v.little4(4);
    long end = 8 + size + (size & 1);
    return end == v.size() || 8 + size == v.size() ? v.size() : end < v.size() ? (int) end : BROKEN;
  }
}
