package dev.gatewarden.controls.guards.flow;

import dev.gatewarden.core.canon.Cookies;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Query;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a message says at the places that flows look at: each time the same text for the same
/// value, however it is written.
public final class Told {
  private static final Bounds BOUNDS = new Bounds(4 << 20, 64, 100_000);
  private static final Place.Origin ORIGIN = new Place.Origin(URI.create("body:body.json"), "body");

  /// Beyond these many digits a number is told as it is written.
  private static final int MOST_DIGITS = 40;

  private static final int MOST_TEXT = 1024;
  private static final int UUID = 36;

  private final @Nullable Call call;
  private final Headers headers;
  private final @Nullable Node body;

  private Told(@Nullable Call call, Headers headers, @Nullable Node body) {
    this.call = call;
    this.headers = headers;
    this.body = body;
  }

  /// What a request says.
  static Told of(Call call, boolean body) {
    return new Told(
        call, call.exchange().request().headers(), body ? read(call.body().bytes()) : null);
  }

  /// What an answer says.
  ///
  /// @param body empty where it is not read
  public static Told of(Headers headers, Bytes body) {
    return new Told(null, headers, read(body));
  }

  private static @Nullable Node read(Bytes bytes) {
    if (bytes.length() == 0) {
      return null;
    }
    try {
      return new DocumentReader(BOUNDS).read(ORIGIN, bytes.copy());
    } catch (ProblemsException unreadable) {
      return null;
    }
  }

  /// What stands at a place; null where nothing does, or nothing that has one reading.
  public @Nullable String at(Selector selector) {
    String text =
        switch (selector) {
          case Selector.PathParameter(String name) ->
              call == null ? null : call.exchange().pathValue(name);
          case Selector.QueryParameter(String name) -> query(name);
          case Selector.Header(String name) -> header(name);
          case Selector.ResponseHeader(String name) -> header(name);
          case Selector.Cookie(String name) -> cookie(name);
          case Selector.Body(PointerPattern at) -> body(at);
          case Selector.ResponseBody(PointerPattern at) -> body(at);
          case Selector.Argument _,
              Selector.Message _,
              Selector.Part _,
              Selector.OfPrincipal _,
              Selector.HostLabel _,
              Selector.Result _ ->
              null;
        };
    return text == null || text.isEmpty() || text.length() > MOST_TEXT ? null : plain(text);
  }

  /// The value of a cookie, or null where there is none or several.
  @Nullable String cookie(String name) {
    return Cookies.read(headers.all("cookie")) instanceof OneReading.Clear<Cookies>(Cookies all)
        ? all.only(name)
        : null;
  }

  private @Nullable String header(String name) {
    return headers.count(name) == 1 ? headers.first(name) : null;
  }

  private @Nullable String query(String name) {
    if (call == null) {
      return null;
    }
    Query query = call.exchange().request().target().query();
    return query.count(name) == 1 ? query.first(name) : null;
  }

  private @Nullable String body(PointerPattern at) {
    Node node = body;
    for (PointerPattern.Step step : at.steps()) {
      node =
          step instanceof PointerPattern.Name(String name) && node instanceof Node.Obj object
              ? object.get(name)
              : null;
    }
    return switch (node) {
      case Node.Text text -> text.value();
      case Node.Num number -> number(number);
      case null, default -> null;
    };
  }

  /// `7`, `7.0` and `70e-1` are one number.
  private static String number(Node.Num number) {
    BigDecimal value = number.value();
    return value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > MOST_DIGITS
        ? number.literal()
        : value.stripTrailingZeros().toPlainString();
  }

  /// A UUID is the same in small and capital letters (RFC 9562, section 4).
  private static String plain(String text) {
    if (text.length() != UUID) {
      return text;
    }
    for (int i = 0; i < UUID; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? text.charAt(i) != '-' : Character.digit(text.charAt(i), 16) < 0) {
        return text;
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
