package dev.gatewarden.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Private keys as PEM writes them (PKCS #8; RFC 7468, section 10).
public final class PemKeys {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final List<String> FAMILIES = List.of("RSA", "EC", "EdDSA");

  private PemKeys() {}

  /// The keys of a file, in their order; none where it has none.
  ///
  /// @throws GeneralSecurityException when one is not whole, or of a kind that is unknown here;
  ///     nothing of the file is repeated
  public static List<PrivateKey> in(byte[] file) throws GeneralSecurityException {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    List<PrivateKey> keys = new ArrayList<>();
    int from = text.indexOf(BEGIN);
    while (from >= 0) {
      int to = text.indexOf(END, from);
      if (to < 0) {
        throw new GeneralSecurityException("a key without end");
      }
      keys.add(key(text.substring(from + BEGIN.length(), to)));
      from = text.indexOf(BEGIN, to);
    }
    return keys;
  }

  private static PrivateKey key(String base64) throws GeneralSecurityException {
    PKCS8EncodedKeySpec encoded;
    try {
      encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException broken) {
      throw new GeneralSecurityException("no base64", broken);
    }
    for (String family : FAMILIES) {
      try {
        return KeyFactory.getInstance(family).generatePrivate(encoded);
      } catch (InvalidKeySpecException another) {
        continue;
      }
    }
    throw new GeneralSecurityException("a key of no kind that is known here");
  }
}
