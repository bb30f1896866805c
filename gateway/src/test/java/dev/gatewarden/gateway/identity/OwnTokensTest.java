package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.ports.MemoryBlocks;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gate's own tokens, brought back by services.
class OwnTokensTest {
  private static final Principal ALICE =
      new Principal(
          "corp",
          "alice",
          "t1",
          "app",
          Set.of("b", "a"),
          Set.of("support"),
          Map.of("department", "toys"),
          List.of("batch", "cron"));

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final HttpClient http = Workshop.client();
  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final Blocks blocks = new MemoryBlocks(clock);
  private IdentityToken tokens;
  private OwnTokens own;

  @BeforeEach
  void open() throws Exception {
    Signatures signatures =
        new Signatures(() -> Objects.requireNonNull(java.security.Security.getProvider("SunEC")));
    Workshop workshop = new Workshop(clock, new Random(1), blocks, null, http, signatures, pool);
    SigningKeys keys = SigningKeys.keptIn(folder, clock);
    tokens = new IdentityToken("gate", keys, workshop);
    own = new OwnTokens("gate", keys, workshop);
  }

  @AfterEach
  void close() {
    pool.shutdownNow();
    http.shutdownNow();
  }

  private String token() {
    return tokens.of(ALICE, Lease.UNBOUNDED, "shop");
  }

  @Test
  void says_again_who_was_proved_but_for_further_claims() {
    Proof proof = Objects.requireNonNull(own.prove(token(), "shop"));

    Principal who = proof.alone();
    assertThat(who)
        .isEqualTo(
            new Principal(
                "corp",
                "alice",
                "t1",
                "app",
                Set.of("a", "b"),
                Set.of("support"),
                Map.of(),
                List.of("batch", "cron")));
    assertThat(who.key()).isEqualTo(ALICE.key());
  }

  @Test
  void proves_nothing_to_another_service() {
    assertThat(own.prove(token(), "billing")).isNull();
  }

  @Test
  void proves_nothing_any_more_once_it_is_over() {
    String token = token();
    clock.advance(Duration.ofSeconds(59));
    assertThat(own.prove(token, "shop")).isNotNull();
    clock.advance(Duration.ofSeconds(2));
    assertThat(own.prove(token, "shop")).isNull();
  }

  @Test
  void proves_nobody_who_was_shut_out_since() {
    String token = token();
    clock.advance(Duration.ofSeconds(5));
    blocks.block(
        Blocks.Kind.SUBJECT, ALICE.key(), clock.instant(), clock.instant().plusSeconds(60));
    assertThat(own.prove(token, "shop")).isNull();
  }

  @Test
  void proves_no_client_that_was_shut_out_since() {
    String token = token();
    clock.advance(Duration.ofSeconds(5));
    blocks.block(Blocks.Kind.CLIENT, "corp|app", clock.instant(), clock.instant().plusSeconds(60));
    assertThat(own.prove(token, "shop")).isNull();
  }

  @Test
  void takes_no_other_signature_algorithm_key_or_text() {
    String token = token();
    String[] parts = token.split("\\.", -1);
    String unsigned =
        Base64Url.encode("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[1]
            + ".";
    String other =
        parts[0]
            + "."
            + Base64Url.encode(
                new String(
                        Objects.requireNonNull(Base64Url.decode(parts[1])), StandardCharsets.UTF_8)
                    .replace("alice", "admin")
                    .getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[2];
    String unknown =
        Base64Url.encode(
                "{\"alg\":\"ES256\",\"kid\":\"x\",\"typ\":\"JWT\"}"
                    .getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[1]
            + "."
            + parts[2];
    for (String bad :
        List.of("", "x", "a.b.c", unsigned, other, unknown, token + ".", "é" + token)) {
      assertThat(own.prove(bad, "shop")).as(bad).isNull();
    }
    assertThat(own.prove("x".repeat(20_000), "shop")).isNull();
  }
}
