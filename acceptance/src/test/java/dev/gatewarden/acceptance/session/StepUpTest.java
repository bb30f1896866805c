package dev.gatewarden.acceptance.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a client is told when its token, or its user's sign-in, is not enough.
class StepUpTest {
  private static final AuthorizationServer PROVIDER = AuthorizationServer.shared();

  private Service service;
  private SignInGate gate;
  private Browser browser;

  @BeforeEach
  void open() throws Exception {
    service = Service.start();
    gate = SignInGate.start(PROVIDER, service.uri());
    browser = new Browser(gate);
  }

  @AfterEach
  void close() throws Exception {
    gate.close();
    service.close();
  }

  @Test
  @Requirement(id = "JWT-7", without = "step-up")
  void a_user_who_signed_in_too_long_ago_is_asked_again() {
    browser.signIn(PROVIDER, "alice");
    assertThat(browser.post("/pay").status()).isEqualTo(200);
    gate.ahead(Duration.ofSeconds(400));
    Browser.Seen seen = browser.post("/pay");
    assertThat(seen.status()).isEqualTo(401);
    assertThat(seen.header("www-authenticate"))
        .contains("error=\"insufficient_user_authentication\"", "max_age=\"300\"");
    assertThat(browser.get("/orders").status()).isEqualTo(200);
  }

  @Test
  @Requirement(id = "JWT-7", without = "step-up")
  void a_user_who_signed_in_too_weakly_learns_what_would_do() {
    browser.signIn(PROVIDER, "alice");
    Browser.Seen seen = browser.post("/seal");
    assertThat(seen.status()).isEqualTo(401);
    assertThat(seen.header("www-authenticate"))
        .contains("insufficient_user_authentication", "acr_values=\"urn:example:mfa\"");
    // A sign-in that was to be stronger and is not begins no session.
    String callback = browser.throughProvider(PROVIDER, "alice", "/auth/login?acr=urn:example:mfa");
    assertThat(browser.get(callback).status()).isEqualTo(403);
  }

  @Test
  @Requirement(id = "JWT-7")
  void a_client_is_led_from_the_challenge_to_the_issuer() {
    Browser.Seen refused = browser.get("/mine");
    assertThat(refused.status()).isEqualTo(401);
    String metadata = gate.at("/.well-known/oauth-protected-resource").toString();
    assertThat(refused.header("www-authenticate"))
        .contains("Bearer realm=\"orders\", resource_metadata=\"" + metadata + "\"");

    Browser.Seen told = browser.get("/.well-known/oauth-protected-resource");
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.body())
        .isEqualTo(
            "{\"resource\":\""
                + gate.origin()
                + "\",\"resource_name\":\"Orders\",\"authorization_servers\":[\""
                + PROVIDER.issuer()
                + "\"],\"scopes_supported\":[\"orders:read\"],\"bearer_methods_supported\":[\"header\"]}");
    assertThat(told.header("access-control-allow-origin")).isEqualTo("*");
  }

  @Test
  @Requirement(id = "JWT-7", without = "permission")
  void a_token_without_the_scope_is_told_which_one() {
    String token = PROVIDER.userToken("alice", "openid", "profile");
    Browser.Seen seen = browser.get("/mine", "authorization", "Bearer " + token);
    assertThat(seen.status()).isEqualTo(403);
    assertThat(seen.header("www-authenticate"))
        .contains("error=\"insufficient_scope\"", "scope=\"orders:read\"", "resource_metadata=");
  }
}
