package dev.gatewarden.gateway.keys;

import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.core.identity.ApiKeys;
import dev.gatewarden.core.identity.ApiKeys.Fault;
import dev.gatewarden.core.identity.ApiKeys.Verification;
import dev.gatewarden.core.identity.Exposure;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.KeyText;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import java.io.Closeable;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of a running gate, in memory: verified without waiting, and learned anew within a
/// second when somebody changes the store, also from another process.
///
/// What the gate itself has to say, that a key leaked and when keys were last used, is written by a
/// thread of its own, never by who serves a request.
public final class KeyRings implements Exposure, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRings.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int TICKS_BETWEEN_USES = 60;

  /// How long before its end a key is told to need a successor.
  public static final Duration WARNING = Duration.ofDays(14);

  private static final byte[] NOBODY = new byte[32];

  private final KeyStore store;
  private final InstantSource clock;
  private final Map<String, Ring> rings = new ConcurrentHashMap<>();
  private final Set<String> leaked = ConcurrentHashMap.newKeySet();
  private final Set<String> untold = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("api-keys").daemon().unstarted(task));

  private volatile Map<String, Held> table = Map.of();
  private volatile long generation = -1;
  private boolean reachable = true;
  private int ticks;

  /// What the operator says of one ring.
  ///
  /// @param environment what its keys must be of
  /// @param rotate after how long a key is due for a successor
  public record Ring(String name, String environment, Duration rotate, Pepper pepper) {}

  /// A key as it is held in memory.
  private static final class Held {
    private final ApiKey key;
    private final byte[] digest;
    private final Verification verified;
    private volatile long used;

    Held(KeyBook.Entry entry, long used, BooleanSupplier stands) {
      this.key = entry.key();
      this.digest = HexFormat.of().parseHex(entry.digest());
      this.used = used;
      this.verified = new Verification.Verified(key, proof(key, stands));
    }
  }

  private KeyRings(KeyStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Reads the store and begins to watch it.
  ///
  /// @throws IOException when it cannot be read
  public static KeyRings open(KeyStore store, InstantSource clock) throws IOException {
    KeyRings rings = new KeyRings(store, clock);
    rings.reload(store.generation());
    rings.warn();
    rings.thread.scheduleWithFixedDelay(
        rings::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    return rings;
  }

  /// The keys of one ring.
  public ApiKeys of(Ring ring) {
    rings.put(ring.name(), ring);
    return presented -> verify(presented, ring);
  }

  /// Knows these rings from now on and no others: those that were asked for and are not served are
  /// forgotten.
  public void keep(Collection<Ring> served) {
    Map<String, Ring> byName = new HashMap<>();
    served.forEach(ring -> byName.put(ring.name(), ring));
    rings.putAll(byName);
    rings.keySet().retainAll(byName.keySet());
  }

  private Verification verify(String presented, Ring ring) {
    KeyText text = KeyText.parse(presented);
    if (text == null) {
      return refused(KeyText.hasShape(presented) ? Fault.CHECKSUM : Fault.MALFORMED);
    }
    if (!text.environment().equals(ring.environment())) {
      return refused(Fault.ENVIRONMENT);
    }
    Held held = table.get(text.id());
    // Computed and compared also where nobody has the id, so that both take the same time.
    byte[] digest = ring.pepper().digest(presented);
    boolean right = MessageDigest.isEqual(digest, held == null ? NOBODY : held.digest);
    if (held == null) {
      return refused(Fault.UNKNOWN);
    }
    if (!held.key.ring().equals(ring.name())) {
      return refused(Fault.OTHER_RING);
    }
    return right ? standing(held) : refused(Fault.SECRET);
  }

  private Verification standing(Held held) {
    Instant now = clock.instant();
    Fault fault = fault(held.key, now);
    if (fault != null) {
      return refused(fault);
    }
    long at = now.toEpochMilli();
    if (at - held.used >= 1000) {
      held.used = at;
    }
    return held.verified;
  }

  private @Nullable Fault fault(ApiKey key, Instant now) {
    return switch (key.state()) {
      case REVOKED -> Fault.REVOKED;
      case LEAKED -> Fault.LEAKED;
      case ACTIVE ->
          leaked.contains(key.id())
              ? Fault.LEAKED
              : now.isBefore(key.expires()) ? null : Fault.EXPIRED;
    };
  }

  /// Whether what a key opened may stay open: asked of the newest that is known of the key.
  private boolean stands(String id) {
    Held held = table.get(id);
    return held != null && fault(held.key, clock.instant()) == null;
  }

  @Override
  public void inAddress(KeyText text) {
    Held held = table.get(text.id());
    Ring ring = held == null ? null : rings.get(held.key.ring());
    if (held == null
        || ring == null
        || held.key.state() != ApiKey.State.ACTIVE
        || !MessageDigest.isEqual(ring.pepper().digest(text.text()), held.digest)) {
      return;
    }
    if (leaked.add(held.key.id())) {
      untold.add(held.key.id());
      LOG.warn(
          "API key {} of `{}` stood in an address: it opens nothing any more; replace it with"
              + " gatewarden keys rotate {}",
          held.key.id(),
          held.key.name(),
          held.key.id());
      thread.execute(this::tick);
    }
  }

  /// Runs on the one thread: tells what leaked, learns what changed, now and then writes the uses.
  private void tick() {
    try {
      if (!untold.isEmpty()) {
        List<String> ids = new ArrayList<>(untold);
        store.leaked(ids);
        ids.forEach(untold::remove);
      }
      long newest = store.generation();
      if (newest != generation) {
        reload(newest);
      }
      ticks++;
      if (ticks % TICKS_BETWEEN_USES == 0) {
        keepUses();
      }
      reachable = true;
    } catch (IOException | RuntimeException failed) {
      if (reachable) {
        LOG.error("API keys stay as they are in memory: {}", failed.getMessage());
      }
      reachable = false;
    }
  }

  private void reload(long newest) throws IOException {
    KeyBook book = store.book();
    Map<String, Long> uses = table.isEmpty() ? store.uses() : Map.of();
    Map<String, Held> next = new HashMap<>();
    Map<String, Held> before = table;
    book.entries()
        .forEach(
            (id, entry) -> {
              Held known = before.get(id);
              long used = known == null ? uses.getOrDefault(id, 0L) : known.used;
              next.put(id, new Held(entry, used, () -> stands(id)));
            });
    table = Map.copyOf(next);
    generation = newest;
  }

  private void keepUses() throws IOException {
    Map<String, Long> known = store.uses();
    Map<String, Long> newer = new HashMap<>();
    table.forEach(
        (id, held) -> {
          if (held.used > known.getOrDefault(id, 0L)) {
            newer.put(id, held.used);
          }
        });
    if (!newer.isEmpty()) {
      store.used(newer);
    }
  }

  private void warn() {
    Instant soon = clock.instant().plus(WARNING);
    table.forEach(
        (id, held) -> {
          boolean ends =
              held.key.state() == ApiKey.State.ACTIVE
                  && held.key.successor() == null
                  && held.key.expires().isAfter(clock.instant())
                  && held.key.expires().isBefore(soon);
          if (ends) {
            LOG.warn(
                "API key {} of `{}` ends on {}; make a successor with gatewarden keys rotate {}",
                id,
                held.key.name(),
                held.key.expires(),
                id);
          }
        });
  }

  /// How many keys there are in each state, by the words of `Standing`, for the
  /// metrics.
  public Map<String, Double> counts() {
    Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
    for (Standing standing : Standing.values()) {
      counts.put(standing, 0);
    }
    Instant now = clock.instant();
    table.forEach(
        (id, held) ->
            counts.merge(
                leaked.contains(id) ? Standing.LEAKED : standing(held.key, now), 1, Integer::sum));
    Map<String, Double> byWord = new TreeMap<>();
    counts.forEach((standing, count) -> byWord.put(standing.word(), count.doubleValue()));
    return byWord;
  }

  private Standing standing(ApiKey key, Instant now) {
    Ring ring = rings.get(key.ring());
    return Standing.of(key, ring == null ? null : ring.rotate(), now);
  }

  /// Writes what is still to be written.
  @Override
  public void close() throws IOException {
    thread.shutdown();
    try {
      if (thread.awaitTermination(5, TimeUnit.SECONDS)) {
        if (!untold.isEmpty()) {
          store.leaked(List.copyOf(untold));
        }
        keepUses();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Verification refused(Fault fault) {
    return Objects.requireNonNull(REFUSALS.get(fault));
  }

  private static final Map<Fault, Verification> REFUSALS = refusals();

  private static Map<Fault, Verification> refusals() {
    Map<Fault, Verification> all = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      all.put(fault, new Verification.Refused(fault));
    }
    return all;
  }

  private static Proof proof(ApiKey key, BooleanSupplier stands) {
    @Nullable String tenant = key.tenant();
    return new Proof(
        key.ring(),
        Map.of(Facet.CLIENT, key.name()),
        tenant,
        key.scopes(),
        key.roles(),
        Map.of("key_id", key.id()),
        List.of(),
        new Lease(key.expires(), stands));
  }
}
