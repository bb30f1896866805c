package dev.gatewarden.controls.guards.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.controls.guards.GuardCases;
import dev.gatewarden.core.limit.Rate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareLimitGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(ShareLimitGuard.ENTRY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "users",
        "user+user",
        "user+",
        "claim:",
        "claim:plan",
        "source/24",
        "source/0/0"
      })
  void what_nothing_can_be_counted_by_is_refused(String text) {
    assertThatThrownBy(() -> Per.parse(text)).hasMessageContaining("tenant");
  }

  @Test
  void a_share_without_a_rate_and_without_a_quota_is_refused() {
    assertThatThrownBy(
            () -> new ShareLimitGuard.Config(Map.of("all", ShareLimitGuard.Share.DEFAULT)))
        .hasMessageContaining("`all`");
  }

  @Test
  void a_cost_that_no_share_ever_covers_is_refused() {
    assertThatThrownBy(
            () ->
                new ShareLimitGuard.Share(
                    Per.parse("tenant"),
                    Optional.of(Rate.parse("10/1m")),
                    Optional.empty(),
                    ShareLimitGuard.Window.BUCKET,
                    Optional.empty(),
                    List.of(),
                    Map.of("exportOrders", 11L)))
        .hasMessageContaining("exportOrders");
  }

  @Test
  void ways_to_count_are_told_apart() {
    assertThat(Per.parse("tenant + user")).isEqualTo(Per.parse("tenant+user"));
    assertThat(Per.parse("source/24/48")).isNotEqualTo(Per.parse("source/24/56"));
  }

  @Test
  void a_bucket_that_takes_longer_than_a_life_to_fill_is_refused() {
    assertThatThrownBy(
            () -> share(Rate.parse("1/1d"), Optional.of(1_000_000L), List.of(), Map.of()))
        .hasMessageContaining("`burst`");
  }

  @Test
  void a_cost_of_an_operation_that_the_share_is_not_for_is_refused() {
    assertThatThrownBy(
            () ->
                share(
                    Rate.parse("3/1m"),
                    Optional.empty(),
                    List.of("getOrder"),
                    Map.of("exportOrders", 2L)))
        .hasMessageContaining("exportOrders");
  }

  private static ShareLimitGuard.Share share(
      Rate rate, Optional<Long> burst, List<String> operations, Map<String, Long> cost) {
    return new ShareLimitGuard.Share(
        Per.parse("tenant"),
        Optional.of(rate),
        Optional.empty(),
        ShareLimitGuard.Window.BUCKET,
        burst,
        operations,
        cost);
  }
}
