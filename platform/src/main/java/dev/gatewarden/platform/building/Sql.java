package dev.gatewarden.platform.building;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Names and texts as PostgreSQL reads them, whatever they hold (its manual, section 4.1).
final class Sql {
  /// What PostgreSQL keeps of a name; the rest it would cut silently.
  private static final int LONGEST_NAME = 63;

  private Sql() {}

  /// A quoted name; it is taken by the letter, so that capitals count.
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// A table by its name, or by schema and name: `shop.orders`.
  static String table(String name) {
    return Arrays.stream(name.split("\\.", -1)).map(Sql::name).collect(Collectors.joining("."));
  }

  /// Whether PostgreSQL would take the name as it is.
  static boolean isName(String name) {
    for (String part : name.split("\\.", -1)) {
      if (part.isBlank()
          || part.indexOf('\0') >= 0
          || part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        return false;
      }
    }
    return true;
  }

  static String text(String text) {
    String doubled = text.replace("'", "''");
    return doubled.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : "E'" + doubled.replace("\\", "\\\\") + "'";
  }

  static String array(List<String> texts) {
    return texts.stream().map(Sql::text).collect(Collectors.joining(", ", "ARRAY[", "]"));
  }

  /// A comment; whatever would end it early is replaced.
  static String comment(String text) {
    return "-- " + text.replaceAll("\\R", " ") + "\n";
  }
}
