package dev.gatewarden.core.canon;

import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Target;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The URI of a request without its query, in the one form that its spellings share (RFC 3986,
/// sections 6.2.2 and 6.2.3): scheme and host lower case, the scheme's own port left out, an empty
/// path as `/`, the path as the gate reads paths.
public final class TargetUri {
  private TargetUri() {}

  /// The URI that the caller addressed.
  public static String of(Request request) {
    return written(request.scheme(), request.host(), request.port(), request.target().path());
  }

  /// The URI behind an origin in place of the request's own, which something in front of the gate
  /// rewrote.
  ///
  /// @param origin as `origin` makes them
  public static String of(String origin, Request request) {
    return origin + request.target().path();
  }

  /// `https://api.example.com` in its one form, or null where the text is no origin.
  public static @Nullable String origin(String text) {
    String read = read(text);
    boolean bare = text.indexOf('/', text.indexOf("://") + 3) < 0 && text.indexOf('?') < 0;
    return read == null || !bare ? null : read.substring(0, read.length() - 1);
  }

  /// The form of a text, or null where it is no URI of http or https with a path that has one
  /// reading. A query and a fragment are left out.
  public static @Nullable String read(String text) {
    int colon = text.indexOf("://");
    String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return null;
    }
    int from = colon + 3;
    int slash = end(text, from, "/?#");
    if (!(Host.read(text.substring(from, slash)) instanceof OneReading.Clear<Host>(Host host))) {
      return null;
    }
    int end = end(text, slash, "?#");
    String raw = end == slash ? "/" : text.substring(slash, end);
    // Bare semicolons are compared, never split at.
    return TargetReader.read(raw, 1, true) instanceof OneReading.Clear<Target>(Target target)
        ? written(scheme, host.name(), host.port(), target.path())
        : null;
  }

  private static int end(String text, int from, String ends) {
    int at = from;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static String written(String scheme, String host, int port, String path) {
    boolean usual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
    return scheme + "://" + host + (usual ? "" : ":" + port) + path;
  }
}
