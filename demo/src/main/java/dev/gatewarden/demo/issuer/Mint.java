package dev.gatewarden.demo.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes tokens, good ones and bad ones.
public final class Mint {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final IssuerKeys keys;
  private final Clock clock;
  private @Nullable RSAKey foreign;

  public Mint(IssuerKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// A token in compact form (RFC 7515, section 7.1).
  public String token(TokenWish wish) {
    String unsigned = encode(header(wish).toString()) + "." + encode(claims(wish).toString());
    byte[] signature = sign(wish.signing(), unsigned.getBytes(StandardCharsets.US_ASCII));
    return unsigned + "." + BASE64.encodeToString(signature);
  }

  private ObjectNode header(TokenWish wish) {
    ObjectNode header = JSON.createObjectNode();
    header.put("alg", wish.signing().algorithm());
    header.put("typ", wish.typ());
    switch (wish.signing()) {
      case RS256, HS256_WITH_PUBLIC_KEY, FOREIGN_KEY -> header.put("kid", keys.rsa().getKeyID());
      case ES256 -> header.put("kid", keys.ec().getKeyID());
      case EMBEDDED_KEY -> header.set("jwk", JSON.readTree(foreign().toPublicJWK().toJSONString()));
      case KEY_FROM_PATH -> header.put("kid", "../../../../../../dev/null");
      case NONE -> {}
    }
    return header;
  }

  private ObjectNode claims(TokenWish wish) {
    Instant now = clock.instant();
    Instant expires = now.plus(wish.expires());
    // A token that has expired was good once.
    Instant issued = expires.isBefore(now) ? expires.minusSeconds(600) : now;
    ObjectNode claims = JSON.createObjectNode();
    claims.put("iss", wish.issuer());
    claims.put("sub", wish.subject());
    claims.put("aud", wish.audience());
    claims.put("client_id", "shop-web");
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", issued.getEpochSecond());
    claims.put("nbf", issued.getEpochSecond());
    claims.put("exp", expires.getEpochSecond());
    claims.put("scope", String.join(" ", wish.scopes()));
    claims.put("tenant", wish.tenant());
    wish.roles().forEach(claims.putArray("roles")::add);
    return claims;
  }

  private byte[] sign(Signing signing, byte[] text) {
    try {
      return switch (signing) {
        case RS256 -> sign("SHA256withRSA", keys.rsa().toRSAPrivateKey(), text);
        case ES256 -> sign("SHA256withECDSAinP1363Format", keys.ec().toECPrivateKey(), text);
        case NONE -> new byte[0];
        case HS256_WITH_PUBLIC_KEY -> hmac(pem(keys.rsa()), text);
        case FOREIGN_KEY, EMBEDDED_KEY -> sign("SHA256withRSA", foreign().toRSAPrivateKey(), text);
        case KEY_FROM_PATH -> hmac(new byte[1], text);
      };
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot sign " + signing.word(), e);
    }
  }

  /// The attacker's own key; not made before an attack needs it.
  private synchronized RSAKey foreign() {
    if (foreign == null) {
      foreign = IssuerKeys.fresh().rsa();
    }
    return foreign;
  }

  private static byte[] sign(String algorithm, PrivateKey key, byte[] text)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(text);
    return signature.sign();
  }

  private static byte[] hmac(byte[] secret, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return mac.doFinal(text);
  }

  /// The public key in the form in which careless libraries take it for a secret.
  private static byte[] pem(RSAKey key) throws JOSEException {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(key.toRSAPublicKey().getEncoded());
    return ("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String encode(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
