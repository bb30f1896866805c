package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.controls.guards.Recent;
import dev.gatewarden.controls.guards.identity.BoundTokenGuard.Why;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.exchange.Request;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The client certificate that a token is bound to, looked for on the request's connection (RFC
/// 8705, section 3).
final class BoundCertificate {
  private final Recent<X509Certificate, String> digests = new Recent<>();

  /// Why the connection's certificate is not the one that a token is bound to; null where it is.
  ///
  /// @param digest what the token says of it (`x5t#S256`)
  @Nullable Why judge(Request request, Object digest) {
    List<X509Certificate> presented = request.peer().certificates();
    if (presented.isEmpty() && !request.peer().encrypted()) {
      return Why.CERTIFICATE_MISSING;
    }
    if (ServerNames.differ(request)) {
      return Why.MISDIRECTED;
    }
    if (presented.isEmpty()) {
      return Why.CERTIFICATE_MISSING;
    }
    X509Certificate own = presented.getFirst();
    String known = digests.get(own);
    if (known == null) {
      known = digests.keep(own, thumbprint(own));
    }
    if (!known.equals(digest)) {
      return Why.OTHER_CERTIFICATE;
    }
    return request.at().isBefore(own.getNotAfter().toInstant()) ? null : Why.CERTIFICATE_EXPIRED;
  }

  private static String thumbprint(X509Certificate certificate) {
    try {
      return Thumbprint.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new GatewardenBug("a certificate that was read cannot be written", e);
    }
  }
}
