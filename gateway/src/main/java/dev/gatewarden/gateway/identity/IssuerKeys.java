package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.decision.Snapshots;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of one issuer, kept fresh by the requests that ask for them.
///
/// A set older than `refresh` is fetched again beside the request that sees it; one twice as old
/// (nobody asked for a while) before it is used. While the issuer is down the last good set is used
/// up to `stale`, and attempts are spaced by a growing, jittered pause. The last good set is also
/// published to the snapshots, so that a gate that starts while the issuer is down has keys. A set
/// without any usable key counts as a failed fetch.
final class IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
  private static final long FIRST_PAUSE = 1_000;
  private static final long LONGEST_PAUSE = 60_000;
  private static final long FILE_REFRESH = 5_000;
  private static final long PATIENCE_SECONDS = 20;

  /// A set and when it was had from the issuer.
  private record Known(KeySet set, byte[] text, long at) {}

  /// What is known of a key that a token names.
  sealed interface Found {
    record Key(VerificationKey key, KeySet set) implements Found {}

    /// The issuer has no such key.
    record Unknown() implements Found {}

    /// The issuer is not asked now, for it was asked too often about keys that it has not.
    record NotNow() implements Found {}

    /// Nobody can say.
    record Unavailable() implements Found {}
  }

  private final String name;
  private final KeyFetch fetch;
  private final long refresh;
  private final long stale;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final @Nullable Snapshots snapshots;
  private final UnknownKeys unknown;
  private final AtomicReference<@Nullable CompletableFuture<Boolean>> flight =
      new AtomicReference<>();

  private volatile @Nullable Known known;
  private volatile long retryAt = Long.MIN_VALUE;

  /// Touched by the one fetch under way alone, as is `keptAt`.
  private int failures;

  /// When the set was published to the snapshots.
  private long keptAt = Long.MIN_VALUE;

  IssuerKeys(IssuerSettings settings, KeyFetch fetch, Workshop workshop) {
    this.name = settings.name();
    this.fetch = fetch;
    this.refresh = refresh(settings);
    this.stale = settings.bounds().stale().toMillis();
    this.clock = workshop.clock();
    this.random = workshop.random();
    this.snapshots = workshop.snapshots();
    this.unknown = new UnknownKeys(clock);
  }

  /// A file costs nothing to read again, so its changes are seen soon.
  private static long refresh(IssuerSettings settings) {
    long refresh = settings.bounds().refresh().toMillis();
    return settings.keys() instanceof KeySource.File ? Math.min(FILE_REFRESH, refresh) : refresh;
  }

  /// Starts with a set that needs no fetching, ever.
  IssuerKeys(IssuerSettings settings, KeySet fixed, Workshop workshop) {
    this(settings, () -> new byte[0], workshop);
    this.known = new Known(fixed, new byte[0], Long.MAX_VALUE);
  }

  /// Starts the first fetch beside the caller.
  void begin() {
    if (known == null) {
      var unused = fetching();
    }
  }

  /// The set that may be used without waiting, or null.
  @Nullable KeySet atHand() {
    Known now = known;
    if (now == null) {
      return null;
    }
    long age = clock.millis() - now.at();
    if (age < refresh) {
      return now.set();
    }
    boolean due = clock.millis() >= retryAt;
    if (due) {
      var unused = fetching();
    }
    return age < stale && (!due || age < 2 * refresh) ? now.set() : null;
  }

  /// Whether the issuer has a key, as far as is known; false once nobody can say. Never waits, and
  /// asking keeps the set fresh where no request does.
  boolean has(VerificationKey key) {
    var unused = atHand();
    Known now = known;
    return now != null && clock.millis() - now.at() < stale && now.set().holds(key);
  }

  /// The key a token names. Waits for a fetch where that can help.
  Found find(String kid, Algorithm algorithm) throws InterruptedException {
    KeySet set = atHand();
    if (set == null) {
      set = awaited();
    }
    if (set == null) {
      return new Found.Unavailable();
    }
    VerificationKey key = set.find(kid, algorithm);
    if (key != null) {
      return new Found.Key(key, set);
    }
    return missing(kid, algorithm, set);
  }

  /// Looks for a key that is not in the set. However many ask together, they share one fetch; who
  /// joined one that was under way already, and may have left before the key was published, has
  /// another.
  private Found missing(String kid, Algorithm algorithm, KeySet seen) throws InterruptedException {
    KeySet last = seen;
    boolean own = false;
    while (!own) {
      CompletableFuture<Boolean> fetch;
      synchronized (unknown) {
        Known now = known;
        if (now != null && now.set() != last) {
          last = now.set();
          VerificationKey key = last.find(kid, algorithm);
          if (key != null) {
            return new Found.Key(key, last);
          }
        }
        if (unknown.remembers(kid)) {
          return new Found.Unknown();
        }
        CompletableFuture<Boolean> running = flight.get();
        own = running == null;
        if (own && !unknown.mayFetch()) {
          return new Found.NotNow();
        }
        fetch = running == null ? fetching() : running;
      }
      if (!await(fetch)) {
        return new Found.Unavailable();
      }
    }
    return fetched(kid, algorithm);
  }

  private Found fetched(String kid, Algorithm algorithm) {
    Known now = known;
    VerificationKey key = now == null ? null : now.set().find(kid, algorithm);
    if (now != null && key != null) {
      return new Found.Key(key, now.set());
    }
    synchronized (unknown) {
      unknown.remember(kid);
    }
    return new Found.Unknown();
  }

  private @Nullable KeySet awaited() throws InterruptedException {
    if (clock.millis() >= retryAt || flight.get() != null) {
      await(fetching());
    }
    Known now = known;
    return now != null && clock.millis() - now.at() < stale ? now.set() : null;
  }

  private static boolean await(CompletableFuture<Boolean> flight) throws InterruptedException {
    try {
      return flight.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  /// The fetch under way, else a new one.
  private CompletableFuture<Boolean> fetching() {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> running = flight.compareAndExchange(null, mine);
    if (running != null) {
      return running;
    }
    Thread.ofVirtual()
        .name("keys-" + name)
        .start(
            () -> {
              boolean fetched = false;
              try {
                fetched = fetchNow();
              } finally {
                flight.set(null);
                mine.complete(fetched);
              }
            });
    return mine;
  }

  private boolean fetchNow() {
    try {
      byte[] text = fetch.fetch();
      KeySet set = JwkReader.set(text);
      if (set == null || set.isEmpty()) {
        throw new IOException("what is published is no set of keys that can be used");
      }
      take(set, text);
      return true;
    } catch (IOException | RuntimeException e) {
      failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void take(KeySet set, byte[] text) {
    Known before = known;
    failures = 0;
    retryAt = Long.MIN_VALUE;
    if (before != null && Arrays.equals(before.text(), text)) {
      // The same set, so that what was verified need not look its key up again.
      known = new Known(before.set(), text, clock.millis());
    } else {
      known = new Known(set, text, clock.millis());
      keptAt = Long.MIN_VALUE;
      LOG.info("issuer `{}` has {} usable keys", name, set.keys().size());
    }
    // Kept again now and then, for what is kept ages too.
    if (clock.millis() - stale / 4 >= keptAt) {
      publish(text);
    }
  }

  // One fetch runs at a time, so nobody else counts.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void failed(Exception e) {
    long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures, 10));
    failures++;
    retryAt = clock.millis() + pause * 3 / 4 + random.nextLong(pause / 2);
    LOG.warn(
        "the keys of issuer `{}` cannot be had ({}), tried {} times",
        name,
        e.getMessage(),
        failures);
    if (known == null) {
      recall();
    }
  }

  private void recall() {
    if (snapshots == null) {
      return;
    }
    try {
      Optional<Snapshots.Snapshot> last = snapshots.newest(snapshot());
      KeySet set = last.map(s -> JwkReader.set(s.content())).orElse(null);
      if (last.isPresent() && set != null && !set.isEmpty()) {
        known = new Known(set, last.get().content(), last.get().at().toEpochMilli());
        LOG.warn("issuer `{}` is served with the keys of {}", name, last.get().at());
      }
    } catch (RuntimeException e) {
      LOG.warn("the keys of issuer `{}` were kept but cannot be read", name, e);
    }
  }

  private void publish(byte[] text) {
    if (snapshots == null) {
      return;
    }
    try {
      long last = snapshots.newest(snapshot()).map(s -> s.generation()).orElse(0L);
      var unused = snapshots.publish(snapshot(), last, text);
      keptAt = clock.millis();
    } catch (RuntimeException e) {
      // The keys are good without it; only a restart while the issuer is down would miss it.
      LOG.warn("the keys of issuer `{}` cannot be kept for a restart", name, e);
    }
  }

  private String snapshot() {
    return "keys/" + name;
  }
}
