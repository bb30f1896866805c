package dev.gatewarden.gateway.session;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a token endpoint gives (RFC 6749, section 5.1).
///
/// @param expires when the access token runs out; `Instant.MAX` where it is not said
record TokenAnswer(
    String access, @Nullable String refresh, @Nullable String idToken, Instant expires) {

  /// The answer that a document spells, or null: no access token, or one that a bearer cannot
  /// present.
  static @Nullable TokenAnswer read(Map<String, Object> document, Instant now) {
    if (!(document.get("access_token") instanceof String access)
        || !(document.get("token_type") instanceof String type)
        || !type.equalsIgnoreCase("bearer")
        || access.isEmpty()) {
      return null;
    }
    Instant expires =
        document.get("expires_in") instanceof Long seconds && seconds >= 0 && seconds < 1L << 32
            ? now.plusSeconds(seconds)
            : Instant.MAX;
    return new TokenAnswer(
        access,
        document.get("refresh_token") instanceof String refresh && !refresh.isEmpty()
            ? refresh
            : null,
        document.get("id_token") instanceof String id ? id : null,
        expires);
  }

  /// No token.
  @Override
  public String toString() {
    return "TokenAnswer[" + expires + "]";
  }
}
