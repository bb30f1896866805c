package dev.gatewarden.gateway.identity.certificate;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.CertificateVerifier;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Proves client certificates by one bundle, which it reads again when its files change.
///
/// A chain that was followed before is answered on the event loop until its certificates expire,
/// its
/// revocation lists grow old or the bundle changes; anything else is followed on the pool. Whoever
/// holds a connection open by a chain that leads nowhere any more loses it.
public final class CertificateTrust implements CertificateVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateTrust.class);
  private static final int MOST_KEPT = 1 << 14;
  private static final int MOST_WAITING = 256;
  private static final long PATIENCE_SECONDS = 30;
  private static final Duration REFUSED_FOR = Duration.ofSeconds(10);

  /// The longest lease of a chain that there was no room to keep, so that nobody watches it.
  private static final Duration UNWATCHED = Duration.ofMinutes(5);

  private final CertificateSettings settings;
  private final BundleFiles files;
  private final InstantSource clock;
  private final ExecutorService pool;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final ConcurrentHashMap<List<X509Certificate>, Entry> kept = new ConcurrentHashMap<>();
  private volatile Bundle bundle;
  private volatile String state;

  /// What was found of one chain under one bundle.
  private record Entry(Verification verification, Bundle bundle, Instant until, Hold hold) {}

  /// Whether those who were let in by a chain may stay.
  private static final class Hold {
    private volatile boolean lost;
  }

  /// @throws IOException when the files cannot be read; the message is for the operator
  CertificateTrust(CertificateSettings settings, InstantSource clock, ExecutorService pool)
      throws IOException {
    this.settings = settings;
    this.files = new BundleFiles(settings);
    this.clock = clock;
    this.pool = pool;
    this.state = files.state();
    this.bundle = files.read();
  }

  /// Whether the files can be read.
  ///
  /// @throws IOException when they cannot; the message is for the operator
  public static void check(CertificateSettings settings) throws IOException {
    var unused = new BundleFiles(settings).read();
  }

  String name() {
    return settings.name();
  }

  /// The issuers in force.
  List<X509Certificate> issuers() {
    return bundle.issuers();
  }

  /// The chains that are good, as far as they are kept.
  Set<List<X509Certificate>> chains() {
    return kept.keySet();
  }

  @Override
  public Verification verify(List<X509Certificate> chain) {
    Entry entry = kept.get(chain);
    if (entry != null && entry.bundle == bundle && clock.instant().isBefore(entry.until)) {
      return entry.verification;
    }
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    if (!waiting.tryAcquire()) {
      return new Verification.Refused(Fault.OVERLOADED);
    }
    try {
      return pool.submit(() -> keep(chain)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verification.Refused(Fault.OVERLOADED);
    } catch (RejectedExecutionException | TimeoutException e) {
      return new Verification.Refused(Fault.OVERLOADED);
    } catch (ExecutionException e) {
      throw new GatewardenBug("a chain of certificates cannot be followed", e);
    } finally {
      waiting.release();
    }
  }

  private Verification keep(List<X509Certificate> chain) {
    Entry before = kept.get(chain);
    if (before == null && kept.size() >= MOST_KEPT) {
      forgetOld();
    }
    boolean watched = before != null || kept.size() < MOST_KEPT;
    Entry entry = judged(chain, before == null ? new Hold() : before.hold, watched);
    if (watched) {
      kept.put(List.copyOf(chain), entry);
    }
    return entry.verification;
  }

  private Entry judged(List<X509Certificate> chain, Hold before, boolean watched) {
    Bundle now = bundle;
    Instant at = clock.instant();
    return switch (now.follow(chain, at)) {
      case Bundle.Followed.Bad(Fault fault) -> refused(fault, now, at, before);
      case Bundle.Followed.Good(Instant expires, Instant known) -> {
        // Who was put out once is let in anew, and held by a hold of its own.
        Hold hold = before.lost ? new Hold() : before;
        Instant end =
            watched || expires.isBefore(at.plus(UNWATCHED)) ? expires : at.plus(UNWATCHED);
        yield switch (CertificateNames.of(chain.getFirst(), settings)) {
          case CertificateNames.Named.Nobody(Fault fault) -> refused(fault, now, at, before);
          case CertificateNames.Named.Name(String name) -> {
            CertificateSettings.Known own = settings.known().get(name);
            yield own == null && !settings.known().isEmpty()
                ? refused(Fault.UNKNOWN_NAME, now, at, before)
                : new Entry(
                    new Verification.Verified(
                        proof(name, own == null ? NOTHING : own, new Lease(end, () -> !hold.lost))),
                    now,
                    expires.isBefore(known) ? expires : known,
                    hold);
          }
        };
      }
    };
  }

  private static final CertificateSettings.Known NOTHING =
      new CertificateSettings.Known(null, null, Set.of(), Set.of());

  private static Entry refused(Fault fault, Bundle bundle, Instant at, Hold hold) {
    hold.lost = true;
    return new Entry(new Verification.Refused(fault), bundle, at.plus(REFUSED_FOR), hold);
  }

  private Proof proof(String name, CertificateSettings.Known known, Lease lease) {
    String client = known.client();
    Map<Facet, String> facets =
        switch (settings.naming()) {
          case SPIFFE ->
              client == null
                  ? Map.of(Facet.WORKLOAD, name)
                  : Map.of(Facet.WORKLOAD, name, Facet.CLIENT, client);
          case SAN_EMAIL ->
              client == null
                  ? Map.of(Facet.SUBJECT, name)
                  : Map.of(Facet.SUBJECT, name, Facet.CLIENT, client);
          case SAN_URI, SAN_DNS, SUBJECT -> Map.of(Facet.CLIENT, client == null ? name : client);
        };
    return new Proof(
        settings.name(),
        facets,
        known.tenant(),
        known.scopes(),
        known.roles(),
        Map.of(),
        List.of(),
        lease);
  }

  /// Reads the files again where they changed, and looks again at whom they let in. What cannot be
  /// read is told, and what was read before stays in force; revocation lists grow old then.
  void refresh() {
    String now = files.state();
    if (!now.equals(state)) {
      state = now;
      try {
        bundle = files.read();
        LOG.info("certificates `{}`: the bundle and its revocation lists were read", name());
      } catch (IOException unreadable) {
        LOG.error(
            "certificates `{}`: {}; what was read before stays in force",
            name(),
            unreadable.getMessage());
      }
    }
    Instant at = clock.instant();
    kept.forEach(
        (chain, entry) -> {
          if (entry.verification instanceof Verification.Verified
              && (entry.bundle != bundle || !at.isBefore(entry.until))) {
            kept.put(chain, judged(chain, entry.hold, true));
          }
        });
  }

  private void forgetOld() {
    Instant at = clock.instant();
    kept.values()
        .removeIf(
            entry ->
                entry.verification instanceof Verification.Refused || !at.isBefore(entry.until));
  }
}
