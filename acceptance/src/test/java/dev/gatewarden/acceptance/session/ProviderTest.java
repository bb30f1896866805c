package dev.gatewarden.acceptance.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.acceptance.provider.LogoutSigner;
import dev.gatewarden.acceptance.provider.Visitor;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Loopback;
import dev.gatewarden.testkit.Requirement;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the provider itself insists on, or says when something is wrong, where a likeness of it
/// would only say what we expect.
@Timeout(120)
class ProviderTest {
  private static final AuthorizationServer PROVIDER = AuthorizationServer.shared();

  @TempDir Path folder;
  private Service service;

  @BeforeEach
  void open() throws Exception {
    service = Service.start();
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  @Requirement(id = "JWT-11", without = "browser-session")
  void a_gate_that_proves_itself_by_a_key_signs_users_in_and_renews_and_gives_back()
      throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("gate-1").generate();
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("gate-1").generate();
    String published = new JWKSet(key.toPublicJWK()).toString();
    try (Loopback jwks = Loopback.start(0, _ -> Answer.json(200, published))) {
      PROVIDER.registerKeyedWeb("browser-keyed", jwks.uri(), SignInGate.CALLBACK);
      try (SignInGate gate = keyed(key)) {
        Browser browser = new Browser(gate);
        int pushed = PROVIDER.served("/oauth2/par");
        assertThat(browser.signIn(PROVIDER, "alice").header("location")).isEqualTo("/orders");
        assertThat(PROVIDER.served("/oauth2/par")).isEqualTo(pushed + 1);
        assertThat(browser.get("/orders").status()).isEqualTo(200);

        String before = PROVIDER.refreshToken("browser-keyed", "alice");
        gate.ahead(Duration.ofSeconds(595));
        assertThat(browser.get("/orders").status()).isEqualTo(200);
        assertThat(PROVIDER.refreshToken("browser-keyed", "alice")).isNotEqualTo(before);

        assertThat(browser.post("/auth/logout").status()).isEqualTo(200);
        assertThat(browser.get("/orders").status()).isEqualTo(401);
      }
      try (SignInGate gate = keyed(other)) {
        assertThat(new Browser(gate).get("/auth/login").status()).isEqualTo(503);
      }
    }
  }

