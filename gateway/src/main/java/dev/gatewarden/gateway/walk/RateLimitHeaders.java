package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.gateway.pipeline.Notes;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/// What is left of the tightest limit, and which limits there are, told to the caller (IETF draft
/// "RateLimit header fields for HTTP"; the fields of its early versions too, because clients read
/// them).
final class RateLimitHeaders {
  /// What a limit is called that has no name for callers.
  private static final String NAMELESS = "\"caller\"";

  private RateLimitHeaders() {}

  /// Whether a field is among them: where the gate tells of its own limit, a service's is another.
  static boolean ours(String name) {
    return name.regionMatches(true, 0, "ratelimit", 0, 9)
        || name.regionMatches(true, 0, "x-ratelimit-", 0, 12)
        || name.regionMatches(true, 0, "x-rate-limit-", 0, 13);
  }

  static void write(Notes notes, BiConsumer<String, String> line) {
    Claims.Allowance allowance = notes.tightest();
    if (allowance.limit() == 0) {
      return;
    }
    String policy = allowance.policy();
    int end = policy.indexOf(';');
    String name = end < 0 ? NAMELESS : policy.substring(0, end);
    String reset = Long.toString(wholeSeconds(allowance.reset()));
    line.accept("ratelimit-policy", policies(notes.policies(), allowance));
    line.accept("ratelimit", name + ";r=" + allowance.remaining() + ";t=" + reset);
    line.accept("ratelimit-limit", Long.toString(allowance.limit()));
    line.accept("ratelimit-remaining", Long.toString(allowance.remaining()));
    line.accept("ratelimit-reset", reset);
  }

  private static String policies(List<String> policies, Claims.Allowance allowance) {
    boolean nameless = allowance.policy().isEmpty();
    if (policies.size() == 1 && !nameless) {
      return policies.getFirst();
    }
    StringBuilder all = new StringBuilder(nameless ? NAMELESS + ";q=" + allowance.limit() : "");
    for (int i = 0; i < policies.size(); i++) {
      all.append(all.isEmpty() ? "" : ", ").append(policies.get(i));
    }
    return all.toString();
  }

  /// Rounded up, so that who waits as told does not come too early.
  private static long wholeSeconds(Duration duration) {
    return duration.toSeconds() + (duration.toNanosPart() > 0 ? 1 : 0);
  }
}
