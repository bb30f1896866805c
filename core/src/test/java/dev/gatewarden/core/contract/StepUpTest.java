package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepUpTest {

  private static Contracts saying(String stepUp, String security) {
    return Contracts.paths(
        """
        paths:
          /pay:
            post:
              operationId: pay
              x-gatewarden-step-up: %s
              security: %s
              x-gatewarden-object: {none: a test}
              responses: {'204': {description: x}}
        components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
        """
            .formatted(stepUp, security));
  }

  private static StepUp read(String stepUp) {
    return StepUp.in(saying(stepUp, "[{bearer: []}]").read().operation("pay").extensions());
  }

  private static List<String> problems(String stepUp) {
    return saying(stepUp, "[{bearer: []}]").problems();
  }

  @Test
  void reads_contexts_and_age() {
    StepUp asked = read("{acr: [urn:example:mfa, '2'], max-age: 1h30m}");
    assertThat(asked.acr()).containsExactly("urn:example:mfa", "2");
    assertThat(asked.maxAge()).isEqualTo(Duration.ofMinutes(90));
    assertThat(asked.text()).isEqualTo("urn:example:mfa or 2, signed in within 1h30m");
    assertThat(read("{max-age: 5m}").text()).isEqualTo("signed in within 5m");
    assertThat(read("{acr: mfa}").text()).isEqualTo("mfa");
    assertThat(read("none")).isNull();
  }

  @Test
  void refuses_what_asks_for_nothing_or_cannot_be_told_to_a_client() {
    assertThat(problems("{}"))
        .containsExactly(
            "shop.yaml:8:29: `x-gatewarden-step-up` asks for nothing; write `{acr:"
                + " [urn:example:mfa], max-age: 5m}`, or `none`");
    assertThat(problems("true"))
        .containsExactly(
            "shop.yaml:8:29: `x-gatewarden-step-up` should be a map or `none`, not a truth value;"
                + " write `{acr: [urn:example:mfa], max-age: 5m}`, or `none`");
    assertThat(problems("{acr: []}")).singleElement().asString().contains("names no");
    assertThat(problems("{acr: ['a b']}")).singleElement().asString().contains("without spaces");
    assertThat(problems("{acr: ['a\"']}")).singleElement().asString().contains("without spaces");
    assertThat(problems("{acr: [\"é\"]}")).singleElement().asString().contains("without spaces");
    assertThat(problems("{max-age: 0s}")).singleElement().asString().contains("between `1s`");
    assertThat(problems("{max-age: 366d}")).singleElement().asString().contains("between `1s`");
    assertThat(problems("{max-age: soon}"))
        .singleElement()
        .asString()
        .contains("no length of time");
    assertThat(problems("{max-age: 1s, acrs: [a]}"))
        .singleElement()
        .asString()
        .contains("did you mean `acr`?");
  }

  @Test
  void refuses_to_ask_somebody_who_need_not_sign_in() {
    assertThat(saying("{max-age: 5m}", "[{bearer: []}, {}]").problems())
        .singleElement()
        .asString()
        .contains("`pay` asks for step-up and lets callers in who prove nothing");
    assertThat(saying("none", "[{bearer: []}, {}]").problems()).isEmpty();
  }

  @Test
  void is_said_once_for_all_operations_and_taken_back_by_one() {
    Contract contract =
        Contracts.paths(
                """
                x-gatewarden-step-up: {max-age: 8h}
                paths:
                  /a: {get: {operationId: a, security: [{bearer: []}], x-gatewarden-object: {none: a test}, responses: {'204': {description: x}}}}
                  /b: {get: {operationId: b, x-gatewarden-step-up: none, x-gatewarden-object: {none: a test}, responses: {'204': {description: x}}}}
                components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
                """)
            .read();
    assertThat(StepUp.in(contract.operation("a").extensions())).isNotNull();
    assertThat(StepUp.in(contract.operation("b").extensions())).isNull();
  }

  @Test
  void can_be_laid_over_a_contract_that_one_may_not_edit() {
    Contract contract =
        saying("none", "[{bearer: []}]")
            .file(
                "1.overlay.yaml",
                """
                overlay: 1.0.0
                info: {title: Ours, version: 1}
                actions:
                - target: $.paths['/pay'].post
                  update: {x-gatewarden-step-up: {acr: [mfa]}}
                """)
            .read();
    assertThat(StepUp.in(contract.operation("pay").extensions()).acr()).containsExactly("mfa");
  }
}
