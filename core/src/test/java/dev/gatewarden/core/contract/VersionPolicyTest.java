package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.change.Change;
import dev.gatewarden.core.change.Comparison;
import dev.gatewarden.core.change.Version;
import dev.gatewarden.core.change.VersionPolicy;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an API promised its callers about versions, and what it does.
class VersionPolicyTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);
  private static final VersionPolicy POLICY = new VersionPolicy(true, Duration.ofDays(90));

  private static String shop(String version, String life) {
    return """
    openapi: 3.1.0
    info: {title: Shop, version: %s}
    security: []
    paths:
      /a:
        get:
          operationId: a
          %sresponses: {'204': {description: x}}
      /b: {get: {operationId: b, responses: {'204': {description: x}}}}
    """
        .formatted(version, life.isEmpty() ? "" : "x-gatewarden-lifecycle: " + life + "\n      ");
  }

  private static String without(String shop) {
    return shop.substring(0, shop.indexOf("  /a:")) + shop.substring(shop.indexOf("  /b:"));
  }

  private static List<String> sentences(String old, String now) {
    Contract before = Contracts.of(old).read();
    Contract after = Contracts.of(now).read();
    List<Change> changes = Comparison.between(before, after, TODAY);
    return POLICY.judge(before, after, changes, TODAY).stream()
        .map(each -> each.kind().word() + ": " + each.sentence())
        .toList();
  }

  @Test
  void wants_a_new_version_for_what_breaks() {
    String old = shop("1.4.0", "{state: deprecated, since: 2026-01-01, sunset: 2026-05-31}");
    String other =
        old.replace(
            "operationId: b",
            "operationId: b, parameters: [{name: q, in: query, required: true, schema: {}}]");
    assertThat(sentences(old, other))
        .containsExactly(
            "version-not-raised: a breaking change, and version `1.4.0` is no new one after"
                + " `1.4.0`");
    assertThat(sentences(old, other.replace("1.4.0", "1.5.0"))).hasSize(1);
    assertThat(sentences(old, other.replace("1.4.0", "2.0.0"))).isEmpty();
    assertThat(sentences(old, old.replace("1.4.0", "1.4.1"))).isEmpty();
  }

  @Test
  void wants_a_day_named_before_something_ends() {
    assertThat(sentences(shop("1", ""), without(shop("1", ""))))
        .contains("removed-without-notice: `GET /a` is gone, and no day was named");
    String named = shop("1", "{sunset: 2026-06-02}");
    assertThat(sentences(named, without(named)))
        .contains(
            "removed-without-notice: `GET /a` is gone before 2026-06-02, the day that was named");
    String come = shop("1", "{sunset: 2026-06-01}");
    assertThat(sentences(come, without(come))).isEmpty();
    assertThat(sentences(shop("1", ""), without(shop("2", "")))).isEmpty();
  }

  @Test
  void counts_the_notice_from_the_day_it_is_given() {
    assertThat(sentences(shop("1", ""), shop("1", "{sunset: 2026-08-29}")))
        .containsExactly(
            "notice-too-short: `GET /a` ends on 2026-08-29, 89 days from 2026-06-01; 90 days are"
                + " promised");
    assertThat(sentences(shop("1", ""), shop("1", "{sunset: 2026-08-30}"))).isEmpty();
    assertThat(sentences(shop("1", ""), shop("1", "{since: 2020-01-01, sunset: 2026-08-29}")))
        .hasSize(1);
    assertThat(sentences(shop("1", ""), shop("1", "{since: 2026-07-01, sunset: 2026-08-30}")))
        .hasSize(1);
  }

  @Test
  void does_not_let_an_announced_day_come_sooner() {
    assertThat(sentences(shop("1", "{sunset: 2026-12-01}"), shop("1", "{sunset: 2026-11-30}")))
        .containsExactly(
            "sunset-hastened: `GET /a` ends on 2026-11-30, and 2026-12-01 was named before");
    assertThat(sentences(shop("1", "{sunset: 2026-12-01}"), shop("1", "{sunset: 2026-12-02}")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.4.0, 2.0.0, true",
    "1.4.0, 1.5.0, false",
    "1.9, 1.10, false",
    "2.0.0, 1.0.0, false",
    "v1, v2, true",
    "0.4.0, 0.5.0, true",
    "0.4.0, 0.4.1, false",
    "0.9.0, 1.0.0, true",
    "2.0.0-rc.1, 2.0.0, false",
    "2026-01-01, 2026-01-02, true",
    "2026-01-01, 2026-01-01, false",
    "beta, alpha, false",
  })
  void tells_a_new_version(String old, String now, boolean newer) {
    assertThat(Version.of(now).isNewerThan(Version.of(old))).isEqualTo(newer);
  }

  @Test
  void refuses_a_life_that_makes_no_sense() {
    assertThat(Contracts.of(shop("1", "{state: old}")).problems())
        .containsExactly("shop.yaml:8:39: `state` should be one of active, deprecated, sunset");
    assertThat(Contracts.of(shop("1", "{sunset: soon, sinse: 2026-01-01}")).problems())
        .containsExactly(
            "shop.yaml:8:40: `sunset` is `soon`, which is no day; write it as `2026-12-31`",
            "shop.yaml:8:46: `sinse` is not known here; did you mean `since`?");
    assertThat(Contracts.of(shop("1", "{since: 2026-02-01, sunset: 2026-01-01}")).problems())
        .containsExactly("shop.yaml:8:59: `sunset` lies before `since`");
    assertThat(Contracts.of(shop("1", "{state: active, sunset: 2026-01-01}")).problems())
        .containsExactly(
            "shop.yaml:8:31: what is `active` has no end; write `state: deprecated`, or no dates");
    assertThat(Contracts.of(shop("1", "[deprecated]")).problems())
        .containsExactly(
            "shop.yaml:8:31: `x-gatewarden-lifecycle` should be a state or a map, not a list; write"
                + " `{state: deprecated, since: 2026-01-31, sunset: 2026-12-31}`");
  }
}
