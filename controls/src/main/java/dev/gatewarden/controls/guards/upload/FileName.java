package dev.gatewarden.controls.guards.upload;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The name of a file that means the same wherever it is stored.
final class FileName {
  private static final int LONGEST = 255;

  /// Extensions that make a file run somewhere: on a server, in a browser, on a desktop.
  private static final Set<String> RUNNING =
      Set.of(
          "php",
          "php3",
          "php4",
          "php5",
          "php7",
          "php8",
          "phtml",
          "phar",
          "phps",
          "pht",
          "inc",
          "asp",
          "aspx",
          "ashx",
          "asmx",
          "ascx",
          "asa",
          "cer",
          "cdx",
          "jsp",
          "jspx",
          "jsw",
          "jsv",
          "jspf",
          "do",
          "action",
          "cgi",
          "pl",
          "pm",
          "py",
          "pyc",
          "rb",
          "sh",
          "bash",
          "zsh",
          "csh",
          "ksh",
          "cfm",
          "cfml",
          "cfc",
          "shtml",
          "shtm",
          "stm",
          "html",
          "htm",
          "xhtml",
          "xht",
          "mhtml",
          "mht",
          "svg",
          "svgz",
          "js",
          "mjs",
          "cjs",
          "swf",
          "hta",
          "htc",
          "exe",
          "dll",
          "com",
          "bat",
          "cmd",
          "msi",
          "msp",
          "scr",
          "pif",
          "cpl",
          "vb",
          "vbs",
          "vbe",
          "jse",
          "ws",
          "wsf",
          "wsc",
          "wsh",
          "ps1",
          "ps2",
          "psm1",
          "psd1",
          "lnk",
          "url",
          "reg",
          "inf",
          "scf",
          "gadget",
          "application",
          "appref-ms",
          "msc",
          "jar",
          "war",
          "ear",
          "class",
          "jnlp",
          "apk",
          "elf",
          "so",
          "dylib",
          "app",
          "dmg",
          "pkg",
          "deb",
          "rpm",
          "run",
          "desktop",
          "docm",
          "xlsm",
          "pptm",
          "dotm",
          "xltm",
          "xlam",
          "htaccess",
          "htpasswd",
          "config",
          "wasm",
          "xsl",
          "xslt");

  private static final Set<String> DEVICES =
      Set.of("con", "prn", "aux", "nul", "conin$", "conout$");

  /// Characters that some readers take for a dot, a slash, a backslash or a colon.
  private static final String LOOK_ALIKES =
      "\uFF0E\u2024\uFE52\u2215\u2044\uFF0F\u29F8\uFF3C\uFE68\u29F5\uFF1A\uFE55";

  private FileName() {}

  /// What is wrong with a name, or null.
  static @Nullable String fault(String name) {
    if (name.isEmpty()) {
      return "it is empty";
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return "it is longer than " + LONGEST + " bytes";
    }
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      String fault = fault(name.codePointAt(i));
      if (fault != null) {
        return fault;
      }
    }
    if (encoded(name)) {
      return "it holds encoded characters";
    }
    if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
      return "it is not in Unicode's composed form";
    }
    return shape(name);
  }

  private static @Nullable String fault(int point) {
    if (point == '/' || point == '\\' || point == ':') {
      return "it holds a path";
    }
    if ("<>\"|?*".indexOf(point) >= 0) {
      return "it holds a character that no file name has everywhere";
    }
    if (LOOK_ALIKES.indexOf(point) >= 0) {
      return "it holds a character that looks like a part of a path";
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL -> "it holds a control character";
      // the joiners stand within words of some scripts, the others turn the text around or hide
      case Character.FORMAT -> point == 0x200C || point == 0x200D ? null : "it hides a character";
      case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
          "it holds a character without a meaning";
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> "it holds a line's end";
      default -> null;
    };
  }

  private static boolean encoded(String name) {
    for (int at = name.indexOf('%'); at >= 0; at = name.indexOf('%', at + 1)) {
      if (at + 2 < name.length()
          && Character.digit(name.charAt(at + 1), 16) >= 0
          && Character.digit(name.charAt(at + 2), 16) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String shape(String name) {
    char last = name.charAt(name.length() - 1);
    if (name.charAt(0) == '.' || name.charAt(0) == ' ') {
      return "it begins with a dot or a space";
    }
    if (last == '.' || last == ' ' || Character.isSpaceChar(last)) {
      return "it ends in a dot or a space";
    }
    if (name.contains("..")) {
      return "it holds two dots in a row";
    }
    return isDevice(name) ? "it is the name of a device" : null;
  }

  /// `NUL.txt` and `com1 .png` are devices on Windows.
  private static boolean isDevice(String name) {
    int dot = name.indexOf('.');
    String stem = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
    if (DEVICES.contains(stem)) {
      return true;
    }
    return stem.length() == 4
        && (stem.startsWith("com") || stem.startsWith("lpt"))
        && (Character.isDigit(stem.charAt(3)) || "¹²³".indexOf(stem.charAt(3)) >= 0);
  }

  /// The extensions of a name, lower case, from the left; `a.tar.gz` has two.
  static List<String> extensions(String name) {
    List<String> parts = List.of(name.toLowerCase(Locale.ROOT).split("\\.", -1));
    return parts.subList(1, parts.size()).stream().map(String::strip).toList();
  }

  /// Whether a file with that extension runs somewhere.
  static boolean runs(String extension) {
    return RUNNING.contains(extension);
  }
}
