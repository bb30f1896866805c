package dev.gatewarden.testkit.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An issuer of certificates for tests.
///
/// @param chain its own certificate and those of the issuers behind it, without the root
/// @param algorithm by which it signs
public record Authority(
    KeyPair keys, X509Certificate certificate, List<X509Certificate> chain, String algorithm) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// One that signs as its key usually does.
  public Authority(KeyPair keys, X509Certificate certificate, List<X509Certificate> chain) {
    this(keys, certificate, chain, usual(keys));
  }

  /// A root of its own.
  public static Authority root(String name) {
    return root(Wish.client("CN=" + name).issuing(null));
  }

  /// A root as wished.
  public static Authority root(Wish wish) {
    KeyPair keys = keys(wish);
    X509Certificate own =
        certificate(wish, keys, signer(keys, usual(keys)), new X500Name(wish.subject()));
    return new Authority(keys, own, List.of());
  }

  /// An issuer below this one.
  public Authority below(Wish wish) {
    Issued issued = issue(wish.issuing(wish.permitted()));
    return new Authority(issued.keys(), issued.certificate(), issued.chain());
  }

  /// The same issuer that signs by another algorithm, as JCA names it.
  public Authority signing(String other) {
    return new Authority(keys, certificate, chain, other);
  }

  public Issued issue(Wish wish) {
    KeyPair own = keys(wish);
    X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    List<X509Certificate> all = new ArrayList<>();
    all.add(certificate(wish, own, signer(keys, algorithm), issuer));
    all.addAll(chain);
    return new Issued(own, all);
  }

  /// Its own certificate, PEM.
  public String pem() {
    return Pem.of(certificate);
  }

  /// A revocation list of now that is good for a day, PEM.
  public String revoking(X509Certificate... revoked) {
    Instant now = Instant.now();
    return revoking(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)), revoked);
  }

  /// A revocation list, PEM.
  public String revoking(Instant from, Instant until, X509Certificate... revoked) {
    X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    X509v2CRLBuilder list = new X509v2CRLBuilder(issuer, Date.from(from));
    list.setNextUpdate(Date.from(until));
    for (X509Certificate each : revoked) {
      list.addCRLEntry(each.getSerialNumber(), Date.from(from), CRLReason.keyCompromise);
    }
    try {
      return Pem.of("X509 CRL", list.build(signer(keys, algorithm)).getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(
      Wish wish, KeyPair own, ContentSigner issuing, X500Name issuer) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(64, RANDOM).add(BigInteger.ONE),
              Date.from(wish.from()),
              Date.from(wish.until()),
              new X500Name(wish.subject()),
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(wish.issues()));
      int usage = wish.signs() ? KeyUsage.digitalSignature : KeyUsage.keyAgreement;
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(wish.issues() ? KeyUsage.keyCertSign | KeyUsage.cRLSign : usage));
      if (wish.purpose() != null) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                KeyPurposeId.getInstance(new ASN1ObjectIdentifier(wish.purpose()))));
      }
      if (!wish.names().isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, names(wish.names()));
      }
      if (wish.permitted() != null) {
        GeneralSubtree only =
            new GeneralSubtree(new GeneralName(GeneralName.dNSName, wish.permitted()));
        builder.addExtension(
            Extension.nameConstraints,
            true,
            new NameConstraints(new GeneralSubtree[] {only}, null));
      }
      return new JcaX509CertificateConverter().getCertificate(builder.build(issuing));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static GeneralNames names(List<String> names) {
    GeneralName[] all = new GeneralName[names.size()];
    for (int i = 0; i < all.length; i++) {
      int colon = names.get(i).indexOf(':');
      String value = names.get(i).substring(colon + 1);
      int kind =
          switch (names.get(i).substring(0, colon)) {
            case "dns" -> GeneralName.dNSName;
            case "uri" -> GeneralName.uniformResourceIdentifier;
            case "email" -> GeneralName.rfc822Name;
            case "ip" -> GeneralName.iPAddress;
            default -> throw new IllegalArgumentException(names.get(i));
          };
      all[i] = new GeneralName(kind, value);
    }
    return new GeneralNames(all);
  }

  private static String usual(KeyPair keys) {
    return keys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
  }

  private static ContentSigner signer(KeyPair keys, String algorithm) {
    try {
      JcaContentSignerBuilder builder = new JcaContentSignerBuilder(algorithm);
      // The JDK signs so too, and knows it by another name.
      return algorithm.endsWith("andMGF1")
          ? builder.setProvider(new BouncyCastleProvider()).build(keys.getPrivate())
          : builder.build(keys.getPrivate());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys(Wish wish) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(wish.rsaBits() > 0 ? "RSA" : "EC");
      if (wish.rsaBits() > 0) {
        generator.initialize(wish.rsaBits());
      } else {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
