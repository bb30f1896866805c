package dev.gatewarden.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said to nonsense in how services are spared.
class SparingErrorsTest {
  private static String upstream(String more) {
    return Texts.SHOP.replace(
        "{to: [http://10.0.1.5:9000]}", "{to: [http://10.0.1.5:9000], " + more + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          whole: 1s                                | `whole` is shorter than `deadline`
          at-once: {calls: 0}                      | `calls` is 0; it is between 1 and
          at-once: {queue: -1}                     | `queue` is -1; it is between 0 and
          breaker: {failed: 101}                   | `failed` is 101; it is between 1 and 100
          breaker: {slow: 50}                      | `slow` has no effect without `slow-after`
          breaker: {rest: 0s}                      | `rest` is zero
          breaker: off                             | `breaker` is `off`; write `none`, or an object
          retry: {times: 0}                        | `times` is 0; it is between 1 and 10
          retry: {when: []}                        | `when` is empty, so that nothing is tried again
          retry: {when: always}                    | `when` is `always`
          ejection: {after: 3}                     | `ejection` has no effect: there is one address
          health: {path: healthz}                  | `path` is `healthz`; it begins with `/`
          health: {path: "/a b"}                   | it begins with `/` and holds no spaces
          health: {path: /h, every: 1s}            | `within` is longer than `every`
          health: {every: 1s}                      | `path` is missing
          """)
  void finds(String more, String said) {
    assertThat(Texts.problems(upstream(more)))
        .isNotEmpty()
        .allMatch(problem -> problem.startsWith("gatewarden.yaml:12:"))
        .anyMatch(problem -> problem.contains(said));
  }

  @Test
  void finds_operations_of_which_nothing_is_said() {
    assertThat(
            Texts.problems(
                Texts.SHOP
                    + "    operations: {getOrder: {upstream: {}}, list: {upstream: {whole:"
                    + " 0s}}}\n"))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("`upstream` says nothing"))
        .anyMatch(problem -> problem.contains("`whole` is zero"));
  }

  @Test
  void takes_what_makes_sense() {
    assertThat(
            Texts.problems(
                upstream(
                    "whole: 60s, breaker: none, retry: none, ejection: none, health: {path:"
                        + " '/healthz?deep=1'}, at-once: {calls: 10, patience: 0s}")))
        .isEmpty();
  }
}
