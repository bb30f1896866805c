package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.http.Answer;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The gate says how it is, and leaves when it has answered.
class LifeTest {

  @Test
  void says_that_it_lives_and_is_ready() throws Exception {
    try (ShopAtTheGate shop = ShopAtTheGate.start()) {
      assertThat(status(shop.admin().resolve("/health"))).isEqualTo(200);
      assertThat(status(shop.admin().resolve("/ready"))).isEqualTo(200);
      assertThat(status(shop.uri().resolve("/health"))).isEqualTo(404);
      assertThat(status(shop.uri().resolve("/metrics"))).isEqualTo(404);
    }
  }

  @Test
  void answers_what_is_in_flight_before_it_stops() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (Echo service =
            Echo.answering(
                _ -> {
                  arrived.countDown();
                  release.await(20, TimeUnit.SECONDS);
                  return Answer.json(200, "{\"data\":[]}");
                });
        ShopAtTheGate shop =
            ShopAtTheGate.start(
                Set.of(), files -> ShopAtTheGate.unlimited(files).upstream(service.uri()))) {
      CompletableFuture<Seen> asked = CompletableFuture.supplyAsync(() -> get(shop, "/v1/orders"));
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(shop.gate()::close);
      release.countDown();

      assertThat(asked.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
      stopped.get(20, TimeUnit.SECONDS);
      assertThat(refusesConnections(shop.uri())).isTrue();
    }
  }

  private static Seen get(ShopAtTheGate shop, String path) {
    try {
      return shop.side().get(path, shop.side().token(ALICE));
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean refusesConnections(URI uri) throws Exception {
    try {
      status(uri);
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  private static int status(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }
}
