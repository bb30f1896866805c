package dev.gatewarden.gateway.identity.client;

import dev.gatewarden.core.GatewardenBug;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// The private key by which a client proves itself: EC P-256 (ES256) or RSA (PS256).
///
/// It cannot be printed.
public final class ClientKey {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final int P256_BITS = 256;

  private final PrivateKey key;
  private final String kid;

  private ClientKey(PrivateKey key, String kid) {
    this.key = key;
    this.kid = kid;
  }

  /// The key that a PEM file (PKCS #8) holds.
  ///
  /// @param kid its name in the client's key set, or empty
  /// @throws IllegalArgumentException when it holds none; nothing of the file is repeated
  public static ClientKey pem(byte[] file, String kid) {
    String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("a client's key is PEM, `BEGIN PRIVATE KEY` (PKCS #8)");
    }
    byte[] der = Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to).strip());
    for (String family : new String[] {"EC", "RSA"}) {
      try {
        PrivateKey key =
            KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(der));
        if (!(key instanceof ECPrivateKey ec)
            || ec.getParams().getOrder().bitLength() == P256_BITS) {
          return new ClientKey(key, kid);
        }
      } catch (GeneralSecurityException another) {
        continue;
      }
    }
    throw new IllegalArgumentException("a client's key is EC P-256 or RSA");
  }

  String kid() {
    return kid;
  }

  String algorithm() {
    return key instanceof ECPrivateKey ? "ES256" : "PS256";
  }

  byte[] sign(byte[] input) {
    try {
      Signature signature;
      if (key instanceof ECPrivateKey) {
        signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      } else {
        signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
            new java.security.spec.PSSParameterSpec(
                "SHA-256", "MGF1", java.security.spec.MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(key);
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("a client's assertion cannot be signed", e);
    }
  }

  @Override
  public String toString() {
    return "ClientKey";
  }
}
