package dev.gatewarden.demo.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.gatewarden.demo.StateFolder;
import java.io.IOException;
import java.text.ParseException;
import java.util.List;

/// The issuer's two signing keys, kept in the state folder so that another terminal signs with the
/// same ones.
public record IssuerKeys(RSAKey rsa, ECKey ec) {

  private static final String FILE = "issuer-keys.json";

  /// New keys that nobody keeps.
  public static IssuerKeys fresh() {
    try {
      return new IssuerKeys(
          new RSAKeyGenerator(2048).keyID("demo-rsa").keyUse(KeyUse.SIGNATURE).generate(),
          new ECKeyGenerator(Curve.P_256).keyID("demo-ec").keyUse(KeyUse.SIGNATURE).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException("this JDK makes no RSA and P-256 keys", e);
    }
  }

  /// The keys of the state folder; made there when there are none.
  public static IssuerKeys in(StateFolder folder) throws IOException {
    String text =
        folder.secret(
            FILE,
            () -> {
              IssuerKeys fresh = fresh();
              return new JWKSet(List.of(fresh.rsa, fresh.ec)).toString(false);
            });
    try {
      JWKSet set = JWKSet.parse(text);
      return new IssuerKeys(
          set.getKeyByKeyId("demo-rsa").toRSAKey(), set.getKeyByKeyId("demo-ec").toECKey());
    } catch (ParseException e) {
      throw new IOException(
          "`" + folder.file(FILE) + "` holds no keys: remove it, and new ones are made", e);
    }
  }

  /// The public half, as the issuer serves it (RFC 7517).
  public String published() {
    return set().toString(true);
  }

  /// The public half.
  public JWKSet set() {
    return new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK()));
  }
}
