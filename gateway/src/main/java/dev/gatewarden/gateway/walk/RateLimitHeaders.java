package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Claims;
import java.util.function.BiConsumer;

/// What is left of the tightest limit, told to the caller (IETF draft "RateLimit header fields for
/// HTTP"; the fields of its early versions too, because clients read them).
final class RateLimitHeaders {
  private RateLimitHeaders() {}

  /// Whether a field is among them: where the gate tells of its own limit, a service's is another.
  static boolean ours(String name) {
    return name.regionMatches(true, 0, "ratelimit", 0, 9)
        || name.regionMatches(true, 0, "x-ratelimit-", 0, 12)
        || name.regionMatches(true, 0, "x-rate-limit-", 0, 13);
  }

  static void write(Claims.Allowance allowance, BiConsumer<String, String> line) {
    if (allowance.limit() == 0) {
      return;
    }
    long reset = allowance.reset().toSeconds();
    line.accept("ratelimit-policy", "\"caller\";q=" + allowance.limit());
    line.accept("ratelimit", "\"caller\";r=" + allowance.remaining() + ";t=" + reset);
    line.accept("ratelimit-limit", Long.toString(allowance.limit()));
    line.accept("ratelimit-remaining", Long.toString(allowance.remaining()));
    line.accept("ratelimit-reset", Long.toString(reset));
  }
}
