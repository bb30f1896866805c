package dev.gatewarden.controls.guards.upload.format;

import java.util.Locale;
import java.util.Set;

/// Walks through XML as plainly as it can be written, to see what it is and whether something in it
/// would run.
///
/// A document type, an entity of its own or a place that XML and HTML readers take differently is
/// reason enough to refuse.
public final class Markup {
  private static final Set<String> RUNNING =
      Set.of(
          "script",
          "foreignobject",
          "iframe",
          "frame",
          "embed",
          "object",
          "applet",
          "handler",
          "listener",
          "audio",
          "video",
          "html",
          "body",
          "form",
          "meta",
          "link",
          "base",
          "img");
  private static final int LONGEST_NAME = 256;

  private final View v;
  private int at;

  public Markup(View v, int from) {
    this.v = v;
    this.at = from;
  }

  /// What the root of the document says it is: `SVG`, `HTML` or `XML`; `TEXT` where there is none.
  Format root() {
    while (true) {
      at = Texts.space(v, at);
      if (v.stands(at, "<?")) {
        at = behind("?>");
      } else if (v.stands(at, "<!--")) {
        at = behind("-->");
      } else if (v.stands(at, "<!")) {
        at = behindDeclaration();
      } else {
        break;
      }
    }
    if (v.at(at) != '<') {
      return Format.TEXT;
    }
    return switch (name(at + 1)) {
      case "svg" -> Format.SVG;
      case "html" -> Format.HTML;
      case "" -> Format.TEXT;
      default -> Format.XML;
    };
  }

  private int behind(String end) {
    int found = v.find(at + 2, end);
    return found < 0 ? v.size() : found + end.length();
  }

  private int behindDeclaration() {
    int depth = 0;
    for (int i = at; i < v.size(); i++) {
      depth += v.at(i) == '[' ? 1 : v.at(i) == ']' ? -1 : 0;
      if (v.at(i) == '>' && depth <= 0) {
        return i + 1;
      }
    }
    return v.size();
  }

  /// Whether a document that is no picture is only data: without a document type, without a style
  /// sheet, and without pages or pictures in it.
  public boolean isData() {
    return v.find(at, "<!DOCTYPE") < 0
        && v.find(at, "<!ENTITY") < 0
        && v.find(at, "<?xml-stylesheet") < 0
        && v.find(at, "http://www.w3.org/1999/xhtml") < 0
        && v.find(at, "http://www.w3.org/2000/svg") < 0;
  }

  /// Whether nothing in a picture would run, load something or be read in two ways.
  public boolean harmless() {
    boolean style = false;
    while (at < v.size()) {
      if (v.at(at) != '<') {
        at++;
        continue;
      }
      int begin = at;
      if (v.stands(at, "<!--")) {
        // HTML ends a comment that begins with `>` or `->` at once
        if (v.at(at + 4) == '>' || v.stands(at + 4, "->")) {
          return false;
        }
        at = behind("-->");
      } else if (v.stands(at, "<![CDATA[")) {
        at = behind("]]>");
        if (!style && v.find(begin + 9, "<") >= 0 && v.find(begin + 9, "<") < at) {
          return false;
        }
        if (style && !plainStyle(begin, at)) {
          return false;
        }
      } else if (v.stands(at, "<?")) {
        if (!v.stands(at, "<?xml ") && !v.stands(at, "<?xml\t") && !v.stands(at, "<?xpacket")) {
          return false;
        }
        at = behind("?>");
      } else if (v.at(at + 1) == '!') {
        return false;
      } else if (v.at(at + 1) == '/') {
        at = behind(">");
        style = false;
      } else if (tag()) {
        style = name(begin + 1).equals("style");
        int end = v.find(at, "<");
        if (style && !plainStyle(at, end < 0 ? v.size() : end)) {
          return false;
        }
      } else {
        return false;
      }
    }
    return true;
  }

  /// Steps over one tag; false where it is not harmless or cannot be read.
  private boolean tag() {
    String name = name(at + 1);
    if (name.isEmpty() || RUNNING.contains(name)) {
      return false;
    }
    at = behindName(at + 1);
    while (true) {
      int before = at;
      at = Texts.space(v, at);
      if (v.at(at) == '>') {
        at++;
        return true;
      }
      if (v.stands(at, "/>")) {
        at += 2;
        return true;
      }
      if (at == before || !attribute()) {
        return false;
      }
    }
  }

  private boolean attribute() {
    String name = name(at);
    at = Texts.space(v, behindName(at));
    if (name.isEmpty() || v.at(at) != '=') {
      return false;
    }
    at = Texts.space(v, at + 1);
    int quote = v.at(at);
    if (quote != '"' && quote != '\'') {
      return false;
    }
    int end = v.find(at + 1, quote == '"' ? "\"" : "'");
    if (end < 0) {
      return false;
    }
    int from = at + 1;
    at = end + 1;
    return plain(name, from, end);
  }

  private boolean plain(String name, int from, int end) {
    if (name.startsWith("on")) {
      return false;
    }
    return switch (name) {
      case "href", "src", "base" -> local(from, end);
      case "attributename" -> {
        String changed = text(from, end);
        yield !changed.startsWith("on") && !changed.contains("href");
      }
      case "style", "fill", "stroke", "filter", "clip-path", "mask", "cursor" ->
          plainStyle(from, end);
      default -> text(from, end).indexOf('<') < 0;
    };
  }

  /// A place within the document, or a picture that stands in it.
  private boolean local(int from, int end) {
    return from == end
        || v.at(from) == '#'
        || v.says(from, "data:image/png;base64,")
        || v.says(from, "data:image/jpeg;base64,")
        || v.says(from, "data:image/gif;base64,")
        || v.says(from, "data:image/webp;base64,");
  }

  private boolean plainStyle(int from, int end) {
    String style = text(from, end);
    if (style.contains("@import")
        || style.contains("\\")
        || style.contains("&#")
        || style.contains("expression")
        || style.contains("javascript:")
        || style.contains("behavior")) {
      return false;
    }
    for (int i = style.indexOf("url("); i >= 0; i = style.indexOf("url(", i + 4)) {
      String to = style.substring(i + 4).stripLeading().replaceFirst("^[\"']", "");
      if (!to.startsWith("#") && !to.startsWith("data:image/") && !to.startsWith("data:font/")) {
        return false;
      }
    }
    return true;
  }

  private String text(int from, int end) {
    return new String(
            v.stretch(from, end - from).copy(), java.nio.charset.StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT);
  }

  private int behindName(int from) {
    int i = from;
    while (i - from < LONGEST_NAME && v.at(i) > ' ' && "<>/='\"".indexOf(v.at(i)) < 0) {
      i++;
    }
    return i;
  }

  /// The name without its prefix, lower case.
  private String name(int from) {
    String name = text(from, behindName(from));
    return name.substring(name.lastIndexOf(':') + 1);
  }
}
