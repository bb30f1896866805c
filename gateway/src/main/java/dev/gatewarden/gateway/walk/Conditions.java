package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.gateway.walk.Walk.Release;
import dev.gatewarden.gateway.walk.Walk.ReplyHead;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers conditions and HEAD in the upstream's place, once the whole response was judged: the
/// upstream saw a plain GET (RFC 9110, section 13).
///
/// What is compared is what the caller gets to see: where a validator was taken out of the answer,
/// no condition is told from another by it.
final class Conditions {
  private Conditions() {}

  /// @param conditions whether a condition is answered here, too
  /// @param edits what was done to the response
  static Release answer(
      RequestHead asked,
      ResponseHead received,
      boolean conditions,
      List<Edit> edits,
      ReplyHead out,
      Bytes body) {
    boolean head = asked.method().equals("HEAD");
    boolean reads = head || asked.method().equals("GET");
    if (conditions && reads && received.status() == 200) {
      String etag = validator("etag", received.headers(), edits);
      String changed = validator("last-modified", received.headers(), edits);
      int status = status(asked.headers(), etag, changed);
      if (status != 200) {
        return new Release.Send(new ReplyHead(status, out.headers()), Bytes.NONE, false);
      }
    }
    return new Release.Send(out, body, !head);
  }

  private static @Nullable String validator(String name, Headers headers, List<Edit> edits) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.RemoveResponseHeader(String removed)
          && removed.equalsIgnoreCase(name)) {
        return null;
      }
    }
    return headers.first(name);
  }

  /// Section 13.2.2: the order in which conditions count.
  private static int status(Headers asked, @Nullable String etag, @Nullable String changed) {
    if (asked.first("if-match") != null) {
      if (!matches(asked.all("if-match"), etag, true)) {
        return 412;
      }
    } else if (isLater(changed, asked.first("if-unmodified-since"))) {
      return 412;
    }
    if (asked.first("if-none-match") != null) {
      return matches(asked.all("if-none-match"), etag, false) ? 304 : 200;
    }
    String since = asked.first("if-modified-since");
    return since != null && time(since) != null && time(changed) != null && !isLater(changed, since)
        ? 304
        : 200;
  }

  /// @param strong whether a weak tag equals none (section 8.8.3.2)
  private static boolean matches(List<String> lines, @Nullable String etag, boolean strong) {
    if (etag == null) {
      return false;
    }
    for (String line : lines) {
      for (String each : line.split(",", -1)) {
        String tag = each.strip();
        if (tag.equals("*")
            || (strong
                ? tag.equals(etag.strip()) && !tag.startsWith("W/")
                : opaque(tag).equals(opaque(etag)))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String opaque(String tag) {
    String text = tag.strip();
    return text.startsWith("W/") ? text.substring(2) : text;
  }

  private static boolean isLater(@Nullable String changed, @Nullable String than) {
    Instant one = time(changed);
    Instant other = time(than);
    return one != null && other != null && one.isAfter(other);
  }

  /// A date that is none is no condition (section 13.1.3).
  private static @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
    } catch (DateTimeException none) {
      return null;
    }
  }
}
