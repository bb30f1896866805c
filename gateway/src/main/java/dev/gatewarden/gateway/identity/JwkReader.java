package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.gateway.identity.Algorithm.Family;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037).
///
/// A key that may not or cannot be used for checking signatures is left out: another `use`,
/// `key_ops` without `verify`, an algorithm unknown here or of another kind, RSA below 2048 bits,
/// with an exponent below 65537 or of a generator that was broken, a point that is not on its
/// curve, and a private key or shared secret, which is compromised by being published.
final class JwkReader {
  private static final int MOST_KEYS = 100;
  private static final byte[] ED25519_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private JwkReader() {}

  /// The usable public keys of a set, or null when the text is no set.
  static @Nullable KeySet set(byte[] json) {
    Map<String, Object> set = StrictJson.object(json);
    if (set == null || !(set.get("keys") instanceof List<?> list) || list.size() > MOST_KEYS) {
      return null;
    }
    List<VerificationKey> keys = new ArrayList<>();
    for (Object member : list) {
      VerificationKey key = member instanceof Map<?, ?> jwk ? key(jwk) : null;
      if (key != null) {
        keys.add(key);
      }
    }
    return new KeySet(keys);
  }

  /// The public key that a JWK spells, or null when it is not one to check signatures with.
  static @Nullable VerificationKey key(Map<?, ?> jwk) {
    if (jwk.containsKey("d") || jwk.containsKey("k") || !isForSignatures(jwk)) {
      return null;
    }
    try {
      return switch (text(jwk, "kty")) {
        case "RSA" -> rsa(jwk);
        case "EC" -> ec(jwk);
        case "OKP" -> okp(jwk);
        default -> null;
      };
    } catch (GeneralSecurityException e) {
      // Numbers that make no key: the same as a key that cannot be used.
      return null;
    }
  }

  /// The key that both sides share; never read from a set that somebody publishes.
  ///
  /// @param only the one algorithm it is for, or null
  static VerificationKey shared(String kid, Secret secret, @Nullable Algorithm only) {
    VerificationKey.Material material = new VerificationKey.Material.Shared(secret);
    return new VerificationKey(kid, Family.SECRET, only, material, 0, "shared/" + kid);
  }

  /// The private key that a JWK of the gate's own spells, to decrypt with.
  ///
  /// @throws GeneralSecurityException when it spells none, or one for something else
  static DecryptionKey decryptionKey(Map<?, ?> jwk) throws GeneralSecurityException {
    boolean meant =
        "enc".equals(jwk.containsKey("use") ? jwk.get("use") : "enc")
            && (!(jwk.get("key_ops") instanceof List<?> operations)
                || operations.contains("unwrapKey")
                || operations.contains("decrypt")
                || operations.contains("deriveKey")
                || operations.contains("deriveBits"));
    String only = jwk.containsKey("alg") ? text(jwk, "alg") : null;
    if (!meant || (only != null && KeyWrapping.of(only) == null)) {
      throw new GeneralSecurityException("a key for something else");
    }
    PrivateKey key =
        switch (text(jwk, "kty")) {
          case "RSA" ->
              KeyFactory.getInstance("RSA")
                  .generatePrivate(
                      new RSAPrivateCrtKeySpec(
                          number(jwk, "n"),
                          number(jwk, "e"),
                          number(jwk, "d"),
                          number(jwk, "p"),
                          number(jwk, "q"),
                          number(jwk, "dp"),
                          number(jwk, "dq"),
                          number(jwk, "qi")));
          case "EC" ->
              KeyFactory.getInstance("EC")
                  .generatePrivate(
                      new ECPrivateKeySpec(number(jwk, "d"), parameters(curve(text(jwk, "crv")))));
          default -> throw new GeneralSecurityException("neither RSA nor a curve");
        };
    return new DecryptionKey(text(jwk, "kid"), only, key);
  }

  private static Family curve(String name) throws GeneralSecurityException {
    return switch (name) {
      case "P-256" -> Family.P256;
      case "P-384" -> Family.P384;
      case "P-521" -> Family.P521;
      default -> throw new GeneralSecurityException("another curve");
    };
  }

