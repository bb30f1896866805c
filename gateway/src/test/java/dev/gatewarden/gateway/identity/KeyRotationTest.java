package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.Waiting;
import dev.gatewarden.testkit.ports.MemoryBlocks;
import java.net.http.HttpClient;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys that come and go while tokens are judged.
class KeyRotationTest {
  private static final long START = FakeClock.START.getEpochSecond();
  private static final HttpClient HTTP = Workshop.client();
  private static final ExecutorService POOL = Workshop.pool(2);
  private static final List<TestKey> KEYS = new ArrayList<>();

  static {
    for (int i = 0; i < 5; i++) {
      KEYS.add(TestKey.of("k" + i, Algorithm.ES256));
    }
  }

  private final FakeClock clock = new FakeClock();
  private final TestIssuer issuer = new TestIssuer(KEYS.getFirst());

  @AfterEach
  void stop() {
    issuer.close();
  }

  @AfterAll
  static void close() {
    POOL.shutdownNow();
    HTTP.shutdownNow();
  }

  /// Each round publishes one more key, signs with it at once, and drops the oldest; many callers
  /// bring tokens of both keys at the same time.
  @Test
  void refuses_no_good_token_while_keys_rotate_under_load() throws Exception {
    IssuerTokenVerifier verifier = verifier(issuer.url(), new KeySource.Address(issuer.jwksUri()));
    int accepted = 0;
    for (int round = 1; round < KEYS.size(); round++) {
      TestKey old = KEYS.get(round - 1);
      TestKey fresh = KEYS.get(round);
      issuer.publish(old, fresh);
      CountDownLatch together = new CountDownLatch(1);
      List<FutureTask<Verification>> callers = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        String token = token(i % 3 == 0 ? old : fresh, "r" + round + "-" + i / 2);
        FutureTask<Verification> caller =
            new FutureTask<>(
                () -> {
                  together.await();
                  return verifier.verify(token, from(1));
                });
        Thread.ofVirtual().start(caller);
        callers.add(caller);
      }
      together.countDown();
      for (FutureTask<Verification> caller : callers) {
        assertThat(caller.get(30, TimeUnit.SECONDS)).isInstanceOf(Verification.Verified.class);
        accepted++;
      }
      clock.advance(Duration.ofSeconds(20));
    }
    assertThat(accepted).isEqualTo(4 * 120);
    // One fetch at the start and one for each new key, however many asked for it.
    assertThat(issuer.fetches()).isLessThanOrEqualTo(1 + 2 * 4);
  }

  @Test
  void takes_back_what_a_withdrawn_key_proved_under_load() throws Exception {
    IssuerTokenVerifier verifier = verifier(issuer.url(), new KeySource.Address(issuer.jwksUri()));
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tokens.add(token(KEYS.get(0), "t" + i));
      assertThat(verify(verifier, tokens.get(i))).isInstanceOf(Verification.Verified.class);
    }
    issuer.publish(KEYS.get(1));
    assertThat(verify(verifier, token(KEYS.get(1), "n"))).isInstanceOf(Verification.Verified.class);
    for (String token : tokens) {
      assertThat(verifier.verify(token, from(1)))
          .isEqualTo(new Verification.Refused(Fault.UNKNOWN_KEY));
    }
  }

  @Test
  void keeps_nothing_open_that_a_withdrawn_key_proved_though_nobody_calls() throws Exception {
    IssuerTokenVerifier verifier = verifier(issuer.url(), new KeySource.Address(issuer.jwksUri()));
    Lease lease = lease(verify(verifier, token(KEYS.get(0), "t")));
    assertThat(lease.stands().getAsBoolean()).isTrue();
    issuer.publish(KEYS.get(1));
    clock.advance(IssuerSettings.Bounds.USUAL.refresh());

    Waiting.until("the proof stands no more", () -> !lease.stands().getAsBoolean());
  }

  @Test
  void keeps_open_what_was_proved_by_a_key_that_others_joined() throws Exception {
    IssuerTokenVerifier verifier = verifier(issuer.url(), new KeySource.Address(issuer.jwksUri()));
    Lease lease = lease(verify(verifier, token(KEYS.get(0), "t")));
    issuer.publish(KEYS.get(1), KEYS.get(0));
    assertThat(verify(verifier, token(KEYS.get(1), "n"))).isInstanceOf(Verification.Verified.class);

    assertThat(lease.stands().getAsBoolean()).isTrue();
  }

  @Test
  void keeps_open_what_was_proved_while_the_issuer_is_away_and_not_for_ever() throws Exception {
    IssuerTokenVerifier verifier = verifier(issuer.url(), new KeySource.Address(issuer.jwksUri()));
    Lease lease = lease(verify(verifier, token(KEYS.get(0), "t")));
    issuer.down();
    clock.advance(IssuerSettings.Bounds.USUAL.refresh().multipliedBy(2));
    assertThat(lease.stands().getAsBoolean()).isTrue();
    clock.advance(IssuerSettings.Bounds.USUAL.stale());
    assertThat(lease.stands().getAsBoolean()).isFalse();
  }

  private static Lease lease(Verification verification) {
    return ((Verification.Verified) verification).proof().lease();
  }

  /// The forms that OpenID Connect Discovery and RFC 8414 give an issuer with a path.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tenant/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server/tenant",
        "/.well-known/openid-configuration/tenant",
      })
  void finds_the_metadata_of_an_issuer_with_a_path(String place) throws Exception {
    String url = issuer.url() + "/tenant";
    issuer.page(place, 200, metadata(url, issuer.jwksUri().toString()));
    Map<String, Object> claims = issuer.claims(START);
    claims.put("iss", url);
    assertThat(verify(verifier(url, new KeySource.Discovered()), KEYS.getFirst().token(claims)))
        .isInstanceOf(Verification.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example/jwks",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "ftp://127.0.0.1/jwks",
        "https://user:secret@127.0.0.1/jwks",
        "not a url",
        "",
      })
  void asks_nowhere_that_metadata_may_not_name(String keys) throws Exception {
    issuer.page("/.well-known/openid-configuration", 200, metadata(issuer.url(), keys));
    assertThat(verify(verifier(issuer.url(), new KeySource.Discovered()), token(KEYS.get(0), "t")))
        .isEqualTo(new Verification.Refused(Fault.KEYS_UNAVAILABLE));
  }

  @Test
  void takes_keys_from_another_host_that_the_metadata_name() throws Exception {
    try (TestIssuer elsewhere = new TestIssuer(KEYS.getFirst())) {
      issuer.page(
          "/.well-known/openid-configuration",
          200,
          metadata(issuer.url(), elsewhere.jwksUri().toString()));
      assertThat(
              verify(verifier(issuer.url(), new KeySource.Discovered()), token(KEYS.get(0), "t")))
          .isInstanceOf(Verification.Verified.class);
      assertThat(elsewhere.fetches()).isEqualTo(1);
    }
  }

  @Test
  void goes_on_for_hours_while_strangers_ask_for_keys_that_nobody_has() throws Exception {
    IssuerTokenVerifier verifier = verifier(issuer.url(), new KeySource.Address(issuer.jwksUri()));
    verify(verifier, token(KEYS.getFirst(), "t"));
    issuer.down();
    int before = issuer.fetches();
    for (int minute = 0; minute < 240; minute++) {
      clock.advance(Duration.ofMinutes(1));
      long now = clock.instant().getEpochSecond();
      Map<String, Object> claims = issuer.claims(now);
      for (int i = 0; i < 5; i++) {
        verify(
            verifier,
            KEYS.get(1).token(Map.of("alg", "ES256", "kid", "x" + minute + i), claims),
            from(minute));
      }
      assertThat(verify(verifier, KEYS.getFirst().token(claims)))
          .isInstanceOf(Verification.Verified.class);
    }
    assertThat(issuer.fetches() - before).isLessThanOrEqualTo(240 * 5);
    issuer.publish(KEYS.getFirst(), KEYS.get(1));
    clock.advance(Duration.ofMinutes(2));
    long now = clock.instant().getEpochSecond();
    assertThat(verify(verifier, KEYS.get(1).token(issuer.claims(now))))
        .isInstanceOf(Verification.Verified.class);
  }

  private static String metadata(String url, String keys) {
    return JsonWriter.write(Map.of("issuer", url, "jwks_uri", keys));
  }

  private String token(TestKey key, String id) {
    Map<String, Object> claims = issuer.claims(START);
    claims.put("jti", id);
    return key.token(claims);
  }

  private IssuerTokenVerifier verifier(String url, KeySource keys) {
    return new Workshop(
            clock,
            new Random(1),
            new MemoryBlocks(clock),
            null,
            HTTP,
            new Signatures(() -> null),
            POOL)
        .verifier(
            IssuerSettings.of(
                "corp", url, List.of("https://api.example"), Set.of(Algorithm.ES256), keys));
  }

  private static Verification verify(IssuerTokenVerifier verifier, String token) throws Exception {
    return verify(verifier, token, from(1));
  }

  private static Verification verify(IssuerTokenVerifier verifier, String token, Ip source)
      throws Exception {
    FutureTask<Verification> task = new FutureTask<>(() -> verifier.verify(token, source));
    Thread.ofVirtual().start(task);
    return task.get(30, TimeUnit.SECONDS);
  }

  private static Ip from(int number) {
    return Ip.of(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
  }
}
