package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.issuer.Signing;
import dev.gatewarden.demo.issuer.TokenWish;
import dev.gatewarden.demo.shop.Shelves;
import dev.gatewarden.testkit.Requirement;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A token counts only when all of it is right.
class TokenTest {

  private static final String PATH = "/v1/orders/" + Shelves.OF_ALICE;

  private static ShopAtTheGate shop;
  private static Side side;

  @BeforeAll
  static void open() throws Exception {
    shop = ShopAtTheGate.start();
    side = shop.side();
    side.reset();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        wrong("another audience", "AUDIENCE", wish -> wish.audience("https://mail.example")),
        wrong("audience as prefix", "AUDIENCE", wish -> wish.audience(TokenWish.AUDIENCE + "/x")),
        wrong("another issuer", "ISSUER", wish -> wish.issuer("https://id.example")),
        wrong("issuer with a slash", "ISSUER", wish -> wish.issuer(wish.issuer() + "/")),
        wrong("expired", "EXPIRED", wish -> wish.expires(Duration.ofHours(-1))),
        wrong("lives too long", "LIFETIME", wish -> wish.expires(Duration.ofDays(365))),
        wrong("unsigned", "ALGORITHM", wish -> wish.signing(Signing.NONE)),
        wrong(
            "public key as secret",
            "ALGORITHM",
            wish -> wish.signing(Signing.HS256_WITH_PUBLIC_KEY)),
        wrong("foreign key", "SIGNATURE", wish -> wish.signing(Signing.FOREIGN_KEY)),
        wrong("embedded key", "", wish -> wish.signing(Signing.EMBEDDED_KEY)),
        wrong("key from a path", "ALGORITHM", wish -> wish.signing(Signing.KEY_FROM_PATH)),
        wrong("logout token", "TYPE", wish -> wish.typ("logout+jwt")));
  }

  private static Arguments wrong(String title, String why, UnaryOperator<TokenWish> worse) {
    return Arguments.argumentSet(title, why, worse);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refuses(String why, UnaryOperator<TokenWish> worse) throws Exception {
    int before = shop.shop().served();
    Seen seen = side.get(PATH, side.token(worse.apply(side.wish(ALICE))));

    assertThat(seen.status()).isEqualTo(401);
    assertThat(seen.header("www-authenticate")).contains("invalid_token");
    assertThat(shop.reason(seen)).startsWith("signed-token." + why);
    assertThat(shop.shop().served()).isEqualTo(before);
  }

  @Test
  void refuses_a_token_whose_claims_were_changed() throws Exception {
    String[] good = side.token(ALICE).split("\\.", -1);
    String[] other =
        side.token(side.wish(ALICE).roles(java.util.List.of("admin"))).split("\\.", -1);

    assertThat(side.get(PATH, good[0] + "." + other[1] + "." + good[2]).status()).isEqualTo(401);
    assertThat(side.get(PATH, good[0] + "." + good[1] + ".").status()).isEqualTo(401);
    assertThat(side.get(PATH, good[0] + "." + good[1]).status()).isIn(400, 401);
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void accepts_each_algorithm_the_configuration_names() throws Exception {
    assertThat(side.get(PATH, side.token(ALICE)).status()).isEqualTo(200);
    String es256 = side.token(side.wish(ALICE).signing(Signing.ES256));
    assertThat(side.get(PATH, es256).status()).isEqualTo(200);
    assertThat(side.get(PATH, es256).status()).isEqualTo(200);
  }

  @Test
  void unknown_key_names_do_not_make_the_gate_fetch_again_and_again() throws Exception {
    side.get(PATH, side.token(ALICE));
    int before = shop.issuer().keySetsServed();
    for (int i = 0; i < 20; i++) {
      side.get(PATH, side.token(side.wish(ALICE).signing(Signing.EMBEDDED_KEY)));
    }

    assertThat(shop.issuer().keySetsServed() - before).isLessThanOrEqualTo(2);
  }

  @Test
  void a_second_authorization_line_is_refused() throws Exception {
    Seen seen =
        side.send(
            side.request(PATH, side.token(ALICE))
                .header("Authorization", "Bearer " + side.token(ALICE)));

    assertThat(seen.status()).isEqualTo(400);
  }

  @Test
  void a_token_in_the_address_is_refused() throws Exception {
    assertThat(side.get(PATH + "?access_token=" + side.token(ALICE), null).status()).isIn(400, 401);
  }

  @Test
  void the_callers_token_does_not_reach_the_service() throws Exception {
    try (Echo echo = Echo.start()) {
      try (ShopAtTheGate other =
          ShopAtTheGate.start(
              java.util.Set.of(), files -> ShopAtTheGate.unlimited(files).upstream(echo.uri()))) {
        String token = other.side().token(ALICE);
        other.side().get("/v1/orders", token);

        assertThat(echo.last().bearer()).isNotNull().isNotEqualTo(token);
      }
    }
  }
}
