package dev.gatewarden.platform.inputs;

import dev.gatewarden.platform.discovery.Words;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which texts look like the id of something rather than like a word of an address.
final class Ids {
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern HEX = Pattern.compile("(?i)[0-9a-f]{16,64}");
  private static final Pattern ULID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_~.=-]+");
  private static final Set<String> NAMES =
      Set.of("id", "ids", "uuid", "guid", "uid", "ulid", "oid");
  private static final int LEAST_OF_MIXED = 8;

  private Ids() {}

  static boolean uuid(String text) {
    return UUID.matcher(text).matches();
  }

  static boolean number(String text) {
    return NUMBER.matcher(text).matches();
  }

  /// Whether a segment of a path names one object by its own look.
  static boolean like(String segment) {
    if (segment.indexOf('@') > 0
        || uuid(segment)
        || number(segment)
        || Credentials.telling(segment)) {
      return true;
    }
    if (Words.version(segment)) {
      return false;
    }
    return HEX.matcher(segment).matches() && mixed(segment, 1)
        || ULID.matcher(segment).matches()
        || (segment.length() >= LEAST_OF_MIXED
            && WORD.matcher(segment).matches()
            && mixed(segment, 3));
  }

  /// Whether a text has so many digits, and letters beside them.
  private static boolean mixed(String text, int digits) {
    return text.chars().filter(Character::isDigit).count() >= digits;
  }

  /// Whether a member or a parameter of that name holds an id.
  static boolean named(String name) {
    var words = Words.of(name);
    return !words.isEmpty() && NAMES.contains(words.getLast().toLowerCase(Locale.ROOT));
  }
}
