package dev.gatewarden.gateway.identity.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// The files of one bundle.
final class BundleFiles {
  private static final String NAME_CONSTRAINTS = "2.5.29.30";
  private static final long LARGEST = 64L << 20;

  private final CertificateSettings settings;

  BundleFiles(CertificateSettings settings) {
    this.settings = settings;
  }

  /// What tells one state of the files from another; the same while nobody writes them.
  String state() {
    StringBuilder state = new StringBuilder();
    settings.trust().forEach(file -> state(file, state));
    settings.crls().forEach(file -> state(file, state));
    return state.toString();
  }

  private static void state(Path file, StringBuilder to) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      to.append(now.lastModifiedTime()).append(' ').append(now.size()).append(' ');
      to.append(now.fileKey()).append('\n');
    } catch (IOException gone) {
      to.append("gone\n");
    }
  }

  /// What the files hold now.
  ///
  /// @throws IOException when one cannot be read, holds nothing, or holds a certificate that issues
  ///     nothing; the message is for the operator
  Bundle read() throws IOException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> issuers = new ArrayList<>();
      for (Path file : settings.trust()) {
        issuers.addAll(issuers(file, factory));
      }
      List<X509CRL> lists = new ArrayList<>();
      for (Path file : settings.crls()) {
        lists.addAll(lists(file, factory));
      }
      return new Bundle(issuers, new Revocations(lists, settings.grace()));
    } catch (CertificateException none) {
      throw new IOException("this Java reads no certificates", none);
    }
  }

  private static List<X509Certificate> issuers(Path file, CertificateFactory factory)
      throws IOException {
    List<X509Certificate> issuers = new ArrayList<>();
    try {
      for (Certificate each : factory.generateCertificates(bytes(file))) {
        issuers.add((X509Certificate) each);
      }
    } catch (CertificateException broken) {
      throw new IOException("`" + file + "` holds what is no certificate", broken);
    }
    if (issuers.isEmpty()) {
      throw new IOException("`" + file + "` holds no certificate");
    }
    for (X509Certificate each : issuers) {
      if (each.getBasicConstraints() < 0) {
        throw new IOException(
            "`"
                + file
                + "` holds the certificate of `"
                + each.getSubjectX500Principal().getName()
                + "`, which may issue none");
      }
      if (each.getExtensionValue(NAME_CONSTRAINTS) != null && !Bundle.isRoot(each)) {
        throw new IOException(
            "`"
                + file
                + "` holds `"
                + each.getSubjectX500Principal().getName()
                + "`, whose constraints on names count below its root only: name the root");
      }
    }
    return issuers;
  }

  private static List<X509CRL> lists(Path file, CertificateFactory factory) throws IOException {
    List<X509CRL> lists = new ArrayList<>();
    try {
      for (CRL each : factory.generateCRLs(bytes(file))) {
        lists.add((X509CRL) each);
      }
    } catch (CRLException broken) {
      throw new IOException("`" + file + "` holds what is no revocation list", broken);
    }
    if (lists.isEmpty()) {
      throw new IOException("`" + file + "` holds no revocation list");
    }
    return lists;
  }

  private static ByteArrayInputStream bytes(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file `" + file + "`");
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException("`" + file + "` is larger than 64 MiB");
    }
    return new ByteArrayInputStream(Files.readAllBytes(file));
  }
}
