package dev.gatewarden.controls.guards.upload.archive;

/// Whether an entry of an archive stays in the folder it is unpacked to.
final class EntryName {
  private static final int LONGEST = 1024;

  private EntryName() {}

  static boolean isSafe(String name) {
    if (name.isEmpty() || name.length() > LONGEST || name.charAt(0) == '/') {
      return false;
    }
    int from = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c == 0x7F || c == '\\' || c == ':') {
        return false;
      }
      if (c == '/') {
        if (climbs(name, from, i)) {
          return false;
        }
        from = i + 1;
      }
    }
    return !climbs(name, from, name.length());
  }

  /// Some systems drop the spaces and dots that a name ends in.
  private static boolean climbs(String name, int from, int to) {
    int dots = 0;
    for (int i = from; i < to; i++) {
      char c = name.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c != ' ') {
        return false;
      }
    }
    return dots > 1;
  }
}
