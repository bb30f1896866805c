package dev.gatewarden.gateway.transport;

import dev.gatewarden.gateway.identity.PemKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The gate's own certificate with its key, as two files had them at one time; they belong
/// together.
record OwnCertificate(List<X509Certificate> chain, PrivateKey key) {
  private static final int DNS = 2;

  OwnCertificate {
    chain = List.copyOf(chain);
  }

  /// Reads both.
  ///
  /// @throws IOException when one cannot be read, or they do not belong together; the message is
  ///     for
  ///     the operator
  static OwnCertificate read(Path certificate, Path key) throws IOException {
    List<X509Certificate> chain = chain(certificate);
    PublicKey named = chain.getFirst().getPublicKey();
    PrivateKey own = key(key);
    if (!belong(own, named)) {
      throw new IOException(
          "`" + key + "` is not the key of the certificate in `" + certificate + "`");
    }
    return new OwnCertificate(chain, own);
  }

  /// Reads both, and looks whether callers could trust them.
  ///
  /// @throws IOException when they cannot be read or shown; the message is for the operator
  static OwnCertificate sound(Settings.Files files, Instant now) throws IOException {
    OwnCertificate own = read(files.certificate(), files.key());
    String wrong = own.outOfTime(now);
    if (wrong.isEmpty()) {
      wrong = OwnStrength.fault(own.chain);
    }
    if (!wrong.isEmpty()) {
      throw new IOException("`" + files.certificate() + "`: " + wrong);
    }
    return own;
  }

  /// The hosts that it names, in lower case (RFC 6125, section 6.4); some begin with `*.`.
  Set<String> hosts() throws IOException {
    try {
      Set<String> hosts = new TreeSet<>();
      Collection<List<?>> names = chain.getFirst().getSubjectAlternativeNames();
      for (List<?> each : names == null ? List.<List<?>>of() : names) {
        if (Integer.valueOf(DNS).equals(each.getFirst())) {
          hosts.add(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT));
        }
      }
      return hosts;
    } catch (CertificateException unreadable) {
      throw new IOException("the names in a certificate cannot be read", unreadable);
    }
  }

  /// Why it would be refused by every caller now; empty where it would not.
  String outOfTime(Instant now) {
    X509Certificate own = chain.getFirst();
    Instant end = own.getNotAfter().toInstant();
    Instant begin = own.getNotBefore().toInstant();
    return now.isAfter(end)
        ? "the certificate expired on " + end
        : now.isBefore(begin) ? "the certificate is not good before " + begin : "";
  }

  private static List<X509Certificate> chain(Path file) throws IOException {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(file)))) {
        chain.add((X509Certificate) each);
      }
    } catch (CertificateException unreadable) {
      throw new IOException("`" + file + "` holds no certificate in PEM", unreadable);
    }
    if (chain.isEmpty()) {
      throw new IOException("`" + file + "` holds no certificate in PEM");
    }
    return chain;
  }

  private static PrivateKey key(Path file) throws IOException {
    try {
      List<PrivateKey> keys = PemKeys.in(bytes(file));
      if (!keys.isEmpty()) {
        return keys.getFirst();
      }
    } catch (GeneralSecurityException unreadable) {
      throw new IOException("the private key in `" + file + "` cannot be read", unreadable);
    }
    throw new IOException("`" + file + "` holds no private key in PKCS #8 PEM");
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException absent) {
      throw new IOException("`" + file + "` is not there", absent);
    }
  }

  private static boolean belong(PrivateKey own, PublicKey named) {
    String algorithm =
        switch (named.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> named.getAlgorithm();
        };
    byte[] any = "they belong together".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(own);
      signing.update(any);
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(named);
      checking.update(any);
      return checking.verify(signing.sign());
    } catch (GeneralSecurityException unlike) {
      return false;
    }
  }

  /// Nothing of the key.
  @Override
  public String toString() {
    return "OwnCertificate[" + chain.getFirst().getSerialNumber().toString(16) + "]";
  }
}
