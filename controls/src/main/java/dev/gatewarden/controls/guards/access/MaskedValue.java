package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.contract.Mask;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.identity.Pseudonyms;
import dev.gatewarden.core.schema.JsonText;
import java.nio.charset.StandardCharsets;

/// Writes what stands in the place of a masked value.
final class MaskedValue {
  private static final int SHOWN = 4;
  private static final int LEAST = 8;

  private final String api;
  private final Pseudonyms pseudonyms;

  MaskedValue(String api, Pseudonyms pseudonyms) {
    this.api = api;
    this.pseudonyms = pseudonyms;
  }

  /// The JSON that stands there.
  String of(Mask mask, Bytes body, Mark mark) {
    byte[] json = body.array();
    return switch (mask) {
      case REMOVE, REFUSE, NULL -> "null";
      case FIXED -> fixed(json[mark.from()]);
      case HASH -> hashed(json, mark.from(), mark.to());
      case LAST_FOUR -> lastFour(json, mark.from(), mark.to());
    };
  }

  private static String fixed(byte first) {
    return switch (first) {
      case '"' -> "\"****\"";
      case '{' -> "{}";
      case '[' -> "[]";
      case 't', 'f' -> "false";
      case 'n' -> "null";
      default -> "0";
    };
  }

  /// Of what has few values, a digest would tell which of them it is.
  private String hashed(byte[] json, int from, int to) {
    if (JsonText.isString(json, from, to)) {
      return quoted(pseudonyms.of(api, JsonText.decode(json, from, to)));
    }
    return JsonText.isNumber(json, from, to)
        ? quoted(pseudonyms.of(api, new String(json, from, to - from, StandardCharsets.US_ASCII)))
        : fixed(json[from]);
  }

  private static String lastFour(byte[] json, int from, int to) {
    if (JsonText.isString(json, from, to)) {
      String text = JsonText.decode(json, from, to);
      int points = text.codePointCount(0, text.length());
      return points < LEAST
          ? fixed((byte) '"')
          : quoted("****" + text.substring(text.offsetByCodePoints(0, points - SHOWN)));
    }
    return JsonText.isNumber(json, from, to) ? digits(json, from, to) : fixed(json[from]);
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
    return new String(json, at, to - at, StandardCharsets.US_ASCII);
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
