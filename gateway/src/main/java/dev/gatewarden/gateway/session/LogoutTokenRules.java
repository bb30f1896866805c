package dev.gatewarden.gateway.session;

import dev.gatewarden.gateway.identity.IssuerSignatures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a logout token must say (OpenID Connect Back-Channel Logout 1.0, section 2.6).
final class LogoutTokenRules {
  static final Duration LONGEST = Duration.ofMinutes(10);
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final Set<String> TYPES = Set.of("logout+jwt", "jwt", "");

  private final String issuer;
  private final String client;
  private final long skew;

  LogoutTokenRules(String issuer, String client, Duration skew) {
    this.issuer = issuer;
    this.client = client;
    this.skew = skew.toSeconds();
  }

  /// Whose sessions end.
  ///
  /// @param sid empty for all of the subject's
  /// @param subject empty where only a session is named
  record Ended(String id, String sid, String subject, Instant issued) {}

  /// Whose sessions end, or null where the token is not good.
  @Nullable Ended judge(IssuerSignatures.Proved.Said said, Instant now) {
    Map<String, Object> claims = said.claims();
    long issued = IdTokenRules.seconds(claims.get("iat"));
    long expires = IdTokenRules.seconds(claims.get("exp"));
    long at = now.getEpochSecond();
    String sid = claims.get("sid") instanceof String text ? text : "";
    String subject = claims.get("sub") instanceof String text ? text : "";
    boolean good =
        TYPES.contains(said.type())
            && issuer.equals(claims.get("iss"))
            && (client.equals(claims.get("aud"))
                || (claims.get("aud") instanceof List<?> list && list.contains(client)))
            && issued >= 0
            && issued <= at + skew
            && at - issued <= LONGEST.toSeconds() + skew
            && (!claims.containsKey("exp") || (expires >= 0 && at < expires + skew))
            && claims.get("events") instanceof Map<?, ?> events
            && events.get(EVENT) instanceof Map<?, ?>
            && !claims.containsKey("nonce")
            && !(sid.isEmpty() && subject.isEmpty());
    return good && claims.get("jti") instanceof String id && !id.isEmpty()
        ? new Ended(id, sid, subject, Instant.ofEpochSecond(issued))
        : null;
  }
}
