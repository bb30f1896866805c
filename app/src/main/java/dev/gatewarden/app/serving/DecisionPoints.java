package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.app.configuration.ExternalPoint;
import dev.gatewarden.app.configuration.TenantZones;
import dev.gatewarden.core.policy.Consulted;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who decides by a policy: everybody whom a configuration names for it, ready to be asked.
final class DecisionPoints {
  private final Making making;
  private final Map<String, Consulted> byName = new HashMap<>();

  DecisionPoints(Making making) {
    this.making = making;
    making
        .reading()
        .configuration()
        .decisionPoints()
        .forEach(
            (name, settings) -> {
              DecisionPoint point = point(name, settings);
              if (point != null) {
                byName.put(name, new Consulted(point, openUntil(name)));
              }
            });
  }

  /// The points that an API asks, in its order.
  List<Consulted> of(Api api) {
    List<Consulted> points = new ArrayList<>();
    List<String> names = api.decideBy();
    for (String name : names == null ? List.<String>of() : names) {
      Consulted point = byName.get(name);
      if (point != null) {
        points.add(point);
      }
    }
    return points;
  }

  /// Where tenants read their clocks.
  Zones zones() {
    TenantZones written = making.reading().configuration().zones();
    Map<String, ZoneId> tenants = new HashMap<>();
    written.tenants().forEach((tenant, zone) -> tenants.put(tenant, zone.id()));
    return new Zones(written.usual().id(), tenants);
  }

  private @Nullable DecisionPoint point(String name, ExternalPoint settings) {
    return switch (settings.kind()) {
      case OPA, OPENFGA, SPICEDB, TOPAZ, AUTHZEN -> {
        making.wrong("nothing here asks decision points of this kind", "decision-points", name);
        yield null;
      }
    };
  }

  private Instant openUntil(String name) {
    Instant end = Instant.MIN;
    for (ExceptionEntry entry : making.reading().configuration().exceptions()) {
      if (entry.opens(name) && entry.end().isAfter(end)) {
        end = entry.end();
      }
    }
    return end;
  }
}
