package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A private key that opens encrypted tokens.
///
/// @param kid its name, or the empty text for a key that opens whatever fits
/// @param only the one way of wrapping it is for, or null
public record DecryptionKey(String kid, @Nullable String only, PrivateKey key) {
  /// The keys of a file: PKCS #8 in PEM, one or several, or a JSON Web Key or a set of them.
  ///
  /// @throws IllegalArgumentException when it holds none, or one that is too weak or for something
  ///     else
  public static List<DecryptionKey> in(Secret file) {
    byte[] content = file.revealed();
    String text = new String(content, StandardCharsets.UTF_8).strip();
    try {
      List<DecryptionKey> keys = text.startsWith("{") ? jwks(content) : pems(content);
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("`decrypt` names a file without a private key");
      }
      return keys;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "`decrypt` takes RSA and elliptic curve keys, as PKCS #8 in PEM or as JWK", e);
    }
  }

  public DecryptionKey {
    if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() < 2048) {
      throw new IllegalArgumentException("`decrypt` needs RSA keys of at least 2048 bits");
    }
    if (!(key instanceof RSAPrivateKey) && !(key instanceof ECPrivateKey)) {
      throw new IllegalArgumentException("`decrypt` takes RSA and elliptic curve keys");
    }
  }

  private static List<DecryptionKey> pems(byte[] content) throws GeneralSecurityException {
    List<DecryptionKey> keys = new ArrayList<>();
    for (PrivateKey key : PemKeys.in(content)) {
      keys.add(new DecryptionKey("", null, key));
    }
    return keys;
  }

  private static List<DecryptionKey> jwks(byte[] json) throws GeneralSecurityException {
    Map<String, Object> object = StrictJson.object(json);
    if (object == null) {
      throw new GeneralSecurityException("no JSON");
    }
    List<?> all = object.get("keys") instanceof List<?> several ? several : List.of(object);
    List<DecryptionKey> keys = new ArrayList<>();
    for (Object each : all) {
      if (each instanceof Map<?, ?> jwk) {
        keys.add(JwkReader.decryptionKey(jwk));
      }
    }
    return keys;
  }

  boolean fits(Jwe jwe) {
    return (kid.isEmpty() || jwe.kid().isEmpty() || kid.equals(jwe.kid()))
        && (only == null || only.equals(jwe.wrapping().jose()))
        && jwe.wrapping().isAgreement() == key instanceof ECPrivateKey;
  }

  /// Nothing of the key.
  @Override
  public String toString() {
    return "DecryptionKey";
  }
}
