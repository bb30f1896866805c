package dev.gatewarden.gateway.identity.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.gateway.identity.Algorithm;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.KeySource;
import dev.gatewarden.gateway.identity.Workshop;
import dev.gatewarden.gateway.identity.client.ClientCredential;
import dev.gatewarden.gateway.identity.client.Endpoint;
import dev.gatewarden.gateway.identity.client.TwinServer;
import dev.gatewarden.gateway.identity.client.Waiting;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.ports.MemoryBlocks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectedTokensTest {
  private static final Ip HOME = Ip.of(new byte[] {(byte) 192, 0, 2, 1});
  private static final long START = FakeClock.START.getEpochSecond();
  private static final String GOOD =
      "{\"active\":true,\"token_type\":\"Bearer\",\"sub\":\"alice\",\"aud\":\"api\","
          + "\"client_id\":\"app\",\"scope\":\"a b\",\"jti\":\"t1\",\"exp\":"
          + (START + 600)
          + "}";

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final MemoryBlocks blocks = new MemoryBlocks(clock);
  private final TwinServer server = new TwinServer();
  private Workshop workshop;

  @BeforeEach
  void open() throws Exception {
    workshop = Workshop.open(folder, clock, blocks, null, 1);
  }

  @AfterEach
  void close() {
    workshop.close();
    server.close();
  }

  private IntrospectedTokens tokens(Duration stale) {
    IssuerSettings issuer =
        IssuerSettings.of(
            "corp",
            server.at("").toString(),
            List.of("api"),
            Set.of(Algorithm.ES256),
            new KeySource.Discovered());
    Endpoint endpoint =
        new Endpoint(
            workshop,
            server.at(""),
            "introspection_endpoint",
            server.at("/introspect"),
            new ClientCredential.Basic("the gate", Secret.of("s:e c&ret")),
            Duration.ofSeconds(5));
    return new IntrospectedTokens(
        issuer,
        new IntrospectionSettings(Duration.ofSeconds(30), stale, false, false),
        endpoint,
        null,
        null,
        workshop);
  }

  private IntrospectedTokens tokens() {
    return tokens(Duration.ZERO);
  }

  @Test
  void proves_whom_the_issuer_vouches_for_and_keeps_the_answer() throws Exception {
    server.says(GOOD);
    IntrospectedTokens tokens = tokens();
    assertThatThrownBy(() -> tokens.verify("secret", HOME)).isSameAs(WouldWait.INSTANCE);
    Proof proof = proof(Waiting.on(() -> tokens.verify("secret", HOME)));
    assertThat(proof.alone().subject()).isEqualTo("alice");
    assertThat(proof.alone().client()).isEqualTo("app");
    assertThat(proof.scopes()).containsExactlyInAnyOrder("a", "b");
    assertThat(proof(tokens.verify("secret", HOME))).isSameAs(proof);
    assertThat(server.asked()).hasSize(1);
    assertThat(server.asked().getFirst().form()).contains("token=secret", "token_type_hint=");
    assertThat(server.asked().getFirst().authorization()).startsWith("Basic ");
    clock.advance(Duration.ofSeconds(31));
    assertThatThrownBy(() -> tokens.verify("secret", HOME)).isSameAs(WouldWait.INSTANCE);
  }

  @Test
  void an_answer_is_not_used_beyond_the_end_of_the_token() throws Exception {
    server.says(GOOD.replace(String.valueOf(START + 600), String.valueOf(START + 10)));
    IntrospectedTokens tokens = tokens(Duration.ofMinutes(10));
    proof(Waiting.on(() -> tokens.verify("secret", HOME)));
    clock.advance(Duration.ofSeconds(10));
    server.says(500, "text/plain", "");
    assertThat(fault(Waiting.on(() -> tokens.verify("secret", HOME)))).isEqualTo(Fault.UNANSWERED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "true",
        "{}",
        "{\"active\":\"true\"}",
        "{\"active\":1}",
        "{\"active\":null}",
        "{\"active\":true,\"active\":true}",
        "{\"active\":true} x",
        "{\"Active\":true}"
      })
  void takes_no_other_answer_for_a_yes(String body) throws Exception {
    server.says(body);
    IntrospectedTokens tokens = tokens();
    assertThat(fault(Waiting.on(() -> tokens.verify("secret", HOME)))).isEqualTo(Fault.UNANSWERED);
  }

  @Test
  void takes_no_signed_answer_that_it_did_not_ask_for() throws Exception {
    server.says(200, "application/token-introspection+jwt", GOOD);
    IntrospectedTokens tokens = tokens();
    assertThat(fault(Waiting.on(() -> tokens.verify("secret", HOME)))).isEqualTo(Fault.UNANSWERED);
    server.says(302, "application/json", GOOD);
    assertThat(fault(Waiting.on(() -> tokens.verify("other", HOME)))).isEqualTo(Fault.UNANSWERED);
    server.says(401, "application/json", GOOD);
    assertThat(fault(Waiting.on(() -> tokens.verify("third", HOME)))).isEqualTo(Fault.UNANSWERED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"sub\":\"alice\"|\"sub\":7|MALFORMED",
        "\"aud\":\"api\"|\"aud\":\"mail\"|AUDIENCE",
        "\"aud\":\"api\"|\"iss\":\"https://other.example\",\"aud\":\"api\"|ISSUER",
        "\"aud\":\"api\",|\"azp\":\"app\",|MISSING_CLAIM",
        "\"token_type\":\"Bearer\"|\"token_type\":\"refresh_token\"|TYPE",
        "\"token_type\":\"Bearer\",|\"x\":1,|TYPE",
        "\"active\":true|\"active\":false|INACTIVE",
        "\"jti\":\"t1\"|\"nbf\":99999999999|NOT_YET_VALID",
        "\"jti\":\"t1\"|\"cnf\":{\"kid\":\"x\"}|TYPE"
      })
  void holds_what_the_issuer_says_to_the_rules_of_signed_tokens(String from, String to, Fault fault)
      throws Exception {
    server.says(GOOD.replace(from, to));
    IntrospectedTokens tokens = tokens();
    assertThat(fault(Waiting.on(() -> tokens.verify("secret", HOME)))).isEqualTo(fault);
    int asked = server.asked().size();
    assertThat(fault(tokens.verify("secret", HOME))).isEqualTo(fault);
    assertThat(server.asked()).hasSize(asked);
  }

  @Test
  void keeps_the_confirmation_of_a_bound_token() throws Exception {
    server.says(GOOD.replace("\"jti\":\"t1\"", "\"cnf\":{\"jkt\":\"abc\"}"));
    IntrospectedTokens tokens = tokens();
    assertThat(proof(Waiting.on(() -> tokens.verify("secret", HOME))).claims()).containsKey("cnf");
  }

  @Test
  void uses_the_last_good_answer_for_the_time_that_was_stated() throws Exception {
    server.says(GOOD);
    IntrospectedTokens tokens = tokens(Duration.ofMinutes(1));
    proof(Waiting.on(() -> tokens.verify("secret", HOME)));
    server.says(500, "text/plain", "");
    clock.advance(Duration.ofSeconds(89));
    proof(Waiting.on(() -> tokens.verify("secret", HOME)));
    assertThat(fault(Waiting.on(() -> tokens.verify("new", HOME)))).isEqualTo(Fault.UNANSWERED);
    clock.advance(Duration.ofSeconds(1));
    assertThat(fault(Waiting.on(() -> tokens.verify("secret", HOME)))).isEqualTo(Fault.UNANSWERED);
  }

  @Test
  void lets_a_server_rest_that_keeps_failing() throws Exception {
    server.says(500, "text/plain", "");
    IntrospectedTokens tokens = tokens();
    for (int i = 0; i < 20; i++) {
      String token = "t" + i;
      assertThat(fault(Waiting.on(() -> tokens.verify(token, HOME)))).isEqualTo(Fault.UNANSWERED);
    }
    assertThat(server.asked()).hasSize(5);
    server.says(GOOD);
    clock.advance(Duration.ofSeconds(31));
    proof(Waiting.on(() -> tokens.verify("secret", HOME)));
  }

  @Test
  void what_is_shut_out_here_is_refused_on_a_hit() throws Exception {
    server.says(GOOD);
    IntrospectedTokens tokens = tokens();
    proof(Waiting.on(() -> tokens.verify("secret", HOME)));
    blocks.block(
        Blocks.Kind.SUBJECT,
        "corp|alice",
        clock.instant().plusSeconds(1),
        clock.instant().plusSeconds(99));
    assertThat(fault(tokens.verify("secret", HOME))).isEqualTo(Fault.REVOKED);
  }

  @Test
  void asks_once_for_all_who_bring_the_same_token() throws Exception {
    server.says(GOOD);
    IntrospectedTokens tokens = tokens();
    List<FutureTask<Verification>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      FutureTask<Verification> task = new FutureTask<>(() -> tokens.verify("secret", HOME));
      Thread.ofVirtual().start(task);
      all.add(task);
    }
    for (FutureTask<Verification> task : all) {
      proof(task.get(30, TimeUnit.SECONDS));
    }
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void a_source_that_brings_unknown_tokens_does_not_reach_the_server_for_each() throws Exception {
    server.says("{\"active\":false}");
    IntrospectedTokens tokens = tokens();
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      String token = "guess" + i;
      if (fault(Waiting.on(() -> tokens.verify(token, HOME))) == Fault.FAILING_SOURCE) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(150);
    assertThat(server.asked()).hasSizeLessThan(50);
  }

  @Test
  void what_another_issuer_vouches_for_counts_against_nobody() throws Exception {
    server.says("{\"active\":false}");
    IntrospectedTokens tokens = tokens();
    for (int i = 0; i < 100; i++) {
      String token = "of-another-" + i;
      assertThat(fault(Waiting.on(() -> tokens.verify(token, HOME)))).isEqualTo(Fault.INACTIVE);
      tokens.pardon(token, HOME);
    }
    clock.advance(Duration.ofSeconds(29));
    int asked = server.asked().size();
    assertThat(fault(tokens.verify("of-another-1", HOME))).isEqualTo(Fault.INACTIVE);
    assertThat(server.asked()).hasSize(asked);
  }

  @Test
  void a_token_of_another_issuer_pardons_no_guesses() throws Exception {
    server.says("{\"active\":false}");
    IntrospectedTokens tokens = tokens();
    fault(Waiting.on(() -> tokens.verify("of-another", HOME)));
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      String token = "guess" + i;
      if (fault(Waiting.on(() -> tokens.verify(token, HOME))) == Fault.FAILING_SOURCE) {
        refused++;
      }
      tokens.pardon("of-another", HOME);
      tokens.pardon("never-seen", HOME);
    }
    assertThat(refused).isGreaterThan(150);
  }

  private static Proof proof(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Verified.class);
    return ((Verification.Verified) verification).proof();
  }

  private static Fault fault(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Refused.class);
    return ((Verification.Refused) verification).fault();
  }
}
