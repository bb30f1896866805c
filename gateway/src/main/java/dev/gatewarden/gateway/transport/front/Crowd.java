package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.address.Block;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.gateway.transport.wire.Limits;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Who holds the connections of one listener: a bound for all together, and one for each network,
/// so
/// that nobody takes all of them. Where one is reached, a connection on which nothing is asked
/// makes
/// room: first those on which nothing ever was, then those that rest, the oldest first.
final class Crowd {
  private static final AttributeKey<Seat> SEAT = AttributeKey.valueOf(Crowd.class, "seat");
  private static final int V4_BITS = 24;
  private static final int V6_BITS = 56;
  private static final int PICKED = 32;
  private static final long AGAIN = 100_000_000;
  private static final long ASKED = 1L << 62;

  private final int most;
  private final int share;
  private volatile List<Block> unshared;
  private final Endings endings;
  private final Circle all = new Circle();
  private final Map<Ip, Circle> networks = new HashMap<>();

  /// @param unshared networks through which the callers of others come, which have no bound of
  ///     their own
  Crowd(Limits limits, List<Block> unshared, Endings endings) {
    this.most = limits.connections();
    this.share = limits.share();
    this.unshared = unshared;
    this.endings = endings;
  }

  /// Says anew through which networks the callers of others come.
  void unshare(List<Block> networks) {
    unshared = networks;
  }

  /// Connections of one network, or all of them.
  private static final class Circle {
    private final Set<Seat> seats = new HashSet<>();
    private final ArrayDeque<Pick> picks = new ArrayDeque<>();
    private boolean barren;
    private long searched;
  }

  /// Who may have to go, as it was when it was looked for.
  private record Pick(Seat seat, long restsSince) {
    boolean isStill() {
      return seat.restsSince.get() == restsSince;
    }
  }

  /// The place of one connection.
  static final class Seat {
    private final Channel channel;
    private final Ip network;
    private final AtomicLong restsSince = new AtomicLong();
    private boolean asked;

    private Seat(Channel channel, Ip network) {
      this.channel = channel;
      this.network = network;
    }

    static Seat of(Channel channel) {
      return java.util.Objects.requireNonNull(channel.attr(SEAT).get());
    }

    /// Something is asked on it.
    void works() {
      asked = true;
      restsSince.lazySet(0);
    }

    /// Nothing is asked on it.
    ///
    /// @param now nanoseconds
    void rests(long now) {
      restsSince.lazySet(Math.max(1, now) + (asked ? ASKED : 0));
    }
  }

  /// A place for one more connection, or null when there is none.
  ///
  /// @param now nanoseconds
  @Nullable Seat enter(Channel channel, Ip from, long now) {
    Seat seat = new Seat(channel, from.network(from.isV4() ? V4_BITS : V6_BITS));
    Ending refused = take(seat, isShared(from), now);
    if (refused != null) {
      endings.count(refused);
      return null;
    }
    channel.attr(SEAT).set(seat);
    seat.rests(now);
    return seat;
  }

  private boolean isShared(Ip from) {
    for (Block each : unshared) {
      if (each.contains(from)) {
        return false;
      }
    }
    return true;
  }

  private synchronized @Nullable Ending take(Seat seat, boolean shared, long now) {
    Circle own = networks.computeIfAbsent(seat.network, _ -> new Circle());
    if (shared && own.seats.size() >= share && !makeRoom(own, now)) {
      return Ending.SHARE;
    }
    if (all.seats.size() >= most && !makeRoom(all, now)) {
      if (own.seats.isEmpty()) {
        networks.remove(seat.network);
      }
      return Ending.FULL;
    }
    networks.computeIfAbsent(seat.network, _ -> new Circle()).seats.add(seat);
    all.seats.add(seat);
    return null;
  }

  /// Gives a place back.
  synchronized void leave(Seat seat) {
    if (all.seats.remove(seat)) {
      Circle own = networks.get(seat.network);
      if (own != null) {
        own.seats.remove(seat);
        if (own.seats.isEmpty()) {
          networks.remove(seat.network);
        }
      }
    }
  }

  private boolean makeRoom(Circle circle, long now) {
    Pick pick = restful(circle);
    // Where all are busy, a flood of new ones must not have all looked at for each of them.
    if (pick == null && !(circle.barren && Math.abs(now - circle.searched) < AGAIN)) {
      pick(circle.seats, circle.picks);
      pick = restful(circle);
      circle.barren = pick == null;
      circle.searched = now;
    }
    if (pick == null) {
      return false;
    }
    Pick chosen = pick;
    leave(chosen.seat);
    chosen.seat.channel.eventLoop().execute(() -> end(chosen));
    return true;
  }

  /// On its own event loop, where nothing can be asked on it meanwhile.
  private void end(Pick pick) {
    if (pick.isStill()) {
      endings.count(Ending.MADE_ROOM);
      pick.seat.channel.close();
    } else if (pick.seat.channel.isOpen()) {
      stay(pick.seat);
    }
  }

  private synchronized void stay(Seat seat) {
    networks.computeIfAbsent(seat.network, _ -> new Circle()).seats.add(seat);
    all.seats.add(seat);
  }

  private @Nullable Pick restful(Circle circle) {
    for (Pick pick = circle.picks.poll(); pick != null; pick = circle.picks.poll()) {
      if (pick.isStill() && all.seats.contains(pick.seat)) {
        return pick;
      }
    }
    return null;
  }

  /// Several at once: under a flood it is looked for them again and again.
  private static void pick(Collection<Seat> seats, ArrayDeque<Pick> picks) {
    PriorityQueue<Pick> oldest =
        new PriorityQueue<>(Comparator.comparingLong(Pick::restsSince).reversed());
    for (Seat seat : seats) {
      long since = seat.restsSince.get();
      if (since == 0) {
        continue;
      }
      if (oldest.size() < PICKED) {
        oldest.add(new Pick(seat, since));
      } else if (since < oldest.element().restsSince) {
        oldest.remove();
        oldest.add(new Pick(seat, since));
      }
    }
    while (!oldest.isEmpty()) {
      picks.addFirst(oldest.remove());
    }
  }
}
