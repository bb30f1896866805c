package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.gatewarden.demo.StateFolder;
import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.issuer.IssuerKeys;
import dev.gatewarden.demo.shop.Shelves;
import dev.gatewarden.testkit.Requirement;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The attacks of RFC 8725, section 2, and of RFC 9700 as far as an API sees them: each one at the
/// gate's port, with the issuer's real keys wherever the attacker could have such a token.
class TokenAttackTest {
  private static final String PATH = "/v1/orders/" + Shelves.OF_ALICE;

  private static ShopAtTheGate shop;
  private static Side side;
  private static RSAKey rsa;
  private static ECKey ec;
  private static IssuerKeys foreign;

  @BeforeAll
  static void open() throws Exception {
    shop = ShopAtTheGate.start();
    side = shop.side();
    side.reset();
    IssuerKeys keys = IssuerKeys.in(new StateFolder(shop.folder()));
    rsa = keys.rsa();
    ec = keys.ec();
    foreign = IssuerKeys.fresh();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  // RFC 8725, section 2.1: weak signatures and insufficient validation.

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void an_unsigned_token_in_any_spelling() throws Exception {
    for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
      String unsigned = Crafted.part("{\"alg\":\"" + none + "\"}") + "." + part(claims()) + ".";
      refused("ALGORITHM", unsigned);
      refused("ALGORITHM", unsigned + "AA");
    }
    String noAlgorithm = Crafted.part("{\"typ\":\"at+jwt\"}") + "." + part(claims()) + ".";
    refused("MALFORMED", noAlgorithm);
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void the_public_key_as_a_shared_secret() throws Exception {
    byte[] der = rsa.toRSAPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    String header = Crafted.json(header("HS256", rsa.getKeyID()));
    for (byte[] secret :
        List.of(
            der,
            pem.getBytes(StandardCharsets.US_ASCII),
            pem.strip().getBytes(StandardCharsets.US_ASCII),
            rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.US_ASCII),
            rsa.getModulus().decode())) {
      refused("ALGORITHM", Crafted.digested(secret, header, Crafted.json(claims())));
    }
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_key_used_for_another_algorithm_than_its_own() throws Exception {
    Map<String, Object> header = header("PS256", rsa.getKeyID());
    refused("ALGORITHM", signed(JWSAlgorithm.PS256, header, claims()));
    header = header("ES256", rsa.getKeyID());
    refused(
        "UNKNOWN_KEY",
        Crafted.signed(ec, JWSAlgorithm.ES256, Crafted.json(header), Crafted.json(claims())));
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_signature_of_zeros_or_none_or_of_another_token() throws Exception {
    String good = signed(header("ES256", ec.getKeyID()), claims());
    String input = good.substring(0, good.lastIndexOf('.'));
    refused("SIGNATURE", input + "." + Crafted.part(new byte[64]));
    refused("MALFORMED", input + ".");
    String other = signed(header("ES256", ec.getKeyID()), claims());
    refused("SIGNATURE", input + other.substring(other.lastIndexOf('.')));
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void an_extension_that_must_be_understood_and_is_not() throws Exception {
    for (Map<String, Object> asked :
        List.<Map<String, Object>>of(
            Map.of("crit", List.of("exp"), "exp", 4_000_000_000L),
            Map.of("crit", List.of("b64"), "b64", false),
            Map.of("crit", List.of()),
            Map.of("b64", false),
            Map.of("zip", "DEF"),
            Map.of("cty", "JWT"))) {
      Map<String, Object> header = header("RS256", rsa.getKeyID());
      header.putAll(asked);
      refused("MALFORMED", signed(JWSAlgorithm.RS256, header, claims()));
    }
  }

  // RFC 8725, section 2.2: weak symmetric keys.

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_guessable_secret() throws Exception {
    for (String secret : List.of("secret", "password", "\0", "changeme")) {
      refused(
          "ALGORITHM",
          Crafted.digested(
              secret.getBytes(StandardCharsets.US_ASCII),
              Crafted.json(header("HS256", rsa.getKeyID())),
              Crafted.json(claims())));
    }
  }

  // RFC 8725, sections 2.3 to 2.5 and 2.10: encryption. See also EncryptedTokenTest.

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void an_encrypted_token_where_nothing_is_decrypted() throws Exception {
    String header = "{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A128GCM\",\"cty\":\"JWT\"}";
    String bomb = "{\"alg\":\"PBES2-HS512+A256KW\",\"enc\":\"A256GCM\",\"p2c\":2147483647}";
    refused("DECRYPTION", Crafted.part(header) + ".AA.AA.AA.AA");
    refused("DECRYPTION", Crafted.part(bomb) + ".AA.AA.AA.AA");
  }

  // RFC 8725, section 2.6: several ways to write JSON.

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void json_with_two_readings() throws Exception {
    String header = Crafted.json(header("RS256", rsa.getKeyID()));
    String claims = Crafted.json(claims());
    String twice = claims.substring(0, claims.length() - 1) + ",\"sub\":\"admin\"}";
    for (byte[] text :
        List.of(
            twice.getBytes(StandardCharsets.UTF_8),
            claims.getBytes(StandardCharsets.UTF_16LE),
            claims.getBytes(StandardCharsets.UTF_16BE),
            ("\ufeff" + claims).getBytes(StandardCharsets.UTF_8),
            (claims + " x").getBytes(StandardCharsets.UTF_8),
            (claims + claims).getBytes(StandardCharsets.UTF_8),
            claims.replace("alice", "\\ud800").getBytes(StandardCharsets.UTF_8))) {
      refused("MALFORMED", Crafted.signed(rsa, JWSAlgorithm.RS256, header, text));
    }
    String twoKids = header.substring(0, header.length() - 1) + ",\"kid\":\"demo-rsa\"}";
    refused("MALFORMED", Crafted.signed(rsa, JWSAlgorithm.RS256, twoKids, claims));
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void base64url_with_two_readings() throws Exception {
    String good = signed(header("RS256", rsa.getKeyID()), claims());
    String[] parts = good.split("\\.", -1);
    refused("", parts[0] + "=." + parts[1] + "." + parts[2]);
    refused("", good + "=");
    refused(
        "", parts[0] + "." + parts[1] + "." + parts[2].replace('_', '/').replace('-', '+') + "/");
    // 256 bytes leave four bits over, which must be zero.
    char last = good.charAt(good.length() - 1);
    refused("MALFORMED", good.substring(0, good.length() - 1) + (char) (last + 1));
  }

  // RFC 8725, section 2.7: substitution. Section 4.10 of RFC 9700: audience restriction.

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_token_for_another_audience() throws Exception {
    for (Object audience :
        List.<Object>of(
            "https://mail.example",
            List.of("https://mail.example", "https://bank.example"),
            List.of(),
            "",
            "https://shop.example/",
            "HTTPS://SHOP.EXAMPLE",
            "https://shop.example.evil.example")) {
      Map<String, Object> claims = claims();
      claims.put("aud", audience);
      refused("AUDIENCE", signed(header("RS256", rsa.getKeyID()), claims));
    }
    Map<String, Object> claims = claims();
    claims.remove("aud");
    refused("MISSING_CLAIM", signed(header("RS256", rsa.getKeyID()), claims));
    claims.put("aud", Map.of("https://shop.example", true));
    refused("MALFORMED", signed(header("RS256", rsa.getKeyID()), claims));
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_token_of_another_issuer() throws Exception {
    String url = shop.issuer().uri().toString();
    for (String other :
        List.of(
            "https://id.example",
            url + "/",
            url.toUpperCase(java.util.Locale.ROOT),
            url + "#",
            "")) {
      Map<String, Object> claims = claims();
      claims.put("iss", other);
      refused(
          other.isEmpty() ? "MALFORMED" : "ISSUER",
          signed(header("RS256", rsa.getKeyID()), claims));
    }
  }

  // RFC 8725, section 2.8: one kind of token taken for another.

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void another_kind_of_token() throws Exception {
    for (String type :
        List.of("logout+jwt", "dpop+jwt", "secevent+jwt", "id_token+jwt", "oauth-authz-req+jwt")) {
      Map<String, Object> header = header("RS256", rsa.getKeyID());
      header.put("typ", type);
      refused("TYPE", signed(JWSAlgorithm.RS256, header, claims()));
    }
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void an_id_token() throws Exception {
    Map<String, Object> header = header("RS256", rsa.getKeyID());
    header.put("typ", "JWT");
    for (String mark : List.of("nonce", "at_hash", "c_hash", "s_hash")) {
      Map<String, Object> claims = claims();
      claims.put(mark, "x");
      refused("TYPE", signed(JWSAlgorithm.RS256, header, claims));
    }
    Map<String, Object> plain = claims();
    plain.keySet().removeAll(List.of("client_id", "scope", "roles"));
    plain.put("azp", "https://shop.example");
    refused("TYPE", signed(JWSAlgorithm.RS256, header, plain));
    plain.put("typ", "ID");
    refused("TYPE", signed(JWSAlgorithm.RS256, header, plain));
    plain.remove("typ");
    plain.put("token_use", "id");
    refused("TYPE", signed(JWSAlgorithm.RS256, header, plain));
  }

  // RFC 8725, section 2.9: attacks on who judges.

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_key_that_the_token_brings_or_points_to() throws Exception {
    try (ServerSocketChannel trap = ServerSocketChannel.open()) {
      trap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      trap.configureBlocking(false);
      String lure =
          "http://127.0.0.1:" + ((InetSocketAddress) trap.getLocalAddress()).getPort() + "/jwks";
      RSAKey own = foreign.rsa();
      for (Map.Entry<String, Object> pointer :
          Map.<String, Object>of(
                  "jku", lure,
                  "x5u", lure,
                  "x5c", List.of(Base64.getEncoder().encodeToString(new byte[100])))
              .entrySet()) {
        Map<String, Object> header = header("RS256", rsa.getKeyID());
        header.put(pointer.getKey(), pointer.getValue());
        String claims = Crafted.json(claims());
        refused("SIGNATURE", Crafted.signed(own, JWSAlgorithm.RS256, Crafted.json(header), claims));
        // The same token, signed by the issuer: what it points to is not looked at, nor held
        // against it.
        String honest = signed(JWSAlgorithm.RS256, header, claims());
        assertThat(side.get(PATH, honest).status()).isEqualTo(200);
      }
      Map<String, Object> header = header("RS256", rsa.getKeyID());
      header.put("jwk", own.toPublicJWK().toJSONObject());
      refused(
          "MALFORMED",
          Crafted.signed(own, JWSAlgorithm.RS256, Crafted.json(header), Crafted.json(claims())));
      assertThat(trap.accept()).as("nobody followed it").isNull();
    }
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_key_id_that_is_more_than_a_name() throws Exception {
    for (String kid :
        List.of(
            "../../../../dev/null",
            "x' UNION SELECT 'secret",
            "$(id)",
            "http://127.0.0.1:1/jwks",
            "${jndi:ldap://127.0.0.1:1/x}",
            "demo-rsa\0")) {
      Seen seen = side.get(PATH, signed(JWSAlgorithm.RS256, header("RS256", kid), claims()));
      assertThat(seen.status()).isIn(401, 503);
      assertThat(shop.reason(seen))
          .startsWith("signed-token.")
          .containsAnyOf("UNKNOWN_KEY", "KEYS_UNAVAILABLE");
    }
    Map<String, Object> header = header("RS256", rsa.getKeyID());
    header.put("kid", List.of(rsa.getKeyID()));
    refused("MALFORMED", signed(JWSAlgorithm.RS256, header, claims()));
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_token_that_makes_its_reader_work() throws Exception {
    String deep = "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000);
    refused(
        "MALFORMED",
        Crafted.signed(
            rsa, JWSAlgorithm.RS256, Crafted.json(header("RS256", rsa.getKeyID())), deep));
    Map<String, Object> claims = claims();
    claims.put("exp", new java.math.BigDecimal("1e1000000"));
    refused("", signed(header("RS256", rsa.getKeyID()), claims));
    Map<String, Object> chain = claims();
    Map<String, Object> actor = Map.of("sub", "a");
    for (int i = 0; i < 12; i++) {
      actor = Map.of("sub", "a", "act", actor);
    }
    chain.put("act", actor);
    refused("MALFORMED", signed(header("RS256", rsa.getKeyID()), chain));
  }

  // RFC 8725, section 3.10 and RFC 7519, section 4.1: time.

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_token_out_of_its_time() throws Exception {
    long now = Instant.now().getEpochSecond();
    refused("EXPIRED", times(now - 700, null, now - 40));
    refused("NOT_YET_VALID", times(now + 300, null, now + 600));
    refused("NOT_YET_VALID", times(now, now + 300, now + 600));
    refused("LIFETIME", times(now, null, now + 25 * 3600));
    refused("LIFETIME", times(0L, null, now + 600));
    refused("MISSING_CLAIM", times(now, null, null));
    refused("MISSING_CLAIM", times(null, null, now + 600));
    refused("MALFORMED", times(now, null, -1L));
    Map<String, Object> text = claims();
    text.put("exp", String.valueOf(now + 600));
    refused("MALFORMED", signed(header("RS256", rsa.getKeyID()), text));
  }

  // RFC 9700, section 4.3.2: tokens in addresses. Section 4.10.1: bound tokens that were stolen.

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_token_in_the_address() throws Exception {
    String good = signed(header("RS256", rsa.getKeyID()), claims());
    for (String target :
        List.of(PATH + "?access_token=" + good, PATH + "?access%5Ftoken=" + good)) {
      Seen seen = side.get(target, null);
      assertThat(seen.status()).isEqualTo(400);
      assertThat(shop.reason(seen)).isEqualTo("signed-token.TOKEN_IN_QUERY");
      assertThat(side.get(target, good).status()).isEqualTo(400);
    }
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_token_in_two_places() throws Exception {
    String good = signed(header("RS256", rsa.getKeyID()), claims());
    for (String second : List.of("Bearer " + good, "DPoP " + good, "Basic YTpi")) {
      Seen seen = side.send(side.request(PATH, good).header("Authorization", second));
      assertThat(seen.status()).isEqualTo(400);
    }
    Seen joined =
        side.send(
            side.request(PATH, null)
                .header("Authorization", "Bearer " + good + ", Bearer " + good));
    assertThat(joined.status()).isEqualTo(400);
  }

  @Test
  @Requirement(id = "JWT-1", without = "bound-token")
  void a_bound_token_without_its_key() throws Exception {
    Map<String, Object> claims = claims();
    claims.put("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));
    Seen seen = side.get(PATH, signed(header("RS256", rsa.getKeyID()), claims));
    assertThat(seen.status()).isEqualTo(401);
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_token_bound_in_a_way_that_nobody_can_check() throws Exception {
    Map<String, Object> claims = claims();
    claims.put("cnf", Map.of("kid", "some-key"));
    refused("TYPE", signed(header("RS256", rsa.getKeyID()), claims));
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void forged_identity_beside_a_token() throws Exception {
    // What a careless service would believe does not get past the gate without a token.
    Seen seen =
        side.send(
            side.request(PATH, null).header("X-User", "alice").header("X-Forwarded-User", "alice"));
    assertThat(seen.status()).isEqualTo(401);
    assertThat(seen.header("www-authenticate")).startsWith("Bearer ").doesNotContain("error");
  }

  @Test
  void good_tokens_pass_meanwhile() throws Exception {
    for (Map<String, Object> header :
        List.of(header("RS256", rsa.getKeyID()), header("ES256", ec.getKeyID()))) {
      Map<String, Object> claims = claims();
      claims.put("aud", List.of("https://mail.example", "https://shop.example"));
      assertThat(side.get(PATH, signed(header, claims)).status()).isEqualTo(200);
    }
  }

  private static void refused(String why, String token) throws Exception {
    int before = shop.shop().served();
    Seen seen = side.get(PATH, token);
    assertThat(seen.status()).as(why).isIn(400, 401);
    assertThat(shop.reason(seen)).startsWith("signed-token." + why);
    if (seen.status() == 401) {
      assertThat(seen.header("www-authenticate")).contains("invalid_token");
      assertThat(seen.text().toLowerCase(java.util.Locale.ROOT))
          .doesNotContain("signature", "expired", "audience", "issuer", "algorithm");
    }
    assertThat(shop.shop().served()).as("nothing reached the shop").isEqualTo(before);
  }

  private static String times(
      @Nullable Object issued, @Nullable Object notBefore, @Nullable Object expires)
      throws Exception {
    Map<String, Object> claims = claims();
    put(claims, "iat", issued);
    put(claims, "nbf", notBefore);
    put(claims, "exp", expires);
    return signed(header("RS256", rsa.getKeyID()), claims);
  }

  private static void put(Map<String, Object> claims, String name, @Nullable Object value) {
    if (value == null) {
      claims.remove(name);
    } else {
      claims.put(name, value);
    }
  }

  private static String part(Map<String, Object> claims) {
    return Crafted.part(Crafted.json(claims));
  }

  private static String signed(Map<String, Object> header, Map<String, Object> claims)
      throws Exception {
    return signed(
        header.get("alg").equals("ES256") ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256,
        header,
        claims);
  }

  /// Signed by the issuer.
  private static String signed(
      JWSAlgorithm by, Map<String, Object> header, Map<String, Object> claims) throws Exception {
    return Crafted.signed(
        by.equals(JWSAlgorithm.ES256) ? ec : rsa, by, Crafted.json(header), Crafted.json(claims));
  }

  private static Map<String, Object> header(String algorithm, String kid) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", algorithm);
    header.put("kid", kid);
    header.put("typ", "at+jwt");
    return header;
  }

  private static Map<String, Object> claims() {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", shop.issuer().uri().toString());
    claims.put("aud", "https://shop.example");
    claims.put("sub", "alice");
    claims.put("client_id", "shop-web");
    claims.put("scope", "orders:read");
    claims.put("tenant", "north");
    claims.put("roles", List.of("customer"));
    claims.put("jti", java.util.UUID.randomUUID().toString());
    claims.put("iat", now);
    claims.put("exp", now + 600);
    return claims;
  }
}
