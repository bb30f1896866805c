package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.http.Answer;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the service lets slip does not leave the gate.
class ResponseSchemaTest {

  private static final String PROFILE =
      "{\"id\":\"alice\",\"displayName\":\"Alice\",\"email\":\"alice@north.example\","
          + "\"role\":\"customer\"%s}";

  @Test
  void cuts_out_what_the_contract_does_not_promise() throws Exception {
    Seen seen =
        profile(
            Answer.json(200, PROFILE.formatted(",\"passwordHash\":\"x\",\"debug\":{\"a\":[1]}")));

    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.text()).doesNotContain("passwordHash").doesNotContain("debug");
    assertThat(seen.json().size()).isEqualTo(4);
    assertThat(seen.json().path("role").asString()).isEqualTo("customer");
  }

  @Test
  void lets_what_is_promised_through_unchanged() throws Exception {
    Seen seen = profile(Answer.json(200, PROFILE.formatted("")));

    assertThat(seen.text()).isEqualTo(PROFILE.formatted(""));
  }

  @Test
  void does_not_release_somebody_elses_object_that_the_service_mistook_for_the_callers()
      throws Exception {
    Seen seen = profile(Answer.json(200, PROFILE.formatted("").replace("\"alice\"", "\"bob\"")));

    assertThat(seen.status()).isEqualTo(404);
    assertThat(seen.text()).doesNotContain("bob");
  }

  @Test
  void replaces_a_verbose_error() throws Exception {
    Seen seen =
        profile(
            Answer.of(
                500,
                "text/html",
                "<h1>java.lang.NullPointerException</h1> at com.example.Shop(Shop.java:42)"));

    assertThat(seen.status()).isBetween(500, 502);
    assertThat(seen.text()).doesNotContain("NullPointer").doesNotContain("Shop.java");
    assertThat(seen.header("content-type")).startsWith("application/problem+json");
  }

  private static Seen profile(Answer answer) throws Exception {
    try (Echo service = Echo.answering(_ -> answer);
        ShopAtTheGate shop =
            ShopAtTheGate.start(
                Set.of(), files -> ShopAtTheGate.unlimited(files).upstream(service.uri()))) {
      return shop.side().get("/v1/profile", shop.side().token(ALICE));
    }
  }
}
