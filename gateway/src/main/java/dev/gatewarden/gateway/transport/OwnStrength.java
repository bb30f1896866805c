package dev.gatewarden.gateway.transport;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a chain is strong enough to be shown to callers: what they would refuse, or should, is
/// not served in the first place.
final class OwnStrength {
  private static final int RSA_BITS = 2048;
  private static final int EC_BITS = 256;
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String PSS = "RSASSA-PSS";
  private static final String ANY = "2.5.29.37.0";

  private OwnStrength() {}

  /// What is wrong with it; empty where nothing is.
  static String fault(List<X509Certificate> chain) {
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate each = chain.get(i);
      String weak = key(each.getPublicKey());
      // Whoever trusts a root does not look at its signature.
      boolean root = i > 0 && each.getIssuerX500Principal().equals(each.getSubjectX500Principal());
      if (weak.isEmpty() && !root) {
        weak = signature(each);
      }
      if (!weak.isEmpty()) {
        return i == 0 ? weak : weak + ", in the certificate of its issuer";
      }
    }
    return purpose(chain.getFirst());
  }

  private static String key(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa ->
          rsa.getModulus().bitLength() < RSA_BITS
              ? "its RSA key has "
                  + rsa.getModulus().bitLength()
                  + " bits, and 2048 are the fewest that are served"
              : "";
      case ECPublicKey ec ->
          ec.getParams().getCurve().getField().getFieldSize() < EC_BITS
              ? "its key lies on a curve that is too small; take P-256"
              : "";
      default -> "a key of the kind `" + key.getAlgorithm() + "` is not served; take EC or RSA";
    };
  }

  private static String signature(X509Certificate signed) {
    String algorithm = signed.getSigAlgName();
    String upper = algorithm.toUpperCase(Locale.ROOT);
    String digest = upper.equals(PSS) ? digest(signed.getSigAlgParams()) : upper;
    return digest.startsWith("SHA1") || digest.startsWith("MD")
        ? "it is signed with `"
            + (digest.equals(upper) ? algorithm : digest + " and " + algorithm)
            + "`, which can be forged"
        : "";
  }

  /// What is digested stands in the parameters; SHA-1 where nothing does (RFC 4055, section 3.1).
  private static String digest(byte @Nullable [] parameters) {
    if (parameters == null) {
      return "SHA1";
    }
    try {
      AlgorithmParameters read = AlgorithmParameters.getInstance(PSS);
      read.init(parameters);
      return read.getParameterSpec(PSSParameterSpec.class)
          .getDigestAlgorithm()
          .replace("SHA-1", "SHA1");
    } catch (GeneralSecurityException | IOException unreadable) {
      return "MD of an unknown kind";
    }
  }

  private static String purpose(X509Certificate own) {
    try {
      List<String> purposes = own.getExtendedKeyUsage();
      return purposes == null || purposes.contains(SERVER) || purposes.contains(ANY)
          ? ""
          : "it was not issued for a server";
    } catch (CertificateParsingException unreadable) {
      return "what it was issued for cannot be read";
    }
  }
}
