package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.ports.MemoryBlocks;
import dev.gatewarden.testkit.ports.MemorySnapshots;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerTokenVerifierTest {
  private static final Ip HOME = Ip.of(new byte[] {(byte) 192, 0, 2, 1});
  private static final long START = FakeClock.START.getEpochSecond();
  private static final TestKey FIRST = TestKey.of("k1", Algorithm.ES256);
  private static final TestKey SECOND = TestKey.of("k2", Algorithm.ES256);
  private static final TestKey RSA = TestKey.of("r1", Algorithm.RS256);
  private static final HttpClient HTTP = Workshop.client();
  private static final ExecutorService POOL = Workshop.pool(2);
  private static final Set<Algorithm> ALGORITHMS = Set.of(Algorithm.ES256, Algorithm.RS256);

  private final FakeClock clock = new FakeClock();
  private final MemoryBlocks blocks = new MemoryBlocks(clock);
  private final MemorySnapshots snapshots = new MemorySnapshots(clock);
  private TestIssuer issuer;

  @BeforeEach
  void start() {
    issuer = new TestIssuer(FIRST, RSA);
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  @AfterAll
  static void close() {
    POOL.shutdownNow();
    HTTP.shutdownNow();
  }

  @Test
  void proves_who_calls() throws Exception {
    Map<String, Object> claims = issuer.claims(START);
    claims.put("roles", List.of("support"));
    claims.put("act", Map.of("sub", "gateway", "act", Map.of("sub", "batch")));
    Proof proof = proof(verify(verifier(), FIRST.token(claims)));
    assertThat(proof.issuer()).isEqualTo("corp");
    assertThat(proof.facets()).isEqualTo(Map.of(Facet.SUBJECT, "alice", Facet.CLIENT, "app"));
    assertThat(proof.scopes()).containsExactlyInAnyOrder("orders:read", "orders:write");
    assertThat(proof.roles()).containsExactly("support");
    assertThat(proof.actors()).containsExactly("gateway", "batch");
    assertThat(proof.lease().until()).isEqualTo(FakeClock.START.plusSeconds(330));
    assertThat(proof.alone().key()).isEqualTo("corp|alice");
  }

  @Test
  void never_waits_on_an_event_loop() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    String token = FIRST.token(issuer.claims(START));
    assertThatThrownBy(() -> verifier.verify(token, HOME)).isSameAs(WouldWait.INSTANCE);
    Verification first = verify(verifier, token);
    assertThat(verifier.verify(token, HOME))
        .isSameAs(first)
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void refuses_what_cannot_be_good_without_leaving_the_loop() {
    IssuerTokenVerifier verifier = verifier();
    assertThat(verifier.verify("", HOME)).isEqualTo(refused(Fault.MALFORMED));
    assertThat(verifier.verify("a.b.c", HOME)).isEqualTo(refused(Fault.MALFORMED));
    assertThat(verifier.verify("x".repeat(8 * 1024 + 1), HOME)).isEqualTo(refused(Fault.MALFORMED));
    assertThat(verifier.verify(unsigned("none"), HOME)).isEqualTo(refused(Fault.ALGORITHM));
    assertThat(verifier.verify(unsigned("None"), HOME)).isEqualTo(refused(Fault.ALGORITHM));
    assertThat(verifier.verify(TestKey.of("k1", Algorithm.ES384).token(issuer.claims(START)), HOME))
        .isEqualTo(refused(Fault.ALGORITHM));
  }

  @Test
  void never_takes_a_public_key_for_a_shared_secret() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    for (byte[] secret :
        List.of(
            RSA.pair().getPublic().getEncoded(),
            pem(RSA).getBytes(StandardCharsets.US_ASCII),
            JsonWriter.write(RSA.jwk()).getBytes(StandardCharsets.US_ASCII))) {
      String input =
          TestKey.part("{\"alg\":\"HS256\",\"kid\":\"r1\",\"typ\":\"at+jwt\"}")
              + "."
              + TestKey.part(JsonWriter.write(issuer.claims(START)));
      String token = input + "." + Base64Url.encode(hmac(secret, input));
      assertThat(verify(verifier, token)).isEqualTo(refused(Fault.ALGORITHM));
    }
  }

  @Test
  void never_checks_a_signature_with_a_key_of_another_kind() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    Map<String, Object> claims = issuer.claims(START);
    assertThat(verify(verifier, FIRST.token(Map.of("alg", "ES256", "kid", "r1"), claims)))
        .isEqualTo(refused(Fault.UNKNOWN_KEY));
    assertThat(verify(verifier, SECOND.token(Map.of("alg", "ES256", "kid", "k1"), claims)))
        .isEqualTo(refused(Fault.SIGNATURE));
  }

  @Test
  void takes_a_token_without_a_key_id_only_where_there_is_no_choice() throws Exception {
    String token = FIRST.token(Map.of("alg", "ES256", "typ", "JWT"), issuer.claims(START));
    assertThat(verify(verifier(), token)).isInstanceOf(Verification.Verified.class);
    issuer.publish(FIRST, SECOND);
    assertThat(verify(verifier(), token)).isEqualTo(refused(Fault.UNKNOWN_KEY));
  }

  @Test
  void looks_at_the_times_again_on_each_hit() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    String token = FIRST.token(issuer.claims(START));
    Verification good = verify(verifier, token);
    clock.set(FakeClock.START.plusSeconds(330).minusMillis(1));
    issuer.down();
    assertThat(verify(verifier, token)).isSameAs(good);
    clock.advance(Duration.ofMillis(1));
    assertThat(verify(verifier, token)).isEqualTo(refused(Fault.EXPIRED));
    clock.set(FakeClock.START.minusSeconds(30));
    assertThat(verify(verifier, token)).isSameAs(good);
    clock.advance(Duration.ofMillis(-1));
    assertThat(verify(verifier, token)).isEqualTo(refused(Fault.NOT_YET_VALID));
  }

  @Test
  void looks_at_revocation_again_on_each_hit() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    String token = FIRST.token(issuer.claims(START));
    Verification good = verify(verifier, token);
    for (var block :
        Map.of(
                Blocks.Kind.TOKEN, "corp|t1",
                Blocks.Kind.SUBJECT, "corp|alice",
                Blocks.Kind.CLIENT, "corp|app")
            .entrySet()) {
      blocks.block(
          block.getKey(),
          block.getValue(),
          FakeClock.START.plusSeconds(1),
          FakeClock.START.plusSeconds(900));
      assertThat(verifier.verify(token, HOME)).isEqualTo(refused(Fault.REVOKED));
      assertThat(verify(verifier(), token)).isEqualTo(refused(Fault.REVOKED));
      blocks.lift(block.getKey(), block.getValue());
      assertThat(verifier.verify(token, HOME)).isSameAs(good);
    }
    blocks.block(
        Blocks.Kind.SUBJECT, "corp|alice", FakeClock.START, FakeClock.START.plusSeconds(900));
    assertThat(verifier.verify(token, HOME)).isSameAs(good);
  }

  @Test
  void forgets_what_a_withdrawn_key_has_signed() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    Map<String, Object> claims = issuer.claims(START);
    claims.put("exp", START + 3600);
    String token = FIRST.token(claims);
    Verification good = verify(verifier, token);
    issuer.publish(FIRST, SECOND);
    clock.advance(Duration.ofMinutes(10));
    assertThat(verify(verifier, token)).isSameAs(good);
    issuer.publish(SECOND);
    clock.advance(Duration.ofMinutes(10));
    assertThat(verify(verifier, token)).isEqualTo(refused(Fault.UNKNOWN_KEY));
  }

  @Test
  void refreshes_beside_the_requests() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    Map<String, Object> claims = issuer.claims(START);
    claims.put("exp", START + 3600);
    String token = FIRST.token(claims);
    Verification good = verify(verifier, token);
    issuer.awaitFetches(1);
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(verifier.verify(token, HOME)).isSameAs(good);
    assertThat(issuer.fetches()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(verifier.verify(token, HOME)).isSameAs(good);
    issuer.awaitFetches(1);
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void takes_a_token_of_a_key_that_was_just_rotated_in() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    verify(verifier, FIRST.token(issuer.claims(START)));
    issuer.publish(SECOND, FIRST);
    assertThat(verify(verifier, SECOND.token(issuer.claims(START))))
        .isInstanceOf(Verification.Verified.class);
    assertThat(verify(verifier, FIRST.token(issuer.claims(START))))
        .isInstanceOf(Verification.Verified.class);
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void is_not_made_to_fetch_by_unknown_keys() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    verify(verifier, FIRST.token(issuer.claims(START)));
    int begun = issuer.fetches();
    Map<String, Object> claims = issuer.claims(START);
    List<Verification> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String token = FIRST.token(Map.of("alg", "ES256", "kid", "made-up-" + i % 25), claims);
      answers.add(verify(verifier, token, Ip.of(new byte[] {10, 0, 0, (byte) i})));
    }
    assertThat(issuer.fetches() - begun).isEqualTo(UnknownKeys.BURST);
    assertThat(answers).containsOnly(refused(Fault.UNKNOWN_KEY), refused(Fault.KEYS_UNAVAILABLE));
    clock.advance(Duration.ofMillis(UnknownKeys.REFILL));
    issuer.publish(FIRST, SECOND);
    assertThat(verify(verifier, SECOND.token(claims))).isInstanceOf(Verification.Verified.class);
    assertThat(issuer.fetches() - begun).isEqualTo(UnknownKeys.BURST + 1);
  }

  @Test
  void computes_no_signature_for_a_source_that_keeps_forging() throws Exception {
    AtomicInteger computed = new AtomicInteger();
    Signatures counting =
        new Signatures(
            () -> {
              computed.incrementAndGet();
              return null;
            });
    IssuerTokenVerifier verifier = workshop(counting).verifier(settings());
    String good = FIRST.token(issuer.claims(START));
    verify(verifier, good);
    for (int i = 0; i < 300; i++) {
      verify(verifier, forged(i));
    }
    assertThat(computed.get()).isLessThan(1 + FailingSources.ALLOWED + 10);
    assertThat(verify(verifier, forged(300))).isEqualTo(refused(Fault.FAILING_SOURCE));
    assertThat(verifier.verify(forged(301), HOME)).isEqualTo(refused(Fault.FAILING_SOURCE));
    // Who was proved before is served from there all the same, with a new token too.
    assertThat(verifier.verify(good, HOME)).isInstanceOf(Verification.Verified.class);
    Map<String, Object> claims = issuer.claims(START);
    claims.put("jti", "t2");
    assertThat(verify(verifier, FIRST.token(claims))).isInstanceOf(Verification.Verified.class);
    // Elsewhere nobody notices.
    claims.put("sub", "carol");
    assertThat(verify(verifier, FIRST.token(claims), Ip.of(new byte[] {10, 0, 0, 9})))
        .isInstanceOf(Verification.Verified.class);
    // A newcomer behind that address gets through by the trickle.
    claims.put("sub", "dave");
    clock.advance(Duration.ofMillis(100));
    assertThat(verify(verifier, FIRST.token(claims))).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void proves_a_new_token_on_the_loop_where_its_signature_is_short() throws Exception {
    issuer.publish(FIRST, RSA);
    AtomicInteger asked = new AtomicInteger();
    Provider rsaAlone = Security.getProvider("SunRsaSign");
    Signatures fast =
        new Signatures(
            () -> {
              asked.incrementAndGet();
              return rsaAlone;
            });
    IssuerTokenVerifier verifier = workshop(fast).verifier(settings());
    verify(verifier, FIRST.token(issuer.claims(START)));

    Map<String, Object> claims = issuer.claims(START);
    assertThat(verifier.verify(RSA.token(claims), HOME)).isInstanceOf(Verification.Verified.class);
    claims.put("exp", START - 3600);
    assertThat(verifier.verify(RSA.token(claims), HOME)).isEqualTo(refused(Fault.EXPIRED));
    claims = issuer.claims(START);
    claims.put("sub", "bob");
    blocks.block(
        Blocks.Kind.SUBJECT,
        "corp|bob",
        FakeClock.START.plusSeconds(1),
        FakeClock.START.plusSeconds(900));
    assertThat(verifier.verify(RSA.token(claims), HOME)).isEqualTo(refused(Fault.REVOKED));

    // What takes long, or may have to be asked for, leaves the loop.
    claims.put("sub", "carol");
    String curve = FIRST.token(claims);
    assertThatThrownBy(() -> verifier.verify(curve, HOME)).isSameAs(WouldWait.INSTANCE);
    String elsewhere = RSA.token(Map.of("alg", "RS256", "kid", "r9", "typ", "at+jwt"), claims);
    assertThatThrownBy(() -> verifier.verify(elsewhere, HOME)).isSameAs(WouldWait.INSTANCE);

    int before = asked.get();
    for (int i = 0; i < 200; i++) {
      claims.put("sub", "mallory-" + i);
      String token = RSA.token(claims);
      String forged = token.substring(0, token.length() - 20) + "A".repeat(20);
      assertThat(verifier.verify(forged, HOME))
          .isIn(refused(Fault.SIGNATURE), refused(Fault.FAILING_SOURCE));
    }
    // Whether it is short is asked first, which provider checks it next.
    assertThat(asked.get() - before).isLessThan(200 + FailingSources.ALLOWED + 10);
  }

  private String forged(int number) {
    Map<String, Object> claims = issuer.claims(START);
    claims.put("sub", "mallory-" + number);
    return SECOND.token(Map.of("alg", "ES256", "kid", "k1"), claims);
  }

  @Test
  void says_which_tokens_name_its_issuer_and_audience() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    Map<String, Object> claims = issuer.claims(START);
    assertThat(verifier.isNamedIn(SECOND.token(claims))).isTrue();
    claims.put("iss", "https://other.example");
    String foreign = FIRST.token(claims);
    assertThat(verifier.isNamedIn(foreign)).isFalse();
    issuer.awaitFetches(1);
    int fetched = issuer.fetches();
    assertThat(verifier.verify(foreign, HOME)).isEqualTo(refused(Fault.ISSUER));
    assertThat(verifier.isNamedIn("a.b.c")).isFalse();
    assertThat(verifier.isNamedIn("x".repeat(100_000))).isFalse();
    assertThat(issuer.fetches()).isEqualTo(fetched);
  }

  @Test
  void serves_through_hours_without_the_issuer() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    verify(verifier, FIRST.token(issuer.claims(START)));
    issuer.down();
    for (int hour = 1; hour < 24; hour++) {
      clock.advance(Duration.ofHours(1));
      long now = clock.instant().getEpochSecond();
      assertThat(verify(verifier, FIRST.token(issuer.claims(now))))
          .isInstanceOf(Verification.Verified.class);
    }
    clock.advance(Duration.ofHours(1));
    long now = clock.instant().getEpochSecond();
    assertThat(verify(verifier, FIRST.token(issuer.claims(now))))
        .isEqualTo(refused(Fault.KEYS_UNAVAILABLE));
    issuer.publish(FIRST);
    clock.advance(Duration.ofMinutes(2));
    assertThat(verify(verifier, FIRST.token(issuer.claims(now))))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void takes_an_empty_or_broken_set_for_an_outage() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    Verification good = verify(verifier, FIRST.token(issuer.claims(START)));
    for (String broken : List.of("{\"keys\":[]}", "<html>", "{\"keys\":{}}", "[]", "")) {
      issuer.page("/jwks", 200, broken);
      clock.advance(Duration.ofSeconds(1));
      assertThat(verify(verifier, FIRST.token(issuer.claims(START))).getClass())
          .isEqualTo(good.getClass());
      clock.advance(Duration.ofMinutes(11));
      long now = clock.instant().getEpochSecond();
      assertThat(verify(verifier, FIRST.token(issuer.claims(now))))
          .isInstanceOf(Verification.Verified.class);
      clock.set(FakeClock.START);
    }
  }

  @Test
  void comes_up_while_the_issuer_is_down() throws Exception {
    issuer.down();
    IssuerTokenVerifier verifier = verifier();
    String token = FIRST.token(issuer.claims(START));
    assertThat(verify(verifier, token)).isEqualTo(refused(Fault.KEYS_UNAVAILABLE));
    int asked = issuer.fetches();
    assertThat(verify(verifier, token)).isEqualTo(refused(Fault.KEYS_UNAVAILABLE));
    assertThat(issuer.fetches()).isEqualTo(asked);
    issuer.publish(FIRST);
    clock.advance(Duration.ofSeconds(2));
    assertThat(verify(verifier, token)).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void remembers_good_keys_over_a_restart() throws Exception {
    verify(verifier(), FIRST.token(issuer.claims(START)));
    issuer.down();
    clock.advance(Duration.ofHours(23));
    long now = clock.instant().getEpochSecond();
    assertThat(verify(verifier(), FIRST.token(issuer.claims(now))))
        .isInstanceOf(Verification.Verified.class);
    clock.advance(Duration.ofHours(1));
    now = clock.instant().getEpochSecond();
    assertThat(verify(verifier(), FIRST.token(issuer.claims(now))))
        .isEqualTo(refused(Fault.KEYS_UNAVAILABLE));
  }

  @Test
  void remembers_keys_that_have_not_changed_for_long() throws Exception {
    IssuerTokenVerifier verifier = verifier();
    for (int day = 0; day < 3; day++) {
      long now = clock.instant().getEpochSecond();
      assertThat(verify(verifier, FIRST.token(issuer.claims(now))))
          .isInstanceOf(Verification.Verified.class);
      clock.advance(Duration.ofDays(1));
    }
    clock.advance(Duration.ofMinutes(-1));
    issuer.down();
    long now = clock.instant().getEpochSecond();
    assertThat(verify(verifier(), FIRST.token(issuer.claims(now))))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void computes_a_signature_once_for_all_who_bring_the_token_together() throws Exception {
    int callers = 64;
    AtomicInteger computed = new AtomicInteger();
    CountDownLatch ready = new CountDownLatch(callers);
    Signatures counting =
        new Signatures(
            () -> {
              computed.incrementAndGet();
              return null;
            });
    IssuerTokenVerifier verifier = workshop(counting).verifier(settings());
    String token = FIRST.token(issuer.claims(START));
    List<FutureTask<Verification>> tasks = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      FutureTask<Verification> task =
          new FutureTask<>(
              () -> {
                ready.countDown();
                ready.await();
                return verifier.verify(token, HOME);
              });
      tasks.add(task);
      Thread.ofVirtual().start(task);
    }
    for (FutureTask<Verification> task : tasks) {
      assertThat(task.get()).isSameAs(tasks.getFirst().get());
    }
    assertThat(computed).hasValue(1);
  }

  @Test
  void computes_the_signature_of_a_refused_token_once() throws Exception {
    AtomicInteger computed = new AtomicInteger();
    Signatures counting =
        new Signatures(
            () -> {
              computed.incrementAndGet();
              return null;
            });
    IssuerTokenVerifier verifier = workshop(counting).verifier(settings());
    String token = SECOND.token(Map.of("alg", "ES256", "kid", "k1"), issuer.claims(START));
    for (int i = 0; i < 5; i++) {
      assertThat(verify(verifier, token)).isEqualTo(refused(Fault.SIGNATURE));
    }
    assertThat(verifier.verify(token, HOME)).isEqualTo(refused(Fault.SIGNATURE));
    assertThat(computed).hasValue(1);
  }

  @Test
  void reads_keys_from_a_file_again_when_it_changes(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("jwks.json");
    Files.writeString(file, TestIssuer.jwks(FIRST));
    IssuerTokenVerifier verifier =
        workshop(new Signatures(() -> null)).verifier(settings(new KeySource.File(file)));
    assertThat(verify(verifier, FIRST.token(issuer.claims(START))))
        .isInstanceOf(Verification.Verified.class);
    Files.writeString(file, TestIssuer.jwks(RSA));
    clock.advance(Duration.ofSeconds(10));
    assertThat(verify(verifier, FIRST.token(issuer.claims(START))))
        .isEqualTo(refused(Fault.UNKNOWN_KEY));
    Files.writeString(file, TestIssuer.jwks(SECOND));
    assertThat(verify(verifier, SECOND.token(issuer.claims(START))))
        .isInstanceOf(Verification.Verified.class);
    assertThat(verify(verifier, FIRST.token(issuer.claims(START))))
        .isEqualTo(refused(Fault.UNKNOWN_KEY));
  }

  @Test
  void discovers_the_keys_of_the_issuer_it_is_told() throws Exception {
    String metadata =
        JsonWriter.write(Map.of("issuer", issuer.url(), "jwks_uri", issuer.jwksUri().toString()));
    String token = FIRST.token(issuer.claims(START));
    for (String path :
        List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")) {
      issuer.page(path, 200, metadata);
      assertThat(verify(discovering(), token)).isInstanceOf(Verification.Verified.class);
      issuer.page(path, 200, metadata.replace(issuer.url() + "\"", "https://other.example\""));
      assertThat(verify(discovering(), token)).isEqualTo(refused(Fault.KEYS_UNAVAILABLE));
      issuer.page(path, 404, "");
    }
  }

  @Test
  void remembers_where_the_keys_are_when_only_the_metadata_are_down() throws Exception {
    String path = "/.well-known/openid-configuration";
    issuer.page(
        path,
        200,
        JsonWriter.write(Map.of("issuer", issuer.url(), "jwks_uri", issuer.jwksUri().toString())));
    IssuerTokenVerifier verifier = discovering();
    assertThat(verify(verifier, FIRST.token(issuer.claims(START))))
        .isInstanceOf(Verification.Verified.class);
    issuer.page(path, 503, "");
    issuer.publish(SECOND);
    assertThat(verify(verifier, SECOND.token(issuer.claims(START))))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void bounds_how_many_tokens_wait_to_be_proved() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    Signatures slow =
        new Signatures(
            () -> {
              try {
                open.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return null;
            });
    IssuerTokenVerifier verifier = workshop(slow).verifier(settings());
    CountDownLatch refused = new CountDownLatch(8);
    List<FutureTask<Verification>> tasks = new ArrayList<>();
    for (int i = 0; i < IssuerTokenVerifier.MOST_MISSES + 8; i++) {
      Map<String, Object> claims = issuer.claims(START);
      claims.put("jti", "t" + i);
      String token = FIRST.token(claims);
      FutureTask<Verification> task =
          new FutureTask<>(
              () -> {
                Verification answer = verifier.verify(token, HOME);
                if (answer.equals(refused(Fault.OVERLOADED))) {
                  refused.countDown();
                }
                return answer;
              });
      tasks.add(task);
      Thread.ofVirtual().start(task);
    }
    assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
    open.countDown();
    int good = 0;
    for (FutureTask<Verification> task : tasks) {
      good += task.get() instanceof Verification.Verified ? 1 : 0;
    }
    assertThat(good).isEqualTo(IssuerTokenVerifier.MOST_MISSES);
  }

  @Test
  void follows_no_redirect_and_bounds_what_it_reads() throws Exception {
    String token = FIRST.token(issuer.claims(START));
    issuer.page("/elsewhere", 200, TestIssuer.jwks(FIRST));
    issuer.redirect("/jwks", issuer.url() + "/elsewhere");
    assertThat(verify(verifier(), token)).isEqualTo(refused(Fault.KEYS_UNAVAILABLE));
    issuer.page("/jwks", 200, TestIssuer.jwks(FIRST) + " ".repeat(KeyFetch.MOST_BYTES));
    assertThat(verify(verifier(), token)).isEqualTo(refused(Fault.KEYS_UNAVAILABLE));
  }

  @Test
  void proves_tokens_signed_with_a_shared_secret() throws Exception {
    byte[] secret = MessageDigest.getInstance("SHA-256").digest(new byte[] {1});
    IssuerTokenVerifier verifier =
        workshop(new Signatures(() -> null))
            .verifier(
                IssuerSettings.of(
                    "corp",
                    issuer.url(),
                    List.of("https://api.example"),
                    Set.of(Algorithm.HS256),
                    new KeySource.Shared(Secret.of(secret))));
    String input =
        TestKey.part("{\"alg\":\"HS256\",\"kid\":\"any\"}")
            + "."
            + TestKey.part(JsonWriter.write(issuer.claims(START)));
    String token = input + "." + Base64Url.encode(hmac(secret, input));
    assertThat(verify(verifier, token)).isInstanceOf(Verification.Verified.class);
    byte[] other = hmac(new byte[32], input);
    assertThat(verify(verifier, input + "." + Base64Url.encode(other)))
        .isEqualTo(refused(Fault.SIGNATURE));
    assertThat(issuer.fetches()).isZero();
  }

  @Test
  void a_shared_secret_proves_nothing_once_its_exception_is_over() throws Exception {
    IssuerTokenVerifier verifier = weak(new Excuse(FakeClock.START.plusSeconds(60), null));
    String token = sharing(issuer.claims(START));
    String later = sharing(issuer.claims(START + 1));
    assertThat(proof(verify(verifier, token)).lease().until())
        .isEqualTo(FakeClock.START.plusSeconds(60));
    clock.advance(Duration.ofMillis(59_999));
    assertThat(verifier.isWeak()).isTrue();
    assertThat(verifier.verify(token, HOME)).isInstanceOf(Verification.Verified.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(verifier.isWeak()).isFalse();
    assertThat(verifier.isProved(token)).isFalse();
    assertThat(verifier.verify(token, HOME)).isEqualTo(refused(Fault.EXCEPTION_OVER));
    assertThat(verifier.verify(later, HOME)).isEqualTo(refused(Fault.EXCEPTION_OVER));
    assertThat(verify(verifier, later)).isEqualTo(refused(Fault.EXCEPTION_OVER));
    assertThat(verifier.excused()).isEqualTo(2);
  }

  @Test
  void a_token_without_audience_counts_until_its_exception_is_over() throws Exception {
    Excuse until = new Excuse(null, FakeClock.START.plusSeconds(60));
    IssuerTokenVerifier verifier =
        workshop(new Signatures(() -> null))
            .verifier(
                settings(
                    new KeySource.Address(issuer.jwksUri()),
                    Set.of(Algorithm.ES256),
                    List.of("https://api.example"),
                    until));
    Map<String, Object> claims = issuer.claims(START);
    String named = FIRST.token(claims);
    claims.put("aud", "https://mail.example");
    String foreign = FIRST.token(claims);
    claims.remove("aud");
    String bare = FIRST.token(claims);
    assertThat(verify(verifier, named)).isInstanceOf(Verification.Verified.class);
    assertThat(verifier.excused()).isZero();
    assertThat(verify(verifier, bare)).isInstanceOf(Verification.Verified.class);
    assertThat(verifier.excused()).isOne();
    assertThat(verify(verifier, foreign)).isEqualTo(refused(Fault.AUDIENCE));
    clock.advance(Duration.ofSeconds(60));
    assertThat(verify(verifier, bare)).isEqualTo(refused(Fault.EXCEPTION_OVER));
    assertThat(verify(verifier, named)).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void an_issuer_without_audience_takes_no_token_that_is_meant_for_somebody() throws Exception {
    IssuerTokenVerifier verifier =
        workshop(new Signatures(() -> null))
            .verifier(
                settings(
                    new KeySource.Address(issuer.jwksUri()),
                    Set.of(Algorithm.ES256),
                    List.of(),
                    new Excuse(null, FakeClock.START.plusSeconds(60))));
    Map<String, Object> claims = issuer.claims(START);
    assertThat(verify(verifier, FIRST.token(claims))).isEqualTo(refused(Fault.AUDIENCE));
    claims.remove("aud");
    assertThat(verify(verifier, FIRST.token(claims))).isInstanceOf(Verification.Verified.class);
  }

  private IssuerTokenVerifier weak(Excuse excuse) {
    return workshop(new Signatures(() -> null))
        .verifier(
            settings(
                new KeySource.Shared(Secret.of(new byte[32])),
                Set.of(Algorithm.HS256),
                List.of("https://api.example"),
                excuse));
  }

  private static String sharing(Map<String, Object> claims) throws Exception {
    String input =
        TestKey.part("{\"alg\":\"HS256\"}") + "." + TestKey.part(JsonWriter.write(claims));
    return input + "." + Base64Url.encode(hmac(new byte[32], input));
  }

  private IssuerSettings settings(
      KeySource keys, Set<Algorithm> algorithms, List<String> audiences, Excuse excuse) {
    IssuerSettings by = settings();
    return new IssuerSettings(
        by.name(),
        by.issuer(),
        audiences,
        algorithms,
        keys,
        by.types(),
        by.naming(),
        by.bounds(),
        List.of(),
        Set.of(),
        excuse);
  }

  private IssuerTokenVerifier verifier() {
    return workshop(new Signatures(() -> null)).verifier(settings());
  }

  private IssuerTokenVerifier discovering() {
    Workshop fresh =
        new Workshop(clock, new Random(1), blocks, null, HTTP, new Signatures(() -> null), POOL);
    return fresh.verifier(settings(new KeySource.Discovered()));
  }

  private Workshop workshop(Signatures signatures) {
    return new Workshop(clock, new Random(1), blocks, snapshots, HTTP, signatures, POOL);
  }

  private IssuerSettings settings() {
    return settings(new KeySource.Address(issuer.jwksUri()));
  }

  private IssuerSettings settings(KeySource keys) {
    return IssuerSettings.of(
        "corp", issuer.url(), List.of("https://api.example"), ALGORITHMS, keys);
  }

  /// Verifies where waiting is allowed.
  private static Verification verify(IssuerTokenVerifier verifier, String token) throws Exception {
    return verify(verifier, token, HOME);
  }

  private static Verification verify(IssuerTokenVerifier verifier, String token, Ip source)
      throws Exception {
    FutureTask<Verification> task = new FutureTask<>(() -> verifier.verify(token, source));
    Thread.ofVirtual().start(task);
    return task.get();
  }

  private static Proof proof(Verification verification) {
    return ((Verification.Verified) verification).proof();
  }

  private static Verification refused(Fault fault) {
    return new Verification.Refused(fault);
  }

  private String unsigned(String algorithm) {
    return TestKey.part("{\"alg\":\"" + algorithm + "\"}")
        + "."
        + TestKey.part(JsonWriter.write(issuer.claims(START)))
        + ".";
  }

  private static String pem(TestKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + java.util.Base64.getMimeEncoder().encodeToString(key.pair().getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static byte[] hmac(byte[] secret, String input) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
  }
}
