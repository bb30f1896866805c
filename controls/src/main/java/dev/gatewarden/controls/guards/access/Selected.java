package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.canon.Cookies;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.policy.Ownership;
import org.jspecify.annotations.Nullable;

/// The value that a selector reads out of the head of a request.
final class Selected {
  private Selected() {}

  /// The one value; null when there is none, when there are several, and when it does not stand in
  /// the head.
  static @Nullable String value(Selector selector, Exchange exchange) {
    return switch (selector) {
      case Selector.PathParameter(String name) -> exchange.pathValue(name);
      case Selector.QueryParameter(String name) -> {
        var query = exchange.request().target().query();
        yield query.count(name) == 1 ? query.first(name) : null;
      }
      case Selector.Header(String name) -> {
        var headers = exchange.request().headers();
        yield headers.count(name) == 1 ? headers.first(name) : null;
      }
      case Selector.Cookie(String name) ->
          Cookies.read(exchange.request().headers().all("cookie"))
                  instanceof OneReading.Clear<Cookies>(Cookies cookies)
              ? cookies.only(name)
              : null;
      case Selector.HostLabel(int index) -> label(exchange.request().host(), index);
      case Selector.OfPrincipal(var part) -> Ownership.part(part, exchange.principal());
      case Selector.Body _,
          Selector.ResponseBody _,
          Selector.ResponseHeader _,
          Selector.Argument _,
          Selector.Message _,
          Selector.Part _,
          Selector.Result _ ->
          null;
    };
  }

  /// Whether nothing at all stands where a selector reads the head of a request.
  static boolean absent(Selector selector, Exchange exchange) {
    return switch (selector) {
      case Selector.QueryParameter(String name) ->
          exchange.request().target().query().count(name) == 0;
      case Selector.Header(String name) -> exchange.request().headers().count(name) == 0;
      case Selector.Cookie(String name) ->
          exchange.request().headers().count("cookie") == 0
              || (Cookies.read(exchange.request().headers().all("cookie"))
                      instanceof OneReading.Clear<Cookies>(Cookies cookies)
                  && cookies.count(name) == 0);
      case Selector.PathParameter _, Selector.HostLabel _, Selector.OfPrincipal _ -> true;
      case Selector.Body _,
          Selector.ResponseBody _,
          Selector.ResponseHeader _,
          Selector.Argument _,
          Selector.Message _,
          Selector.Part _,
          Selector.Result _ ->
          false;
    };
  }

  /// A label of a host, counted from the left.
  private static @Nullable String label(String host, int index) {
    int from = 0;
    for (int i = 0; i < index; i++) {
      int dot = host.indexOf('.', from);
      if (dot < 0) {
        return null;
      }
      from = dot + 1;
    }
    int end = host.indexOf('.', from);
    return host.substring(from, end < 0 ? host.length() : end);
  }
}
