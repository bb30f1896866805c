package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Claims;
import java.util.function.BiConsumer;

/// What is left of the tightest limit, told to the caller (IETF draft "RateLimit header fields for
/// HTTP"; the fields of its early versions too, because clients read them).
final class RateLimitHeaders {
  private RateLimitHeaders() {}

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
