package dev.gatewarden.app.configuration;

import dev.gatewarden.core.limit.DurationText;
import dev.gatewarden.core.schema.Bounds;
import java.time.Duration;

/// What must hold of the bounds, and of what the gate remembers.
final class KeepingChecks {
  private KeepingChecks() {}

  static void limits(Limits limits, Remarks at) {
    at.size("body", limits.body(), 1, 1L << 30);
    at.size("headers", limits.headers(), 1 << 10, 1 << 20);
    at.size("target", limits.target(), 128, 1 << 16);
    at.whole("header-lines", limits.headerLines(), 8, 1_000);
    at.whole("parameters", limits.parameters(), 1, 10_000);
    at.whole("connections-of-network", limits.connectionsOfNetwork(), 1, limits.connections());
    at.whole("streams", limits.streams(), 1, 10_000);
    at.whole("requests", limits.requests(), 1, 1_000_000);
    at.size("slowest", limits.slowest(), 0, 1 << 20);
    span(at, "lag", limits.lag(), Duration.ofMillis(10), Duration.ofMinutes(1));
    span(at, "head-time", limits.headTime(), Duration.ofSeconds(1), Duration.ofMinutes(10));
    span(at, "body-time", limits.bodyTime(), Duration.ofSeconds(1), Duration.ofMinutes(10));
    span(at, "idle-time", limits.idleTime(), Duration.ofSeconds(1), Duration.ofDays(1));
    span(at, "silence", limits.silence(), Duration.ofSeconds(1), Duration.ofDays(1));
    at.whole("depth", limits.depth(), 1, Bounds.DEEPEST);
    at.whole("keys", limits.keys(), 1, 1_000_000);
    at.whole("items", limits.items(), 1, 10_000_000);
    at.whole("digits", limits.digits(), 1, 10_000);
    if (limits.string() != null) {
      at.size("string", limits.string(), 1, 1L << 30);
    }
    if (limits.inFlight().bytes() < limits.body().bytes()) {
      at.add("in-flight", "`in-flight` is less than one `body`", "make room for at least one");
    }
    if (limits.connections() < 1) {
      at.add(
          "connections",
          "`connections` is " + limits.connections() + "; at least 1",
          "leave it out for 10000");
    }
  }

  private static void span(Remarks at, String key, Duration span, Duration least, Duration most) {
    if (span.compareTo(least) < 0 || span.compareTo(most) > 0) {
      at.add(
          key,
          "`"
              + key
              + "` is "
              + DurationText.write(span)
              + "; it is between "
              + DurationText.write(least)
              + " and "
              + DurationText.write(most),
          "");
    }
  }

  static void state(State state, Remarks at) {
    RedisAddress redis = state.redis();
    if (redis == null) {
      at.add("`state` names no `redis`", "write `redis: redis://host:6379`, or `memory`");
      return;
    }
    if (redis.isExposed()) {
      at.add(
          "redis",
          "sessions and ids would cross an open network without TLS",
          "write `rediss://`; plain `redis://` only to loopback and private addresses");
    }
    State.Encryption tls = state.tls();
    if (tls != null && !redis.tls()) {
      at.add("tls", "`tls` has no effect on a plain connection", "write `rediss://`");
    }
    if (tls != null && (tls.certificate() == null) != (tls.key() == null)) {
      at.add("tls", "`certificate` and `key` go together", "name both");
    }
    if (state.user() != null && state.password() == null) {
      at.add("user", "`user` has no effect without `password`", "write `password: env:NAME`");
    }
    at.whole("nodes", state.nodes(), 1, 1_000);
    if (state.prefix().isEmpty() || !state.prefix().matches("[a-z0-9._-]{1,64}")) {
      at.add(
          "prefix",
          "`prefix` is made of small letters, digits, `.`, `-` and `_`",
          "write it as `gatewarden`");
    }
  }
}
