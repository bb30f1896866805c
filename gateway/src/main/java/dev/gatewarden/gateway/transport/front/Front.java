package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.address.Block;
import dev.gatewarden.gateway.transport.upstream.Clients;
import dev.gatewarden.gateway.transport.wire.Limits;
import dev.gatewarden.gateway.transport.wire.Load;
import dev.gatewarden.gateway.transport.wire.Workers;
import dev.gatewarden.gateway.walk.Gate;
import io.netty.channel.Channel;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What all connections of one listener share.
public final class Front {
  private static final int MOST_HELD_BACK = 1000;

  private final Gate gate;
  private final Limits limits;
  private final Clients clients;
  private final Workers workers;
  private final InstantSource clock;
  private final AtomicInteger count = new AtomicInteger();
  private final Endings endings = new Endings();
  private final Load load;
  private final Crowd crowd;
  private final AtomicInteger heldBack = new AtomicInteger();
  private final Set<Driver> late = ConcurrentHashMap.newKeySet();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /// @param unshared networks through which the callers of others come
  /// @param load told of each request
  /// @param clock tells when leases end
  public Front(
      Gate gate,
      Limits limits,
      List<Block> unshared,
      Clients clients,
      Workers workers,
      Load load,
      InstantSource clock) {
    this.load = load;
    this.crowd = new Crowd(limits, unshared, endings);
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

  Load load() {
    return load;
  }

  /// Says anew through which networks the callers of others come.
  public void unshare(List<Block> networks) {
    crowd.unshare(networks);
  }

  /// Why this listener ended what, and how often.
  public Endings endings() {
    return endings;
  }

  /// Takes a connection in; false when there is no room for it.
  boolean enter(Channel channel) {
    Crowd.Seat seat =
        crowd.enter(channel, FrontInitializer.address(channel), workers.of(channel).now());
    if (seat == null) {
      return false;
    }
    count.incrementAndGet();
    channel
        .closeFuture()
        .addListener(
            closed -> {
              count.decrementAndGet();
              crowd.leave(seat);
            });
    return true;
  }

  /// Whether one more refusal may be held back; `letGo` gives it back. However many ask for it,
  /// nine tenths of the connections stay free for others.
  boolean holdBack(Driver driver) {
    if (heldBack.incrementAndGet() <= Math.clamp(limits.connections() / 10, 1, MOST_HELD_BACK)) {
      late.add(driver);
      if (!draining) {
        return true;
      }
      late.remove(driver);
    }
    heldBack.decrementAndGet();
    return false;
  }

  void letGo(Driver driver) {
    late.remove(driver);
    heldBack.decrementAndGet();
  }

  /// Refusals held back now.
  public int heldBack() {
    return heldBack.get();
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
    late.forEach(Driver::waitNoLonger);
  }

  /// Ends what is left.
  public void kill() {
    open.forEach(connection -> connection.loop().execute(connection::kill));
  }
}
