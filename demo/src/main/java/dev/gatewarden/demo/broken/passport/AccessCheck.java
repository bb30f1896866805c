package dev.gatewarden.demo.broken.passport;

import static dev.gatewarden.demo.broken.passport.PassportFault.ALG_CONFUSED;
import static dev.gatewarden.demo.broken.passport.PassportFault.ALG_NONE;
import static dev.gatewarden.demo.broken.passport.PassportFault.AUDIENCE_IGNORED;
import static dev.gatewarden.demo.broken.passport.PassportFault.EXPIRED_TOKEN;
import static dev.gatewarden.demo.broken.passport.PassportFault.ID_AS_ACCESS;
import static dev.gatewarden.demo.broken.passport.PassportFault.ISSUER_IGNORED;
import static dev.gatewarden.demo.broken.passport.PassportFault.KEY_FROM_PATH;
import static dev.gatewarden.demo.broken.passport.PassportFault.KEY_IN_TOKEN;
import static dev.gatewarden.demo.broken.passport.PassportFault.REFRESH_AS_ACCESS;
import static dev.gatewarden.demo.broken.passport.PassportFault.REVOKED_ALIVE;
import static dev.gatewarden.demo.broken.passport.PassportFault.SIGNATURE_IGNORED;
import static dev.gatewarden.demo.broken.passport.PassportFault.SIGNATURE_STRIPPED;
import static dev.gatewarden.demo.broken.passport.PassportFault.TOKEN_NOT_YET_GOOD;

import dev.gatewarden.demo.broken.Jwt;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Whether a token opens the API.
final class AccessCheck {

  private final Predicate<PassportFault> on;
  private final Mint mint;
  private final Clock clock;

  AccessCheck(Predicate<PassportFault> on, Mint mint, Clock clock) {
    this.on = on;
    this.mint = mint;
    this.clock = clock;
  }

  /// The claims of a token that is to be believed, or null.
  @Nullable ObjectNode believed(@Nullable String token) {
    Jwt jwt = Jwt.read(token);
    if (jwt == null || !genuine(jwt)) {
      return null;
    }
    ObjectNode claims = jwt.claims();
    boolean open = on.test(REVOKED_ALIVE) || !mint.revoked(Jwt.text(claims, "jti"));
    return meant(jwt) && timely(claims) && open ? claims : null;
  }

  private boolean meant(Jwt jwt) {
    ObjectNode claims = jwt.claims();
    boolean ours = on.test(ISSUER_IGNORED) || Jwt.text(claims, "iss").equals(mint.issuer());
    return ours
        && switch (Jwt.text(jwt.header(), "typ")) {
          case Mint.ACCESS ->
              on.test(AUDIENCE_IGNORED) || Jwt.text(claims, "aud").equals(Mint.AUDIENCE);
          case Mint.REFRESH -> on.test(REFRESH_AS_ACCESS);
          case Mint.IDENTITY -> on.test(ID_AS_ACCESS);
          default -> false;
        };
  }

  private boolean timely(ObjectNode claims) {
    long now = clock.instant().getEpochSecond();
    return (on.test(EXPIRED_TOKEN) || Jwt.seconds(claims, "exp", Long.MIN_VALUE) > now)
        && (on.test(TOKEN_NOT_YET_GOOD) || Jwt.seconds(claims, "nbf", now) <= now);
  }

  private boolean genuine(Jwt jwt) {
    String algorithm = Jwt.text(jwt.header(), "alg");
    return on.test(SIGNATURE_IGNORED)
        || (on.test(SIGNATURE_STRIPPED) && jwt.signature().length == 0)
        || (on.test(ALG_NONE) && algorithm.toLowerCase(Locale.ROOT).equals("none"))
        || (algorithm.equals("HS256") && confused(jwt))
        || (algorithm.equals("RS256") && signed(jwt));
  }

  private boolean signed(Jwt jwt) {
    PublicKey key =
        on.test(KEY_IN_TOKEN) && jwt.header().has("jwk")
            ? PassportKeys.embedded(jwt.header().path("jwk"))
            : Jwt.text(jwt.header(), "kid").equals(PassportKeys.KID)
                ? PassportKeys.published()
                : null;
    return key != null && PassportKeys.verifies(jwt, key);
  }

  private boolean confused(Jwt jwt) {
    String pem = PassportKeys.pem();
    return (on.test(ALG_CONFUSED) && (by(jwt, pem) || by(jwt, pem.strip())))
        || (on.test(KEY_FROM_PATH) && empty(Jwt.text(jwt.header(), "kid")) && by(jwt, ""));
  }

  private static boolean by(Jwt jwt, String secret) {
    byte[] right = Jwt.hmac(secret.getBytes(StandardCharsets.US_ASCII), jwt.signed());
    return MessageDigest.isEqual(right, jwt.signature());
  }

  /// Whether the key's name leads out of the folder of keys, to the file that is empty everywhere.
  private static boolean empty(String kid) {
    try {
      return Path.of("/srv/keys", kid).normalize().toString().equals("/dev/null")
          || kid.equals("/dev/null");
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
