package dev.gatewarden.gateway.identity.certificate;

import dev.gatewarden.core.identity.CertificateVerifier.Fault;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The revocation lists of one bundle (RFC 5280, section 5).
///
/// A list counts where the certificate's own issuer signed it, its time has come and not passed,
/// and
/// it is whole: no delta, no part, no list of somebody else's certificates. Where no list counts,
/// nobody knows, and the certificate is refused.
///
/// @param grace how long a list still counts after its time
record Revocations(List<X509CRL> lists, Duration grace) {
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final int SIGNS_LISTS = 6;

  Revocations {
    lists = List.copyOf(lists);
  }

  /// Why a certificate is refused, or null.
  ///
  /// @param issuer the certificate that its signature is checked with
  @Nullable Fault judge(X509Certificate certificate, X509Certificate issuer, Instant now) {
    if (lists.isEmpty()) {
      return null;
    }
    X509CRL list = newest(certificate, issuer, now);
    if (list == null) {
      return Fault.REVOCATION_UNKNOWN;
    }
    return list.getRevokedCertificate(certificate) == null ? null : Fault.REVOKED;
  }

  /// When the list that speaks for a certificate stops counting; never where no lists are kept.
  Instant until(X509Certificate certificate, X509Certificate issuer, Instant now) {
    X509CRL list = lists.isEmpty() ? null : newest(certificate, issuer, now);
    return list == null ? Instant.MAX : list.getNextUpdate().toInstant().plus(grace);
  }

  private @Nullable X509CRL newest(
      X509Certificate certificate, X509Certificate issuer, Instant now) {
    X509CRL newest = null;
    for (X509CRL list : lists) {
      if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
          && counts(list, now)
          && isSigned(list, issuer)
          && (newest == null || list.getThisUpdate().after(newest.getThisUpdate()))) {
        newest = list;
      }
    }
    return newest;
  }

  private boolean counts(X509CRL list, Instant now) {
    Date next = list.getNextUpdate();
    Set<String> critical = list.getCriticalExtensionOIDs();
    return next != null
        && (critical == null || critical.isEmpty())
        && !now.plus(SKEW).isBefore(list.getThisUpdate().toInstant())
        && now.isBefore(next.toInstant().plus(grace));
  }

  private static boolean isSigned(X509CRL list, X509Certificate issuer) {
    boolean[] usage = issuer.getKeyUsage();
    if (usage != null && !usage[SIGNS_LISTS]) {
      return false;
    }
    try {
      list.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException notTheirs) {
      return false;
    }
  }
}
