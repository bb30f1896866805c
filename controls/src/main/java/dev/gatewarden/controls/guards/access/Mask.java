package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.schema.JsonText;

/// What stands in the place of a value that not everybody may see.
public enum Mask {
  /// Nothing: the member or item is cut.
  CUT,
  /// `null`, whatever the schema says.
  NULL,
  /// A value of the same type that says nothing: asterisks, zero, false, an empty list or object.
  BLANK,
  /// The last four characters of a text, or digits of a number, of eight or more; else blank.
  LAST_FOUR;

  private static final int SHOWN = 4;
  private static final int LEAST = 8;

  /// The JSON that stands there.
  String of(Bytes body, Mark mark) {
    byte[] json = body.array();
    return switch (this) {
      case CUT, NULL -> "null";
      case BLANK -> blank(json[mark.from()]);
      case LAST_FOUR -> lastFour(json, mark.from(), mark.to());
    };
  }

  private static String blank(byte first) {
    return switch (first) {
      case '"' -> "\"****\"";
      case '{' -> "{}";
      case '[' -> "[]";
      case 't', 'f' -> "false";
      case 'n' -> "null";
      default -> "0";
    };
  }

  private static String lastFour(byte[] json, int from, int to) {
    if (JsonText.isString(json, from, to)) {
      String text = JsonText.decode(json, from, to);
      int points = text.codePointCount(0, text.length());
      return points < LEAST
          ? blank((byte) '"')
          : quoted("****" + text.substring(text.offsetByCodePoints(0, points - SHOWN)));
    }
    return JsonText.isNumber(json, from, to) ? digits(json, from, to) : blank(json[from]);
  }

  /// The last digits of a whole number, as a number; zeros in front of them are none.
  private static String digits(byte[] json, int from, int to) {
    for (int i = from; i < to; i++) {
      if (json[i] < '0' || json[i] > '9') {
        return "0";
      }
    }
    if (to - from < LEAST) {
      return "0";
    }
    int at = to - SHOWN;
    while (at < to - 1 && json[at] == '0') {
      at++;
    }
    return new String(json, at, to - at, java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u00");
        json.append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
