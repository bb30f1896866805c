package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();

  @Test
  void a_new_key_is_published_before_it_signs_and_the_old_one_after() throws Exception {
    SigningKeys keys = SigningKeys.keptIn(folder, clock);
    String old = keys.get().kid();
    clock.advance(Duration.ofMinutes(1));
    String fresh = SigningKeys.rotate(folder, clock);

    assertThat(keys.jwks()).contains(old, fresh).doesNotContain("\"d\"");
    assertThat(keys.get().kid()).isEqualTo(old);
    clock.advance(SigningKeys.AHEAD.minusMillis(1));
    assertThat(keys.get().kid()).isEqualTo(old);
    clock.advance(Duration.ofMillis(1));
    assertThat(keys.get().kid()).isEqualTo(fresh);
    clock.advance(SigningKeys.AFTER.minusMillis(1));
    assertThat(keys.jwks()).contains(old, fresh);
    clock.advance(Duration.ofMillis(1));
    assertThat(keys.jwks()).contains(fresh).doesNotContain(old);
    assertThat(SigningKeys.keptIn(folder, clock).get().kid()).isEqualTo(fresh);
  }

  @Test
  void a_key_of_three_months_is_replaced_by_itself() throws Exception {
    SigningKeys keys = SigningKeys.keptIn(folder, clock);
    String old = keys.get().kid();
    clock.advance(SigningKeys.AGE);
    assertThat(keys.jwks().split("\"kid\"", -1)).hasSize(3);
    assertThat(keys.get().kid()).isEqualTo(old);
    clock.advance(SigningKeys.AHEAD);
    assertThat(keys.get().kid()).isNotEqualTo(old);
  }

  @Test
  void what_is_no_key_of_the_gate_is_left_alone_and_an_open_one_refused() throws Exception {
    Files.writeString(folder.resolve("identity-mine.key"), "notes");
    SigningKeys keys = SigningKeys.keptIn(folder, clock);
    assertThat(keys.jwks().split("\"kid\"", -1)).hasSize(2);
    Files.setPosixFilePermissions(
        folder.resolve("identity.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> SigningKeys.keptIn(folder, clock))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600");
  }
}
