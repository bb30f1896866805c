package dev.gatewarden.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.core.identity.ApiKeys;
import dev.gatewarden.core.identity.ApiKeys.Fault;
import dev.gatewarden.core.identity.ApiKeys.Verification;
import dev.gatewarden.core.identity.KeyText;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.gateway.state.FileSnapshots;
import dev.gatewarden.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoreTest {
  private static final Duration LIFE = Duration.ofDays(30);

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final Pepper pepper = Pepper.of(Secret.of("a pepper of the tests"));
  private KeyStore store;

  @BeforeEach
  void open() {
    store = new KeyStore(new FileSnapshots(folder, clock), clock);
  }

  @Test
  void a_key_is_good_until_it_expires() throws IOException {
    KeyStore.Issued made = store.issue(wish("acme"), pepper);
    try (KeyRings rings = KeyRings.open(store, clock)) {
      ApiKeys keys = ring(rings);

      assertThat(keys.verify(made.text().text())).isInstanceOf(Verification.Verified.class);
      clock.advance(LIFE.minusMillis(1));
      assertThat(keys.verify(made.text().text())).isInstanceOf(Verification.Verified.class);
      clock.advance(Duration.ofMillis(1));
      assertThat(fault(keys, made.text().text())).isEqualTo(Fault.EXPIRED);
    }
  }

  @Test
  void each_fault_has_its_own_word() throws IOException {
    KeyStore.Issued made = store.issue(wish("acme"), pepper);
    KeyText other = KeyText.of("live", new byte[9], new byte[32]);
    try (KeyRings rings = KeyRings.open(store, clock)) {
      ApiKeys keys = ring(rings);

      assertThat(fault(keys, other.text())).isEqualTo(Fault.UNKNOWN);
      assertThat(fault(keys, KeyText.of("test", new byte[9], new byte[32]).text()))
          .isEqualTo(Fault.ENVIRONMENT);
      assertThat(fault(keys, "nonsense")).isEqualTo(Fault.MALFORMED);
      ApiKeys staff = rings.of(new KeyRings.Ring("staff", "live", LIFE, pepper));
      assertThat(fault(staff, made.text().text())).isEqualTo(Fault.OTHER_RING);
      ApiKeys guessing =
          rings.of(
              new KeyRings.Ring(
                  "partners", "live", LIFE, Pepper.of(Secret.of("another pepper!!"))));
      assertThat(fault(guessing, made.text().text())).isEqualTo(Fault.SECRET);
    }
  }

  @Test
  void nothing_that_is_kept_holds_the_text() throws IOException {
    KeyStore.Issued made = store.issue(wish("acme"), pepper);

    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain(made.text().text().substring(22));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void a_successor_takes_over_and_the_old_one_ends_after_the_overlap() throws IOException {
    KeyStore.Issued old = store.issue(wish("acme"), pepper);
    KeyStore.Issued next = store.rotate(old.key().id(), LIFE, Duration.ofHours(1), pepper);

    try (KeyRings rings = KeyRings.open(store, clock)) {
      ApiKeys keys = ring(rings);
      assertThat(keys.verify(old.text().text())).isInstanceOf(Verification.Verified.class);
      clock.advance(Duration.ofHours(1));
      assertThat(fault(keys, old.text().text())).isEqualTo(Fault.EXPIRED);
      assertThat(keys.verify(next.text().text())).isInstanceOf(Verification.Verified.class);
    }
    assertThat(next.key().name()).isEqualTo("acme");
    assertThatThrownBy(() -> store.rotate(old.key().id(), LIFE, Duration.ZERO, pepper))
        .hasMessageContaining("successor");
  }

  @Test
  void a_key_seen_in_an_address_is_ended_at_once_and_in_the_store() throws IOException {
    KeyStore.Issued made = store.issue(wish("acme"), pepper);
    KeyRings rings = KeyRings.open(store, clock);
    ApiKeys keys = ring(rings);

    rings.inAddress(forged(made.text()));
    assertThat(keys.verify(made.text().text())).isInstanceOf(Verification.Verified.class);
    rings.inAddress(made.text());
    assertThat(fault(keys, made.text().text())).isEqualTo(Fault.LEAKED);
    rings.close();

    assertThat(store.find(made.key().id()).state()).isEqualTo(ApiKey.State.LEAKED);
    KeyStore.Issued next = store.rotate(made.key().id(), LIFE, Duration.ofHours(1), pepper);
    try (KeyRings again = KeyRings.open(store, clock)) {
      assertThat(fault(ring(again), made.text().text())).isEqualTo(Fault.LEAKED);
      assertThat(ring(again).verify(next.text().text())).isInstanceOf(Verification.Verified.class);
    }
  }

  @Test
  void the_last_use_is_kept_when_the_gate_stops() throws IOException {
    KeyStore.Issued made = store.issue(wish("acme"), pepper);
    try (KeyRings rings = KeyRings.open(store, clock)) {
      ring(rings).verify(made.text().text());
    }

    assertThat(store.list().getFirst().used())
        .isEqualTo(Instant.ofEpochMilli(clock.instant().toEpochMilli()));
  }

  @Test
  void two_who_change_the_store_at_once_both_succeed() throws Exception {
    List<Thread> threads =
        Stream.of("a", "b", "c", "d")
            .map(
                name ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              try {
                                store.issue(wish(name), pepper);
                              } catch (IOException failed) {
                                throw new AssertionError(failed);
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(store.list()).hasSize(4);
  }

  @Test
  void what_stands_is_told_in_one_word() throws IOException {
    ApiKey key = store.issue(wish("acme"), pepper).key();
    Instant made = clock.instant();
    Duration rotate = Duration.ofDays(10);

    assertThat(Standing.of(key, rotate, made)).isEqualTo(Standing.ACTIVE);
    assertThat(Standing.of(key, rotate, made.plus(rotate).plusMillis(1))).isEqualTo(Standing.DUE);
    assertThat(Standing.of(key, null, made.plus(Duration.ofDays(17)))).isEqualTo(Standing.EXPIRING);
    assertThat(Standing.of(key, null, made.plus(LIFE))).isEqualTo(Standing.EXPIRED);
    store.rotate(key.id(), LIFE, Duration.ofDays(1), pepper);
    assertThat(Standing.of(store.find(key.id()), null, made)).isEqualTo(Standing.REPLACED);
    assertThat(Standing.of(store.revoke(key.id()), null, made)).isEqualTo(Standing.REVOKED);
  }

  @Test
  void the_pepper_is_made_once_and_refused_where_others_may_read_it() throws IOException {
    Path file = folder.resolve("pepper");
    String digest = Pepper.keptIn(file).hex("a");

    assertThat(Pepper.keptIn(file).hex("a")).isEqualTo(digest);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Pepper.keptIn(file)).hasMessageContaining("chmod 600");
  }

  /// A key of the same id, with another secret and a checksum that fits.
  private static KeyText forged(KeyText key) {
    return new KeyText(
        key.environment(), key.id(), KeyText.of("live", new byte[9], new byte[32]).text());
  }

  private static Fault fault(ApiKeys keys, String presented) {
    return ((Verification.Refused) keys.verify(presented)).fault();
  }

  private ApiKeys ring(KeyRings rings) {
    return rings.of(new KeyRings.Ring("partners", "live", Duration.ofDays(10), pepper));
  }

  private static KeyStore.Wish wish(String name) {
    return new KeyStore.Wish(
        new ApiKey(
            "new",
            "partners",
            "live",
            name,
            "team",
            List.of("shop.*"),
            Set.of("a"),
            Set.of(),
            "t1",
            Instant.EPOCH,
            Instant.EPOCH,
            ApiKey.State.ACTIVE,
            null,
            null),
        LIFE);
  }
}
