package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gate says how it is, and leaves when it has answered.
class LifeTest {

  @TempDir private Path folder;

  @Test
  @Requirement(id = "RUN-6")
  void says_that_it_lives_and_is_ready() throws Exception {
    try (ShopAtTheGate shop = ShopAtTheGate.start()) {
      assertThat(status(shop.admin().resolve("/health"))).isEqualTo(200);
      assertThat(status(shop.admin().resolve("/ready"))).isEqualTo(200);
      assertThat(status(shop.uri().resolve("/health"))).isEqualTo(404);
      assertThat(status(shop.uri().resolve("/metrics"))).isEqualTo(404);
    }
  }

  @Test
  @Requirement(id = "RUN-6")
  void shows_its_own_surface_only_to_who_brings_the_token() throws Exception {
    Path token = Files.writeString(folder.resolve("admin.token"), "a-token-for-this-test-alone");
    try (ShopAtTheGate shop =
        ShopAtTheGate.start(
            Set.of(),
            files ->
                ShopAtTheGate.unlimited(files)
                    .change("{port: 8081}", "{port: 0, token: 'file:" + token + "'}"))) {
      assertThat(status(shop.admin().resolve("/health"))).isEqualTo(200);
      assertThat(status(shop.admin().resolve("/metrics"))).isEqualTo(401);
      assertThat(status(shop.admin().resolve("/metrics"), "another-token")).isEqualTo(401);
      assertThat(status(shop.admin().resolve("/metrics"), Files.readString(token))).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "RUN-6")
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
    return status(uri, "");
  }

  private static int status(URI uri, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }
}
