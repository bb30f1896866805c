package dev.gatewarden.controls.probes.token;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.ProblemsException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A JSON Web Token that is at hand, and what can be forged of it without its key (RFC 7519).
///
/// @param signature as it was, in base64url
record Jwt(Obj header, Obj claims, String signature) {
  private static final Bounds BOUNDS = new Bounds(64 << 10, 16, 2_000);

  /// The token, or null where the text is none.
  static @Nullable Jwt parse(String text) {
    String[] parts = text.split("\\.", -1);
    return parts.length == 3
            && decoded(parts[0]) instanceof Obj header
            && header.get("alg") != null
            && decoded(parts[1]) instanceof Obj claims
        ? new Jwt(header, claims, parts[2])
        : null;
  }

  private static @Nullable Node decoded(String part) {
    try {
      return new DocumentReader(BOUNDS)
          .read(
              new Origin(URI.create("token.json"), "a token"), Base64.getUrlDecoder().decode(part));
    } catch (IllegalArgumentException | ProblemsException none) {
      return null;
    }
  }

  String algorithm() {
    String alg = Json.scalar(header.get("alg"));
    return alg == null ? "" : alg;
  }

  boolean symmetric() {
    return algorithm().startsWith("HS");
  }

  /// With other claims under the old signature.
  Jwt with(Map<String, String> changes) {
    Node changed = claims;
    for (Map.Entry<String, String> each : changes.entrySet()) {
      changed = Json.with(changed, List.of(each.getKey()), Json.of(each.getValue()));
    }
    return new Jwt(header, (Obj) changed, signature);
  }

  /// The token with the signature it has.
  String text() {
    return signed() + "." + signature;
  }

  /// With a header that says that there is no signature, and none.
  String unsigned(String alg) {
    Obj other = (Obj) Json.with(header, List.of("alg"), Json.of(alg));
    return encoded(other) + "." + encoded(claims) + ".";
  }

  /// The good token without its signature.
  String stripped() {
    return signed() + ".";
  }

  /// With half of its signature.
  String cut() {
    return signed() + "." + signature.substring(0, signature.length() / 2);
  }

  /// Signed with a shared secret that is guessed.
  ///
  /// @param kid what the header is to say; empty leaves it as it is
  String hmac(String kid, byte[] key) {
    Node other = Json.with(header, List.of("alg"), Json.of("HS256"));
    other = kid.isEmpty() ? other : Json.with(other, List.of("kid"), Json.of(kid));
    String text = encoded((Obj) other) + "." + encoded(claims);
    return text + "." + base64(mac("HmacSHA256", key, text));
  }

  /// Signed with a key of our own, which the header brings along (RFC 7515, section 4.1.3).
  String withOwnKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      RSAPublicKey open = (RSAPublicKey) pair.getPublic();
      Map<String, Node> members = new LinkedHashMap<>();
      members.put("kty", Json.of("RSA"));
      members.put("n", Json.of(base64(bytes(open.getModulus()))));
      members.put("e", Json.of(base64(bytes(open.getPublicExponent()))));
      Node key = Json.of(members);
      Node other = Json.with(header, List.of("alg"), Json.of("RS256"));
      other = Json.without((Obj) Json.with(other, List.of("jwk"), key), "kid");
      String text = encoded((Obj) other) + "." + encoded(claims);
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(pair.getPrivate());
      signer.update(bytes(text));
      return text + "." + base64(signer.sign());
    } catch (GeneralSecurityException missing) {
      throw new GatewardenBug("every JDK signs with RSA", missing);
    }
  }

  /// Whether the token was signed with this secret.
  boolean signedWith(String secret) {
    String mac = symmetric() ? "HmacSHA" + algorithm().substring(2) : "";
    return !mac.isEmpty() && base64(mac(mac, bytes(secret), signed())).equals(signature);
  }

  private String signed() {
    return encoded(header) + "." + encoded(claims);
  }

  static byte[] mac(String algorithm, byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException unknown) {
      return new byte[0];
    }
  }

  private static String encoded(Obj part) {
    return base64(bytes(Json.text(part)));
  }

  private static byte[] bytes(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Nothing of the token.
  @Override
  public String toString() {
    return algorithm();
  }
}
