package dev.gatewarden.testkit.certificates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate with its key and the issuers behind it.
///
/// @param chain the certificate itself first; a root is left out
public record Issued(KeyPair keys, List<X509Certificate> chain) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /// The chain, PEM.
  public String pem() {
    StringBuilder text = new StringBuilder();
    chain.forEach(each -> text.append(Pem.of(each)));
    return text.toString();
  }

  /// The key, PKCS #8 PEM.
  public String keyPem() {
    return Pem.of("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /// As a balancer writes it into `Client-Cert` (RFC 9440).
  public String header() {
    try {
      return ":" + Base64.getEncoder().encodeToString(certificate().getEncoded()) + ":";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The digest that a token names (RFC 8705, section 3.1).
  public String thumbprint() {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes chain and key into two files, `name.pem` and `name.key`.
  public void in(Path folder, String name) throws IOException {
    Files.writeString(folder.resolve(name + ".pem"), pem());
    Files.writeString(folder.resolve(name + ".key"), keyPem());
  }

  /// What a client needs that trusts one issuer and presents this certificate.
  public SSLContext presentedBy(X509Certificate trusted) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry("own", keys.getPrivate(), PASSWORD, chain.toArray(Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(own, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), trusting(trusted).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a client needs that trusts one issuer and presents nothing.
  public static SSLContext plain(X509Certificate trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusting(trusted).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TrustManagerFactory trusting(X509Certificate trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("trusted", trusted);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
