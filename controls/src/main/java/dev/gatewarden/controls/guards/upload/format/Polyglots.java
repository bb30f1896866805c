package dev.gatewarden.controls.guards.upload.format;

/// Tells whether a file is something else besides what it begins as.
public final class Polyglots {
  /// How far behind the beginning readers look for a PDF.
  private static final int PDF_REACH = 1024;

  /// The longest comment of a zip and its last record.
  private static final int ZIP_REACH = 65_557;

  private static final String[] CODE = {
    "<?php", "<script", "<html", "<!doctype html", "<iframe", "<foreignobject", "<jsp:", "<%@"
  };

  private Polyglots() {}

  /// Whether another reader than that of its format finds something in the file.
  public static boolean is(View v, Format format) {
    if (format == Format.PDF) {
      return holdsCode(v) || holdsZip(v);
    }
    boolean packed =
        format.kind() == Format.Kind.ARCHIVE
            || format.kind() == Format.Kind.PACKAGE
            || format == Format.JAR
            || format == Format.APK;
    if (packed || format.kind() == Format.Kind.TEXT || format == Format.HTML) {
      return false;
    }
    if (Pictures.isScript(v, format) || beginsPdf(v) || holdsZip(v)) {
      return true;
    }
    boolean whole = format.kind() == Format.Kind.SEALED || format.kind() == Format.Kind.ACTIVE;
    return !whole && holdsCode(v);
  }

  private static boolean beginsPdf(View v) {
    int most = Math.min(v.size(), PDF_REACH);
    for (int at = 1; at < most; at++) {
      if (v.at(at) == '%' && v.stands(at, "%PDF-")) {
        return true;
      }
    }
    return false;
  }

  /// Whether the last record of a zip stands where readers look for it (APPNOTE, section 4.3.16).
  static boolean holdsZip(View v) {
    int least = Math.max(0, v.size() - ZIP_REACH);
    for (int at = v.size() - 22; at >= least; at--) {
      if (v.at(at) == 'P' && v.stands(at, "PK\5\6")) {
        long size = v.little4(at + 12);
        long start = v.little4(at + 16);
        boolean big = size == 0xFFFFFFFFL || start == 0xFFFFFFFFL;
        if (big || v.little2(at + 10) > 0 && size + start <= at) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean holdsCode(View v) {
    for (int at = 1; at < v.size(); at++) {
      switch (v.at(at)) {
        case '<' -> {
          if (isCode(v, at)) {
            return true;
          }
        }
        case '_' -> {
          if (v.says(at, "__halt_compiler")) {
            return true;
          }
        }
        case 'R' -> {
          if (v.stands(at, "Rar!\u001A\u0007")) {
            return true;
          }
        }
        case '7' -> {
          if (v.stands(at, "7z\u00BC\u00AF'\u001C")) {
            return true;
          }
        }
        default -> {}
      }
    }
    return false;
  }

  private static boolean isCode(View v, int at) {
    for (String code : CODE) {
      if (v.says(at, code)) {
        return true;
      }
    }
    // two characters come about by chance: what follows must be readable too
    return (v.stands(at, "<?=") || v.stands(at, "<%=") || v.stands(at, "<%!"))
        && readable(v, at + 3);
  }

  private static boolean readable(View v, int from) {
    for (int at = from; at < from + 8; at++) {
      int b = v.at(at);
      if (b < ' ' && b != '\n' && b != '\r' && b != '\t' || b >= 0x7F) {
        return false;
      }
    }
    return true;
  }
}
