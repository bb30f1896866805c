package dev.gatewarden.core.document;

/// The sentences both readers say.
final class Faults {
  private Faults() {}

  static Problem repeated(Place place, String name, Place first) {
    return new Problem(
        place,
        "`" + shown(name) + "` is written twice",
        "it stands already in line " + first.line() + ", column " + first.column());
  }

  /// A name short enough for a message, without control characters.
  static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < name.length() && i < 80; i++) {
      char c = name.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return name.length() > 80 ? shown.append('…').toString() : shown.toString();
  }
}
