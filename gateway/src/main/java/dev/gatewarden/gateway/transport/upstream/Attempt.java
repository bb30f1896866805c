package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.pipeline.Resilience;
import dev.gatewarden.gateway.transport.wire.Deadline;
import dev.gatewarden.gateway.walk.Walk.UpstreamFault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One request on its way to a service: let in or refused, sent to a place, perhaps sent again, and
/// told to whoever waits. Everything happens on its worker's loop.
///
/// Every way out of it leads through `over`, so that what it holds is given back once.
public final class Attempt implements Inbound {
  private static final long NANOS = 1_000_000_000L;

  private final Cluster cluster;
  private final Cleared cleared;
  private final Inbound caller;
  private final @Nullable PlacePool pinned;
  private final long until;

  private Breaker.@Nullable State pass;
  private boolean inside;
  private @Nullable Deadline queued;
  private @Nullable Future<?> pause;

  private @Nullable PlacePool place;
  private Breaker.@Nullable State placePass;
  private @Nullable Outbound up;
  private long sentAt;
  private int tries;
  private int again;
  private int placesTried;
  private long failedAt;
  private boolean stale;
  private boolean untouched;
  private @Nullable UpstreamFault reached;
  private boolean answered;
  private boolean over;

  Attempt(Cluster cluster, Cleared cleared, Inbound caller) {
    this(cluster, cleared, caller, null);
  }

  private Attempt(Cluster cluster, Cleared cleared, Inbound caller, @Nullable PlacePool pinned) {
    this.cluster = cluster;
    this.cleared = cleared;
    this.caller = caller;
    this.pinned = pinned;
    this.until = now() + nanos(cleared);
  }

  private static long nanos(Cleared cleared) {
    return cleared.deadline().toDays() > 1000 ? Long.MAX_VALUE / 4 : cleared.deadline().toNanos();
  }

  /// One that goes to a place whatever is known of it, once, and is counted nowhere.
  static Attempt pinned(Cluster cluster, PlacePool place, Cleared cleared, Inbound caller) {
    return new Attempt(cluster, cleared, caller, place);
  }

  private long now() {
    return cluster.client().worker().moment();
  }

  private ServiceHealth health() {
    return cluster.health();
  }

  private Resilience.Retry retry() {
    return health().settings().retry();
  }

  // The way in.

  /// Begins; `connected` or `failed` follows, perhaps before this returns.
  public void go() {
    if (pinned != null) {
      pinned.acquire(this);
      return;
    }
    pass = health().breaker().enter(now());
    if (pass == null) {
      health().refusedResting();
      refuse(UpstreamFault.RESTING, seconds(health().breaker().rests(now())));
    } else if (health().enter()) {
      inside = true;
      send();
    } else if (health().settings().atOnce().patience().isZero() || !health().queue(this)) {
      health().refusedFull();
      refuse(UpstreamFault.FULL, 1);
    } else {
      waitInTurn();
    }
  }

  private void waitInTurn() {
    Deadline wait =
        new Deadline(cluster.client().worker()) {
          @Override
          protected void expired() {
            forget();
            queued = null;
            if (!over && health().unqueue(Attempt.this)) {
              health().refusedFull();
              refuse(UpstreamFault.FULL, 1);
            }
          }
        };
    queued = wait;
    wait.within(health().settings().atOnce().patience());
  }

  /// Another request is over and this one has its place; called on any thread.
  void called() {
    cluster
        .client()
        .worker()
        .loop()
        .execute(
            () -> {
              forgetQueue();
              if (over) {
                health().leave();
              } else {
                inside = true;
                send();
              }
            });
  }

  private void forgetQueue() {
    if (queued != null) {
      queued.forget();
      queued = null;
    }
  }

  private void send() {
    PlacePool chosen = cluster.choose(failedAt);
    if (chosen == null || !chosen.health().enter()) {
      health().refusedFull();
      finish(UpstreamFault.FULL);
      return;
    }
    place = chosen;
    placePass = cluster.size() == 1 ? null : chosen.health().breaker().enter(now());
    tries++;
    health().tried();
    chosen.acquire(this);
  }

  // What the connections ask.

  Cleared cleared() {
    return cleared;
  }

  Inbound inbound() {
    return this;
  }

  boolean upgrades() {
    return !cleared.upgrade().isEmpty();
  }

  boolean isHead() {
    return cleared.method().equals("HEAD");
  }

  /// Whether it must not take a connection that rested in the pool.
  boolean wantsFresh() {
    return stale;
  }

