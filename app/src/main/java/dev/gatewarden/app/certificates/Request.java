package dev.gatewarden.app.certificates;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// A partner's request for a certificate (PKCS #10, RFC 2986). Only its key and the names it asks
/// for
/// are looked at; what else it wishes is not granted.
///
/// @param names the alternative names it asks for, `dns:shop.partner.example`, sorted
public record Request(PublicKey key, List<String> names) {
  private static final long LARGEST = 64 << 10;
  private static final int LEAST_RSA = 2048;
  private static final int MOST_RSA = 8192;

  public Request {
    names = List.copyOf(names);
  }

  /// The request in a file.
  ///
  /// @throws Refused with everything that is wrong with it
  /// @throws IOException when the file cannot be read
  public static Request read(Path file) throws IOException, Refused {
    if (Files.size(file) > LARGEST) {
      throw new Refused("`" + file + "` is larger than a request");
    }
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
        PEMParser parser = new PEMParser(text)) {
      if (!(parser.readObject() instanceof PKCS10CertificationRequest pem)
          || parser.readObject() != null) {
        throw new Refused("`" + file + "` is not one certificate request in PEM");
      }
      JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(pem);
      PublicKey key = request.getPublicKey();
      if (!pem.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw new Refused(
            "its signature is not that of its key: who sent it does not hold the key");
      }
      String weakness = weakness(key);
      if (!weakness.isEmpty()) {
        throw new Refused(weakness);
      }
      return new Request(key, names(pem));
    } catch (GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | IllegalArgumentException
        | IllegalStateException unreadable) {
      throw new Refused("`" + file + "` cannot be read as a certificate request");
    }
  }

  private static String weakness(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> {
        int bits = rsa.getModulus().bitLength();
        yield bits < LEAST_RSA || bits > MOST_RSA
            ? "its RSA key has "
                + bits
                + " bits; from "
                + LEAST_RSA
                + " to "
                + MOST_RSA
                + " are taken"
            : "";
      }
      case ECPublicKey ec -> {
        int bits = ec.getParams().getCurve().getField().getFieldSize();
        yield bits == 256 || bits == 384 || bits == 521
            ? ""
            : "its curve has " + bits + " bits; P-256, P-384 and P-521 are taken";
      }
      case EdECPublicKey edwards ->
          edwards.getParams().getName().equals("Ed25519") ? "" : "of these curves Ed25519 is taken";
      default -> "its key is of a kind that is not taken: `" + key.getAlgorithm() + "`";
    };
  }

  private static List<String> names(PKCS10CertificationRequest request) throws Refused {
    Extensions asked = request.getRequestedExtensions();
    GeneralNames names =
        asked == null ? null : GeneralNames.fromExtensions(asked, Extension.subjectAlternativeName);
    List<String> all = new ArrayList<>();
    if (names != null) {
      for (GeneralName each : names.getNames()) {
        all.add(written(each));
      }
    }
    return List.copyOf(new TreeSet<>(all));
  }

  private static String written(GeneralName name) throws Refused {
    String value = name.getName().toString();
    return switch (name.getTagNo()) {
      case GeneralName.dNSName -> "dns:" + value.toLowerCase(Locale.ROOT);
      case GeneralName.uniformResourceIdentifier -> "uri:" + value;
      case GeneralName.rfc822Name -> "email:" + value;
      default -> throw new Refused("it asks for a name that is no DNS name, URI or mail address");
    };
  }
}
