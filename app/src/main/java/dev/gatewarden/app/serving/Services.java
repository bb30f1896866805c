package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Sparing;
import dev.gatewarden.gateway.pipeline.Resilience;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.walk.ApiSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where the service of an API runs, how it is spared, and how long it may take, as the operator
/// wrote it.
final class Services {
  private static final int NEVER = 101;

  private Services() {}

  /// @param without the parts that are taken away
  static Upstreams of(String name, Api.UpstreamSettings settings, Set<String> without) {
    List<Upstreams.Place> places = new ArrayList<>();
    for (URI to : settings.to()) {
      boolean tls = to.getScheme().equals("https");
      int port = to.getPort() < 0 ? (tls ? 443 : 80) : to.getPort();
      String host = to.getHost();
      String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      places.add(
          new Upstreams.Place(
              InetSocketAddress.createUnresolved(plain, port), tls, to.getRawAuthority()));
    }
    return new Upstreams(
        name,
        places,
        settings.protocol() == Api.Protocol.H2C,
        resilience(settings).without(without));
  }

  private static Resilience resilience(Api.UpstreamSettings settings) {
    Sparing.AtOnce atOnce = settings.atOnce();
    return new Resilience(
        new Resilience.AtOnce(
            atOnce.calls(), atOnce.eachPlace(), atOnce.queue(), atOnce.patience()),
        breaker(settings.breaker()),
        retry(settings.retry()),
        ejection(settings.ejection()),
        health(settings.health()));
  }

  private static Resilience.Breaker breaker(Sparing.Breaker breaker) {
    Duration slowAfter = breaker.slowAfter();
    return new Resilience.Breaker(
        breaker.failed(),
        slowAfter == null ? NEVER : breaker.slow(),
        slowAfter == null ? Duration.ZERO : slowAfter,
        breaker.window(),
        breaker.calls(),
        breaker.rest(),
        breaker.trials());
  }

  private static Resilience.Retry retry(Sparing.Retry retry) {
    Set<Resilience.When> when =
        retry.when().stream()
            .map(
                each ->
                    switch (each) {
                      case UNREACHED -> Resilience.When.UNREACHED;
                      case BROKEN_OFF -> Resilience.When.BROKEN_OFF;
                      case UNAVAILABLE -> Resilience.When.UNAVAILABLE;
                    })
            .collect(Collectors.toSet());
    return new Resilience.Retry(
        retry.times(),
        when,
        retry.pause(),
        retry.longest(),
        retry.budget(),
        retry.spare(),
        retry.keyed());
  }

  private static Resilience.Ejection ejection(Sparing.Ejection ejection) {
    return new Resilience.Ejection(
        ejection.after(), ejection.rest(), ejection.most(), ejection.slowStart());
  }

  private static Resilience.@Nullable Health health(Sparing.@Nullable Health health) {
    return health == null
        ? null
        : new Resilience.Health(
            health.path(), health.every(), health.within(), health.up(), health.down());
  }

  /// How long it may take, for the API and for the operations of which something else is said.
  static ApiSettings.Timing timing(Api api) {
    ApiSettings.Times usual =
        new ApiSettings.Times(api.upstream().deadline(), api.upstream().whole());
    Map<String, ApiSettings.Times> each = new HashMap<>();
    api.operations()
        .forEach(
            (name, operation) -> {
              Sparing.Timing timing = operation.upstream();
              if (timing != null) {
                each.put(
                    name,
                    new ApiSettings.Times(
                        timing.deadline() == null ? usual.head() : timing.deadline(),
                        timing.whole() == null ? usual.whole() : timing.whole()));
              }
            });
    return new ApiSettings.Timing(usual, each);
  }
}
