package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.address.Ip;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;

/// The network addresses that keep bringing tokens which nobody signed, so that a flood of forged
/// ones is refused before their signatures are computed.
///
/// It is asked only about tokens that are not known already. A failing source still has a trickle,
/// and a lane of its own for each subject who was proved from there within a day, so that an office
/// behind one address can go on fetching new tokens while one machine in it runs wild. All failing
/// sources together have no more than a fixed rate.
///
/// The tables have a fixed size and evict nothing: sources that share a slot share its fate, and
/// which ones do cannot be guessed from outside. Each slot holds the instant up to which its
/// allowance is used (a leaky bucket in one word).
public final class FailingSources {
  /// How many failures in a row are let pass, and after how long one is forgiven.
  static final int ALLOWED = 20;

  static final long FORGIVEN = 3_000;

  private static final int SLOTS = 1 << 14;
  private static final long DAY_MINUTES = 24 * 60;
  private static final Bucket FAILURES = new Bucket(FORGIVEN, ALLOWED);
  private static final Bucket TRICKLE = new Bucket(100, 5);
  private static final Bucket LANE = new Bucket(2_000, 5);
  private static final Bucket ALL = new Bucket(5, 50);

  private final InstantSource clock;
  private final long seed;
  private final AtomicLongArray failures = new AtomicLongArray(SLOTS);
  private final AtomicLongArray trickles = new AtomicLongArray(SLOTS);
  private final AtomicLongArray lanes = new AtomicLongArray(SLOTS);
  private final AtomicLongArray all = new AtomicLongArray(1);

  /// Who was proved lately: 32 bits that tell subjects of one slot apart, and the minute.
  private final AtomicLongArray proved = new AtomicLongArray(SLOTS);

  public FailingSources(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.seed = random.nextLong();
  }

  /// What is drawn: one every so many milliseconds, so many at once.
  private record Bucket(long every, int atOnce) {
    boolean isEmpty(long usedUntil, long now) {
      return usedUntil - now > every * (atOnce - 1);
    }

    boolean take(AtomicLongArray slots, int slot, long now) {
      while (true) {
        long before = slots.get(slot);
        if (isEmpty(before, now)) {
          return false;
        }
        if (slots.compareAndSet(slot, before, Math.max(before, now) + every)) {
          return true;
        }
      }
    }

    void giveBack(AtomicLongArray slots, int slot, long now) {
      long before = slots.get(slot);
      while (before > now && !slots.compareAndSet(slot, before, before - every)) {
        before = slots.get(slot);
      }
    }
  }

  /// Whether a token of the source would be looked at; consumes nothing.
  public boolean wouldAdmit(Ip source, String subject) {
    long now = clock.millis();
    long from = from(source);
    if (!FAILURES.isEmpty(failures.get(slot(from)), now)) {
      return true;
    }
    long who = who(from, subject);
    boolean lane = isKnown(who, now) && !LANE.isEmpty(lanes.get(slot(who)), now);
    boolean trickle = !TRICKLE.isEmpty(trickles.get(slot(from)), now);
    return lane || (trickle && !ALL.isEmpty(all.get(0), now));
  }

  /// Whether a token of the source may be looked at now.
  ///
  /// @param subject whom the token names, unproved; empty when that is not known
  public boolean admits(Ip source, String subject) {
    long now = clock.millis();
    long from = from(source);
    if (!FAILURES.isEmpty(failures.get(slot(from)), now)) {
      return true;
    }
    long who = who(from, subject);
    return (isKnown(who, now) && LANE.take(lanes, slot(who), now))
        || (TRICKLE.take(trickles, slot(from), now) && ALL.take(all, 0, now));
  }

  /// Notes a token that nobody signed.
  public void failed(Ip source) {
    // A bucket that is empty stays as it is: a flood does not make it last longer.
    var unused = FAILURES.take(failures, slot(from(source)), clock.millis());
  }

  /// Takes one failure back.
  public void pardoned(Ip source) {
    FAILURES.giveBack(failures, slot(from(source)), clock.millis());
  }

  /// Notes whom a good token proved.
  public void proved(Ip source, String subject) {
    long who = who(from(source), subject);
    proved.setRelease(slot(who), tag(who) | clock.millis() / 60_000);
  }

  private boolean isKnown(long who, long now) {
    long last = proved.getAcquire(slot(who));
    long age = now / 60_000 - (last & 0xFFFF_FFFFL);
    return last != 0 && (last & ~0xFFFF_FFFFL) == tag(who) && age <= DAY_MINUTES;
  }

  /// An IPv4 address, or the network of 64 bits in which everybody may take as many as they like.
  private long from(Ip source) {
    return mixed(source.isV4() ? source.low() : source.high());
  }

  private long who(long from, String subject) {
    return mixed(from ^ subject.hashCode() * 0x9E37_79B9_7F4A_7C15L);
  }

  private long mixed(long word) {
    long z = (word ^ seed) + 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  private static int slot(long mixed) {
    return (int) mixed & (SLOTS - 1);
  }

  private static long tag(long mixed) {
    return mixed & 0xFFFF_FFFF_0000_0000L;
  }
}
