package dev.gatewarden.acceptance.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A browser signs in, calls and signs out, and never sees a token.
class BrowserSessionTest {
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
  @Requirement(id = "JWT-11", without = "browser-session")
  void signs_in_calls_and_signs_out() {
    assertThat(browser.get("/orders").status()).isEqualTo(401);
    Browser.Seen signedIn = browser.signIn(PROVIDER, "alice");
    assertThat(signedIn.status()).isEqualTo(303);
    assertThat(signedIn.header("location")).isEqualTo("/orders");

    assertThat(browser.get("/orders").status()).isEqualTo(200);
    assertThat(browser.post("/orders").status()).isEqualTo(200);
    assertThat(browser.get("/auth/session").body())
        .contains("\"active\":true", "\"subject\":\"alice\"", "\"expires\":", "\"csrf\":");

    int revoked = PROVIDER.served("/oauth2/revoke");
    assertThat(browser.post("/auth/logout").status()).isEqualTo(200);
    assertThat(PROVIDER.served("/oauth2/revoke")).isEqualTo(revoked + 1);
    assertThat(browser.cookies()).isEmpty();
    assertThat(browser.get("/orders").status()).isEqualTo(401);
    assertThat(browser.get("/auth/session").body()).isEqualTo("{\"active\":false}");
  }

  @Test
  @Requirement(id = "JWT-11", without = "browser-session")
  void a_session_that_was_signed_out_of_is_over_for_who_kept_its_cookie() {
    browser.signIn(PROVIDER, "alice");
    String kept = browser.cookies().get("__Host-web");
    assertThat(browser.get("/orders").status()).isEqualTo(200);
    browser.post("/auth/logout");
    browser.cookies().put("__Host-web", kept);
    assertThat(browser.get("/orders").status()).isEqualTo(401);
  }

  @Test
  @Requirement(id = "JWT-11")
  void no_byte_that_a_browser_is_told_is_of_a_token() {
    Browser.Seen begun = browser.get("/auth/login?return=/orders");
    assertThat(begun.location().getQuery())
        .contains("client_id=browser", "request_uri=")
        .doesNotContain("state", "nonce", "redirect_uri", "code_challenge");
    browser.signIn(PROVIDER, "alice");
    browser.get("/orders");
    browser.post("/orders");
    browser.get("/auth/session");
    gate.ahead(Duration.ofSeconds(595));
    browser.get("/orders");
    browser.post("/auth/logout");
    // Every signed token and every sealed one begins so; refresh tokens are longer than any cookie.
    assertThat(browser.told()).doesNotContain("eyJ", "Bearer ey", "access_token", "refresh_token");
    assertThat(gate.stopped()).doesNotContain("eyJ", "__Host-");
  }

  @Test
  @Requirement(id = "JWT-11")
  void its_cookies_are_out_of_reach_of_scripts_and_other_hosts() {
    browser.get("/auth/login");
    assertThat(browser.told())
        .containsPattern(
            "__Host-web-login=[^;]+; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax");
    String set = browser.signIn(PROVIDER, "alice").header("set-cookie");
    assertThat(set)
        .containsPattern(
            "__Host-web=[A-Za-z0-9_-]{43}; Path=/; Max-Age=7200; Secure; HttpOnly; SameSite=Lax")
        .contains("__Host-web-login=; Path=/; Max-Age=0;")
        .doesNotContain("Domain");
  }

  @Test
  @Requirement(id = "JWT-11")
  void the_service_learns_who_calls_and_never_the_cookie() {
    browser.signIn(PROVIDER, "alice");
    browser.cookies().put("theme", "dark");
    Browser.Seen seen = browser.get("/orders");
    assertThat(service.last().header("cookie")).isEqualTo("theme=dark");
    assertThat(service.last().header("authorization")).startsWith("Bearer ey");
    assertThat(seen.header("set-cookie")).isEmpty();
    browser.get("/open");
    assertThat(service.last().header("cookie")).isEqualTo("theme=dark");
    browser.cookies().remove("theme");
    browser.get("/open");
    assertThat(service.last().header("cookie")).isNull();
  }

