package dev.gatewarden.acceptance.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Redis;
import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.acceptance.state.OpenSocket;
import dev.gatewarden.acceptance.state.Things;
import dev.gatewarden.testkit.Requirement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A session is where it is kept: at every gate of one Redis, over a restart, or nowhere else.
@Timeout(180)
class KeptSessionTest {
  private static final AuthorizationServer PROVIDER = AuthorizationServer.shared();
  private static final Duration SOON = Duration.ofSeconds(10);

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
  void a_sign_in_at_one_gate_is_good_at_another_and_a_sign_out_ends_it_at_both() throws Exception {
    Redis redis = Redis.start();
    String kept = "state: " + redis.uri() + "\nstore: none";
    try (SignInGate one = SignInGate.start(PROVIDER, service.uri(), "", kept);
        SignInGate other = SignInGate.start(PROVIDER, service.uri(), "", kept)) {
      Browser here = new Browser(one);
      Browser there = new Browser(other);
      assertThat(there.get("/orders").status()).isEqualTo(401);
      here.signIn(PROVIDER, "alice");
      there.cookies().putAll(here.cookies());
      assertThat(here.get("/orders").status()).isEqualTo(200);
      assertThat(there.get("/orders").status()).isEqualTo(200);
      assertThat(there.post("/orders").status()).isEqualTo(200);
      assertThat(there.get("/auth/session").body()).contains("\"subject\":\"alice\"");

      assertThat(there.post("/auth/logout").status()).isEqualTo(200);
      assertThat(statusOnceEnded(here)).isEqualTo(401);
    } finally {
      redis.close();
    }
  }

  @Test
  @Requirement(id = "JWT-11", without = "held-connection")
  void a_sign_out_ends_the_open_sockets_of_its_session_and_no_others() throws Exception {
    try (Things things = new Things();
        SignInGate gate = SignInGate.start(PROVIDER, things.uri())) {
      Browser alice = new Browser(gate);
      Browser bob = new Browser(gate);
      alice.signIn(PROVIDER, "alice");
      bob.signIn(PROVIDER, "bob");
      try (OpenSocket ended = talking(gate, alice);
          OpenSocket going = talking(gate, bob)) {
        assertThat(alice.post("/auth/logout").status()).isEqualTo(200);

        assertThat(ended.goodbye()).isEqualTo(1008);
        assertThat(going.isQuietFor(Duration.ofSeconds(1))).isTrue();
      }
    }
  }

  private static OpenSocket talking(SignInGate gate, Browser browser) throws Exception {
    return OpenSocket.on(
        gate.socket(),
        gate.origin().substring("http://".length()),
        "/socket",
        "Origin: " + gate.origin(),
        "Sec-Fetch-Site: same-origin",
        "Cookie: __Host-web=" + browser.cookies().get("__Host-web"));
  }

  @Test
  @Requirement(id = "JWT-11", without = "held-connection")
  void a_sign_out_at_one_gate_ends_the_open_sockets_at_another() throws Exception {
    Redis redis = Redis.start();
    String kept = "state: " + redis.uri() + "\nstore: none";
    try (Things things = new Things();
        SignInGate one = SignInGate.start(PROVIDER, things.uri(), "", kept);
        SignInGate other = SignInGate.start(PROVIDER, things.uri(), "", kept)) {
      Browser here = new Browser(one);
      here.signIn(PROVIDER, "alice");
      try (OpenSocket socket = talking(other, here)) {
        assertThat(here.post("/auth/logout").status()).isEqualTo(200);

        assertThat(socket.goodbye()).isEqualTo(1008);
      }
    } finally {
      redis.close();
    }
  }

  /// What another node ended ends here within moments.
  private static int statusOnceEnded(Browser browser) {
    Instant end = Instant.now().plus(SOON);
    int status = browser.get("/orders").status();
    while (status == 200 && Instant.now().isBefore(end)) {
      status = browser.get("/orders").status();
    }
    return status;
  }

  @Test
  @Requirement(id = "JWT-11", without = "browser-session")
  void a_session_outlives_a_restart_and_its_end_does_too() throws Exception {
    try (SignInGate gate = SignInGate.start(PROVIDER, service.uri(), "", "")) {
      Browser browser = new Browser(gate);
      browser.signIn(PROVIDER, "alice");
      String cookie = browser.cookies().get("__Host-web");
      gate.restart();
      assertThat(browser.get("/orders").status()).isEqualTo(200);
      assertThat(browser.post("/orders").status()).isEqualTo(200);

      browser.post("/auth/logout");
      gate.restart();
      browser.cookies().put("__Host-web", cookie);
      assertThat(browser.get("/orders").status()).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-11", without = "browser-session")
  void a_session_that_is_kept_in_memory_alone_ends_with_the_gate() throws Exception {
    try (SignInGate gate =
        SignInGate.start(PROVIDER, service.uri(), "", "state: memory\nstore: none")) {
      Browser browser = new Browser(gate);
      browser.signIn(PROVIDER, "alice");
      assertThat(browser.get("/orders").status()).isEqualTo(200);
      gate.restart();

      assertThat(browser.get("/orders").status()).isEqualTo(401);
    }
  }
}
