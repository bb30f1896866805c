package dev.gatewarden.platform.probing;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Public keys in the forms in which careless code takes them for shared secrets.
public final class PublicKeys {
  private static final Bounds BOUNDS = new Bounds(1 << 20, 16, 10_000);

  private PublicKeys() {}

  /// Each RSA key of a key set (RFC 7517): as PEM with and without its last line break, as DER, and
  /// as its modulus.
  ///
  /// @throws dev.gatewarden.core.document.ProblemsException where the text is no JSON
  public static List<byte[]> asSecrets(byte[] keySet) {
    Node root =
        new DocumentReader(BOUNDS).read(new Origin(URI.create("keys.json"), "the keys"), keySet);
    List<byte[]> secrets = new ArrayList<>();
    if (root instanceof Node.Obj set && set.get("keys") instanceof Node.Arr keys) {
      for (Node each : keys.items()) {
        String modulus = each instanceof Node.Obj key ? Json.scalar(key.get("n")) : null;
        String exponent = each instanceof Node.Obj key ? Json.scalar(key.get("e")) : null;
        byte[] der = modulus == null || exponent == null ? null : der(modulus, exponent);
        if (der != null) {
          String pem =
              "-----BEGIN PUBLIC KEY-----\n"
                  + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                  + "\n-----END PUBLIC KEY-----";
          secrets.add((pem + "\n").getBytes(StandardCharsets.UTF_8));
          secrets.add(pem.getBytes(StandardCharsets.UTF_8));
          secrets.add(der);
          secrets.add(Base64.getUrlDecoder().decode(modulus));
        }
      }
    }
    return secrets;
  }

  private static byte @Nullable [] der(String modulus, String exponent) {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(number(modulus), number(exponent)))
          .getEncoded();
    } catch (GeneralSecurityException | IllegalArgumentException noKey) {
      return null;
    }
  }

  private static BigInteger number(String text) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(text));
  }
}
