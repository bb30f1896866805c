package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.wire.Worker;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sends cleared requests from one worker, over connections that belong to its loop.
public final class UpstreamClient {
  private final Worker worker;
  private final Reach reach;
  private final SslContext negotiated;
  private final SslContext http1Only;
  private final Services services;
  private final Map<String, Cluster> clusters = new HashMap<>();
  private final List<Cluster> former = new ArrayList<>();

  UpstreamClient(
      Worker worker, Reach reach, Services services, SslContext negotiated, SslContext http1Only) {
    this.worker = worker;
    this.reach = reach;
    this.services = services;
    this.negotiated = negotiated;
    this.http1Only = http1Only;
  }

  /// A request to a service; `go` sends it.
  public Attempt open(Cleared cleared, Inbound inbound) {
    return new Attempt(cluster(cleared.upstreams()), cleared, inbound);
  }

  private Cluster cluster(Upstreams upstreams) {
    Cluster known = clusters.get(upstreams.name());
    if (known != null && known.serves(upstreams)) {
      return known;
    }
    if (known != null) {
      former.add(known);
    }
    Cluster made = again(upstreams);
    clusters.put(upstreams.name(), made);
    return made;
  }

  /// The cluster of another generation, where requests of two are under way.
  private Cluster again(Upstreams upstreams) {
    for (int i = 0; i < former.size(); i++) {
      if (former.get(i).serves(upstreams)) {
        return former.remove(i);
      }
    }
    return new Cluster(this, upstreams, services.of(upstreams));
  }

  /// Serves these and no others: the rest closes what rests, and asks nobody any more.
  void serve(Collection<Upstreams> wanted, boolean checking) {
    former.addAll(clusters.values());
    clusters.clear();
    List<Cluster> left = new ArrayList<>();
    for (Cluster each : former) {
      if (wanted.contains(each.upstreams())) {
        clusters.put(each.upstreams().name(), each);
      } else {
        left.add(each);
      }
    }
    former.clear();
    left.forEach(Cluster::retire);
    if (checking) {
      wanted.forEach(each -> cluster(each).check());
    }
  }

  /// Closes what rests in the pools.
  void retire() {
    serve(List.of(), false);
  }

  Worker worker() {
    return worker;
  }

  Reach reach() {
    return reach;
  }

  SslContext tls(boolean mayBeHttp2) {
    return mayBeHttp2 ? negotiated : http1Only;
  }
}
