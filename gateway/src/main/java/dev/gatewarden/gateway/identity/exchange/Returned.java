package dev.gatewarden.gateway.identity.exchange;

import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.gateway.identity.Base64Url;
import dev.gatewarden.gateway.identity.StrictJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a token that came back must be: of the issuer, for the upstream alone, of the caller.
///
/// It comes straight from the issuer, so its signature is the upstream's to check. A token that is
/// not spelled as a signed one cannot be read here, and is the upstream's alone.
record Returned(ExchangeSettings settings) {

  /// What is wrong with a token, or null.
  ///
  /// @param presented the caller's own token
  /// @param now in milliseconds since 1970
  @Nullable String wrong(String token, String presented, Principal caller, long now) {
    if (token.equals(presented)) {
      return "it is the caller's own";
    }
    if (isOpaque(token)) {
      return null;
    }
    Map<String, Object> claims = claims(token);
    String wrong = meant(claims, now);
    if (wrong != null || claims == null) {
      return wrong;
    }
    if (!caller.subject().equals(claims.get("sub"))) {
      return "it is of another subject";
    }
    return deeper(claims.get("act"), settings.deepest())
        ? "more act for the caller than are allowed"
        : null;
  }

  /// What is wrong with a token of the gate's own, or null.
  ///
  /// @param now in milliseconds since 1970
  @Nullable String wrong(String token, long now) {
    return isOpaque(token) ? null : meant(claims(token), now);
  }

  /// Why a token is not of the issuer, for the upstream alone, now; null where it is.
  private @Nullable String meant(@Nullable Map<String, Object> claims, long now) {
    if (claims == null) {
      return "it cannot be read";
    }
    if (!settings.url().equals(claims.get("iss"))) {
      return "it is of another issuer";
    }
    return hasEnded(claims, now) ? "it has ended" : audience(claims.get("aud"));
  }

  private static boolean isOpaque(String token) {
    return token.split("\\.", -1).length != 3;
  }

  private static @Nullable Map<String, Object> claims(String token) {
    byte[] payload =
        Base64Url.decode(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.')));
    return payload == null ? null : StrictJson.object(payload);
  }

  private static boolean hasEnded(Map<String, Object> claims, long now) {
    return !(claims.get("exp") instanceof Long end) || end * 1000 <= now;
  }

  private @Nullable String audience(@Nullable Object said) {
    List<?> named = said instanceof List<?> list ? list : said == null ? List.of() : List.of(said);
    boolean meant =
        (settings.audience() != null && named.contains(settings.audience()))
            || (settings.resource() != null && named.contains(settings.resource()));
    if (!meant) {
      return "it is not for the upstream";
    }
    for (String here : settings.here()) {
      if (named.contains(here)) {
        return "it is good at the gate too";
      }
    }
    return null;
  }

  private static boolean deeper(@Nullable Object actor, int most) {
    Object at = actor;
    for (int depth = 0; at != null; depth++) {
      if (depth == most || !(at instanceof Map<?, ?> members)) {
        return true;
      }
      at = members.get("act");
    }
    return false;
  }
}
