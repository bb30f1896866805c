package dev.gatewarden.gateway.pipeline;

import java.time.Duration;

/// Lets tests of the transport forward without a pipeline.
public final class ClearedForTests {
  private ClearedForTests() {}

  public static Cleared of(
      String method,
      String target,
      HeaderLines headers,
      Upstreams upstreams,
      Duration deadline,
      String upgrade) {
    return new Cleared(
        new Cleared.Head(method, target, upstreams.places().getFirst().host(), headers),
        upstreams,
        Within.head(deadline),
        upgrade,
        false);
  }

  /// One for which the service has its time, and which a key may guard.
  public static Cleared of(
      String method,
      String target,
      HeaderLines headers,
      Upstreams upstreams,
      Within within,
      boolean keyed) {
    return new Cleared(
        new Cleared.Head(method, target, upstreams.places().getFirst().host(), headers),
        upstreams,
        within,
        "",
        keyed);
  }
}
