package dev.gatewarden.core.schema;

import java.nio.charset.StandardCharsets;

/// Shows a value of a message to who sent it, for those who ask for that.
public final class Echo {
  private Echo() {}

  /// A text, number or word at a place of a document; empty where none stands there, or a longer
  /// one.
  ///
  /// @param json a document that was judged to be JSON
  /// @param pointer a JSON pointer (RFC 6901)
  /// @param most the most characters that are shown
  public static String of(byte[] json, int from, int to, String pointer, int most) {
    if (pointer.isEmpty() || pointer.charAt(0) != '/') {
      return "";
    }
    Outline outline = Outline.of(json, from, to);
    int node = 0;
    for (String token : pointer.substring(1).split("/", -1)) {
      node = outline.child(node, token.replace("~1", "/").replace("~0", "~"));
      if (node < 0) {
        return "";
      }
    }
    return shown(json, outline.from(node), outline.to(node), most);
  }

  private static String shown(byte[] json, int from, int to, int most) {
    if (json[from] == '{' || json[from] == '[') {
      return "";
    }
    String text =
        JsonText.isString(json, from, to)
            ? JsonText.decode(json, from, to)
            : new String(json, from, to - from, StandardCharsets.US_ASCII);
    boolean plain = text.chars().noneMatch(Character::isISOControl);
    return plain && text.length() <= most ? text : "";
  }
}
