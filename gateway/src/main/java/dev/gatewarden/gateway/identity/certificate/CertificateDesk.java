package dev.gatewarden.gateway.identity.certificate;

import dev.gatewarden.core.identity.CertificateVerifier;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the bundles of one gate up to date, and says in time which certificates are about to
/// expire.
public final class CertificateDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateDesk.class);
  private static final Duration SOON = Duration.ofDays(30);
  private static final int MOST_TOLD = 10_000;
  private static final String OWN = "listen";

  private final InstantSource clock;
  private final ExecutorService pool;
  private final List<CertificateTrust> trusts = new CopyOnWriteArrayList<>();
  private volatile Supplier<List<X509Certificate>> ownChain = List::of;
  private volatile List<X509Certificate> own = List.of();
  private final Map<X509Certificate, Instant> told = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificates").factory());

  /// @param pool follows chains
  public CertificateDesk(InstantSource clock, ExecutorService pool) {
    this.clock = clock;
    this.pool = pool;
    var unused = timer.scheduleWithFixedDelay(this::safely, 1, 1, TimeUnit.SECONDS);
  }

  /// A verifier for one bundle.
  ///
  /// @throws IOException when its files cannot be read; the message is for the operator
  public CertificateVerifier verifier(CertificateSettings settings) throws IOException {
    CertificateTrust trust = new CertificateTrust(settings, clock, pool);
    trusts.add(trust);
    return trust;
  }

  /// Looks after a bundle no more.
  public void forget(CertificateVerifier verifier) {
    trusts.removeIf(trust -> trust == verifier);
  }

  /// Looks after the gate's own certificate too.
  ///
  /// @param chain reads it again where it changed, and gives the chain in force
  public void own(Supplier<List<X509Certificate>> chain) {
    ownChain = chain;
    own = chain.get();
  }

  /// The seconds until the first certificate expires, of each bundle (its issuers and the callers
  /// seen) and, as `listen`, of the gate's own.
  public Map<String, Double> expiries() {
    Instant now = clock.instant();
    Map<String, Double> seconds = new TreeMap<>();
    own.forEach(each -> sooner(OWN, each, now, seconds));
    for (CertificateTrust trust : trusts) {
      trust.issuers().forEach(each -> sooner(trust.name(), each, now, seconds));
      trust.chains().forEach(chain -> sooner(trust.name(), chain.getFirst(), now, seconds));
    }
    return seconds;
  }

  private static void sooner(
      String name, X509Certificate certificate, Instant now, Map<String, Double> seconds) {
    double left = Duration.between(now, certificate.getNotAfter().toInstant()).toSeconds();
    seconds.merge(name, left, Math::min);
  }

  /// Reads what changed, and tells what expires.
  void refresh() {
    trusts.forEach(CertificateTrust::refresh);
    own = ownChain.get();
    own.forEach(each -> tell(OWN, each));
    for (CertificateTrust trust : trusts) {
      trust.issuers().forEach(each -> tell(trust.name(), each));
      trust.chains().forEach(chain -> tell(trust.name(), chain.getFirst()));
    }
  }

  private void safely() {
    try {
      refresh();
    } catch (RuntimeException fault) {
      LOG.error("certificates could not be looked after", fault);
    }
  }

  /// Once a day.
  private void tell(String name, X509Certificate certificate) {
    Instant now = clock.instant();
    Instant end = certificate.getNotAfter().toInstant();
    Instant last = told.get(certificate);
    if (now.plus(SOON).isBefore(end)
        || (last != null && now.isBefore(last.plus(1, ChronoUnit.DAYS)))) {
      return;
    }
    if (told.size() >= MOST_TOLD) {
      told.clear();
    }
    told.put(certificate, now);
    LOG.warn(
        "certificates `{}`: `{}` (serial {}) {} {}",
        name,
        certificate.getSubjectX500Principal().getName(),
        certificate.getSerialNumber().toString(16),
        now.isBefore(end) ? "expires on" : "expired on",
        end);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
