package dev.gatewarden.gateway.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Takes any client certificate within bounds: the handshake shows that the caller holds its key,
/// and whom it names is judged with the request, by the bundle of the API that it is shown to.
final class AskedCertificates extends X509ExtendedTrustManager {
  static final AskedCertificates INSTANCE = new AskedCertificates();

  private static final int LONGEST_CHAIN = 8;

  private AskedCertificates() {}

  private static void bounded(X509Certificate[] chain) throws CertificateException {
    if (chain.length > LONGEST_CHAIN) {
      throw new CertificateException("the chain is too long");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    bounded(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    bounded(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    bounded(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("no server is trusted here");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  /// None are named: who the partners are is nobody's business.
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
