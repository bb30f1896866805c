package dev.gatewarden.gateway.state.redis;

import static dev.gatewarden.gateway.state.redis.Redis.bytes;
import static dev.gatewarden.gateway.state.redis.Redis.text;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.WouldWait;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// Claims that several gates share: all of an exchange are taken in one step and one round trip.
///
/// All keys carry one hash tag, so that a script may touch all of them in a cluster too.
public final class RedisClaims implements Claims {
  private static final Script TAKE = Script.of("cell", "window", "take");
  private static final Script CHARGE = Script.of("cell", "window", "charge");
  private static final Script SETTLE = Script.of("cell", "window", "settle");
  private static final Duration WHEN_FULL = Duration.ofSeconds(1);
  private static final Duration WHEN_GONE = Duration.ofSeconds(1);
  private static final int LONGEST_KEY = 256;
  private static final int LONGEST_MEMBER = 64;

  /// Sets have keys of their own: what is kept of them is of another type.
  private static final String DIFFERENT = "#different";

  /// What a settlement says where everything under a key is to be forgotten.
  private static final String FORGOTTEN = "X";

  private static final byte[] NOTHING = {};
  private static final HexFormat HEX = HexFormat.of();

  private final Redis redis;
  private final InstantSource clock;
  private final long most;
  private final Claim.WhenGone whenGone;
  private final Claims alone;
  private final Unsettled unsettled;
  private final LongAdder countedAlone = new LongAdder();
  private final LongAdder leftOpen = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /// @param clock the gate's own, in which deadlines are reckoned
  /// @param most the most keys Redis may hold; beyond it new ones are refused, or counted as if it
  ///     were gone where that is open or by share
  /// @param alone what counts while Redis is gone, where each gate goes on by itself
  public RedisClaims(
      Redis redis, InstantSource clock, long most, Claim.WhenGone whenGone, Claims alone) {
    this.redis = redis;
    this.clock = clock;
    this.most = most;
    this.whenGone = whenGone;
    this.alone = alone;
    this.unsettled = new Unsettled(redis, SETTLE);
  }

  @Override
  public Taken take(List<Claim> claims, Instant deadline) {
    if (!redis.reachable()) {
      return gone(claims, deadline);
    }
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    Ticket ticket = new Ticket(claims);
    try {
      Taken taken = answered(ticket, redis.run(TAKE, keys(claims), arguments(ticket, deadline)));
      return taken instanceof Taken.Refused(Claim claim, Cause cause, var _) && cause == Cause.FULL
          ? full(claims, claim, deadline)
          : taken;
    } catch (OutOfReach none) {
      return gone(claims, deadline);
    } catch (RedisFull full) {
      return full(claims, claims.getFirst(), deadline);
    }
  }

  /// A Redis that has no room for what it would have to remember is as good as gone, to those who
  /// may go on without it.
  private Taken full(List<Claim> claims, Claim first, Instant deadline) {
    for (Claim claim : claims) {
      if (claim.kind() == Claim.Kind.ONCE || behaviour(claim) == Claim.WhenGone.CLOSED) {
        return new Taken.Refused(first, Cause.FULL, WHEN_FULL);
      }
    }
    return gone(claims, deadline);
  }

  private Claim.WhenGone behaviour(Claim claim) {
    Claim.WhenGone said = claim.whenGone();
    return said == null ? whenGone : said;
  }

  /// What becomes of each claim as it says, or as is set for all.
  private Taken gone(List<Claim> claims, Instant deadline) {
    int nodes = redis.nodes();
    int open = 0;
    List<Claim> shares = new ArrayList<>(claims.size());
    for (Claim claim : claims) {
      switch (behaviour(claim)) {
        case OPEN -> open++;
        case LOCAL_SHARE -> {
          if (claim.kind() == Claim.Kind.ONCE) {
            return closed(claim);
          }
          shares.add(claim.limitedTo(Math.max(claim.amount(), claim.limit() / nodes)));
        }
        case CLOSED -> {
          return closed(claim);
        }
      }
    }
    leftOpen.add(open);
    countedAlone.add(shares.isEmpty() ? 0 : 1);
    return alone.take(shares, deadline);
  }

  private Taken closed(Claim claim) {
    refused.increment();
    return new Taken.Refused(claim, Cause.OUT_OF_REACH, WHEN_GONE);
  }

  /// How many requests were counted here alone while Redis was gone.
  public long countedAlone() {
    return countedAlone.sum();
  }

  /// How many claims were granted and not counted while Redis was gone.
  public long leftOpen() {
    return leftOpen.sum();
  }

  /// How many requests were refused because Redis was gone.
  public long refused() {
    return refused.sum();
  }

  private String[] keys(List<Claim> claims) {
    String[] keys = new String[claims.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(claims.get(i));
    }
    return keys;
  }

  private String key(Claim claim) {
    String key = claim.key();
    String known = key.length() > LONGEST_KEY ? Digests.of(key) : key;
    return redis.key("claims", claim.kind() == Claim.Kind.DISTINCT ? known + DIFFERENT : known);
  }

