package dev.gatewarden.controls.guards.upload.format;

/// Tells what a text is by how it begins: a page, a program, a picture in XML, or only text.
public final class Texts {
  /// What a browser takes for the beginning of a page (WHATWG, MIME Sniffing, section 7.1).
  private static final String[] PAGE = {
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p"
  };

  private Texts() {}

  /// What a text is; `OTHER` where it is none.
  public static Format of(View v) {
    if (v.stands(0, "\u00FF\u00FE")
        || v.stands(0, "\u00FE\u00FF")
        || v.stands(0, "\0\0\u00FE\u00FF")
        || isWide(v)) {
      return Format.WIDE_TEXT;
    }
    if (!isText(v)) {
      return Format.OTHER;
    }
    int start = v.stands(0, "\u00EF\u00BB\u00BF") ? 3 : 0;
    if (v.stands(start, "#!")) {
      return Format.SHELL;
    }
    return marked(v, space(v, start));
  }

  /// ASCII with a zero beside every character.
  private static boolean isWide(View v) {
    return v.size() >= 4
        && (v.at(0) == 0) != (v.at(1) == 0)
        && (v.at(0) == 0) == (v.at(2) == 0)
        && (v.at(1) == 0) == (v.at(3) == 0)
        && Math.max(v.at(0), v.at(1)) < 0x80
        && Math.max(v.at(2), v.at(3)) < 0x80;
  }

  private static Format marked(View v, int start) {
    int at = start;
    while (v.stands(at, "<!--")) {
      int end = v.find(at + 4, "-->");
      if (end < 0) {
        return Format.HTML;
      }
      at = space(v, end + 3);
    }
    if (v.at(at) != '<') {
      return Format.TEXT;
    }
    if (v.says(at, "<?php") || v.stands(at, "<?=")) {
      return Format.PHP;
    }
    if (v.stands(at, "<%") || v.says(at, "<jsp:")) {
      return Format.JSP;
    }
    return isPage(v, at) ? Format.HTML : new Markup(v, at).root();
  }

  private static boolean isPage(View v, int at) {
    for (String tag : PAGE) {
      if (v.says(at, tag)) {
        int next = v.at(at + tag.length());
        if (next == ' ' || next == '>' || next == '/' || next >= 0 && next < ' ') {
          return true;
        }
      }
    }
    return false;
  }

  static int space(View v, int from) {
    int at = from;
    while (v.at(at) >= 0 && v.at(at) <= ' ' && v.at(at) != 0) {
      at++;
    }
    return at;
  }

  /// UTF-8 without control characters but those that lay text out (RFC 3629).
  private static boolean isText(View v) {
    int at = 0;
    while (at < v.size()) {
      int b = v.at(at);
      if (b < 0x80) {
        if (b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' || b == 0x7F) {
          return false;
        }
        at++;
        continue;
      }
      int more = b >= 0xF0 && b <= 0xF4 ? 3 : b >= 0xE0 ? 2 : b >= 0xC2 ? 1 : 0;
      if (more == 0 || b > 0xF4 || !follows(v, at, b, more)) {
        return false;
      }
      at += more + 1;
    }
    return true;
  }

  private static boolean follows(View v, int at, int lead, int more) {
    for (int i = 1; i <= more; i++) {
      int b = v.at(at + i);
      if (b < 0x80 || b > 0xBF) {
        return false;
      }
    }
    int second = v.at(at + 1);
    return !(lead == 0xE0 && second < 0xA0
        || lead == 0xED && second > 0x9F
        || lead == 0xF0 && second < 0x90
        || lead == 0xF4 && second > 0x8F);
  }
}
