package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.wire.Worker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the workers know together of each service.
final class Services {
  private final Map<Upstreams, ServiceHealth> known = new ConcurrentHashMap<>();

  ServiceHealth of(Upstreams upstreams) {
    return known.computeIfAbsent(upstreams, ServiceHealth::new);
  }

  /// Forgets all others.
  void keep(Collection<Upstreams> wanted) {
    wanted.forEach(this::of);
    known.keySet().retainAll(wanted);
  }

  /// @param worker by whose clock
  List<Sight> sights(Worker worker) {
    long now = worker.moment();
    List<Sight> all = new ArrayList<>();
    known.values().forEach(each -> all.add(each.sight(now)));
    all.sort(Comparator.comparing(Sight::api));
    return all;
  }
}
