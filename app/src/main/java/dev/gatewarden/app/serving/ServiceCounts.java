package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Exposition;
import dev.gatewarden.gateway.transport.upstream.Sight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// How the services stand, as `/metrics` tells it: by API, and by address where that is meant.
final class ServiceCounts {
  private static final String API = "gatewarden_api";
  private static final String PLACE = "gatewarden_upstream";

  private final Exposition text;
  private final List<Sight> sights;

  private ServiceCounts(Exposition text, List<Sight> sights) {
    this.text = text;
    this.sights = sights;
  }

  static void tell(Exposition text, List<Sight> sights) {
    if (!sights.isEmpty()) {
      ServiceCounts counts = new ServiceCounts(text, sights);
      counts.gauges();
      counts.places();
      counts.counters();
    }
  }

  private void gauges() {
    gauge(
        "gatewarden_upstream_breaker",
        "whether the breaker of an API is closed (0), half open (1) or open (2)",
        Sight::breaker);
    gauge("gatewarden_upstream_requests", "requests that are at a service now", Sight::inside);
    gauge(
        "gatewarden_upstream_queue",
        "requests that wait for one at the service to end",
        Sight::waiting);
  }

  private void places() {
    place(
        "gatewarden_upstream_place_requests",
        "requests that are at an address now",
        Sight.Place::busy);
    place(
        "gatewarden_upstream_place_breaker",
        "whether the breaker of an address is closed (0), half open (1) or open (2)",
        Sight.Place::breaker);
    place(
        "gatewarden_upstream_place_ejected",
        "whether an address is left out because its calls fail",
        each -> each.ejected() ? 1 : 0);
    place(
        "gatewarden_upstream_place_well",
        "whether an address says that it is well, where it is asked",
        each -> each.well() ? 1 : 0);
    Map<String, Long> ejections = new LinkedHashMap<>();
    for (Sight sight : sights) {
      for (Sight.Place each : sight.places()) {
        ejections.merge(sight.api() + "/" + each.name(), each.ejections(), Long::sum);
      }
    }
    text.counters(
        "gatewarden_upstream_ejections_total",
        "how often an address was left out",
        PLACE,
        ejections);
  }

  private void counters() {
    counter(
        "gatewarden_upstream_attempts_total",
        "requests sent to a service, each time anew",
        Sight::tries);
    counter("gatewarden_upstream_retries_total", "requests sent again", Sight::repeated);
    counter(
        "gatewarden_upstream_retries_over_budget_total",
        "requests not sent again because the budget was spent",
        Sight::overBudget);
    counter(
        "gatewarden_upstream_breaker_opened_total", "how often a breaker opened", Sight::opened);
    counter(
        "gatewarden_upstream_spared_total",
        "requests refused because the breaker was open",
        Sight::resting);
    counter(
        "gatewarden_upstream_full_total",
        "requests refused because too many were at the service",
        Sight::full);
  }

  private void gauge(String name, String help, ToDoubleFunction<Sight> value) {
    Map<String, Double> values = new LinkedHashMap<>();
    sights.forEach(sight -> values.merge(sight.api(), value.applyAsDouble(sight), Double::sum));
    text.gauges(name, help, API, values);
  }

  private void counter(String name, String help, ToLongFunction<Sight> value) {
    Map<String, Long> values = new LinkedHashMap<>();
    sights.forEach(sight -> values.merge(sight.api(), value.applyAsLong(sight), Long::sum));
    text.counters(name, help, API, values);
  }

  private void place(String name, String help, ToDoubleFunction<Sight.Place> value) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Sight sight : sights) {
      for (Sight.Place each : sight.places()) {
        values.merge(sight.api() + "/" + each.name(), value.applyAsDouble(each), Math::max);
      }
    }
    text.gauges(name, help, PLACE, values);
  }
}
