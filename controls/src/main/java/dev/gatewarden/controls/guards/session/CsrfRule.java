package dev.gatewarden.controls.guards.session;

import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a request that a browser sent with a session's cookie was meant by a page of ours.
///
/// The first that is there decides: the token in the header `x-csrf-token`, which only such a page
/// knows; `Sec-Fetch-Site`, which no page can write; `Origin`. Where a browser says none of them,
/// nobody can tell.
public final class CsrfRule {
  /// The field that carries the token.
  public static final String HEADER = "x-csrf-token";

  private CsrfRule() {}

  /// Why the request may have been forged, or null where it was not.
  ///
  /// @param cookie the value of the session's cookie
  /// @param origins further origins whose pages are ours
  public static CsrfGuard.@Nullable Why judge(
      Request request, String cookie, List<String> origins) {
    Headers headers = request.headers();
    if (headers.count(HEADER) > 0) {
      String token = headers.count(HEADER) == 1 ? headers.first(HEADER) : null;
      return token != null && same(token, SessionCookies.csrfToken(cookie))
          ? null
          : CsrfGuard.Why.WRONG_TOKEN;
    }
    String origin = headers.first("origin");
    if (origin != null && headers.count("origin") == 1 && origins.contains(origin)) {
      return null;
    }
    if (headers.count("sec-fetch-site") > 0) {
      String site = headers.count("sec-fetch-site") == 1 ? headers.first("sec-fetch-site") : "";
      return "same-origin".equals(site) || "none".equals(site) ? null : CsrfGuard.Why.CROSS_SITE;
    }
    if (origin != null) {
      return headers.count("origin") == 1 && origin.equals(own(request))
          ? null
          : CsrfGuard.Why.FOREIGN_ORIGIN;
    }
    return CsrfGuard.Why.NOTHING_SAID;
  }

  /// The origin that the request is addressed to (RFC 6454, section 6.2).
  public static String own(Request request) {
    int usual = request.scheme().equals("https") ? 443 : 80;
    boolean plain = request.port() < 0 || request.port() == usual;
    return request.scheme() + "://" + request.host() + (plain ? "" : ":" + request.port());
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.ISO_8859_1), other.getBytes(StandardCharsets.ISO_8859_1));
  }
}
