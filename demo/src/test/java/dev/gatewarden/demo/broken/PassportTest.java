package dev.gatewarden.demo.broken;

import static dev.gatewarden.demo.broken.passport.PassportFault.ALG_CONFUSED;
import static dev.gatewarden.demo.broken.passport.PassportFault.ALG_NONE;
import static dev.gatewarden.demo.broken.passport.PassportFault.AUDIENCE_IGNORED;
import static dev.gatewarden.demo.broken.passport.PassportFault.CODE_OF_OTHER_CLIENT;
import static dev.gatewarden.demo.broken.passport.PassportFault.CODE_TWICE;
import static dev.gatewarden.demo.broken.passport.PassportFault.EXPIRED_TOKEN;
import static dev.gatewarden.demo.broken.passport.PassportFault.ID_AS_ACCESS;
import static dev.gatewarden.demo.broken.passport.PassportFault.IMPLICIT_GRANT;
import static dev.gatewarden.demo.broken.passport.PassportFault.ISSUER_IGNORED;
import static dev.gatewarden.demo.broken.passport.PassportFault.KEY_FROM_PATH;
import static dev.gatewarden.demo.broken.passport.PassportFault.KEY_IN_TOKEN;
import static dev.gatewarden.demo.broken.passport.PassportFault.LOGIN_UNLIMITED;
import static dev.gatewarden.demo.broken.passport.PassportFault.NOTE_READ;
import static dev.gatewarden.demo.broken.passport.PassportFault.PASSWORD_GRANT;
import static dev.gatewarden.demo.broken.passport.PassportFault.PKCE_NOT_COMPARED;
import static dev.gatewarden.demo.broken.passport.PassportFault.PKCE_OPTIONAL;
import static dev.gatewarden.demo.broken.passport.PassportFault.REDIRECT_BY_PREFIX;
import static dev.gatewarden.demo.broken.passport.PassportFault.REFRESH_AS_ACCESS;
import static dev.gatewarden.demo.broken.passport.PassportFault.REFRESH_TWICE;
import static dev.gatewarden.demo.broken.passport.PassportFault.REVOKED_ALIVE;
import static dev.gatewarden.demo.broken.passport.PassportFault.SCOPE_IGNORED;
import static dev.gatewarden.demo.broken.passport.PassportFault.SIGNATURE_IGNORED;
import static dev.gatewarden.demo.broken.passport.PassportFault.SIGNATURE_STRIPPED;
import static dev.gatewarden.demo.broken.passport.PassportFault.STATE_OPTIONAL;
import static dev.gatewarden.demo.broken.passport.PassportFault.TOKEN_NOT_YET_GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.broken.passport.PassportApi;
import dev.gatewarden.demo.broken.passport.PassportFault;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PassportTest extends FaultTable<PassportFault> {

  private static final String BACK = "https://app.example/callback";
  private static final String VERIFIER = "a-verifier-that-is-long-enough-for-the-standard";

  PassportTest() {
    super(Specimen.PASSPORT, PassportFault.class);
    row(
        REDIRECT_BY_PREFIX,
        "303 code",
        "400 ",
        v -> asked(v, "https://app.example.evil.example/", "&state=s" + challenge()));
    row(STATE_OPTIONAL, "303 code", "303 invalid_request", v -> asked(v, BACK, challenge()));
    row(PKCE_OPTIONAL, "303 code", "303 invalid_request", v -> asked(v, BACK, "&state=s"));
    row(
        PKCE_NOT_COMPARED,
        "200",
        "400 invalid_grant",
        v -> told(redeem(v, code(v), "web", VERIFIER + "-made-up")));
    row(
        IMPLICIT_GRANT,
        "303 token",
        "303 unsupported_response_type",
        v -> {
          Visitor.Seen seen =
              bob(v)
                  .get("/authorize?response_type=token&client_id=web&state=s&redirect_uri=" + BACK);
          return seen.status() + " " + result(seen.header("location"));
        });
    row(
        PASSWORD_GRANT,
        "200",
        "400 unsupported_grant_type",
        v ->
            told(
                form(v)
                    .post("/token", "grant_type=password&username=bob&password=bob-travels-much")));
    row(
        CODE_TWICE,
        "200",
        "400 invalid_grant",
        v -> {
          String code = code(v);
          redeem(v, code, "web", VERIFIER);
          return told(redeem(v, code, "web", VERIFIER));
        });
    row(
        CODE_OF_OTHER_CLIENT,
        "200",
        "400 invalid_grant",
        v -> told(redeem(v, code(v), "desk", VERIFIER)));
    row(
        REFRESH_TWICE,
        "200 200",
        "400 invalid_grant 400 invalid_grant",
        v -> {
          String refresh = tokens(v).path("refresh_token").asString();
          String next = refreshed(v, refresh).json().path("refresh_token").asString();
          return told(refreshed(v, refresh)) + " " + told(refreshed(v, next));
        });
    row(REFRESH_AS_ACCESS, "200", "401", v -> with(v, tokens(v).path("refresh_token").asString()));
    row(ID_AS_ACCESS, "200", "401", v -> with(v, tokens(v).path("id_token").asString()));
    row(
        REVOKED_ALIVE,
        "200",
        "401",
        v -> {
          String token = v.signed("{}");
          form(v).post("/revoke", "token=" + token);
          return with(v, token);
        });
    row(
        LOGIN_UNLIMITED,
        "401",
        "429",
        v -> {
          int status = 0;
          for (int i = 0; i < 10; i++) {
            status = login(v, "alice", "wrong" + i).status();
          }
          return "" + status;
        });
    row(EXPIRED_TOKEN, "200", "401", v -> with(v, v.signed("{\"exp\":" + in(-3600) + "}")));
    row(TOKEN_NOT_YET_GOOD, "200", "401", v -> with(v, v.signed("{\"nbf\":" + in(3600) + "}")));
    row(AUDIENCE_IGNORED, "200", "401", v -> with(v, v.signed("{\"aud\":\"another-api\"}")));
    row(ISSUER_IGNORED, "200", "401", v -> with(v, v.signed("{\"iss\":\"https://evil.example\"}")));
    row(ALG_NONE, "200", "401", v -> with(v, unsigned(v, header("none")) + "."));
    row(
        ALG_CONFUSED,
        "200",
        "401",
        v -> with(v, hmac(unsigned(v, header("HS256")), publishedAsPem(v))));
    row(
        KEY_FROM_PATH,
        "200",
        "401",
        v -> with(v, hmac(unsigned(v, header("HS256").put("kid", "../../../dev/null")), "")));
    row(KEY_IN_TOKEN, "200", "401", v -> with(v, withOwnKey(v)));
    row(
        SIGNATURE_IGNORED,
        "200",
        "401",
        v -> {
          String token = v.signed("{\"sub\":\"bob\"}");
          String claims = v.signed("{\"sub\":\"alice\"}").split("\\.", -1)[1];
          String[] parts = token.split("\\.", -1);
          return with(v, parts[0] + "." + claims + "." + parts[2]);
        });
    row(
        SIGNATURE_STRIPPED,
        "200",
        "401",
        v -> {
          String token = v.signed("{}");
          return with(v, token.substring(0, token.lastIndexOf('.') + 1));
        });
    row(
        SCOPE_IGNORED,
        "201",
        "403",
        v ->
            ""
                + v.bearer(v.signed("{\"scope\":\"notes:read\"}"))
                    .post("/notes", "{\"text\":\"hello\"}")
                    .status());
    row(
        NOTE_READ,
        "200 leaks",
        "404",
        v -> v.bearer(v.signed("{\"sub\":\"bob\"}")).get("/notes/n1").leaking("the safe"));
  }

  @Override
  BrokenApi<PassportFault> api(Set<PassportFault> faults, Clock clock) {
    return new PassportApi(faults, clock);
  }

  @Override
  Visitor somebody(Visitor v) {
    return bob(v).bearer(v.signed("{\"sub\":\"bob\"}"));
  }

  @Override
  void goodRequests(Visitor v) {
    JsonNode tokens = tokens(v);
    Visitor bob = v.bearer(tokens.path("access_token").asString());
    assertThat(bob.get("/me").says("bob")).isTrue();
    assertThat(bob.get("/notes").says("milk")).isTrue();
    assertThat(bob.get("/notes/n2").status()).isEqualTo(200);
    String made = bob.post("/notes", "{\"text\":\"bread\"}").header("location");
    assertThat(bob.send("DELETE", made, null).status()).isEqualTo(204);
    assertThat(told(refreshed(v, tokens.path("refresh_token").asString()))).isEqualTo("200");
    assertThat(v.get("/.well-known/oauth-authorization-server").says(v.uri() + "/jwks")).isTrue();
    assertThat(v.get("/jwks").says("passport-1")).isTrue();
  }

  private static long in(long seconds) {
    return Instant.now().getEpochSecond() + seconds;
  }

  private static String with(Visitor v, String token) {
    return "" + v.bearer(token).get("/me").status();
  }

  private static String told(Visitor.Seen seen) {
    return seen.status() == 200
        ? "200"
        : seen.status() + " " + seen.json().path("error").asString();
  }

  private static Visitor.Seen login(Visitor v, String user, String password) {
    return v.post("/login", "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password));
  }

  private static Visitor bob(Visitor v) {
    String cookie = login(v, "bob", "bob-travels-much").header("set-cookie");
    return v.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
  }

  private static Visitor form(Visitor v) {
    return v.with("Content-Type", "application/x-www-form-urlencoded");
  }

  /// What comes of asking for a code.
  private static String asked(Visitor v, String redirect, String more) {
    Visitor.Seen seen = authorized(v, redirect, more);
    return seen.status() + " " + result(seen.header("location"));
  }

  private static Visitor.Seen authorized(Visitor v, String redirect, String more) {
    return bob(v)
        .get("/authorize?response_type=code&client_id=web&redirect_uri=" + redirect + more);
  }

  private static String result(String location) {
    if (location.contains("error=")) {
      return location.replaceAll(".*error=([a-z_]+).*", "$1");
    }
    return location.contains("code=") ? "code" : location.contains("access_token=") ? "token" : "";
  }

  private static String code(Visitor v) {
    return authorized(v, BACK, "&state=s" + challenge())
        .header("location")
        .replaceAll(".*code=([^&]+).*", "$1");
  }

  private static Visitor.Seen redeem(Visitor v, String code, String client, String verifier) {
    return form(v)
        .post(
            "/token",
            "grant_type=authorization_code&client_id="
                + client
                + "&redirect_uri="
                + BACK
                + "&code="
                + code
                + "&code_verifier="
                + verifier);
  }

  private static Visitor.Seen refreshed(Visitor v, String refresh) {
    return form(v)
        .post("/token", "grant_type=refresh_token&client_id=web&refresh_token=" + refresh);
  }

  private static JsonNode tokens(Visitor v) {
    return redeem(v, code(v), "web", VERIFIER).json();
  }

  private static String challenge() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
      return "&code_challenge_method=S256&code_challenge=" + Jwt.encoded(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode header(String algorithm) {
    return Ask.json().put("alg", algorithm).put("typ", "at+jwt").put("kid", "passport-1");
  }

  private static String unsigned(Visitor v, ObjectNode header) {
    return Jwt.encoded(header.toString().getBytes(StandardCharsets.UTF_8))
        + "."
        + v.signed("{}").split("\\.", -1)[1];
  }

  private static String hmac(String unsigned, String secret) {
    byte[] key = secret.getBytes(StandardCharsets.US_ASCII);
    return unsigned
        + "."
        + Jwt.encoded(Jwt.hmac(key, unsigned.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String publishedAsPem(Visitor v) {
    JsonNode key = v.get("/jwks").json().path("keys").path(0);
    try {
      RSAPublicKeySpec spec = new RSAPublicKeySpec(number(key, "n"), number(key, "e"));
      byte[] encoded = KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded();
      return "-----BEGIN PUBLIC KEY-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
          + "\n-----END PUBLIC KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BigInteger number(JsonNode key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asString()));
  }

  private static String withOwnKey(Visitor v) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      RSAPublicKey own = (RSAPublicKey) pair.getPublic();
      ObjectNode header = header("RS256");
      header
          .putObject("jwk")
          .put("kty", "RSA")
          .put("n", Jwt.encoded(own.getModulus().toByteArray()))
          .put("e", Jwt.encoded(own.getPublicExponent().toByteArray()));
      String unsigned = unsigned(v, header);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
      return unsigned + "." + Jwt.encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
