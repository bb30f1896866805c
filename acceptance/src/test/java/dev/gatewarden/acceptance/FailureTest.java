package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What happens when something else is down.
class FailureTest {

  @Test
  void a_service_that_is_down_is_told_apart_from_a_refusal() throws Exception {
    try (ShopAtTheGate shop =
        ShopAtTheGate.start(
            Set.of(), files -> ShopAtTheGate.unlimited(files).upstream(closedPort()))) {
      Seen seen = shop.side().get("/v1/orders", shop.side().token(ALICE));

      assertThat(seen.status()).isIn(502, 503);
      assertThat(seen.header("content-type")).startsWith("application/problem+json");
      assertThat(seen.text()).doesNotContain("refused").doesNotContain("127.0.0.1");
    }
  }

  @Test
  void a_service_that_hangs_up_in_the_middle_is_no_answer() throws Exception {
    try (Echo service =
            Echo.answering(
                _ -> {
                  throw new Error("hangs up");
                });
        ShopAtTheGate shop =
            ShopAtTheGate.start(
                Set.of(), files -> ShopAtTheGate.unlimited(files).upstream(service.uri()))) {
      assertThat(shop.side().get("/v1/orders", shop.side().token(ALICE)).status()).isIn(502, 503);
    }
  }

  @Test
  void an_issuer_that_is_down_is_no_reason_to_let_anybody_in() throws Exception {
    try (ShopAtTheGate shop =
        ShopAtTheGate.start(
            Set.of(), files -> ShopAtTheGate.unlimited(files).issuer(closedPort()))) {
      Seen seen =
          shop.side()
              .get("/v1/orders", shop.side().token(shop.side().wish(ALICE).issuer("http://x")));

      assertThat(seen.status()).isIn(401, 503);
      assertThat(shop.shop().served()).isZero();
    }
  }

  @Test
  void known_keys_outlive_the_issuer() throws Exception {
    try (ShopAtTheGate shop = ShopAtTheGate.start()) {
      Side side = shop.side();
      side.reset();
      assertThat(side.get("/v1/orders", side.token(ALICE)).status()).isEqualTo(200);
      shop.issuer().close();

      assertThat(side.get("/v1/orders", side.token(ALICE)).status()).isEqualTo(200);
    }
  }

  private static URI closedPort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