  private static boolean isForSignatures(Map<?, ?> jwk) {
    Object use = jwk.get("use");
    Object operations = jwk.get("key_ops");
    return (use == null || use.equals("sig"))
        && (operations == null || (operations instanceof List<?> list && list.contains("verify")));
  }

  private static @Nullable VerificationKey rsa(Map<?, ?> jwk) throws GeneralSecurityException {
    BigInteger modulus = number(jwk, "n");
    BigInteger exponent = number(jwk, "e");
    int bits = modulus.bitLength();
    if (bits < 2048 || bits > 8192 || !isSound(exponent, modulus)) {
      return null;
    }
    PublicKey key =
        KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    String canonical =
        "{\"e\":\"" + text(jwk, "e") + "\",\"kty\":\"RSA\",\"n\":\"" + text(jwk, "n");
    return key(jwk, Family.RSA, key, (bits + 7) / 8, canonical);
  }

  /// As FIPS 186-5, section 5.1, has it; 2^32 bounds what checking a signature costs.
  private static boolean isSound(BigInteger exponent, BigInteger modulus) {
    return exponent.testBit(0)
        && modulus.testBit(0)
        && exponent.bitLength() >= 17
        && exponent.bitLength() <= 32
        && !Roca.marks(modulus);
  }

  private static @Nullable VerificationKey ec(Map<?, ?> jwk) throws GeneralSecurityException {
    String curve = text(jwk, "crv");
    Family family = curve(curve);
    ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
    ECParameterSpec parameters = parameters(family);
    if (!isOnCurve(point, parameters)) {
      return null;
    }
    PublicKey key =
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
    String canonical =
        "{\"crv\":\"" + curve + "\",\"kty\":\"EC\",\"x\":\"" + text(jwk, "x") + "\",\"y\":\"";
    return key(jwk, family, key, 0, canonical + text(jwk, "y"));
  }

  private static ECParameterSpec parameters(Family family) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(
        new ECGenParameterSpec(
            switch (family) {
              case P256 -> "secp256r1";
              case P384 -> "secp384r1";
              case P521 -> "secp521r1";
              case RSA, ED25519, SECRET -> throw new GatewardenBug("no curve of the NIST");
            }));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }

  private static boolean isOnCurve(ECPoint point, ECParameterSpec parameters) {
    BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
      return false;
    }
    BigInteger right =
        x.pow(3).add(parameters.getCurve().getA().multiply(x)).add(parameters.getCurve().getB());
    return y.pow(2).subtract(right).mod(p).signum() == 0;
  }

  private static @Nullable VerificationKey okp(Map<?, ?> jwk) throws GeneralSecurityException {
    byte[] point = Base64Url.decode(text(jwk, "x"));
    if (!text(jwk, "crv").equals("Ed25519") || point == null || point.length != 32) {
      return null;
    }
    byte[] encoded = new byte[ED25519_PREFIX.length + 32];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, 32);
    PublicKey key =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    String canonical = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + text(jwk, "x");
    return key(jwk, Family.ED25519, key, 0, canonical);
  }

  private static @Nullable VerificationKey key(
      Map<?, ?> jwk, Family family, PublicKey key, int length, String canonical)
      throws GeneralSecurityException {
    Algorithm only = null;
    if (jwk.containsKey("alg")) {
      only = Algorithm.of(text(jwk, "alg"));
      if (only == null || only.family() != family) {
        return null;
      }
    }
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest((canonical + "\"}").getBytes(StandardCharsets.US_ASCII));
    VerificationKey.Material material = new VerificationKey.Material.Public(key);
    return new VerificationKey(
        text(jwk, "kid"), family, only, material, length, Base64Url.encode(digest));
  }

  private static String text(Map<?, ?> jwk, String name) {
    return jwk.get(name) instanceof String text ? text : "";
  }

  private static BigInteger number(Map<?, ?> jwk, String name) throws GeneralSecurityException {
    byte[] bytes = Base64Url.decode(text(jwk, name));
    if (bytes == null || bytes.length == 0) {
      throw new GeneralSecurityException("no number");
    }
    return new BigInteger(1, bytes);
  }
}
