package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.Cursor;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.opaque.OpaqueIds;
import dev.gatewarden.core.schema.JsonText;
import dev.gatewarden.gateway.binder.PageCursor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The link by which callers of a list with cursors find its next page (RFC 8288, `rel="next"`).
///
/// There is one behind every page that has an item: how many a service gives at once is its own
/// matter, so that a short page need not be the last.
final class NextPage {
  private NextPage() {}

  /// The value of `Link`; null where there is no next page.
  ///
  /// @param asked as the caller asked
  /// @param inside as the service got it
  /// @param deepest how many items may lie before a page
  static @Nullable String link(
      PageCursor pages,
      Exchange asked,
      Exchange inside,
      Headers received,
      Reading reading,
      long deepest) {
    // What nobody read to its end need not be JSON.
    if (!reading.conforms() || !reading.complete() || reading.lines() || hasNext(received)) {
      return null;
    }
    long items = items(reading.bytes());
    if (items <= 0) {
      return null;
    }
    Cursor cursor = pages.cursor();
    long next = cursor.next(number(inside.request().target().query(), cursor), items);
    long before = cursor.counts() == Cursor.Counts.ITEMS ? next : next * items;
    if (before > deepest) {
      return null;
    }
    String place = pages.place().seal(next, OpaqueIds.tenant(asked.principal().tenant()));
    return "<" + address(asked, cursor.in(), place) + ">; rel=\"next\"";
  }

  private static boolean hasNext(Headers received) {
    for (String line : received.all("link")) {
      String plain = line.toLowerCase(Locale.ROOT).replace("\"", "").replace(" ", "");
      if (plain.contains("rel=next")) {
        return true;
      }
    }
    return false;
  }

  private static long number(Query query, Cursor cursor) {
    for (Query.Pair pair : query.pairs()) {
      if (pair.name().equals(cursor.inner())) {
        return Long.parseLong(pair.value());
      }
    }
    return -1;
  }

  /// The address that was asked for, with another place.
  private static String address(Exchange asked, String name, String place) {
    Query query = asked.request().target().query();
    StringBuilder text = new StringBuilder(asked.request().target().path());
    char before = '?';
    String[] written = query.text().split("&", -1);
    for (int i = 0; i < query.pairs().size(); i++) {
      if (!query.pairs().get(i).name().equals(name)) {
        text.append(before).append(written[i]);
        before = '&';
      }
    }
    text.append(before).append(name).append('=').append(place);
    return text.toString().replace("<", "%3C").replace(">", "%3E");
  }

  /// How many items a list has: the document itself, or the longest list that is a member of it.
  static long items(Bytes body) {
    byte[] json = body.array();
    int at = white(json, body.from(), body.to());
    if (at >= body.to()) {
      return 0;
    }
    if (json[at] == '[') {
      return count(json, at, body.to());
    }
    if (json[at] != '{') {
      return 0;
    }
    long most = 0;
    at = white(json, at + 1, body.to());
    while (at < body.to() && json[at] == '"') {
      at = white(json, JsonText.endOfString(json, at), body.to());
      at = white(json, at + 1, body.to());
      if (json[at] == '[') {
        most = Math.max(most, count(json, at, body.to()));
      }
      at = white(json, JsonText.end(json, at), body.to());
      at = at < body.to() && json[at] == ',' ? white(json, at + 1, body.to()) : body.to();
    }
    return most;
  }

  private static long count(byte[] json, int bracket, int to) {
    int at = white(json, bracket + 1, to);
    if (json[at] == ']') {
      return 0;
    }
    long count = 1;
    for (at = white(json, JsonText.end(json, at), to);
        at < to && json[at] == ',';
        at = white(json, JsonText.end(json, at), to)) {
      count++;
      at = white(json, at + 1, to);
    }
    return count;
  }

  private static int white(byte[] json, int from, int to) {
    int at = from;
    while (at < to
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
    return at;
  }
}
