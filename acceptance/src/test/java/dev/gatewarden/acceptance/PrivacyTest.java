package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A private answer stays with the one who asked, and says how a browser shall treat it.
class PrivacyTest {

  private static ShopAtTheGate shop;
  private static Side side;

  @BeforeAll
  static void open() throws Exception {
    shop = ShopAtTheGate.start();
    side = shop.side();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @BeforeEach
  void tidy() {
    side.reset();
  }

  @Test
  void a_shared_cache_keeps_nothing_of_anybody() throws Exception {
    side.getThroughCache("/v1/profile", side.token(ALICE));

    assertThat(side.getThroughCache("/v1/profile", side.token(BOB)).json().path("id").asString())
        .isEqualTo("bob");
    assertThat(side.getThroughCache("/v1/profile", null).status()).isEqualTo(401);
  }

  @Test
  void says_private_whatever_the_service_says() throws Exception {
    Seen seen = side.get("/v1/profile", side.token(ALICE));

    assertThat(seen.response().headers().allValues("cache-control"))
        .containsExactly("private, no-store");
    assertThat(
            String.join(", ", seen.response().headers().allValues("vary"))
                .toLowerCase(java.util.Locale.ROOT))
        .contains("authorization");
  }

  @Test
  void tells_browsers_not_to_guess() throws Exception {
    for (Seen seen :
        java.util.List.of(
            side.get("/v1/profile", side.token(ALICE)), side.get("/v1/profile", null))) {
      assertThat(seen.header("x-content-type-options")).isEqualTo("nosniff");
    }
  }

  @Test
  void the_service_does_not_open_its_answers_to_every_origin() throws Exception {
    try (Echo service =
            Echo.answering(
                _ ->
                    Answer.json(200, "{\"data\":[]}")
                        .with("access-control-allow-origin", "*")
                        .with("access-control-allow-credentials", "true"));
        ShopAtTheGate other =
            ShopAtTheGate.start(
                java.util.Set.of(),
                files -> ShopAtTheGate.unlimited(files).upstream(service.uri()))) {
      Seen seen =
          other
              .side()
              .send(
                  other
                      .side()
                      .request("/v1/orders", other.side().token(ALICE))
                      .header("Origin", "https://evil.example")
                      .GET());

      assertThat(seen.status()).isEqualTo(200);
      assertThat(seen.header("access-control-allow-origin")).isEmpty();
      assertThat(seen.header("access-control-allow-credentials")).isEmpty();
    }
  }

  @Test
  void no_origin_is_welcome_unless_named() throws Exception {
    Seen seen =
        side.send(
            side.request("/v1/profile", side.token(ALICE))
                .header("Origin", "https://evil.example")
                .GET());

    assertThat(seen.header("access-control-allow-origin")).isEmpty();
  }
}