  private static byte[] member(Claim claim) {
    String member = claim.member();
    return member == null
        ? NOTHING
        : bytes("m" + (member.length() > LONGEST_MEMBER ? Digests.of(member) : member));
  }

  private byte[][] arguments(Ticket ticket, Instant deadline) {
    List<Claim> claims = ticket.claims;
    byte[][] all = new byte[4 + 7 * claims.size()][];
    all[0] = redis.now();
    all[1] = bytes(micros(Duration.between(clock.instant(), deadline)));
    all[2] = bytes(ticket.name);
    all[3] = bytes(Long.toString(most));
    for (int i = 0; i < claims.size(); i++) {
      Claim claim = claims.get(i);
      int at = 4 + 7 * i;
      describe(claim, all, at);
      all[at + 4] = bytes(claim.kept() == Claim.Kept.ALWAYS ? "A" : "-");
      all[at + 5] = bytes(micros(claim.block()));
      all[at + 6] = member(claim);
    }
    return all;
  }

  private static void describe(Claim claim, byte[][] all, int at) {
    all[at] =
        bytes(
            switch (claim.kind()) {
              case ONCE -> "O";
              case TAKE -> "T";
              case COUNT -> "C";
              case PERIOD -> "P";
              case DISTINCT -> "D";
            });
    all[at + 1] = bytes(Long.toString(claim.amount()));
    all[at + 2] = bytes(Long.toString(claim.limit()));
    all[at + 3] = bytes(micros(claim.window()));
  }

  private static String micros(Duration length) {
    return Long.toString(length.toNanos() / 1_000);
  }

  private static Taken answered(Ticket ticket, List<Object> answer) {
    if ((Long) answer.getFirst() == 1) {
      for (int i = 0; i < ticket.marks.length; i++) {
        ticket.marks[i] = text(answer.get(5 + i));
      }
      long limit = (Long) answer.get(1);
      return new Taken.Granted(
          ticket,
          limit == 0
              ? Allowance.NONE
              : new Allowance(
                  limit,
                  (Long) answer.get(2),
                  length(text(answer.get(3))),
                  ticket.claims.get((int) ((Long) answer.get(4) - 1)).policy()));
    }
    Claim claim = ticket.claims.get((int) ((Long) answer.get(1) - 1));
    return new Taken.Refused(
        claim, Cause.valueOf(text(answer.get(2))), length(text(answer.get(3))));
  }

  private static Duration length(String micros) {
    double length = Double.parseDouble(micros);
    return length < 0
        ? Duration.ofNanos(Long.MAX_VALUE)
        : Duration.ofNanos((long) Math.ceil(length * 1_000));
  }

  /// What Redis cannot be told, this gate alone remembers.
  @Override
  public void charge(Claim claim) {
    byte[][] all = new byte[6][];
    all[0] = redis.now();
    all[1] = bytes(Long.toString(most));
    describe(claim, all, 2);
    redis.send(CHARGE, new String[] {key(claim)}, all, () -> alone.charge(claim));
  }

  /// Does not wait: what could not be settled expires with the deadline, but an id that was spent
  /// is spent again as soon as Redis is back.
  @Override
  public void settle(Receipt receipt, Settlement settlement) {
    if (!(receipt instanceof Ticket ticket)) {
      alone.settle(receipt, settlement);
      return;
    }
    if (!ticket.settled.compareAndSet(false, true)) {
      return;
    }
    List<String> keys = new ArrayList<>();
    List<byte[]> arguments = new ArrayList<>();
    boolean spends = false;
    for (int i = 0; i < ticket.claims.size(); i++) {
      Claim claim = ticket.claims.get(i);
      boolean keep = claim.kept().keeps(settlement);
      boolean forget = claim.kept().forgets(settlement);
      boolean once = claim.kind() == Claim.Kind.ONCE;
      if (forget || (once ? claim.kept() != Claim.Kept.ALWAYS : !keep)) {
        keys.add(key(claim));
        byte[][] described = new byte[4][];
        describe(claim, described, 0);
        arguments.addAll(List.of(described));
        arguments.add(bytes(forget ? FORGOTTEN : once ? becomes(claim, keep) : ticket.marks[i]));
        arguments.add(member(claim));
        spends |= once && keep;
      }
    }
    if (!keys.isEmpty()) {
      arguments.addFirst(bytes(ticket.name));
      unsettled.send(keys.toArray(String[]::new), arguments, spends);
    }
  }

  private static String becomes(Claim claim, boolean keep) {
    if (!keep) {
      return "-";
    }
    return claim.kept() == Claim.Kept.IF_DELIVERED ? "D" : "S";
  }

  /// What one exchange took.
  private static final class Ticket implements Receipt {
    final List<Claim> claims;
    final String[] marks;
    final AtomicBoolean settled = new AtomicBoolean();
    final String name =
        HEX.toHexDigits(ThreadLocalRandom.current().nextLong())
            + HEX.toHexDigits(ThreadLocalRandom.current().nextLong());

    Ticket(List<Claim> claims) {
      this.claims = List.copyOf(claims);
      this.marks = new String[claims.size()];
    }
  }
}
