package dev.gatewarden.controls.guards.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.controls.guards.GuardCases;
import dev.gatewarden.testkit.cases.Configs;
import dev.gatewarden.testkit.cases.Words;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DistinctObjectsGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(DistinctObjectsGuard.ENTRY);
  }

  @Test
  void a_number_without_a_time_is_refused() {
    Assertions.assertThatThrownBy(() -> config("{each: 5}")).hasMessageContaining("`within`");
  }

  @Test
  void counts_sanely_where_only_the_time_is_said() {
    DistinctObjectsGuard.Config config = config("{within: 1h}");
    assertThat(config.of("order")).isEqualTo(200);
    assertThat(config.ofAll()).isEqualTo(500);
    assertThat(config("{within: 1h, all: 50}").of("order")).isEqualTo(50);
  }

  private static DistinctObjectsGuard.Config config(String text) {
    return Configs.bind(DistinctObjectsGuard.ENTRY.defaults(), Words.parse(text));
  }
}
