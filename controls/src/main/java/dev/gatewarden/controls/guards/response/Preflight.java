package dev.gatewarden.controls.guards.response;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The gate's own answer to a browser that asks, before it sends a request, whether it may (Fetch,
/// "CORS-preflight request").
///
/// The service never hears of it, and it proves nothing: the request that follows is judged like
/// any other.
public final class Preflight {
  private static final Reply.Line VARY =
      new Reply.Line(
          "vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");

  private Preflight() {}

  /// The method that a preflight asks about; empty where a request is none.
  public static Optional<String> asks(String method, Headers headers) {
    if (!method.equals("OPTIONS")
        || headers.count("origin") != 1
        || headers.count("access-control-request-method") != 1) {
      return Optional.empty();
    }
    return Optional.ofNullable(headers.first("access-control-request-method"));
  }

  /// The answer, 204 in any case: what is not allowed is not said, and the browser then sends
  /// nothing.
  ///
  /// @param config the settings of `cors` at the operation that is asked about
  /// @param methods the methods that the contract promises at that path
  public static Reply answer(CorsGuard.Config config, List<String> methods, Headers headers) {
    List<Reply.Line> lines = new ArrayList<>();
    lines.add(VARY);
    String origin = headers.first("origin");
    String method = headers.first("access-control-request-method");
    if (origin != null
        && method != null
        && config.admits(origin)
        && methods.contains(method)
        && admitsHeaders(config, headers)) {
      boolean any = config.origins().contains(CorsGuard.ANY);
      lines.add(new Reply.Line("access-control-allow-origin", any ? CorsGuard.ANY : origin));
      lines.add(new Reply.Line("access-control-allow-methods", String.join(", ", methods)));
      if (!config.headers().isEmpty()) {
        String allowed = String.join(", ", config.headers());
        lines.add(new Reply.Line("access-control-allow-headers", allowed));
      }
      if (config.credentials()) {
        lines.add(new Reply.Line("access-control-allow-credentials", "true"));
      }
      String age = Long.toString(config.maxAge().toSeconds());
      lines.add(new Reply.Line("access-control-max-age", age));
    }
    return Reply.empty(204, lines.toArray(Reply.Line[]::new));
  }

  private static boolean admitsHeaders(CorsGuard.Config config, Headers headers) {
    for (String line : headers.all("access-control-request-headers")) {
      for (String name : line.split(",", -1)) {
        String asked = name.strip().toLowerCase(Locale.ROOT);
        if (!asked.isEmpty()
            && config.headers().stream().noneMatch(each -> each.equalsIgnoreCase(asked))) {
          return false;
        }
      }
    }
    return true;
  }
}