  private SignInGate keyed(ECKey key) throws Exception {
    Path pem = folder.resolve(key.computeThumbprint() + ".pem");
    Files.writeString(
        pem,
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key.toPrivateKey().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    return SignInGate.start(
        PROVIDER,
        service.uri(),
        "",
        "store: none",
        "{id: browser-keyed, key: 'file:" + pem + "', kid: gate-1}");
  }

  @Test
  @Requirement(id = "JWT-11", without = "browser-session")
  void a_session_ends_once_somebody_else_has_used_its_refresh_token() throws Exception {
    try (SignInGate gate = SignInGate.start(PROVIDER, service.uri())) {
      Browser browser = new Browser(gate);
      browser.signIn(PROVIDER, "alice");
      String stolen = PROVIDER.refreshToken(SignInGate.CLIENT, "alice");
      assertThat(PROVIDER.asking().refresh(SignInGate.CLIENT, stolen).access()).isNotEmpty();
      assertThat(browser.get("/orders").status()).isEqualTo(200);

      gate.ahead(Duration.ofSeconds(595));
      assertThat(browser.get("/orders").status()).isEqualTo(401);
      assertThat(browser.get("/auth/session").body()).isEqualTo("{\"active\":false}");
      assertThat(gate.stopped()).contains("browser-session.NOT_RENEWED").doesNotContain(stolen);
    }
  }

  @Test
  @Requirement(id = "JWT-11", without = "browser-session")
  void a_session_ends_once_the_provider_takes_its_grant_back() throws Exception {
    try (SignInGate gate = SignInGate.start(PROVIDER, service.uri())) {
      Browser browser = new Browser(gate);
      browser.signIn(PROVIDER, "bob");
      assertThat(browser.get("/orders").status()).isEqualTo(200);
      PROVIDER.asking().revoke(SignInGate.CLIENT, PROVIDER.refreshToken(SignInGate.CLIENT, "bob"));
      gate.ahead(Duration.ofSeconds(595));
      assertThat(browser.get("/orders").status()).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-11")
  void a_user_who_signs_out_is_signed_out_at_the_provider_and_comes_back() throws Exception {
    try (SignInGate gate = ending(", id-token-hint: true")) {
      URI home = gate.at("/");
      PROVIDER.registerEnding(SignInGate.ENDING, SignInGate.CALLBACK, home);
      Visitor alice = PROVIDER.visitor("alice");
      Browser browser = new Browser(gate);
      browser.get(browser.throughProvider(alice, "/auth/login"));
      int asked = PROVIDER.served("/login");
      browser.get(browser.throughProvider(alice, "/auth/login"));
      assertThat(PROVIDER.served("/login")).isEqualTo(asked);

      HttpResponse<String> gone = alice.open(signedOut(browser));
      assertThat(gone.statusCode()).as(gone.body()).isEqualTo(302);
      assertThat(gone.headers().firstValue("location")).contains(home.toString());
      browser.throughProvider(alice, "/auth/login");
      assertThat(PROVIDER.served("/login")).isEqualTo(asked + 1);
    }
  }

  @Test
  void a_provider_that_insists_on_the_id_token_signs_nobody_out_without_it() throws Exception {
    try (SignInGate gate = SignInGate.start(PROVIDER, service.uri())) {
      Visitor alice = PROVIDER.visitor("alice");
      Browser browser = new Browser(gate);
      browser.get(browser.throughProvider(alice, "/auth/login"));
      assertThat(alice.open(signedOut(browser)).statusCode()).isEqualTo(400);
      assertThat(browser.get("/orders").status()).isEqualTo(401);
    }
  }

  private SignInGate ending(String more) throws Exception {
    return SignInGate.start(
        PROVIDER,
        service.uri(),
        more,
        "store: none",
        "{id: " + SignInGate.ENDING + ", secret: env:ENDING}");
  }

  private static URI signedOut(Browser browser) {
    Browser.Seen seen =
        browser.send(
            "POST", "/auth/logout", "sec-fetch-site", "same-origin", "sec-fetch-mode", "navigate");
    assertThat(seen.status()).isEqualTo(303);
    return seen.location();
  }

  @Test
  @Requirement(id = "JWT-5", without = "browser-session")
  void the_service_gets_a_token_of_its_own_for_the_user_of_a_session() throws Exception {
    try (SignInGate gate =
        SignInGate.start(
            PROVIDER,
            service.uri(),
            "",
            "store: none",
            "{id: " + SignInGate.CLIENT + ", secret: env:WEB}",
            "{exchange: corp, audience: 'https://orders.internal', client: {id: gate, secret:"
                + " env:GATE}}")) {
      Browser browser = new Browser(gate);
      browser.get(browser.throughProvider(PROVIDER, "alice", "/auth/login"));
      assertThat(browser.get("/orders").status()).isEqualTo(200);
      assertThat(sent()).contains("\"sub\":\"alice\"", "\"aud\":\"https://orders.internal\"");
      String first = service.last().header("authorization");
      assertThat(browser.get("/orders").status()).isEqualTo(200);
      assertThat(service.last().header("authorization")).isEqualTo(first);

      // What did not prove the caller is not exchanged.
      String bobs = PROVIDER.userToken("bob", "openid", "orders:read");
      assertThat(browser.get("/orders", "authorization", "Bearer " + bobs).status()).isEqualTo(200);
      assertThat(sent()).contains("\"sub\":\"alice\"");

      gate.ahead(Duration.ofSeconds(595));
      assertThat(browser.get("/orders").status()).isEqualTo(200);
      assertThat(service.last().header("authorization")).isNotEqualTo(first);
      assertThat(sent()).contains("\"sub\":\"alice\"");
      assertThat(browser.get("/open").status()).isEqualTo(200);
      assertThat(service.last().header("authorization")).isNull();
    }
  }

  /// What the token says that the service got last.
  private String sent() {
    String line = String.valueOf(service.last().header("authorization"));
    return new String(
        Base64.getUrlDecoder().decode(line.split("\\.", -1)[1]), StandardCharsets.UTF_8);
  }

  @Test
  @Requirement(id = "JWT-11", without = "browser-session")
  void what_the_provider_signs_at_the_back_door_ends_the_session_and_nothing_else_does()
      throws Exception {
    try (SignInGate gate = SignInGate.start(PROVIDER, service.uri())) {
      Browser browser = new Browser(gate);
      browser.signIn(PROVIDER, "alice");
      var others =
          PROVIDER.asking().code(AuthorizationServer.WEB, PROVIDER.visitor("alice"), "openid");
      LogoutSigner forger = new LogoutSigner(new RSAKeyGenerator(2048).keyID("first").generate());
      for (String none :
          new String[] {
            others.id(),
            others.access(),
            forger.token(PROVIDER.issuer(), SignInGate.CLIENT, "any"),
            PROVIDER.logoutToken(AuthorizationServer.WEB, "alice")
          }) {
        assertThat(backDoor(gate, none)).isEqualTo(400);
      }
      assertThat(browser.get("/orders").status()).isEqualTo(200);

      String token = PROVIDER.logoutToken(SignInGate.CLIENT, "alice");
      assertThat(backDoor(gate, token)).isEqualTo(200);
      assertThat(browser.get("/orders").status()).isEqualTo(401);
      assertThat(backDoor(gate, token)).isEqualTo(400);
    }
  }

  private static int backDoor(SignInGate gate, String token) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(gate.at("/auth/backchannel-logout"))
                  .header("content-type", "application/x-www-form-urlencoded")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
