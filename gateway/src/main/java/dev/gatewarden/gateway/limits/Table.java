package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.Claim;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The cells of all keys, bounded.
///
/// Only cells that have forgotten everything leave it. The last quarter of the room is for those
/// whose limit has few keys yet, so that a flood of one limit's keys leaves room for all others.
/// Where there is no room for a key, it shares a coarse cell with others of its limit; when it gets
/// one of its own later, that begins as the shared one is.
final class Table {
  /// Of how many parts of the room the last one is for limits with few keys.
  private static final int PARTS = 4;

  /// The share of the room that a limit may take of the last part.
  private static final int SHARE = 32;

  /// How many coarse cells the keys of one limit are spread over.
  private static final int COARSE = 256;

  /// How many limits of one guard have a share of their own; those beyond share one.
  private static final int MOST_NAMED = 64;

  /// How many cells a new key looks at for those that have forgotten everything.
  private static final int GLANCE = 4;

  private static final int SEARCH = 32;
  private static final int LONGEST_KEY = 96;
  private static final String OBSERVED = "observe/";

  private final ConcurrentHashMap<String, Cell> cells = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Family> families = new ConcurrentHashMap<>();
  private final AtomicInteger room = new AtomicInteger();
  private final AtomicInteger coarse = new AtomicInteger();
  private final AtomicInteger ranks = new AtomicInteger();
  private final ReentrantLock sweeping = new ReentrantLock();
  private final int most;
  private @Nullable Iterator<Cell> broom;
  private volatile boolean shares = true;

  /// @param most how much room there is
  Table(int most) {
    this.most = most;
  }

  /// The cell of a claim, if there is one.
  @Nullable Cell known(Claim claim) {
    Cell cell = cells.get(key(claim));
    return cell == null || cell.gone ? null : cell;
  }

  /// A new cell of a claim, or a coarse one that it shares with others, or null where there is room
  /// for neither.
  @Nullable Cell place(Claim claim, long now, boolean search) {
    Family family = family(claim);
    if (!admits(family) && search) {
      sweep(SEARCH, now);
    }
    if (admits(family)) {
      return own(claim, family, now);
    }
    return claim.kind() == Claim.Kind.ONCE ? null : shared(claim, family);
  }

  /// Says whether the last part of the room is for those with little, or for whoever comes.
  void shares(boolean count) {
    shares = count;
  }

  private boolean admits(Family family) {
    int taken = room.get();
    return taken < most - most / PARTS
        || (taken < most && !shares)
        || (taken < most && family.room.get() < Math.max(1, most / SHARE));
  }

  private Cell own(Claim claim, Family family, long now) {
    Cell made = Cell.of(claim);
    made.family = family;
    made.weighed = made.weight();
    inherit(made, claim, family, now);
    Cell before = cells.putIfAbsent(key(claim), made);
    if (before != null) {
      return before;
    }
    count(family, made.weighed);
    return made;
  }

  /// Who shared a cell until now took from it: nobody gets more because there is room again.
  private void inherit(Cell made, Claim claim, Family family, long now) {
    if (coarse.get() > 0 && claim.kind() != Claim.Kind.ONCE) {
      Cell common = cells.get(coarseKey(claim, family));
      if (common != null) {
        synchronized (common) {
          if (!common.gone) {
            made.inherit(common, now);
          }
        }
      }
    }
  }

  private @Nullable Cell shared(Claim claim, Family family) {
    String key = coarseKey(claim, family);
    Cell known = cells.get(key);
    if (known != null || coarse.get() >= Math.max(COARSE / 4, most / (2 * PARTS))) {
      return known;
    }
    Cell made = Cell.of(claim);
    made.rank = ranks.getAndIncrement();
    Cell before = cells.putIfAbsent(key, made);
    if (before == null) {
      coarse.incrementAndGet();
    }
    return before == null ? made : before;
  }

  /// Whether a cell must not take more room than it has.
  boolean crowded() {
    return room.get() >= most + most / PARTS;
  }

  /// Counts the room that a cell takes by now; under its monitor.
  void weigh(Cell cell) {
    int weight = cell.weight();
    Family family = cell.family;
    if (weight != cell.weighed && family != null) {
      count(family, weight - cell.weighed);
      cell.weighed = weight;
    }
  }

  private void count(Family family, int more) {
    family.room.addAndGet(more);
    room.addAndGet(more);
  }

  /// Looks at a few cells for those that have forgotten everything; behind a new key, so that the
  /// table empties itself as fast as it fills.
  void glance(int fresh, long now) {
    sweep(fresh * GLANCE, now);
  }

  private void sweep(int many, long now) {
    if (!sweeping.tryLock()) {
      return;
    }
    try {
      Iterator<Cell> next = broom == null || !broom.hasNext() ? cells.values().iterator() : broom;
      for (int i = 0; i < many && next.hasNext(); i++) {
        Cell cell = next.next();
        synchronized (cell) {
          if (cell.forgettable(now)) {
            cell.gone = true;
            next.remove();
            leave(cell);
          }
        }
      }
      broom = next;
    } finally {
      sweeping.unlock();
    }
  }

  private void leave(Cell cell) {
    Family family = cell.family;
    if (family == null) {
      coarse.decrementAndGet();
    } else {
      count(family, -cell.weighed);
    }
  }

  /// How many keys are remembered, and how many coarse cells besides.
  int size() {
    return cells.size();
  }

  int most() {
    return most;
  }

  int coarse() {
    return coarse.get();
  }

  private static String key(Claim claim) {
    String key = claim.key();
    return key.length() > LONGEST_KEY ? digest(key) : key;
  }

  /// Nobody knows whom they share a cell with, unless they know the key of the digest.
  private static String coarseKey(Claim claim, Family family) {
    long window = claim.kind() == Claim.Kind.PERIOD ? 0 : claim.window().toNanos();
    long shard = Members.name(claim.key()) & COARSE - 1;
    return "~"
        + family.name
        + '/'
        + claim.kind().ordinal()
        + '/'
        + claim.limit()
        + '/'
        + window
        + '/'
        + shard;
  }

  private Family family(Claim claim) {
    String key = claim.key();
    int from = key.startsWith(OBSERVED) ? OBSERVED.length() : 0;
    int guard = key.indexOf('/', from);
    if (guard < 0) {
      return family("", null);
    }
    Family whole = family(key.substring(0, guard), null);
    int limit = claim.kind() == Claim.Kind.ONCE ? -1 : key.indexOf('/', guard + 1);
    // An address is whose it is, and no name of a limit.
    if (limit < 0 || limit > LONGEST_KEY || isAddress(key, guard + 1, limit)) {
      return whole;
    }
    return family(key.substring(0, limit), whole);
  }

  private static boolean isAddress(String key, int from, int to) {
    int colon = key.indexOf(':', from);
    return colon >= 0 && colon < to;
  }

  private Family family(String name, @Nullable Family guard) {
    Family known = families.get(name);
    if (known != null) {
      return known;
    }
    if (guard != null && guard.named.incrementAndGet() > MOST_NAMED) {
      guard.named.set(MOST_NAMED);
      return guard;
    }
    return families.computeIfAbsent(name, Family::new);
  }

  private static String digest(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new GatewardenBug("this Java has no SHA-256", impossible);
    }
  }
}