  boolean cancelled() {
    return over;
  }

  /// How often it was sent somewhere.
  public int tries() {
    return tries;
  }

  // What becomes of it.

  /// No connection could be made: nothing was sent.
  void unreachable(UpstreamFault fault) {
    if (over) {
      return;
    }
    if (pinned != null) {
      finish(fault);
      return;
    }
    int at = cluster.index(placeNow());
    left(fault == UpstreamFault.OVERLOADED ? Went.UNKNOWN : Went.BADLY);
    boolean others = ++placesTried < cluster.size();
    failedAt |= Cluster.bit(at);
    boolean may =
        retry().times() > 0
            && retry().when().contains(Resilience.When.UNREACHED)
            && (others || again < retry().times());
    if (may && others && fault != UpstreamFault.OVERLOADED) {
      repeat(fault, 0);
    } else if (may && fault == UpstreamFault.REFUSED) {
      repeat(fault, Backoff.nanos(retry(), again, ThreadLocalRandom.current().nextDouble()));
    } else {
      finish(fault);
    }
  }

  /// The connection ended before anything of an answer came.
  ///
  /// @param resting whether it had rested before, so that it may have been closed long ago
  /// @param refused whether the service says that it did nothing of it (RFC 9113, section 8.7)
  void lost(UpstreamFault fault, boolean resting, boolean refused) {
    if (over) {
      return;
    }
    if (pinned != null) {
      finish(fault);
      return;
    }
    boolean resend = caller.mayResend();
    if (resend && refused && !untouched) {
      untouched = true;
      left(Went.UNKNOWN);
      anew();
      return;
    }
    if (resend && resting && !stale && cleared.reads()) {
      stale = true;
      left(Went.UNKNOWN);
      anew();
      return;
    }
    int at = cluster.index(placeNow());
    left(Went.BADLY);
    if (!refused) {
      reached = fault;
    }
    failedAt |= Cluster.bit(at);
    if (resend
        && (refused || cleared.repeatable())
        && retry().when().contains(Resilience.When.BROKEN_OFF)
        && again < retry().times()) {
      repeat(fault, Backoff.nanos(retry(), again, ThreadLocalRandom.current().nextDouble()));
    } else {
      finish(fault);
    }
  }

  /// Sends it again without counting it among what is tried again: a connection that was closed
  /// while nobody used it is nobody's fault.
  private void anew() {
    up = null;
    caller.withdrawn();
    health().repeated();
    send();
  }

  /// Sends it again after a pause, if that is within its time and the budget.
  private void repeat(UpstreamFault fault, long nanos) {
    up = null;
    if (now() + nanos >= until || !health().mayRepeat(now())) {
      finish(fault);
      return;
    }
    again++;
    health().repeated();
    caller.withdrawn();
    if (nanos == 0) {
      send();
    } else {
      sendAfter(nanos);
    }
  }

  private void sendAfter(long nanos) {
    pause =
        cluster
            .client()
            .worker()
            .loop()
            .schedule(
                () -> {
                  pause = null;
                  if (!over) {
                    send();
                  }
                },
                nanos,
                TimeUnit.NANOSECONDS);
  }

  private void refuse(UpstreamFault fault, int seconds) {
    over(Went.UNKNOWN);
    caller.refused(fault, seconds);
  }

  /// There will be no answer.
  private void finish(UpstreamFault fault) {
    // Who was told that it never arrived would send it again.
    UpstreamFault known = reached;
    UpstreamFault told = known != null && neverArrived(fault) ? known : fault;
    over(outcome(told));
    if (told == UpstreamFault.FULL) {
      caller.refused(told, 1);
    } else {
      caller.failed(told);
    }
  }

  private static boolean neverArrived(UpstreamFault fault) {
    return switch (fault) {
      case REFUSED, OVERLOADED, FULL, RESTING -> true;
      case RESET, TIMEOUT, BROKEN_FRAMING, BODY_TOO_LONG -> false;
    };
  }

  private static Went outcome(UpstreamFault fault) {
    return switch (fault) {
      case REFUSED, RESET, TIMEOUT, BROKEN_FRAMING -> Went.BADLY;
      case BODY_TOO_LONG, OVERLOADED, FULL, RESTING -> Went.UNKNOWN;
    };
  }

  /// Nobody waits any more.
  public void cancel() {
    over(Went.UNKNOWN);
  }

