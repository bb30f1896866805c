package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.ports.MemoryBlocks;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTokenTest {
  private static final Principal ALICE =
      new Principal(
          "corp",
          "alice",
          "t1",
          "app",
          Set.of("b", "a"),
          Set.of("support"),
          Map.of(),
          List.of("batch", "cron"));

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final HttpClient http = Workshop.client();
  private final ExecutorService pool = Executors.newSingleThreadExecutor();

  @AfterEach
  void close() {
    pool.shutdownNow();
    http.shutdownNow();
  }

  @Test
  void says_to_the_upstream_who_is_calling() throws Exception {
    SigningKey key = key();
    String token = tokens(key, fast()).of(ALICE, Lease.UNBOUNDED, "shop");
    KeySet published = JwkReader.set(key.jwks().getBytes(StandardCharsets.UTF_8));
    Jws jws = ((Jws.Parsed.Whole) Jws.parse(token)).jws();
    VerificationKey own = published.find(jws.kid(), jws.algorithm());
    assertThat(new Signatures(() -> null).verify(jws, own)).isTrue();
    assertThat(jws.typ()).isEqualTo("jwt");
    long now = FakeClock.START.getEpochSecond();
    Map<String, Object> claims = StrictJson.object(jws.payload());
    assertThat(claims)
        .containsEntry("iss", "https://gate.example")
        .containsEntry("aud", "shop")
        .containsEntry("origin", "corp")
        .containsEntry("sub", "alice")
        .containsEntry("client_id", "app")
        .containsEntry("tenant", "t1")
        .containsEntry("scope", "a b")
        .containsEntry("roles", List.of("support"))
        .containsEntry("act", Map.of("sub", "batch", "act", Map.of("sub", "cron")))
        .containsEntry("iat", now)
        .containsEntry("exp", now + 60);
    assertThat(key.jwks()).doesNotContain("\"d\"");
  }

  @Test
  void is_signed_once_for_half_its_life() throws Exception {
    IdentityToken tokens = tokens(key(), fast());
    String first = tokens.of(ALICE, Lease.UNBOUNDED, "shop");
    Principal again =
        new Principal(
            "corp",
            "alice",
            "t1",
            "app",
            Set.of("a", "b"),
            Set.of("support"),
            Map.of(),
            List.of("batch", "cron"));
    clock.advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(tokens.of(again, Lease.UNBOUNDED, "shop")).isSameAs(first);
    clock.advance(Duration.ofMillis(1));
    assertThat(tokens.of(ALICE, Lease.UNBOUNDED, "shop")).isNotEqualTo(first);
  }

  @Test
  void is_made_for_one_upstream_and_one_principal() throws Exception {
    IdentityToken tokens = tokens(key(), fast());
    String first = tokens.of(ALICE, Lease.UNBOUNDED, "shop");
    assertThat(tokens.of(ALICE, Lease.UNBOUNDED, "bank")).isNotEqualTo(first);
    Principal lesser =
        new Principal("corp", "alice", "t1", "app", Set.of("a"), Set.of(), Map.of(), List.of());
    String other = tokens.of(lesser, Lease.UNBOUNDED, "shop");
    Jws jws = ((Jws.Parsed.Whole) Jws.parse(other)).jws();
    assertThat(StrictJson.object(jws.payload()))
        .containsEntry("scope", "a")
        .doesNotContainKey("roles");
  }

  @Test
  void does_not_outlive_the_proof() throws Exception {
    IdentityToken tokens = tokens(key(), fast());
    Lease lease = new Lease(FakeClock.START.plusSeconds(10));
    String token = tokens.of(ALICE, lease, "shop");
    Jws jws = ((Jws.Parsed.Whole) Jws.parse(token)).jws();
    assertThat(StrictJson.object(jws.payload()))
        .containsEntry("exp", FakeClock.START.getEpochSecond() + 10);
  }

  @Test
  void never_signs_slowly_on_an_event_loop() throws Exception {
    IdentityToken tokens = tokens(key(), new Signatures(() -> null));
    assertThatThrownBy(() -> tokens.of(ALICE, Lease.UNBOUNDED, "shop"))
        .isSameAs(WouldWait.INSTANCE);
    FutureTask<String> waiting = new FutureTask<>(() -> tokens.of(ALICE, Lease.UNBOUNDED, "shop"));
    Thread.ofVirtual().start(waiting);
    String first = waiting.get();
    assertThat(tokens.of(ALICE, Lease.UNBOUNDED, "shop")).isSameAs(first);
    clock.advance(Duration.ofSeconds(30));
    assertThat(tokens.of(ALICE, Lease.UNBOUNDED, "shop")).isSameAs(first);
    pool.submit(() -> {}).get(10, TimeUnit.SECONDS);
    assertThat(tokens.of(ALICE, Lease.UNBOUNDED, "shop")).isNotEqualTo(first);
  }

  @Test
  void keeps_its_key_for_its_owner_alone() throws Exception {
    Path file = folder.resolve("state").resolve("identity.key");
    SigningKey first = SigningKey.keptIn(file);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(SigningKey.keptIn(file).jwks()).isEqualTo(first.jwks());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> SigningKey.keptIn(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void says_so_when_the_file_holds_no_key() throws Exception {
    Path file = folder.resolve("identity.key");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    for (String text : List.of("", "a\nb\n", "%\n%\n")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> SigningKey.keptIn(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("holds no signing key");
    }
  }

  private SigningKey key() throws IOException {
    return SigningKey.keptIn(folder.resolve("identity.key"));
  }

  private IdentityToken tokens(SigningKey key, Signatures signatures) {
    return new IdentityToken(
        "https://gate.example",
        () -> key,
        new Workshop(clock, new Random(1), new MemoryBlocks(clock), null, http, signatures, pool));
  }

  /// The JDK's own provider in the place of the fast one.
  private static Signatures fast() {
    Provider provider = Objects.requireNonNull(Security.getProvider("SunEC"));
    return new Signatures(() -> provider);
  }
}
