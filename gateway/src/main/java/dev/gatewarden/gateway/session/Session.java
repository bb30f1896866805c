package dev.gatewarden.gateway.session;

import dev.gatewarden.gateway.state.Sealing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the gate keeps of one sign-in.
///
/// @param access the access token
/// @param refresh the token that renews it; empty for none
/// @param idToken kept only where the provider is told by it whom to sign out; empty else
/// @param expires when the access token runs out, as far as the provider said; `Instant.MAX` else
/// @param subject whom the provider named
/// @param sid what the provider calls its own session (OpenID Connect Back-Channel Logout 1.0,
///     section 2.1); empty for none
/// @param acr how the user signed in; empty where it is not said
/// @param authTime when, in seconds since 1970; -1 where it is not said
/// @param begun when the session began
/// @param until when it ends at the latest
record Session(
    String access,
    String refresh,
    String idToken,
    Instant expires,
    String subject,
    String sid,
    String acr,
    long authTime,
    Instant begun,
    Instant until) {

  /// The same session with renewed tokens.
  Session renewed(TokenAnswer tokens, boolean keepsIdToken) {
    String again = tokens.refresh();
    return new Session(
        tokens.access(),
        again == null ? refresh : again,
        keepsIdToken && tokens.idToken() != null ? tokens.idToken() : idToken,
        tokens.expires(),
        subject,
        sid,
        acr,
        authTime,
        begun,
        until);
  }

  byte[] sealed(Sealing sealing, RandomGenerator random) {
    return sealing.seal(said(), random);
  }

  private Map<String, Object> said() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("access", access);
    all.put("refresh", refresh);
    all.put("id", idToken);
    all.put("expires", expires.equals(Instant.MAX) ? -1L : expires.toEpochMilli());
    all.put("subject", subject);
    all.put("sid", sid);
    all.put("acr", acr);
    all.put("auth-time", authTime);
    all.put("begun", begun.toEpochMilli());
    all.put("until", until.toEpochMilli());
    return all;
  }

  /// The session that was sealed, or null.
  static @Nullable Session open(byte[] sealed, Sealing sealing) {
    Map<String, Object> all = sealing.said(sealed);
    return all != null
            && all.get("access") instanceof String access
            && all.get("refresh") instanceof String refresh
            && all.get("id") instanceof String idToken
            && all.get("expires") instanceof Long expires
            && all.get("subject") instanceof String subject
            && all.get("sid") instanceof String sid
            && all.get("acr") instanceof String acr
            && all.get("auth-time") instanceof Long authTime
            && all.get("begun") instanceof Long begun
            && all.get("until") instanceof Long until
        ? new Session(
            access,
            refresh,
            idToken,
            expires < 0 ? Instant.MAX : Instant.ofEpochMilli(expires),
            subject,
            sid,
            acr,
            authTime,
            Instant.ofEpochMilli(begun),
            Instant.ofEpochMilli(until))
        : null;
  }

  /// No token.
  @Override
  public String toString() {
    return "Session[" + begun + "]";
  }
}
