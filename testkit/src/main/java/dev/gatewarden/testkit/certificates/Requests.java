package dev.gatewarden.testkit.certificates;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// Certificate requests made for tests (PKCS #10).
public final class Requests {
  private Requests() {}

  /// A request of a key for names, signed by another key where a test wants that; it asks to become
  /// an issuer besides.
  public static String pem(KeyPair keys, PrivateKey signing, List<String> names) {
    try {
      ExtensionsGenerator asked = new ExtensionsGenerator();
      if (!names.isEmpty()) {
        asked.addExtension(Extension.subjectAlternativeName, false, Authority.names(names));
      }
      asked.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      JcaPKCS10CertificationRequestBuilder builder =
          new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=whoever"), keys.getPublic());
      builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, asked.generate());
      String algorithm = signing.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
      return Pem.of(
          "CERTIFICATE REQUEST",
          builder.build(new JcaContentSignerBuilder(algorithm).build(signing)).getEncoded());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
