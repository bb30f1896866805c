package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.core.canon.Cookies;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.exchange.Request;
import java.util.List;

/// What a request presents where a security scheme says that a token stands.
public sealed interface PresentedToken {
  /// Nothing is there.
  PresentedToken NONE = new None();

  /// Several are there, or something that is no token.
  PresentedToken UNCLEAR = new Unclear();

  /// Nothing is there.
  record None() implements PresentedToken {}

  /// Several are there, or something that is no token.
  record Unclear() implements PresentedToken {}

  /// One token.
  record One(String token) implements PresentedToken {
    /// Nothing of the token.
    @Override
    public String toString() {
      return "One";
    }
  }

  /// Whether tokens of a service can stand where a scheme says.
  static boolean fits(SecurityScheme.Kind kind) {
    return switch (kind) {
      case SecurityScheme.Http(String name, var _) -> name.equals("bearer");
      case SecurityScheme.OAuth2 _, SecurityScheme.OpenIdConnect _ -> true;
      case SecurityScheme.ApiKey(var in, var _) ->
          switch (in) {
            case HEADER, COOKIE -> true;
            case PATH, QUERY, QUERYSTRING -> false;
          };
      case SecurityScheme.MutualTls _ -> false;
    };
  }

  /// The token of a request.
  static PresentedToken of(SecurityScheme.Kind kind, Request request) {
    return switch (kind) {
      case SecurityScheme.ApiKey(var in, String name) ->
          switch (in) {
            case HEADER -> header(request, name, false);
            case COOKIE -> cookie(request, name);
            case PATH, QUERY, QUERYSTRING -> NONE;
          };
      case SecurityScheme.Http _, SecurityScheme.OAuth2 _, SecurityScheme.OpenIdConnect _ ->
          header(request, "authorization", true);
      case SecurityScheme.MutualTls _ -> NONE;
    };
  }

  private static PresentedToken header(Request request, String name, boolean bearer) {
    int lines = request.headers().count(name);
    String line = lines == 0 ? null : request.headers().first(name);
    if (line == null) {
      return NONE;
    }
    int space = line.indexOf(' ');
    if (bearer && !isBearer(line, space)) {
      return lines == 1 ? NONE : UNCLEAR;
    }
    String token = space < 0 ? line : line.substring(space + 1);
    return lines == 1 && (!bearer || space > 0) && isToken(token) ? new One(token) : UNCLEAR;
  }

  /// The name of the scheme is compared without case (RFC 9110, section 11.1).
  private static boolean isBearer(String line, int space) {
    int end = space < 0 ? line.length() : space;
    return end == 6 && line.regionMatches(true, 0, "bearer", 0, 6);
  }

  private static PresentedToken cookie(Request request, String name) {
    List<String> lines = request.headers().all("cookie");
    return switch (Cookies.read(lines)) {
      case OneReading.Refused<Cookies> _ -> UNCLEAR;
      case OneReading.Clear<Cookies>(Cookies all) -> {
        String only = all.only(name);
        if (only == null) {
          yield all.count(name) == 0 ? NONE : UNCLEAR;
        }
        yield isToken(only) ? new One(only) : UNCLEAR;
      }
    };
  }

  /// Whether a text can be a token: some printable characters without space, comma or semicolon, so
  /// that nobody reads two of it.
  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 127 || c == ',' || c == ';') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
