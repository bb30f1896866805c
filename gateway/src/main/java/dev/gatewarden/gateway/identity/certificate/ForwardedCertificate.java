package dev.gatewarden.gateway.identity.certificate;

import dev.gatewarden.controls.guards.Recent;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the certificate that a terminating balancer passes on, `Client-Cert` and
/// `Client-Cert-Chain` (RFC 9440). Whether the balancer may is asked elsewhere.
public final class ForwardedCertificate {
  private static final int LONGEST = 64 << 10;
  private static final int MOST_ISSUERS = 8;

  private final Recent<String, List<X509Certificate>> recent = new Recent<>();

  /// The caller's chain, or null where the fields spell none.
  ///
  /// @param own the `Client-Cert` lines: one, holding one byte sequence (RFC 8941, section 3.3.5)
  /// @param issuers the `Client-Cert-Chain` lines: a list of them
  public @Nullable List<X509Certificate> read(List<String> own, List<String> issuers) {
    if (own.size() != 1) {
      return null;
    }
    String text = issuers.isEmpty() ? own.getFirst() : own.getFirst() + "," + joined(issuers);
    if (text.length() > LONGEST) {
      return null;
    }
    List<X509Certificate> known = recent.get(text);
    if (known != null) {
      return known;
    }
    List<X509Certificate> read = own.getFirst().indexOf(',') < 0 ? chain(text) : null;
    return read == null ? null : recent.keep(text, read);
  }

  private static String joined(List<String> lines) {
    return lines.size() == 1 ? lines.getFirst() : String.join(",", lines);
  }

  private static @Nullable List<X509Certificate> chain(String text) {
    List<X509Certificate> chain = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int comma = text.indexOf(',', from);
      int end = comma < 0 ? text.length() : comma;
      X509Certificate each = certificate(text.substring(from, end).strip());
      if (each == null || chain.size() > MOST_ISSUERS) {
        return null;
      }
      chain.add(each);
      from = end + 1;
    }
    return List.copyOf(chain);
  }

  private static @Nullable X509Certificate certificate(String item) {
    int last = item.length() - 1;
    if (last < 2 || item.charAt(0) != ':' || item.charAt(last) != ':') {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(item.substring(1, last));
      X509Certificate read =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(bytes));
      // Nothing may stand behind it.
      return read.getEncoded().length == bytes.length ? read : null;
    } catch (IllegalArgumentException | CertificateException unreadable) {
      return null;
    }
  }
}