  @Test
  @Requirement(id = "JWT-11", without = "csrf")
  void a_page_of_another_site_cannot_act_with_the_cookie() {
    browser.signIn(PROVIDER, "alice");
    int before = service.seen().size();
    String evil = "https://evil.example";
    for (String[] headers :
        new String[][] {
          {"sec-fetch-site", "cross-site", "origin", evil},
          {"sec-fetch-site", "same-site"},
          {"origin", evil},
          {"origin", "null"},
          {"content-type", "text/plain"},
          {"x-csrf-token", "guessed", "origin", gate.origin()}
        }) {
      assertThat(browser.send("POST", "/orders", headers).status())
          .as(String.join(" ", headers))
          .isEqualTo(403);
    }
    assertThat(service.seen()).hasSize(before);
    String told = browser.get("/auth/session").body();
    String token = told.substring(told.indexOf("csrf\":\"") + 7, told.lastIndexOf('"'));
    assertThat(browser.send("POST", "/orders", "x-csrf-token", token).status()).isEqualTo(200);
  }

  @Test
  void a_mere_link_or_a_page_of_another_site_signs_nobody_out() {
    browser.signIn(PROVIDER, "alice");
    assertThat(browser.get("/auth/logout").status()).isEqualTo(405);
    assertThat(browser.send("POST", "/auth/logout", "sec-fetch-site", "cross-site").status())
        .isEqualTo(403);
    assertThat(browser.get("/orders").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "//evil.example",
        "/%5Cevil.example",
        "/%09/evil.example",
        "/x/%2F/..//evil.example//",
        "/%0d%0aset-cookie:%20a=b",
        "javascript:alert(1)",
        "orders",
        "",
        "%2F%2Fevil.example",
        "/a&return=/b"
      })
  void a_login_returns_nowhere_but_to_a_path_of_this_host(String target) {
    Browser.Seen seen = browser.get("/auth/login?return=" + target);
    assertThat(seen.status()).isEqualTo(400);
    assertThat(seen.headers()).doesNotContainKey("location");
  }

  @Test
  @Requirement(id = "JWT-11")
  void somebody_elses_login_is_not_taken_over() {
    Browser attacker = new Browser(gate);
    String callback = attacker.throughProvider(PROVIDER, "bob", "/auth/login");
    // Login CSRF: the victim's browser is made to end the attacker's login.
    assertThat(browser.get(callback).status()).isEqualTo(400);
    browser.get("/auth/login");
    assertThat(browser.get(callback).status()).isEqualTo(400);
    assertThat(browser.cookies()).doesNotContainKey("__Host-web");
  }

  @Test
  void an_answer_of_another_issuer_or_state_is_not_taken() {
    String callback = browser.throughProvider(PROVIDER, "alice", "/auth/login");
    String flow = browser.cookies().get("__Host-web-login");
    for (String forged :
        List.of(
            callback.replaceFirst("state=[^&]*", "state=other"),
            callback.replaceFirst("&?state=[^&]*", ""),
            callback + "&state=other",
            callback.replaceFirst("&iss=[^&]*", "") + "&iss=https%3A%2F%2Fevil.example",
            callback + "&iss=https%3A%2F%2Fevil.example",
            callback.replaceFirst("code=[^&]*", "code="),
            callback.replaceFirst("code=[^&]*", "code=guessed"))) {
      browser.cookies().put("__Host-web-login", flow);
      Browser.Seen seen = browser.get(forged);
      assertThat(seen.status()).as(forged).isIn(400, 403);
      assertThat(browser.cookies()).isEmpty();
    }
    browser.cookies().put("__Host-web-login", flow.substring(0, flow.length() - 2) + "AA");
    assertThat(browser.get(callback).status()).isEqualTo(400);
    browser.cookies().put("__Host-web-login", flow);
    assertThat(browser.get(callback).status()).isEqualTo(303);
    browser.cookies().put("__Host-web-login", flow);
    assertThat(browser.get(callback).status()).isEqualTo(403);
  }

  @Test
  void a_login_that_takes_longer_than_ten_minutes_begins_anew() {
    String callback = browser.throughProvider(PROVIDER, "alice", "/auth/login");
    gate.ahead(Duration.ofMinutes(11));
    assertThat(browser.get(callback).status()).isEqualTo(400);
  }

