package dev.gatewarden.gateway.identity.certificate;

import org.jspecify.annotations.Nullable;

/// The name of a workload: `spiffe://` a trust domain and a path (SPIFFE ID, sections 2.1 to 2.4).
record SpiffeId(String trustDomain, String path) {
  private static final String SCHEME = "spiffe://";
  private static final int LONGEST = 2048;
  private static final int LONGEST_DOMAIN = 255;

  /// The id that a text spells, or null where it spells none: the scheme lower case, a trust domain
  /// of `a-z0-9.-_` without port or user, a path of at least one segment of `a-zA-Z0-9.-_`, none of
  /// which is empty or a dot segment; no query, no fragment, no percent sign.
  static @Nullable SpiffeId parse(String text) {
    if (text.length() > LONGEST || !text.startsWith(SCHEME)) {
      return null;
    }
    int slash = text.indexOf('/', SCHEME.length());
    if (slash < 0 || !isTrustDomain(text.substring(SCHEME.length(), slash))) {
      return null;
    }
    String path = text.substring(slash);
    int begin = 1;
    for (int i = 1; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/') {
        if (!isSegment(path.substring(begin, i))) {
          return null;
        }
        begin = i + 1;
      }
    }
    return new SpiffeId(text.substring(SCHEME.length(), slash), path);
  }

  /// Whether a text may name a trust domain.
  static boolean isTrustDomain(String text) {
    boolean plain = !text.isEmpty() && text.length() <= LONGEST_DOMAIN;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain &= isPlain(c) && !(c >= 'A' && c <= 'Z');
    }
    return plain;
  }

  private static boolean isSegment(String segment) {
    boolean plain = !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
    for (int i = 0; i < segment.length(); i++) {
      plain &= isPlain(segment.charAt(i));
    }
    return plain;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '-'
        || c == '_';
  }

  /// As it is written.
  String text() {
    return SCHEME + trustDomain + path;
  }
}
