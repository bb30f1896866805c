package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Upstreams;
import java.util.ArrayList;
import java.util.List;

/// The places of one API as one worker sees them: how busy each is, and which one refused lately.
final class Cluster {
  private final Upstreams upstreams;
  private final List<PlacePool> places = new ArrayList<>();
  private int next;

  Cluster(UpstreamClient client, Upstreams upstreams) {
    this.upstreams = upstreams;
    for (Upstreams.Place place : upstreams.places()) {
      places.add(new PlacePool(client, place, upstreams.http2()));
    }
  }

  boolean serves(Upstreams wanted) {
    return upstreams == wanted || upstreams.equals(wanted);
  }

  int size() {
    return places.size();
  }

  /// The least busy healthy place, in turn where they are equal; any where none is healthy, so that
  /// nobody waits for a guess.
  PlacePool choose() {
    if (places.size() == 1) {
      return places.getFirst();
    }
    PlacePool best = places.get(next++ % places.size());
    for (int i = 0; i < places.size() - 1; i++) {
      PlacePool other = places.get((next + i) % places.size());
      if (other.healthy() && (!best.healthy() || other.busy() < best.busy())) {
        best = other;
      }
    }
    if (next < 0 || next >= places.size()) {
      next %= places.size();
    }
    return best;
  }

  void retire() {
    places.forEach(PlacePool::retire);
  }
}
