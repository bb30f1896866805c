package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.wire.Worker;
import io.netty.handler.ssl.SslContext;
import java.util.HashMap;
import java.util.Map;

/// Sends cleared requests from one worker, over connections that belong to its loop.
public final class UpstreamClient {
  private final Worker worker;
  private final Reach reach;
  private final SslContext negotiated;
  private final SslContext http1Only;
  private final Map<String, Cluster> clusters = new HashMap<>();

  UpstreamClient(Worker worker, Reach reach, SslContext negotiated, SslContext http1Only) {
    this.worker = worker;
    this.reach = reach;
    this.negotiated = negotiated;
    this.http1Only = http1Only;
  }

  /// Looks for a connection; `connected` or `failed` follows, perhaps before this returns.
  public Attempt open(Cleared cleared, Inbound inbound) {
    Attempt attempt = new Attempt(cluster(cleared.upstreams()), cleared, inbound);
    attempt.go();
    return attempt;
  }

  private Cluster cluster(Upstreams upstreams) {
    Cluster known = clusters.get(upstreams.name());
    if (known != null && known.serves(upstreams)) {
      return known;
    }
    if (known != null) {
      known.retire();
    }
    Cluster made = new Cluster(this, upstreams);
    clusters.put(upstreams.name(), made);
    return made;
  }

  /// Closes what rests in the pools.
  void retire() {
    clusters.values().forEach(Cluster::retire);
    clusters.clear();
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
