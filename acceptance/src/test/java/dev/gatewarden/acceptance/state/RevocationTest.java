package dev.gatewarden.acceptance.state;

import static dev.gatewarden.acceptance.state.GuardedGate.claims;
import static dev.gatewarden.acceptance.state.GuardedGate.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.testkit.Requirement;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is revoked is worth nothing from then on, wherever it is in use.
@Timeout(120)
class RevocationTest {
  @TempDir private static Path folder;
  private static Things things;
  private static GuardedGate gate;

  @BeforeAll
  static void open() throws Exception {
    things = new Things();
    gate =
        GuardedGate.start(
            folder.resolve("gate"), things.uri(), "", "signed-token: {failures: 100000/1s}", "");
  }

  @AfterAll
  static void close() throws Exception {
    gate.close();
    things.close();
  }

  private static String someone() {
    return "someone-" + UUID.randomUUID();
  }

  private static String revoke(String kind, Object id) {
    return "{\"do\":\"revoke\",\"kind\":\"" + kind + "\",\"id\":\"" + id + "\"}";
  }

  @Test
  @Requirement(id = "JWT-3", without = "revocation")
  void refuses_a_token_at_once_that_was_good_a_moment_ago() throws Exception {
    Map<String, Object> claims = claims(someone());
    String token = token(claims);
    String other = token(claims((String) claims.get("sub")));
    assertThat(gate.status(token)).isEqualTo(200);
    assertThat(gate.status(token)).isEqualTo(200);
    assertThat(gate.revoke(revoke("token", claims.get("jti"))).statusCode()).isEqualTo(200);

    assertThat(gate.status(token)).isEqualTo(401);
    assertThat(gate.status(other)).isEqualTo(200);
  }

