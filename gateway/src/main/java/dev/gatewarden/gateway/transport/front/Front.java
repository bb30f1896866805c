package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.gateway.transport.upstream.Clients;
import dev.gatewarden.gateway.transport.wire.Limits;
import dev.gatewarden.gateway.transport.wire.Workers;
import dev.gatewarden.gateway.walk.Gate;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What all connections of one listener share.
public final class Front {
  private final Gate gate;
  private final Limits limits;
  private final Clients clients;
  private final Workers workers;
  private final InstantSource clock;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /// @param clock tells when leases end
  public Front(Gate gate, Limits limits, Clients clients, Workers workers, InstantSource clock) {
    this.gate = gate;
    this.limits = limits;
    this.clients = clients;
    this.workers = workers;
    this.clock = clock;
  }

  Gate gate() {
    return gate;
  }

  Limits limits() {
    return limits;
  }

  Clients clients() {
    return clients;
  }

  Workers workers() {
    return workers;
  }

  InstantSource clock() {
    return clock;
  }

  boolean draining() {
    return draining;
  }

  /// Whether one more connection is within the bound; `left` gives it back.
  boolean enter() {
    if (count.incrementAndGet() <= limits.connections()) {
      return true;
    }
    count.decrementAndGet();
    return false;
  }

  void left() {
    count.decrementAndGet();
  }

  void opened(Connection connection) {
    open.add(connection);
    if (draining) {
      connection.loop().execute(connection::drain);
    }
  }

  void closed(Connection connection) {
    open.remove(connection);
  }

  /// Connections open now.
  public int connections() {
    return count.get();
  }

  /// Lets each connection finish what it does and nothing more.
  public void drain() {
    draining = true;
    open.forEach(connection -> connection.loop().execute(connection::drain));
  }

  /// Ends what is left.
  public void kill() {
    open.forEach(connection -> connection.loop().execute(connection::kill));
  }
}
