package dev.gatewarden.controls.guards.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.testkit.cases.Lines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreflightTest {
  private static final List<String> METHODS = List.of("GET", "PATCH");
  private final CorsGuard.Config config =
      new CorsGuard.Config(
          List.of("https://app.example.com"),
          true,
          List.of("authorization", "content-type"),
          List.of(),
          Duration.ofMinutes(10));

  @Test
  void answers_a_listed_origin_with_what_it_may() {
    Reply reply = ask("https://app.example.com", "PATCH", "Authorization, content-type");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(lines(reply))
        .containsEntry("access-control-allow-origin", "https://app.example.com")
        .containsEntry("access-control-allow-methods", "GET, PATCH")
        .containsEntry("access-control-allow-headers", "authorization, content-type")
        .containsEntry("access-control-allow-credentials", "true")
        .containsEntry("access-control-max-age", "600");
  }

  @Test
  void tells_another_origin_nothing() {
    assertThat(lines(ask("https://evil.example", "PATCH", "content-type")))
        .containsOnlyKeys("vary");
  }

  @Test
  void tells_nothing_about_a_method_that_the_contract_does_not_promise() {
    assertThat(lines(ask("https://app.example.com", "DELETE", "content-type")))
        .containsOnlyKeys("vary");
  }

  @Test
  void tells_nothing_about_a_header_that_is_not_listed() {
    assertThat(lines(ask("https://app.example.com", "PATCH", "content-type, x-role")))
        .containsOnlyKeys("vary");
  }

  @Test
  void takes_only_a_question_about_one_method_of_one_origin_for_a_preflight() {
    assertThat(Preflight.asks("OPTIONS", asking("https://app.example.com", "PATCH", "")))
        .contains("PATCH");
    assertThat(Preflight.asks("GET", asking("https://app.example.com", "PATCH", ""))).isEmpty();
    assertThat(Preflight.asks("OPTIONS", new Lines(List.of()))).isEmpty();
    assertThat(
            Preflight.asks(
                "OPTIONS",
                asking("https://app.example.com", "PATCH", "").and("origin", "https://b.example")))
        .isEmpty();
  }

  private Reply ask(String origin, String method, String headers) {
    return Preflight.answer(config, METHODS, asking(origin, method, headers));
  }

  private static Lines asking(String origin, String method, String headers) {
    return new Lines(
        List.of(
            Map.entry("origin", origin),
            Map.entry("access-control-request-method", method),
            Map.entry("access-control-request-headers", headers)));
  }

  private static Map<String, String> lines(Reply reply) {
    return reply.headers().stream()
        .collect(java.util.stream.Collectors.toMap(Reply.Line::name, Reply.Line::value));
  }
}
