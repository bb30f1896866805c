package dev.gatewarden.gateway.identity.certificate;

import dev.gatewarden.core.canon.Host;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.identity.CertificateVerifier.Fault;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/// Reads who calls out of a certificate. Several names of the kind that counts are refused, rather
/// than one of them chosen.
final class CertificateNames {
  private static final int EMAIL = 1;
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int LONGEST = 2048;

  private CertificateNames() {}

  /// The outcome: who, or why nobody.
  sealed interface Named {
    record Name(String text) implements Named {}

    record Nobody(Fault fault) implements Named {}
  }

  static Named of(X509Certificate certificate, CertificateSettings settings) {
    return switch (settings.naming()) {
      case SAN_URI -> plain(alternatives(certificate, URI));
      case SAN_DNS -> dns(plain(alternatives(certificate, DNS)));
      case SAN_EMAIL -> mail(plain(alternatives(certificate, EMAIL)));
      case SUBJECT -> subject(certificate.getSubjectX500Principal());
      case SPIFFE -> spiffe(certificate, String.valueOf(settings.trustDomain()));
    };
  }

  private static List<String> alternatives(X509Certificate certificate, int type) {
    Collection<List<?>> all;
    try {
      all = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException unreadable) {
      return List.of("");
    }
    List<String> found = new ArrayList<>();
    if (all != null) {
      for (List<?> each : all) {
        if (each.getFirst() instanceof Integer kind
            && kind == type
            && each.getLast() instanceof String name) {
          found.add(name);
        }
      }
    }
    return found;
  }

  private static Named plain(List<String> names) {
    if (names.isEmpty()) {
      return new Named.Nobody(Fault.NO_NAME);
    }
    if (names.size() > 1) {
      return new Named.Nobody(Fault.SEVERAL_NAMES);
    }
    String name = names.getFirst();
    boolean printable = !name.isEmpty() && name.length() <= LONGEST;
    for (int i = 0; i < name.length(); i++) {
      printable &= name.charAt(i) > ' ' && name.charAt(i) < 127;
    }
    return printable ? new Named.Name(name) : new Named.Nobody(Fault.MALFORMED_NAME);
  }

  /// A host name in lower case; no wildcard names a caller.
  private static Named dns(Named named) {
    if (!(named instanceof Named.Name(String name))) {
      return named;
    }
    return Host.read(name) instanceof OneReading.Clear<Host>(Host host) && host.port() < 0
        ? new Named.Name(host.name())
        : new Named.Nobody(Fault.MALFORMED_NAME);
  }

  private static Named mail(Named named) {
    if (!(named instanceof Named.Name(String name))) {
      return named;
    }
    int at = name.indexOf('@');
    return at > 0 && at == name.lastIndexOf('@') && at < name.length() - 1
        ? named
        : new Named.Nobody(Fault.MALFORMED_NAME);
  }

  private static Named subject(X500Principal subject) {
    String name = subject.getName(X500Principal.RFC2253);
    return name.isEmpty() || name.length() > LONGEST
        ? new Named.Nobody(name.isEmpty() ? Fault.NO_NAME : Fault.MALFORMED_NAME)
        : new Named.Name(name);
  }

  /// X509-SVID, sections 2 and 4: exactly one URI, no issuer's powers.
  private static Named spiffe(X509Certificate certificate, String trustDomain) {
    Named named = plain(alternatives(certificate, URI));
    if (!(named instanceof Named.Name(String text))) {
      return named;
    }
    SpiffeId id = SpiffeId.parse(text);
    if (id == null) {
      return new Named.Nobody(Fault.MALFORMED_NAME);
    }
    boolean[] usage = certificate.getKeyUsage();
    boolean leaf = usage != null && usage[0] && !usage[5] && !usage[6];
    if (!leaf) {
      return new Named.Nobody(Fault.PURPOSE);
    }
    return id.trustDomain().equals(trustDomain)
        ? new Named.Name(id.text())
        : new Named.Nobody(Fault.TRUST_DOMAIN);
  }
}
