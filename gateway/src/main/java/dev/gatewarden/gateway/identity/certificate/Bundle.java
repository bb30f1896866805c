package dev.gatewarden.gateway.identity.certificate;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.identity.CertificateVerifier.Fault;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The issuers that are trusted, and the revocation lists, as the files had them at one time.
record Bundle(List<X509Certificate> issuers, Revocations revocations) {
  private static final int LONGEST_PATH = 5;
  private static final int LEAST_RSA_BITS = 2048;
  private static final Set<String> FOR_CLIENTS = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

  Bundle {
    issuers = List.copyOf(issuers);
  }

  /// What comes of following a chain.
  sealed interface Followed {
    /// It leads to the bundle.
    ///
    /// @param expires when the first certificate of the path does
    /// @param known until when that it is not revoked is known
    record Good(Instant expires, Instant known) implements Followed {}

    record Bad(Fault fault) implements Followed {}
  }

  /// Follows a chain to the bundle (RFC 5280, section 6).
  Followed follow(List<X509Certificate> chain, Instant now) {
    X509Certificate own = chain.getFirst();
    if (!now.isBefore(own.getNotAfter().toInstant())) {
      return new Followed.Bad(Fault.EXPIRED);
    }
    if (now.isBefore(own.getNotBefore().toInstant())) {
      return new Followed.Bad(Fault.NOT_YET_VALID);
    }
    if (!isForClients(own)) {
      return new Followed.Bad(Fault.PURPOSE);
    }
    PKIXCertPathBuilderResult path = path(chain, now);
    return path == null ? new Followed.Bad(Fault.UNTRUSTED) : judged(path, now);
  }

  private Followed judged(PKIXCertPathBuilderResult built, Instant now) {
    List<? extends Certificate> path = built.getCertPath().getCertificates();
    X509Certificate anchor = built.getTrustAnchor().getTrustedCert();
    if (!isWithinConstraints(path, anchor, now)) {
      return new Followed.Bad(Fault.UNTRUSTED);
    }
    Instant expires = anchor.getNotAfter().toInstant();
    Instant known = Instant.MAX;
    for (int i = 0; i < path.size(); i++) {
      X509Certificate each = (X509Certificate) path.get(i);
      X509Certificate issuer = i + 1 < path.size() ? (X509Certificate) path.get(i + 1) : anchor;
      if (isWeak(each)) {
        return new Followed.Bad(Fault.WEAK);
      }
      Fault fault = revocations.judge(each, issuer, now);
      if (fault != null) {
        return new Followed.Bad(fault);
      }
      expires = earlier(expires, each.getNotAfter().toInstant());
      known = earlier(known, revocations.until(each, issuer, now));
    }
    return new Followed.Good(expires, known);
  }

  private @Nullable PKIXCertPathBuilderResult path(List<X509Certificate> chain, Instant now) {
    Set<TrustAnchor> anchors = anchors(now);
    if (anchors.isEmpty()) {
      return null;
    }
    X509CertSelector own = new X509CertSelector();
    own.setCertificate(chain.getFirst());
    try {
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, own);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      parameters.setMaxPathLength(LONGEST_PATH);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
      return (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    } catch (CertPathBuilderException nowhere) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("paths of certificates cannot be followed", e);
    }
  }

  /// Whether a path keeps what the issuer at its end constrains: names and lengths. Java follows
  /// the
  /// constraints of the certificates on a path and not those of its end, so a root is put on the
  /// path
  /// below its own key.
  private static boolean isWithinConstraints(
      List<? extends Certificate> path, X509Certificate anchor, Instant now) {
    if (!isRoot(anchor)) {
      return true;
    }
    List<Certificate> whole = new ArrayList<>(path);
    whole.add(anchor);
    TrustAnchor key =
        new TrustAnchor(anchor.getSubjectX500Principal(), anchor.getPublicKey(), null);
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(key));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      var unused =
          CertPathValidator.getInstance("PKIX")
              .validate(
                  CertificateFactory.getInstance("X.509").generateCertPath(whole), parameters);
      return true;
    } catch (CertPathValidatorException beyond) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("paths of certificates cannot be followed", e);
    }
  }

  /// Whether a certificate is signed by its own key.
  static boolean isRoot(X509Certificate certificate) {
    if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException another) {
      return false;
    }
  }

  /// The issuers in force.
  private Set<TrustAnchor> anchors(Instant now) {
    Set<TrustAnchor> anchors = new HashSet<>();
    for (X509Certificate issuer : issuers) {
      if (now.isBefore(issuer.getNotAfter().toInstant())
          && !now.isBefore(issuer.getNotBefore().toInstant())) {
        anchors.add(new TrustAnchor(issuer, null));
      }
    }
    return anchors;
  }

  private static boolean isForClients(X509Certificate own) {
    boolean[] usage = own.getKeyUsage();
    if (own.getBasicConstraints() >= 0 || (usage != null && !usage[0])) {
      return false;
    }
    try {
      List<String> purposes = own.getExtendedKeyUsage();
      return purposes == null || purposes.stream().anyMatch(FOR_CLIENTS::contains);
    } catch (CertificateParsingException unreadable) {
      return false;
    }
  }

  private static boolean isWeak(X509Certificate certificate) {
    String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    boolean digest = algorithm.startsWith("MD") || algorithm.startsWith("SHA1");
    return digest
        || (certificate.getPublicKey() instanceof RSAKey key
            && key.getModulus().bitLength() < LEAST_RSA_BITS);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