  @Test
  @Requirement(id = "JWT-11")
  void a_sign_in_has_a_new_name_and_ends_the_one_before() {
    String planted = "A".repeat(43);
    browser.cookies().put("__Host-web", planted);
    browser.signIn(PROVIDER, "alice");
    String first = browser.cookies().get("__Host-web");
    assertThat(first).isNotEqualTo(planted);
    browser.signIn(PROVIDER, "alice");
    String second = browser.cookies().get("__Host-web");
    assertThat(second).isNotEqualTo(first);
    browser.cookies().put("__Host-web", first);
    assertThat(browser.get("/orders").status()).isEqualTo(401);
    browser.cookies().put("__Host-web", second);
    assertThat(browser.get("/orders").status()).isEqualTo(200);
  }

  @Test
  @Requirement(id = "JWT-11")
  void tokens_are_renewed_once_for_all_who_wait_for_them() throws Exception {
    browser.signIn(PROVIDER, "alice");
    assertThat(browser.get("/orders").status()).isEqualTo(200);
    int before = PROVIDER.served("/oauth2/token");
    gate.ahead(Duration.ofSeconds(595));
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls =
          java.util.Collections.nCopies(8, () -> browser.get("/orders").status());
      for (Future<Integer> each : all.invokeAll(calls)) {
        assertThat(each.get()).isEqualTo(200);
      }
    }
    assertThat(PROVIDER.served("/oauth2/token")).isEqualTo(before + 1);
    assertThat(service.last().header("authorization")).startsWith("Bearer ey");
  }

  @Test
  @Requirement(id = "JWT-11")
  void a_session_ends_when_it_is_idle_or_old() {
    browser.signIn(PROVIDER, "alice");
    gate.ahead(Duration.ofMinutes(31));
    assertThat(browser.get("/orders").status()).isEqualTo(401);

    browser.signIn(PROVIDER, "alice");
    gate.ahead(Duration.ofMinutes(121));
    assertThat(browser.get("/orders").status()).isEqualTo(401);
  }

  @Test
  void a_provider_that_is_away_costs_no_session_and_begins_none() {
    browser.signIn(PROVIDER, "alice");
    PROVIDER.fail("/oauth2/token", 503);
    PROVIDER.fail("/oauth2/par", 503);
    try {
      assertThat(browser.get("/orders").status()).isEqualTo(200);
      assertThat(new Browser(gate).get("/auth/login").status()).isEqualTo(503);
      gate.ahead(Duration.ofMinutes(20));
      assertThat(browser.get("/orders").status()).isEqualTo(503);
    } finally {
      PROVIDER.fail("/oauth2/token", null);
      PROVIDER.fail("/oauth2/par", null);
    }
  }

  @Test
  void a_cookie_and_a_token_of_somebody_else_prove_nobody() {
    browser.signIn(PROVIDER, "alice");
    String bobs = PROVIDER.userToken("bob", "openid", "orders:read");
    assertThat(browser.get("/both", "authorization", "Bearer " + bobs).status()).isEqualTo(401);
    assertThat(browser.get("/both").status()).isEqualTo(401);
    assertThat(gate.stopped()).contains("FACETS_DISAGREE");
  }

  @Test
  @Requirement(id = "JWT-11")
  void what_proves_a_sign_in_opens_no_api() {
    var tokens =
        PROVIDER
            .asking()
            .code(AuthorizationServer.WEB, PROVIDER.visitor("alice"), "openid", "orders:read");
    assertThat(
            new Browser(gate).get("/mine", "authorization", "Bearer " + tokens.access()).status())
        .isEqualTo(200);
    assertThat(new Browser(gate).get("/mine", "authorization", "Bearer " + tokens.id()).status())
        .isEqualTo(401);
  }

  @Test
  void only_a_page_that_the_user_opens_begins_a_login() {
    assertThat(browser.get("/auth/login", "sec-fetch-mode", "no-cors").status()).isEqualTo(400);
    assertThat(browser.get("/auth/login", "sec-fetch-mode", "navigate").status()).isEqualTo(303);
  }

  @Test
  void a_form_is_sent_on_to_the_provider_to_sign_out_there_as_well() {
    browser.signIn(PROVIDER, "alice");
    Browser.Seen seen =
        browser.send(
            "POST", "/auth/logout", "sec-fetch-site", "same-origin", "sec-fetch-mode", "navigate");
    assertThat(seen.status()).isEqualTo(303);
    assertThat(seen.header("location"))
        .startsWith(PROVIDER.issuer() + "/connect/logout?client_id=browser")
        .contains("post_logout_redirect_uri=http%3A%2F%2F127.0.0.1")
        .doesNotContain("id_token_hint");
  }
}
