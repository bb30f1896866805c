package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.identity.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Points for tests.
final class Points {
  static final HttpClient HTTP = HttpClient.newHttpClient();

  private Points() {}

  static RemoteSettings settings(RemoteSettings.Kind kind, URI url) {
    return new RemoteSettings(
        "them",
        kind,
        url,
        Secret.of("the gate's own"),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        "01HSTORE",
        "01HMODEL",
        "shop",
        Map.of("getOrder", "viewer"),
        false,
        50);
  }

  static RemotePoint of(RemoteSettings.Kind kind, URI url) {
    return at(settings(kind, url), InstantSource.fixed(Instant.EPOCH));
  }

  static RemotePoint at(RemoteSettings settings, InstantSource clock) {
    return new RemotePoint(settings, HTTP, clock, RandomGenerator.getDefault());
  }
}
