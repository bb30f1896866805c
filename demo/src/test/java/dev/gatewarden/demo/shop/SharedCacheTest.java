package dev.gatewarden.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Loopback;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedCacheTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60                    | false | true",
        "max-age=60                    | true  | false",
        "public, max-age=60            | true  | true",
        "s-maxage=60                   | true  | true",
        "must-revalidate, max-age=60   | true  | true",
        "public                        | true  | false",
        "public, max-age=0             | true  | false",
        "public, max-age=60, s-maxage=0| true  | false",
        "private, max-age=60           | false | false",
        "private, no-store             | true  | false",
        "public, no-cache, max-age=60  | true  | false",
        "public, no-store, max-age=60  | false | false"
      })
  void keeps_what_a_shared_cache_may_keep(String control, boolean token, boolean kept)
      throws Exception {
    assertThat(served("cache-control", control, token)).isEqualTo(kept ? 1 : 2);
  }

  @Test
  void keeps_nothing_without_being_told() throws Exception {
    assertThat(served("x-other", "1", false)).isEqualTo(2);
  }

  /// How often the origin is asked when a page is asked for twice.
  private static int served(String header, String value, boolean token) throws Exception {
    AtomicInteger served = new AtomicInteger();
    try (Loopback origin =
            Loopback.start(
                0,
                _ -> {
                  served.incrementAndGet();
                  return Answer.json(200, "{}").with(header, value);
                });
        SharedCache cache = SharedCache.start(0, origin.uri(), Clock.systemUTC());
        HttpClient client = HttpClient.newHttpClient()) {
      get(client, cache.uri(), token ? "Bearer a" : null);
      get(client, cache.uri(), token ? "Bearer b" : null);
    }
    return served.get();
  }

  private static void get(HttpClient client, URI uri, @Nullable String authorization)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve("/page"));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    assertThat(client.send(request.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }
}
