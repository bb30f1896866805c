package dev.gatewarden.core.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON pointer (RFC 6901) as its unescaped tokens.
public record Pointer(List<String> tokens) {

  public Pointer {
    tokens = List.copyOf(tokens);
  }

  /// The pointer that a text writes, or null when it is none: not empty and without `/` at its
  /// start, or with a `~` that neither `0` nor `1` follows.
  public static @Nullable Pointer parse(String text) {
    List<String> tokens = new ArrayList<>();
    if (text.isEmpty()) {
      return new Pointer(tokens);
    }
    if (text.charAt(0) != '/') {
      return null;
    }
    int from = 1;
    while (true) {
      int slash = text.indexOf('/', from);
      String token = unescaped(text.substring(from, slash < 0 ? text.length() : slash));
      if (token == null) {
        return null;
      }
      tokens.add(token);
      if (slash < 0) {
        return new Pointer(tokens);
      }
      from = slash + 1;
    }
  }

  private static @Nullable String unescaped(String token) {
    int tilde = token.indexOf('~');
    if (tilde < 0) {
      return token;
    }
    StringBuilder plain = new StringBuilder(token.length());
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if (c != '~') {
        plain.append(c);
      } else if (i + 1 < token.length() && token.charAt(i + 1) == '0') {
        plain.append('~');
        i++;
      } else if (i + 1 < token.length() && token.charAt(i + 1) == '1') {
        plain.append('/');
        i++;
      } else {
        return null;
      }
    }
    return plain.toString();
  }

  /// The position an array token means, or -1 when it is not one (RFC 6901, section 4).
  public static int index(String token) {
    if (token.isEmpty() || token.length() > 9 || (token.length() > 1 && token.charAt(0) == '0')) {
      return -1;
    }
    int index = 0;
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      index = index * 10 + (c - '0');
    }
    return index;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String token : tokens) {
      text.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }
}