  @Test
  @Requirement(id = "JWT-3", without = "revocation")
  void refuses_it_in_every_other_text_as_well() throws Exception {
    Map<String, Object> claims = claims(someone());
    assertThat(gate.status(token(claims))).isEqualTo(200);
    gate.revoke(revoke("token", claims.get("jti")));

    for (int i = 0; i < 5; i++) {
      String again = token(claims);
      assertThat(gate.status(again)).as("signed anew").isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-3", without = "revocation")
  void refuses_what_was_issued_to_a_subject_so_far_and_lets_in_what_is_issued_later()
      throws Exception {
    String who = someone();
    String before = token(claims(who));
    assertThat(gate.status(before)).isEqualTo(200);
    gate.revoke(revoke("subject", who));
    assertThat(gate.status(before)).isEqualTo(401);
    assertThat(gate.status(token(claims(someone())))).isEqualTo(200);

    Map<String, Object> later = claims(who);
    later.put("iat", Instant.now().getEpochSecond() + 2);
    assertThat(gate.status(token(later))).isEqualTo(200);
  }

  @Test
  @Requirement(id = "JWT-3", without = "revocation")
  void refuses_what_a_client_was_issued_before_an_instant() throws Exception {
    Map<String, Object> old = claims(someone());
    old.put("client_id", "old-app");
    old.put("iat", Instant.now().getEpochSecond() - 100);
    Map<String, Object> young = claims(someone());
    young.put("client_id", "old-app");
    assertThat(gate.status(token(old))).isEqualTo(200);
    gate.revoke(
        "{\"do\":\"revoke\",\"kind\":\"client\",\"id\":\"old-app\",\"issued-before\":\""
            + Instant.now().minusSeconds(50)
            + "\"}");

    assertThat(gate.status(token(old))).isEqualTo(401);
    assertThat(gate.status(token(young))).isEqualTo(200);
  }

  @Test
  @Requirement(id = "JWT-3", without = "revocation")
  void brings_no_revoked_token_back_to_life_with_a_restart() throws Exception {
    Map<String, Object> claims = claims(someone());
    String token = token(claims);
    try (GuardedGate mortal =
        GuardedGate.start(folder.resolve("mortal"), things.uri(), "", "", "")) {
      assertThat(mortal.status(token)).isEqualTo(200);
      mortal.revoke(revoke("token", claims.get("jti")));
      mortal.restart();

      assertThat(mortal.status(token)).isEqualTo(401);
      assertThat(mortal.status(token(claims(someone())))).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-3", without = "revocation")
  void ends_a_stream_whose_caller_is_shut_out() throws Exception {
    String who = someone();
    try (Socket socket = gate.socket()) {
      InputStream in = asked(socket, "/news", token(claims(who)));
      assertThat(Things.head(in)).contains(" 200 ");
      assertThat(new String(in.readNBytes(16), StandardCharsets.US_ASCII)).contains("hello");
      gate.revoke(revoke("subject", who));

      String rest = OpenSocket.rest(socket, in);
      assertThat(rest).as("no proper end of the chunks").doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  @Requirement(id = "JWT-3", without = "revocation")
  void says_goodbye_on_a_socket_whose_caller_is_shut_out() throws Exception {
    String who = someone();
    try (OpenSocket socket = opened(gate, who)) {
      gate.revoke(revoke("subject", who));

      assertThat(socket.goodbye()).isEqualTo(1008);
    }
  }

  @Test
  @Requirement(id = "JWT-3", without = "revocation")
  void says_goodbye_when_the_command_shuts_a_subject_out() throws Exception {
    String who = someone();
    try (OpenSocket socket = opened(gate, who)) {
      Cli revoked = Cli.run(gate.folder, "revoke", "subject", who);
      assertThat(revoked.code()).as(revoked.err()).isZero();

      assertThat(socket.goodbye()).isEqualTo(1008);
    }
  }

  /// Nobody calls meanwhile: the open socket alone has the gate look at the keys.
  @Test
  @Requirement(id = "JWT-2", without = "held-connection")
  void says_goodbye_when_the_issuer_withdraws_the_key_that_signed() throws Exception {
    try (GuardedGate other = GuardedGate.start(folder.resolve("other"), things.uri(), "", "", "");
        OpenSocket socket = opened(other, someone())) {
      GuardedGate.CORP.forger().publish(other.folder);

      assertThat(socket.goodbye()).isEqualTo(1008);
    }
  }

  private static OpenSocket opened(GuardedGate gate, String who) throws Exception {
    return OpenSocket.on(
        gate.socket(), "things", "/socket", "Authorization: Bearer " + token(claims(who)));
  }

  @Test
  @Requirement(id = "JWT-3", without = "held-connection")
  void ends_a_stream_when_the_token_runs_out() throws Exception {
    try (GuardedGate strict =
            GuardedGate.start(folder.resolve("strict"), things.uri(), ", clock-skew: 0s", "", "");
        Socket socket = strict.socket()) {
      Map<String, Object> claims = claims(someone());
      claims.put("exp", Instant.now().getEpochSecond() + 2);
      InputStream in = asked(socket, "/news", token(claims));
      assertThat(Things.head(in)).contains(" 200 ");
      OpenSocket.rest(socket, in);

      assertThat(Instant.now().getEpochSecond()).isGreaterThanOrEqualTo((Long) claims.get("exp"));
    }
  }

  @Test
  void takes_no_order_from_a_web_page_and_none_that_it_does_not_understand() throws Exception {
    String id = "never-" + UUID.randomUUID();
    assertThat(gate.revoke(revoke("token", id), "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(400);
    assertThat(gate.revoke(revoke("token", id), "Content-Type", "text/plain").statusCode())
        .isEqualTo(400);
    assertThat(gate.revoke(revoke("source", id)).statusCode()).isEqualTo(400);
    assertThat(gate.revoke("[]").statusCode()).isEqualTo(400);
    String foreign =
        "{\"do\":\"revoke\",\"kind\":\"token\",\"issuer\":\"nobody\",\"id\":\"" + id + "\"}";
    assertThat(gate.revoke(foreign).body()).contains("corp");

    assertThat(gate.admin("/revocations").body()).doesNotContain(id);
  }

  @Test
  void lets_in_again_what_was_lifted() throws Exception {
    Map<String, Object> claims = claims(someone());
    String token = token(claims);
    gate.revoke(revoke("token", claims.get("jti")));
    assertThat(gate.status(token)).isEqualTo(401);
    assertThat(gate.admin("/revocations").body()).contains((String) claims.get("jti"));
    String lift = revoke("token", claims.get("jti")).replace("revoke", "lift");
    assertThat(gate.revoke(lift).statusCode()).isEqualTo(200);
    assertThat(gate.revoke(lift).statusCode()).isEqualTo(400);

    assertThat(gate.status(token)).isEqualTo(200);
  }

  private static InputStream asked(Socket socket, String path, String token) throws Exception {
    String request =
        "GET " + path + " HTTP/1.1\r\nHost: things\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return new BufferedInputStream(socket.getInputStream());
  }
}
