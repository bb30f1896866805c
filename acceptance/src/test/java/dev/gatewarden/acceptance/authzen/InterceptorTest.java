package dev.gatewarden.acceptance.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.Signed;
import dev.gatewarden.acceptance.authzen.Interceptor.Sample;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The services that the examples show, in each language: asked past the gate, with the tokens that
/// the gate gave them, they show nobody what the gate would not.
@Timeout(180)
class InterceptorTest {
  private static final Signed CORP =
      new Signed("https://id.example.com", "https://api.example.com", Signed.newKey());
  @TempDir private Path folder;
  private volatile int port;
  private volatile String last = "";

  /// Hands on what the gate forwards, and keeps the token by which it told who calls.
  private Answer relayed(Incoming request) {
    last = request.header("authorization");
    try {
      HttpResponse<String> answer =
          Opened.send(
              Opened.to(URI.create("http://127.0.0.1:" + port + request.path()))
                  .header("Authorization", last)
                  .method(request.method(), BodyPublishers.noBody()));
      return Answer.json(answer.statusCode(), answer.body());
    } catch (IOException gone) {
      return Answer.problem(502, "gone");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Answer.problem(502, "stopped");
    }
  }

  private Opened gate(URI relay) throws IOException {
    String text =
        Files.readString(Interceptor.folder().resolve("gatewarden.yaml"))
            .replace("{port: 8080}", "{port: 0}")
            .replace("{port: 8081}", "{port: 0}")
            .replace("port: 8082", "port: 0")
            .replace("http://127.0.0.1:9000", relay.toString());
    Files.writeString(folder.resolve("gatewarden.yaml"), text);
    Files.copy(Interceptor.folder().resolve("shop.yaml"), folder.resolve("shop.yaml"));
    CORP.publish(folder);
    return Opened.over(folder);
  }

  private String key(Opened gate) throws Exception {
    Cli made =
        Cli.run(
            folder, "keys", "issue", "--name", "orders", "--for", "shop.*", "--owner", "team",
            "--life", "30d");
    assertThat(made.code()).as(made.err()).isZero();
    String key = made.out().strip();
    // a gate that is running sees it within moments
    Instant end = Instant.now().plusSeconds(10);
    while (Opened.send(
                    gate.questions(), "POST", "/access/v1/evaluation", "", "{}", "X-API-Key", key)
                .statusCode()
            == 401
        && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return key;
  }

  private HttpResponse<String> direct(String path, String token) throws Exception {
    return Opened.send(URI.create("http://127.0.0.1:" + port), "GET", path, token, "");
  }

  /// Orders something through the gate.
  private String order(Opened gate, String subject, String tenant) throws Exception {
    HttpResponse<String> made =
        gate.send("POST", "/orders", CORP.token(subject, tenant, Map.of(), List.of()), "");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return made.body().replaceAll(".*\"id\": ?\"([^\"]*)\".*", "$1").strip();
  }

  @ParameterizedTest
  @EnumSource(Sample.class)
  @Requirement(id = "AUT-9", without = "object-owner")
  void shows_nobody_what_the_gate_would_not(Sample sample) throws Exception {
    Loopback relay = Loopback.start(0, this::relayed);
    try (relay;
        Opened gate = gate(relay.uri());
        Interceptor service =
            Interceptor.start(
                sample,
                folder.resolve("errors"),
                Map.of(
                    "PORT",
                    "0",
                    "GATE_DECISIONS",
                    gate.questions().toString(),
                    "GATE_KEYS",
                    gate.admin() + "/.well-known/jwks.json",
                    "GATE_AUDIENCE",
                    "shop",
                    "GATE_API_KEY",
                    key(gate),
                    "GATE_DEADLINE",
                    "15000"))) {
      port = service.port();
      String own = order(gate, "alice", "north");
      String alice = last.substring("Bearer ".length());
      String foreign = order(gate, "bob", "north");
      String bob = last.substring("Bearer ".length());
      order(gate, "alice", "south");
      String south = last.substring("Bearer ".length());

      HttpResponse<String> shown = direct("/orders/" + own, alice);
      assertThat(shown.statusCode()).as(Files.readString(folder.resolve("errors"))).isEqualTo(200);
      assertThat(shown.body()).contains(own, "alice");
      HttpResponse<String> refused = direct("/orders/" + own, bob);
      HttpResponse<String> absent = direct("/orders/nothing", bob);
      assertThat(refused.statusCode()).isEqualTo(404);
      assertThat(refused.body()).isEqualTo(absent.body());
      assertThat(absent.statusCode()).isEqualTo(404);
      assertThat(direct("/orders/" + own, south).statusCode()).isEqualTo(404);
      assertThat(direct("/orders", alice).body()).contains(own).doesNotContain(foreign);
      for (String bad :
          List.of(
              "",
              "x.y.z",
              CORP.token("alice", "north"),
              alice.substring(0, alice.lastIndexOf('.') + 1)
                  + bob.substring(bob.lastIndexOf('.') + 1))) {
        assertThat(direct("/orders/" + own, bad).statusCode()).as(bad).isEqualTo(401);
      }

      // the gate is gone from here on
      assertThat(gate.lines())
          .anyMatch(line -> line.contains("\"asked_by\":\"orders\"") && line.contains("denied"));
      assertThat(direct("/orders/" + own, alice).statusCode()).isEqualTo(503);
      assertThat(direct("/orders", alice).statusCode()).isEqualTo(503);
    }
  }
}
