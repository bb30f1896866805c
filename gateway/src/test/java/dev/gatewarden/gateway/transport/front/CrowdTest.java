package dev.gatewarden.gateway.transport.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.gateway.transport.wire.Limits;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdTest {
  private static final long TENTH = Duration.ofMillis(100).toNanos();

  private final Endings endings = new Endings();
  private final Crowd crowd = new Crowd(few(), List.of(), endings);

  private static Limits few() {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        usual.head(),
        usual.fields(),
        usual.target(),
        usual.body(),
        usual.frame(),
        usual.streams(),
        2,
        2,
        usual.slowest(),
        usual.headTime(),
        usual.bodyTime(),
        usual.idleTime(),
        usual.silence());
  }

  private Crowd.Seat enter(long now) {
    return crowd.enter(new EmbeddedChannel(), Ip.of(new byte[] {10, 0, 0, 1}), now);
  }

  @Test
  void looks_among_the_busy_for_room_ten_times_a_second_and_not_for_each_who_comes() {
    Crowd.Seat first = enter(0);
    Crowd.Seat second = enter(0);
    first.works();
    second.works();
    assertThat(enter(0)).isNull();
    first.rests(0);
    assertThat(enter(0)).isNull();
    assertThat(enter(TENTH)).isNotNull();
    assertThat(endings.byWord()).containsEntry("share", 2L);
  }
}
