package dev.gatewarden.demo.broken.clinic;

import static dev.gatewarden.demo.broken.clinic.ClinicFault.ALG_NONE;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.EXPIRED_TOKEN;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.LOGOUT_FORGOTTEN;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.SIGNATURE_CUT;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.SIGNATURE_IGNORED;
import static dev.gatewarden.demo.broken.clinic.ClinicFault.WEAK_SECRET;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Jwt;
import dev.gatewarden.demo.broken.Who;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The clinic's tokens: signed by HMAC, good for half an hour, or until the logout.
final class ClinicTokens {

  static final int LIFETIME = 1800;

  private final Predicate<ClinicFault> on;
  private final Clock clock;
  private final byte[] secret;
  private final Set<String> ended = new HashSet<>();

  ClinicTokens(Predicate<ClinicFault> on, Clock clock) {
    this.on = on;
    this.clock = clock;
    if (on.test(WEAK_SECRET)) {
      this.secret = "secret".getBytes(StandardCharsets.US_ASCII);
    } else {
      this.secret = new byte[32];
      new SecureRandom().nextBytes(secret);
    }
  }

  void clear() {
    ended.clear();
  }

  String issue(Who who) {
    return sign(claims(who.name(), who.tenant()));
  }

  String signed(ObjectNode wishes) {
    return sign(Jwt.wished(claims("alice", "north"), wishes));
  }

  /// The claims of a token that is to be believed, or null.
  @Nullable ObjectNode believed(@Nullable String token) {
    Jwt jwt = Jwt.read(token);
    if (jwt == null || !genuine(jwt)) {
      return null;
    }
    long now = clock.instant().getEpochSecond();
    ObjectNode claims = jwt.claims();
    boolean alive = on.test(EXPIRED_TOKEN) || Jwt.seconds(claims, "exp", Long.MIN_VALUE) > now;
    boolean begun = Jwt.seconds(claims, "nbf", 0) <= now;
    boolean ours =
        Jwt.text(claims, "iss").equals("clinic") && Jwt.text(claims, "aud").equals("clinic-api");
    boolean open = on.test(LOGOUT_FORGOTTEN) || !ended.contains(Jwt.text(claims, "jti"));
    return alive && begun && ours && open ? claims : null;
  }

  void end(ObjectNode claims) {
    ended.add(Jwt.text(claims, "jti"));
  }

  private boolean genuine(Jwt jwt) {
    String algorithm = Jwt.text(jwt.header(), "alg");
    if (on.test(SIGNATURE_IGNORED)
        || (on.test(ALG_NONE) && algorithm.toLowerCase(Locale.ROOT).equals("none"))) {
      return true;
    }
    byte[] right = Jwt.hmac(secret, jwt.signed());
    if (on.test(SIGNATURE_CUT) && jwt.signature().length < right.length) {
      right = Arrays.copyOf(right, jwt.signature().length);
    }
    return algorithm.equals("HS256") && MessageDigest.isEqual(right, jwt.signature());
  }

  private String sign(ObjectNode claims) {
    String unsigned = Jwt.unsigned(Ask.json().put("alg", "HS256").put("typ", "JWT"), claims);
    return unsigned
        + "."
        + Jwt.encoded(Jwt.hmac(secret, unsigned.getBytes(StandardCharsets.US_ASCII)));
  }

  private ObjectNode claims(String subject, String tenant) {
    long now = clock.instant().getEpochSecond();
    return Ask.json()
        .put("iss", "clinic")
        .put("aud", "clinic-api")
        .put("sub", subject)
        .put("tenant", tenant)
        .put("jti", UUID.randomUUID().toString())
        .put("iat", now)
        .put("nbf", now)
        .put("exp", now + LIFETIME);
  }
}
