package dev.gatewarden.acceptance.state;

import static dev.gatewarden.acceptance.state.GuardedGate.claims;
import static dev.gatewarden.acceptance.state.GuardedGate.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatewarden.testkit.Requirement;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tokens that may be used once, and tokens that their issuer withdrew.
@Timeout(120)
class OnceOnlyTokenTest {
  @TempDir private static Path folder;
  private static Things things;

  @BeforeAll
  static void open() throws Exception {
    things = new Things();
  }

  @AfterAll
  static void close() throws Exception {
    things.close();
  }

  @Test
  @Requirement(id = "JWT-3", without = "token-once")
  void takes_a_one_time_token_once_in_whatever_text_it_comes() throws Exception {
    try (GuardedGate gate =
        GuardedGate.start(folder.resolve("once"), things.uri(), ", once: true", "", "")) {
      Map<String, Object> claims = claims("alice");
      String token = token(claims);
      assertThat(gate.status(token)).isEqualTo(200);
      assertThat(gate.status(token)).isEqualTo(401);
      assertThat(gate.status(token(claims))).as("the same id, signed anew").isEqualTo(401);
      assertThat(gate.get("/thing", token).headers().allValues("www-authenticate"))
          .as("where to get another")
          .hasToString("[Bearer error=\"invalid_token\"]");
      assertThat(gate.status(token(claims("alice")))).isEqualTo(200);

      claims.remove("jti");
      assertThat(gate.status(token(claims))).as("without an id").isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-3", without = "token-once")
  void refuses_after_a_restart_what_was_used_before() throws Exception {
    try (GuardedGate gate =
        GuardedGate.start(folder.resolve("mortal"), things.uri(), ", once: true", "", "")) {
      String used = token(claims("alice"));
      String unused = token(claims("alice"));
      assertThat(gate.status(used)).isEqualTo(200);
      gate.restart();

      assertThat(gate.status(used)).isEqualTo(401);
      assertThat(gate.status(unused)).isEqualTo(200);
    }
  }

  /// Nothing is said to the program before it dies.
  @Test
  @SuppressWarnings("try") // one gate ends before another begins
  @Requirement(id = "JWT-3", without = "token-once")
  void refuses_what_was_used_before_the_gate_was_killed() throws Exception {
    try (GuardedGate gate =
        GuardedGate.start(folder.resolve("killed"), things.uri(), ", once: true", "", "")) {
      gate.close();
      List<String> used = new ArrayList<>();
      try (RunningGate running = RunningGate.start(gate.folder)) {
        for (int i = 0; i < 20; i++) {
          used.add(token(claims("alice")));
          assertThat(running.status("/thing", used.get(i))).isEqualTo(200);
        }
      }
      gate.restart();

      for (String token : used) {
        assertThat(gate.status(token)).isEqualTo(401);
      }
      assertThat(gate.status(token(claims("alice")))).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-3", without = "token-status")
  void refuses_a_token_that_the_issuers_status_list_withdrew() throws Exception {
    HttpServer lists =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    String uri = "http://127.0.0.1:" + lists.getAddress().getPort() + "/list";
    lists.createContext(
        "/list",
        exchange -> {
          byte[] body = StatusListing.of(uri, 0b10, 60).getBytes(StandardCharsets.US_ASCII);
          exchange.getResponseHeaders().set("Content-Type", "application/statuslist+jwt");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    lists.start();
    try (GuardedGate gate =
        GuardedGate.start(folder.resolve("status"), things.uri(), ", status: required", "", "")) {
      assertThat(gate.status(placed(uri, 0))).isEqualTo(200);
      assertThat(gate.status(placed(uri, 1))).isEqualTo(401);
      assertThat(gate.status(placed(uri, 9999))).isEqualTo(401);
      assertThat(gate.status(token(claims("alice")))).as("without a place").isEqualTo(401);
      assertThat(gate.status(placed(uri + "/elsewhere", 0))).as("of another place").isEqualTo(503);
    } finally {
      lists.stop(0);
    }
  }

  private static String placed(String uri, long index) {
    Map<String, Object> claims = claims("alice");
    claims.put("status", Map.of("status_list", Map.of("idx", index, "uri", uri)));
    return token(claims);
  }
}
