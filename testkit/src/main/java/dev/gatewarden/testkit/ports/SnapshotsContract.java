package dev.gatewarden.testkit.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Snapshots;
import dev.gatewarden.core.decision.Snapshots.Snapshot;
import dev.gatewarden.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every adapter of `Snapshots` keeps: a generation never changes, and of two publishers one
/// loses.
public abstract class SnapshotsContract {
  protected final FakeClock clock = new FakeClock();

  /// A new adapter on `clock` to which nothing was published.
  protected abstract Snapshots snapshots();

  @Test
  void has_nothing_that_nobody_published() {
    Snapshots snapshots = snapshots();

    assertThat(snapshots.newest("keys")).isEmpty();
    assertThat(snapshots.at("keys", 1)).isEmpty();
  }

  @Test
  void publishes_generation_after_generation() {
    Snapshots snapshots = snapshots();
    Snapshot first = snapshots.publish("keys", 0, bytes("a")).orElseThrow();
    clock.advance(Duration.ofSeconds(1));
    Snapshot second = snapshots.publish("keys", 1, bytes("b")).orElseThrow();

    assertThat(first.generation()).isEqualTo(1);
    assertThat(second.generation()).isEqualTo(2);
    assertThat(second.at()).isEqualTo(clock.instant());
    assertThat(text(snapshots.newest("keys"))).isEqualTo("b");
  }

  @Test
  void keeps_earlier_generations_as_they_were() {
    Snapshots snapshots = snapshots();
    byte[] content = bytes("a");
    snapshots.publish("keys", 0, content);
    snapshots.publish("keys", 1, bytes("b"));
    content[0] = 'x';
    snapshots.at("keys", 1).ifPresent(found -> found.content()[0] = 'y');

    assertThat(text(snapshots.at("keys", 1))).isEqualTo("a");
  }

  @Test
  void lets_one_of_two_publishers_win() {
    Snapshots snapshots = snapshots();
    snapshots.publish("keys", 0, bytes("a"));

    assertThat(snapshots.publish("keys", 0, bytes("b"))).isEmpty();
    assertThat(snapshots.publish("keys", 2, bytes("b"))).isEmpty();
    assertThat(text(snapshots.newest("keys"))).isEqualTo("a");
  }

  @Test
  void keeps_names_apart() {
    Snapshots snapshots = snapshots();
    snapshots.publish("keys", 0, bytes("a"));

    assertThat(snapshots.newest("Keys")).isEmpty();
    assertThat(snapshots.publish("blocks", 0, bytes("b"))).isPresent();
  }

  private static String text(Optional<Snapshot> snapshot) {
    return new String(snapshot.orElseThrow().content(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
