package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.gateway.walk.Walk.Release;
import dev.gatewarden.gateway.walk.Walk.ReplyHead;
import org.jspecify.annotations.Nullable;

/// Answers conditions and HEAD in the upstream's place, once the whole response was judged: the
/// upstream saw a plain GET (RFC 9110, section 13).
final class Conditions {
  private Conditions() {}

  /// @param conditions whether a condition is answered here, too
  static Release answer(
      RequestHead asked, ResponseHead received, boolean conditions, ReplyHead out, Bytes body) {
    boolean reads = asked.method().equals("GET") || asked.method().equals("HEAD");
    if (conditions && reads && received.status() == 200 && unchanged(asked, received)) {
      return new Release.Send(new ReplyHead(304, out.headers()), Bytes.NONE, false);
    }
    return new Release.Send(out, body, !asked.method().equals("HEAD"));
  }

  /// Section 13.1.2: the weak comparison, for `If-None-Match`.
  private static boolean unchanged(RequestHead asked, ResponseHead received) {
    String wanted = asked.headers().first("if-none-match");
    String etag = received.headers().first("etag");
    if (wanted == null || etag == null) {
      return false;
    }
    for (String line : asked.headers().all("if-none-match")) {
      for (String each : line.split(",", -1)) {
        String tag = each.strip();
        if (tag.equals("*") || opaque(tag).equals(opaque(etag))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String opaque(@Nullable String tag) {
    String text = tag == null ? "" : tag.strip();
    return text.startsWith("W/") ? text.substring(2) : text;
  }
}
