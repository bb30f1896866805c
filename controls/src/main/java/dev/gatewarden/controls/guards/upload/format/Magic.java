package dev.gatewarden.controls.guards.upload.format;

/// Tells a file by its first bytes.
///
/// Text, and what lies in a zip, wants a closer look: `Texts` and the archive's own names tell.
public final class Magic {
  private static final int TAR_MAGIC = 257;

  private Magic() {}

  /// What the bytes begin as: `ZIP` for everything that is a zip within, `OTHER` for text too.
  public static Format of(View v) {
    return switch (v.at(0)) {
      case 0x89 -> v.stands(1, "PNG\r\n\u001A\n") ? Format.PNG : Format.OTHER;
      case 0xFF -> v.at(1) == 0xD8 && v.at(2) == 0xFF ? Format.JPEG : frames(v);
      case 'G' -> v.stands(0, "GIF87a") || v.stands(0, "GIF89a") ? Format.GIF : tar(v);
      case 'R' -> riff(v);
      case 'B' -> bitmap(v);
      case 'I' -> v.stands(0, "II*\0") ? Format.TIFF : v.stands(0, "ID3") ? Format.MP3 : tar(v);
      case 'M' -> v.stands(0, "MM\0*") ? Format.TIFF : executable(v);
      case 0x00 -> zeros(v);
      case '%' -> v.stands(0, "%PDF-") ? Format.PDF : tar(v);
      case '{' -> v.stands(0, "{\\rtf") ? Format.RTF : tar(v);
      case 0xD0 -> v.stands(1, "\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1") ? Format.OLE : tar(v);
      case 'P' -> v.stands(0, "PK\3\4") || v.stands(0, "PK\5\6") ? Format.ZIP : tar(v);
      case 0x1F -> v.at(1) == 0x8B ? Format.GZIP : tar(v);
      case '7' -> v.stands(0, "7z\u00BC\u00AF'\u001C") ? Format.SEVEN_ZIP : tar(v);
      case 0xFD -> v.stands(1, "7zXZ\0") ? Format.XZ : tar(v);
      case 0x28 -> v.stands(1, "\u00B5/\u00FD") ? Format.ZSTD : tar(v);
      case 'O' -> v.stands(0, "OggS") ? Format.OGG : tar(v);
      case 'f' -> v.stands(0, "fLaC") ? Format.FLAC : tar(v);
      case 0x1A -> v.stands(1, "E\u00DF\u00A3") ? Format.MATROSKA : tar(v);
      case 0x7F -> v.stands(1, "ELF") ? Format.ELF : tar(v);
      case 0xCA -> cafe(v);
      case 0xCE, 0xCF -> v.stands(1, "\u00FA\u00ED\u00FE") ? Format.MACH_O : tar(v);
      case 0xFE -> v.stands(1, "\u00ED\u00FA") ? Format.MACH_O : tar(v);
      default -> tar(v);
    };
  }

  private static Format riff(View v) {
    if (v.stands(0, "RIFF")) {
      return v.stands(8, "WEBP")
          ? Format.WEBP
          : v.stands(8, "WAVE") ? Format.WAV : v.stands(8, "AVI ") ? Format.AVI : Format.OTHER;
    }
    return v.stands(0, "Rar!\u001A\u0007") ? Format.RAR : tar(v);
  }

  private static Format bitmap(View v) {
    if (v.stands(0, "BZh") && v.at(3) >= '1' && v.at(3) <= '9' && v.stands(4, "1AY&SY")) {
      return Format.BZIP2;
    }
    // the reserved words and the size of the second head
    boolean picture =
        v.stands(0, "BM") && v.little4(6) == 0 && v.little4(14) >= 12 && v.little4(14) <= 256;
    return picture ? Format.BMP : tar(v);
  }

  /// `MZ` begins words too: the place of the second head tells.
  private static Format executable(View v) {
    if (!v.stands(0, "MZ")) {
      return tar(v);
    }
    long second = v.little4(60);
    boolean windows = second > 0 && second < v.size() && v.stands((int) second, "PE\0\0");
    return windows || v.at(2) >= 0 && (v.at(2) < ' ' || v.at(3) < ' ' || v.at(2) >= 0x7F)
        ? Format.PE
        : tar(v);
  }

  private static Format zeros(View v) {
    if (v.stands(4, "ftyp")) {
      return v.stands(8, "hei")
              || v.stands(8, "hev")
              || v.stands(8, "mif1")
              || v.stands(8, "msf1")
              || v.stands(8, "avi")
          ? Format.HEIF
          : Format.MP4;
    }
    if (v.stands(0, "\0asm")) {
      return Format.WASM;
    }
    int count = v.little2(4);
    boolean icon =
        (v.stands(0, "\0\0\1\0") || v.stands(0, "\0\0\2\0"))
            && count > 0
            && v.has(6, count * 16)
            && v.at(9) == 0;
    return icon ? Format.ICO : tar(v);
  }

  /// A class file of Java, or several Mach-O files in one: the version tells.
  private static Format cafe(View v) {
    if (!v.stands(1, "\u00FE\u00BA\u00BE")) {
      return tar(v);
    }
    return v.big4(4) < 40 && v.big4(4) >= 0 && v.big2(6) < 40 ? Format.MACH_O : Format.CLASS;
  }

  /// A sound without a head: two frames, the second where the first says it ends.
  private static Format frames(View v) {
    int length = frame(v, 0);
    return length > 0 && (length == v.size() || frame(v, length) > 0) ? Format.MP3 : Format.OTHER;
  }

  private static final int[] RATES = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0
  };
  private static final int[] SLOW_RATES = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0
  };
  private static final int[] SAMPLES = {44_100, 48_000, 32_000, 0};

  /// The length of a frame of MPEG layer III, or 0 where none stands.
  private static int frame(View v, int at) {
    int second = v.at(at + 1);
    int third = v.at(at + 2);
    if (v.at(at) != 0xFF || third < 0 || (second & 0xE6) != 0xE2) {
      return 0;
    }
    int version = second >> 3 & 3;
    int rate = (version == 3 ? RATES : SLOW_RATES)[third >> 4];
    int samples = SAMPLES[third >> 2 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    if (version == 1 || rate == 0 || samples == 0) {
      return 0;
    }
    return (version == 3 ? 144_000 : 72_000) * rate / samples + (third >> 1 & 1);
  }

  private static Format tar(View v) {
    return v.stands(TAR_MAGIC, "ustar") ? Format.TAR : Format.OTHER;
  }
}
