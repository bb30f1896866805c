package dev.gatewarden.controls.guards.session;

import dev.gatewarden.core.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the cookies of sessions out of a request.
public final class SessionCookies {
  /// 256 random bits in base64url.
  public static final int LENGTH = 43;

  private static final byte[] PURPOSE = "gatewarden csrf\0".getBytes(StandardCharsets.US_ASCII);

  private SessionCookies() {}

  /// How many cookies of a name a request brings; more than one is somebody's attempt to be taken
  /// for somebody else.
  public static int count(Headers headers, String name) {
    int count = 0;
    List<String> lines = headers.all("cookie");
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      for (int at = next(line, name, 0); at >= 0; at = next(line, name, at)) {
        count++;
      }
    }
    return count;
  }

  /// The value of the first cookie of a name; null where there is none.
  public static @Nullable String first(Headers headers, String name) {
    List<String> lines = headers.all("cookie");
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int from = next(line, name, 0);
      if (from >= 0) {
        int end = line.indexOf(';', from);
        return line.substring(from, end < 0 ? line.length() : end).stripTrailing();
      }
    }
    return null;
  }

  /// Where the value of the next cookie of a name begins, or -1.
  private static int next(String line, String name, int from) {
    int at = from;
    while (at < line.length()) {
      if (at == 0 || line.charAt(at - 1) == ';') {
        int begin = at;
        while (begin < line.length() && line.charAt(begin) == ' ') {
          begin++;
        }
        if (line.startsWith(name, begin)
            && begin + name.length() < line.length()
            && line.charAt(begin + name.length()) == '=') {
          return begin + name.length() + 1;
        }
      }
      int semicolon = line.indexOf(';', at);
      at = semicolon < 0 ? line.length() : semicolon + 1;
    }
    return -1;
  }

  /// Whether a text could be the value of such a cookie.
  public static boolean wellFormed(String value) {
    if (value.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = value.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_';
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  /// What a page has to send beside the cookie where nothing else tells that it is ours: a digest
  /// of the cookie, which only a page of the same origin can learn and nobody can turn back.
  public static String csrfToken(String cookie) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(PURPOSE);
      digest.update(cookie.getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new dev.gatewarden.core.GatewardenBug("no SHA-256", e);
    }
  }
}
