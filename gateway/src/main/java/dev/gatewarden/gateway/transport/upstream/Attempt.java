package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.walk.Walk.UpstreamFault;

/// One request looking for a connection that carries it.
public final class Attempt {
  private final Cluster cluster;
  private final Cleared cleared;
  private final Inbound inbound;
  private int placesTried;
  private boolean repeated;
  private boolean fresh;
  private boolean cancelled;

  Attempt(Cluster cluster, Cleared cleared, Inbound inbound) {
    this.cluster = cluster;
    this.cleared = cleared;
    this.inbound = inbound;
  }

  void go() {
    cluster.choose().acquire(this);
  }

  Cleared cleared() {
    return cleared;
  }

  Inbound inbound() {
    return inbound;
  }

  boolean upgrades() {
    return !cleared.upgrade().isEmpty();
  }

  boolean isHead() {
    return cleared.method().equals("HEAD");
  }

  /// Whether it must not take a connection that rested in the pool.
  boolean wantsFresh() {
    return fresh;
  }

  boolean cancelled() {
    return cancelled;
  }

  /// Nobody waits any more.
  public void cancel() {
    cancelled = true;
  }

  void unreachable(UpstreamFault fault) {
    if (cancelled) {
      return;
    }
    // Nothing was sent yet, so that any place may be asked.
    if (fault != UpstreamFault.OVERLOADED && ++placesTried < cluster.size()) {
      go();
    } else {
      inbound.failed(fault);
    }
  }

  /// The connection died before anything of a response came.
  ///
  /// @param untouched whether the upstream says that it did nothing of it
  /// @return whether it is tried once more
  boolean again(boolean bodySent, boolean untouched) {
    if (repeated || cancelled || bodySent || upgrades() || !untouched && !safe()) {
      return false;
    }
    repeated = true;
    fresh = true;
    go();
    return true;
  }

  private boolean safe() {
    return switch (cleared.method()) {
      case "GET", "HEAD", "OPTIONS" -> true;
      default -> false;
    };
  }
}
