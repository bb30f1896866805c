package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.wire.Worker;
import dev.gatewarden.gateway.walk.Walk.UpstreamFault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections of one worker to one place.
final class PlacePool {
  private static final long SHORTEST_PENALTY = Duration.ofSeconds(1).toNanos();
  private static final int MOST_DOUBLINGS = 5;
  private static final int HTTP2_CONNECTIONS = 8;

  private static final Logger LOG = LoggerFactory.getLogger("gatewarden.transport");

  private final UpstreamClient client;
  private final Upstreams.Place place;
  private final boolean http2;
  private final PlaceHealth health;
  private final ArrayDeque<H1Upstream> resting = new ArrayDeque<>();
  private final List<H2Connection> shared = new ArrayList<>();
  private final ArrayDeque<Attempt> waiting = new ArrayDeque<>();

  private int open;
  private int connecting;
  private boolean negotiatedHttp2;
  private boolean retired;
  private int failures;
  private long shunnedUntil;

  PlacePool(UpstreamClient client, Upstreams.Place place, boolean http2, PlaceHealth health) {
    this.client = client;
    this.place = place;
    this.http2 = http2;
    this.health = health;
  }

  /// What all workers know of the place.
  PlaceHealth health() {
    return health;
  }

  /// Whether no connection failed just now.
  boolean reached() {
    return failures == 0 || client.worker().now() >= shunnedUntil;
  }

  void acquire(Attempt attempt) {
    if (!attempt.upgrades() && shareHttp2(attempt)) {
      return;
    }
    if (!attempt.wantsFresh() && takeResting(attempt)) {
      return;
    }
    boolean sharing = (http2 || negotiatedHttp2) && !attempt.upgrades();
    if (sharing && connecting > 0) {
      waiting.add(attempt);
    } else if (open >= client.reach().connections()
        || sharing && shared.size() >= HTTP2_CONNECTIONS) {
      attempt.unreachable(UpstreamFault.OVERLOADED);
    } else {
      open++;
      connecting++;
      new Connecting(client, this, place, http2 && !attempt.upgrades(), attempt).begin();
    }
  }

  private boolean shareHttp2(Attempt attempt) {
    for (int i = 0; i < shared.size(); i++) {
      H2Connection connection = shared.get(i);
      if (connection.hasRoom()) {
        connection.open(attempt);
        return true;
      }
    }
    return false;
  }

  private boolean takeResting(Attempt attempt) {
    for (H1Upstream idle = resting.pollLast(); idle != null; idle = resting.pollLast()) {
      if (idle.usable()) {
        idle.carry(attempt, true);
        return true;
      }
    }
    return false;
  }

  void connected(H1Upstream connection, Attempt attempt) {
    established();
    if (retired && attempt.cancelled()) {
      connection.close();
    } else if (attempt.cancelled()) {
      connection.rest();
      resting.addLast(connection);
    } else {
      connection.carry(attempt, false);
    }
    serveWaiting();
  }

  void connected(H2Connection connection, Attempt attempt) {
    established();
    negotiatedHttp2 = true;
    shared.add(connection);
    if (!attempt.cancelled()) {
      connection.open(attempt);
    }
    serveWaiting();
    if (retired) {
      connection.leave();
    }
  }

  private void established() {
    connecting--;
    failures = 0;
  }

  /// A connection could not be made.
  void failed(Attempt attempt, UpstreamFault fault, String why) {
    open--;
    connecting--;
    shun(why);
    attempt.unreachable(fault);
    for (Attempt next = waiting.poll(); next != null; next = waiting.poll()) {
      next.unreachable(fault);
    }
  }

  private void shun(String why) {
    Worker worker = client.worker();
    if (failures == 0) {
      LOG.warn("upstream {}: {}", health.name(), why);
    }
    shunnedUntil = worker.now() + (SHORTEST_PENALTY << Math.min(failures, MOST_DOUBLINGS));
    failures++;
  }

  private void serveWaiting() {
    for (int left = waiting.size(); left > 0; left--) {
      Attempt next = waiting.poll();
      if (next != null && !next.cancelled()) {
        acquire(next);
      }
    }
  }

  /// A connection's request is over and it can carry another.
  void done(H1Upstream connection) {
    if (retired) {
      connection.close();
    } else {
      resting.addLast(connection);
    }
  }

  void closed(H1Upstream connection) {
    open--;
    resting.remove(connection);
  }

  void closed(H2Connection connection) {
    open--;
    shared.remove(connection);
  }

  /// No new requests are opened on it.
  void leaving(H2Connection connection) {
    shared.remove(connection);
  }

  void retire() {
    retired = true;
    for (H1Upstream idle = resting.poll(); idle != null; idle = resting.poll()) {
      idle.close();
    }
    List.copyOf(shared).forEach(H2Connection::leave);
  }
}
