package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Upstreams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The places of one API as one worker sees them: its connections to each, beside what all workers
/// know of it.
final class Cluster {
  private final UpstreamClient client;
  private final Upstreams upstreams;
  private final ServiceHealth health;
  private final List<PlacePool> places = new ArrayList<>();
  private final List<HealthCheck> checks = new ArrayList<>();
  private int next;

  Cluster(UpstreamClient client, Upstreams upstreams, ServiceHealth health) {
    this.client = client;
    this.upstreams = upstreams;
    this.health = health;
    for (int i = 0; i < upstreams.places().size(); i++) {
      places.add(
          new PlacePool(client, upstreams.places().get(i), upstreams.http2(), health.place(i)));
    }
  }

  boolean serves(Upstreams wanted) {
    return upstreams == wanted || upstreams.equals(wanted);
  }

  Upstreams upstreams() {
    return upstreams;
  }

  UpstreamClient client() {
    return client;
  }

  ServiceHealth health() {
    return health;
  }

  int size() {
    return places.size();
  }

  PlacePool place(int index) {
    return places.get(index);
  }

  /// The least busy of the places that are well, in turn where they are equal; any where none is,
  /// so that nobody waits for a guess.
  ///
  /// @param tried bits of the places that a request failed at, which come last
  /// @return null when every place has as many requests as it may
  @Nullable PlacePool choose(long tried) {
    int size = places.size();
    if (size == 1) {
      PlacePool only = places.getFirst();
      return only.health().full() ? null : only;
    }
    long now = client.worker().moment();
    int from = next;
    next = from + 1 == size ? 0 : from + 1;
    PlacePool best = null;
    int bestRank = Integer.MAX_VALUE;
    double bestLoad = 0;
    for (int i = 0; i < size; i++) {
      int at = from + i < size ? from + i : from + i - size;
      PlacePool each = places.get(at);
      if (each.health().full()) {
        continue;
      }
      int rank = rank(each, now, (tried & bit(at)) != 0);
      double load = (each.health().busy() + 1) / share(each, now);
      if (rank < bestRank || rank == bestRank && load < bestLoad) {
        best = each;
        bestRank = rank;
        bestLoad = load;
      }
    }
    return best;
  }

  private static int rank(PlacePool place, long now, boolean tried) {
    return (tried ? 4 : 0) + (place.health().welcome(now) ? 0 : 2) + (place.reached() ? 0 : 1);
  }

  /// A place that came back is taken now and then, and more often with time.
  private static double share(PlacePool place, long now) {
    double share = place.health().share(now);
    return share >= 1 || ThreadLocalRandom.current().nextDouble() < share ? 1 : 1e-6;
  }

  /// The bit that stands for a place; those behind the 63rd share one.
  static long bit(int index) {
    return 1L << Math.min(index, 63);
  }

  int index(PlacePool place) {
    return places.indexOf(place);
  }

  /// Asks each place every so often whether it is well, from now on.
  void check() {
    var health = upstreams.resilience().health();
    if (health != null && checks.isEmpty()) {
      for (PlacePool place : places) {
        checks.add(new HealthCheck(this, place, health));
      }
      checks.forEach(HealthCheck::begin);
    }
  }

  void retire() {
    checks.forEach(HealthCheck::stop);
    checks.clear();
    places.forEach(PlacePool::retire);
  }
}