  /// Nobody waits any more, because the service took too long.
  public void late() {
    over(cleared.hurried() ? Went.UNKNOWN : Went.BADLY);
  }

  private void over(Went went) {
    if (over) {
      return;
    }
    over = true;
    if (queued != null) {
      var unused = health().unqueue(this);
      forgetQueue();
    }
    if (pause != null) {
      var unused = pause.cancel(false);
      pause = null;
    }
    left(went);
    if (pass != null) {
      tell(health().breaker(), pass, went);
      pass = null;
    }
    if (inside) {
      inside = false;
      health().leave();
    }
  }

  /// How a call went, as far as that says something of the service.
  private enum Went {
    WELL,
    SLOWLY,
    BADLY,
    UNKNOWN
  }

  /// It is not at its place any more.
  private void left(Went went) {
    PlacePool from = place;
    if (from == null) {
      return;
    }
    place = null;
    from.health().leave();
    told(from, went, went == Went.BADLY);
  }

  private void told(PlacePool at, Went went, boolean failed) {
    if (went != Went.UNKNOWN) {
      health().went(at.health(), now(), failed);
    }
    if (placePass != null) {
      tell(at.health().breaker(), placePass, went);
      placePass = null;
    }
  }

  private void tell(Breaker breaker, Breaker.State entered, Went went) {
    if (went == Went.UNKNOWN) {
      breaker.forgo(entered);
    } else {
      breaker.went(entered, now(), went == Went.BADLY, went == Went.SLOWLY);
    }
  }

  private PlacePool placeNow() {
    PlacePool known = place;
    if (known == null) {
      throw new GatewardenBug("a request is nowhere");
    }
    return known;
  }

  private static int seconds(long nanos) {
    return (int) Math.max(1, (nanos + NANOS - 1) / NANOS);
  }

  // What comes back.

  @Override
  public void connected(Outbound out) {
    up = out;
    sentAt = now();
    caller.connected(out);
  }

  @Override
  public void head(int status, HttpHeaders headers, long length) {
    if (pinned == null && !over) {
      if (tryElsewhere(status, headers)) {
        return;
      }
      answered(status);
    }
    caller.head(status, headers, length);
  }

  private boolean tryElsewhere(int status, HttpHeaders headers) {
    if (!unavailable(status)
        || !retry().when().contains(Resilience.When.UNAVAILABLE)
        || !cleared.reads()
        || again >= retry().times()
        || !caller.mayResend()) {
      return false;
    }
    long nanos =
        Math.max(
            Backoff.asked(headers),
            Backoff.nanos(retry(), again, ThreadLocalRandom.current().nextDouble()));
    long now = now();
    if (nanos >= until - now || !health().mayRepeat(now)) {
      return false;
    }
    int at = cluster.index(placeNow());
    left(Went.BADLY);
    failedAt |= Cluster.bit(at);
    Outbound from = up;
    up = null;
    if (from != null) {
      from.cancel();
    }
    again++;
    health().repeated();
    caller.withdrawn();
    sendAfter(nanos);
    return true;
  }

  private static boolean unavailable(int status) {
    return status >= 502 && status <= 504;
  }

  /// Tells what the head says; the request stays at its place until the answer is whole.
  private void answered(int status) {
    answered = true;
    long slowAfter = health().settings().breaker().slowAfter().toNanos();
    boolean slow = slowAfter > 0 && caller.mayResend() && now() - sentAt >= slowAfter;
    Went went = unavailable(status) ? Went.BADLY : slow ? Went.SLOWLY : Went.WELL;
    PlacePool at = place;
    if (at != null) {
      told(at, went, status >= 500);
    }
    if (pass != null) {
      tell(health().breaker(), pass, went);
      pass = null;
    }
  }

  @Override
  public void data(ByteBuf piece) {
    caller.data(piece);
  }

  @Override
  public void end(@Nullable HttpHeaders trailers) {
    over(Went.UNKNOWN);
    caller.end(trailers);
  }

  @Override
  public void failed(UpstreamFault fault) {
    if (over) {
      return;
    }
    if (pinned == null && !answered && reached == null) {
      reached = fault;
    }
    PlacePool at = place;
    if (answered && at != null && outcome(fault) == Went.BADLY) {
      // It was counted as gone well when its head came.
      health().breaker().broke(now());
      at.health().breaker().broke(now());
    }
    finish(fault);
  }

  @Override
  public void writable() {
    caller.writable();
  }

  @Override
  public boolean mayResend() {
    return caller.mayResend();
  }
}
