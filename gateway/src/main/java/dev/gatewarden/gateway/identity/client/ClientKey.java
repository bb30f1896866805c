package dev.gatewarden.gateway.identity.client;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.gateway.identity.PemKeys;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.List;

/// The private key by which a client proves itself: EC P-256 (ES256) or RSA (PS256).
///
/// It cannot be printed.
public final class ClientKey {
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
    List<PrivateKey> keys;
    try {
      keys = PemKeys.in(file);
    } catch (GeneralSecurityException unreadable) {
      throw new IllegalArgumentException("a client's key is EC P-256 or RSA", unreadable);
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a client's key is PEM, `BEGIN PRIVATE KEY` (PKCS #8)");
    }
    PrivateKey key = keys.getFirst();
    boolean fits =
        key instanceof ECPrivateKey ec
            ? ec.getParams().getOrder().bitLength() == P256_BITS
            : key instanceof RSAPrivateKey;
    if (!fits) {
      throw new IllegalArgumentException("a client's key is EC P-256 or RSA");
    }
    return new ClientKey(key, kid);
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
