package dev.gatewarden.controls.guards.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.controls.guards.GuardCases;
import dev.gatewarden.testkit.cases.Configs;
import dev.gatewarden.testkit.cases.Words;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void ways_to_count_are_told_apart() {
    assertThat(Per.parse("tenant + user")).isEqualTo(Per.parse("tenant+user"));
    assertThat(Per.parse("source/24/48")).isNotEqualTo(Per.parse("source/24/56"));
  }

  /// What a share says, and the word of the message that refuses it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {per: tenant}                                                            | `all`
          {rate: 10/1m, cost: {exportOrders: 11}}                                  | exportOrders
          {rate: 1/1d, burst: 1000000}                                             | `burst`
          {quota: 5/day, burst: 5}                                                 | `burst`
          {rate: 3/1m, operations: [getOrder], cost: {exportOrders: 2}}            | exportOrders
          {budget: 1.00/day, price: {'*': 0.1}, cost: {exportOrders: 2}}           | `cost`
          {budget: 1.00/day}                                                       | `price`
          {rate: 3/1m, price: {'*': 0.1}}                                          | `budget`
          {budget: 1.00/day, price: {'*': 1.01}}                                   | `price`
          {budget: 1.00/day, price: {'*': 0}}                                      | `price`
          {budget: 0.00/day, price: {'*': 0}}                                      | `0.00`
          {budget: 1.00/week, price: {'*': 0.1}}                                   | 1.00/week
          {budget: 1.00/day, price: {'*': '0.0000001'}}                            | 0.0000001
          {budget: 1.00/day, price: {'*': -1}}                                     | `-1`
          {budget: 1.00/day, operations: [getOrder], price: {exportOrders: 0.1}}   | exportOrders
          {budget: 1.00/day, price: {'*': 0.1}, cost-by-size: 64KiB}               | `cost-by-size`
          {rate: 3/1m, cost-by-size: 1B}                                           | `cost-by-size`
          {rate: 3/1m, cost-told-by: 'x cost'}                                     | `cost-told-by`
          {rate: 3/1m, cost-told-by: Content-Length}                               | `cost-told-by`
          {rate: 3/1m, then: {}}                                                   | `then`
          {rate: 3/1m, then: {block: 25h}}                                         | `block`
          {rate: 3/1m, then: {slow: 31s}}                                          | `slow`
          {rate: 3/1m, then: {step-up: {rate: 9/1m}}}                              | `step-up`
          {rate: 3/1m, then: {step-up: {acr: [mfa]}}}                              | `step-up`
          {quota: 3/day, then: {step-up: {acr: [mfa], rate: 9/1m}}}                | `step-up`
          {rate: 3/1m, then: {step-up: {acr: [mfa], rate: 3/1m}}}                  | `step-up`
          {rate: 3/1m, then: {step-up: {acr: [mfa], rate: 9/1h}}}                  | `step-up`
          {rate: 3/1m, then: {step-up: {acr: ['a"b'], rate: 9/1m}}}                | `acr`
          """)
  void a_share_that_bounds_nothing_or_never_ends_is_refused(String share, String word) {
    assertThatThrownBy(() -> config("{shares: {all: " + share + "}}")).hasMessageContaining(word);
  }

  /// What `docs/how-to/share-limits.md` shows.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "shares: {each-user: {per: tenant+user, rate: 600/1m, burst: 100}}",
        "shares: {calls: {per: client, quota: 100000/month, cost: {exportOrders: 50}}}",
        "shares: {office: {per: source/24/48, rate: 500/1s, window: sliding}}",
        "shares: {search: {rate: 1000/1m, cost: {exportOrders: 50}, cost-told-by: X-Query-Cost}}",
        "shares: {bytes: {per: client, quota: 500000/day, cost-by-size: 64KiB}}",
        "shares: {guessing: {per: source, rate: 30/1m, then: {block: 10m, slow: 2s}}}",
        "shares: {payouts: {per: user, rate: 5/1h, operations: [payOut], then: {step-up: {acr:"
            + " ['urn:example:mfa'], max-age: 5m, rate: 50/1h}}}}",
        "plans: {bulk: {when: {claim: /flags, is: [bulk]}, shares: {calls: {rate: 6000/1m}}}}",
        "plans: {partner: {when: {roles: [partner]}, shares: {money: {per: client, budget:"
            + " 20.00/month, price: {exportOrders: '0.05', '*': '0.0001'}}}}}"
      })
  void what_is_written_of_shares_can_be_set(String config) {
    assertThat(config("{" + config + "}")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {free: {shares: {all: {rate: 3/1m}}}}                                    | when:
          {free: {when: {claim: /plan, is: [free]}}}                               | `shares`
          {free: {when: {claim: plan, is: [free]}, shares: {all: {rate: 3/1m}}}}   | `plan`
          {free: {when: {claim: /plan}, shares: {all: {rate: 3/1m}}}}              | `is`
          {free: {when: {is: [a]}, shares: {all: {rate: 3/1m}}}}                   | `claim`
          {free: {when: {roles: [a]}, shares: {all: {}}}}                          | `all`
          {'a b': {when: {roles: [a]}, shares: {all: {rate: 3/1m}}}}               | `a b`
          {a: {when: {roles: [a]}, shares: {all: {rate: 3/1m}}}, b: {when: {roles: [a]}, shares: {all: {rate: 4/1m}}}} | nobody
          """)
  void a_plan_that_is_nobodys_or_bounds_nothing_is_refused(String plans, String word) {
    assertThatThrownBy(() -> config("{plans: " + plans + "}")).hasMessageContaining(word);
  }

  private static ShareLimitGuard.Config config(String text) {
    return Configs.bind(ShareLimitGuard.ENTRY.defaults(), Words.parse(text));
  }
}
