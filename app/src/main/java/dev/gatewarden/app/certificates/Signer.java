package dev.gatewarden.app.certificates;

import java.io.IOException;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// An issuer that the operator has: its certificate and its key.
public final class Signer {
  private static final int SERIAL_BITS = 127;
  private static final Duration BEFORE = Duration.ofMinutes(5);
  private static final int SIGNS = 5;

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final SecureRandom random = new SecureRandom();

  private Signer(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /// The issuer in two files.
  ///
  /// @param certificate PEM
  /// @param key PEM, not encrypted
  /// @throws Refused when it may not issue, or the key is not that of the certificate
  /// @throws IOException when a file cannot be read
  public static Signer read(Path certificate, Path key) throws IOException, Refused {
    try {
      X509Certificate own =
          read(certificate) instanceof X509CertificateHolder holder
              ? new JcaX509CertificateConverter().getCertificate(holder)
              : null;
      PrivateKey secret = secret(read(key));
      if (own == null || secret == null) {
        throw new Refused(
            own == null
                ? "`" + certificate + "` holds no certificate"
                : "`" + key + "` holds no key that is not encrypted");
      }
      boolean[] usage = own.getKeyUsage();
      if (own.getBasicConstraints() < 0 || (usage != null && !usage[SIGNS])) {
        throw new Refused("`" + certificate + "` may issue no certificates");
      }
      return new Signer(own, secret);
    } catch (GeneralSecurityException unreadable) {
      throw new Refused("`" + certificate + "` cannot be read");
    }
  }

  private static Object read(Path file) throws IOException, Refused {
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
        PEMParser parser = new PEMParser(text)) {
      Object read = parser.readObject();
      if (read == null) {
        throw new Refused("`" + file + "` holds no PEM");
      }
      return read;
    }
  }

  private static @Nullable PrivateKey secret(Object read) throws IOException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    return switch (read) {
      case PrivateKeyInfo key -> converter.getPrivateKey(key);
      case PEMKeyPair pair -> converter.getKeyPair(pair).getPrivate();
      default -> null;
    };
  }

  /// The certificate for a request, PEM, the issuer's behind it.
  ///
  /// It proves a client and nothing else: it issues nothing, serves nothing, and never outlives its
  /// issuer.
  ///
  /// @param common the common name, by which people know whom it was made for
  public String sign(Request request, String common, Duration life, Instant now) throws Refused {
    Instant end = now.plus(life);
    Instant most = certificate.getNotAfter().toInstant();
    if (!now.isBefore(most)) {
      throw new Refused("the issuer's certificate has expired");
    }
    X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    X500Name subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, common).build();
    try {
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
              Date.from(now.minus(BEFORE)),
              Date.from(end.isBefore(most) ? end : most),
              subject,
              request.key());
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
          .addExtension(Extension.subjectAlternativeName, false, names(request.names()))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              identifiers.createSubjectKeyIdentifier(request.key()))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              identifiers.createAuthorityKeyIdentifier(certificate));
      X509Certificate made =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(new JcaContentSignerBuilder(algorithm(key)).build(key)));
      made.verify(certificate.getPublicKey());
      return pem(made) + pem(certificate);
    } catch (GeneralSecurityException | OperatorCreationException | IOException refused) {
      throw new Refused("the key does not sign for the issuer's certificate");
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC", "ECDSA" -> "SHA256withECDSA";
      default -> "Ed25519";
    };
  }

  private static GeneralNames names(List<String> names) {
    GeneralName[] all = new GeneralName[names.size()];
    for (int i = 0; i < all.length; i++) {
      String name = names.get(i);
      int colon = name.indexOf(':');
      int kind =
          switch (name.substring(0, colon)) {
            case "dns" -> GeneralName.dNSName;
            case "uri" -> GeneralName.uniformResourceIdentifier;
            default -> GeneralName.rfc822Name;
          };
      all[i] = new GeneralName(kind, name.substring(colon + 1));
    }
    return new GeneralNames(all);
  }

  private static String pem(X509Certificate certificate) throws GeneralSecurityException {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN CERTIFICATE-----\n"
        + encoder.encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
