package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.gateway.identity.BoundedHttp;
import dev.gatewarden.gateway.identity.JsonWriter;
import dev.gatewarden.gateway.identity.StrictJson;
import dev.gatewarden.gateway.identity.client.Breaker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/// The way to one decision point: a deadline, a bound, and a breaker. Waits.
///
/// What callers could bring about by what they ask says nothing of the point: a status of their
/// own (4xx) does not count as its failure. That it has no time for anybody (429, 408) does.
final class RemoteLine {
  private static final int MOST_BYTES = 64 << 10;
  private static final long MOST_TOGETHER = 4L << 20;

  private final RemoteSettings settings;
  private final HttpClient http;
  private final InstantSource clock;
  private final Breaker breaker;

  /// @param http follows no redirect
  RemoteLine(RemoteSettings settings, HttpClient http, InstantSource clock, Breaker breaker) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
    this.breaker = breaker;
  }

  /// What came of asking.
  sealed interface Told {
    /// A JSON object with status 200.
    record Members(Map<String, Object> all) implements Told {}

    /// No answer.
    ///
    /// @param status what was answered instead; 0 for nothing
    record Nothing(int status, String why) implements Told {}
  }

  /// Asks.
  ///
  /// @param questions how many, for the length of the answer
  Told ask(URI address, Map<String, Object> body, int questions) {
    if (!breaker.admits(clock.millis())) {
      return new Told.Nothing(0, "it keeps failing and is let rest");
    }
    Told told = told(address, body, questions);
    if (told instanceof Told.Nothing(int status, var _) && fails(status)) {
      breaker.failed(clock.millis());
    } else {
      breaker.succeeded();
    }
    return told;
  }

  private static boolean fails(int status) {
    return status == 0 || status == 408 || status == 429 || status >= 500;
  }

  private Told told(URI address, Map<String, Object> body, int questions) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JsonWriter.write(body)));
    if (settings.token() != null) {
      request.header(
          "authorization",
          "Bearer " + new String(settings.token().revealed(), StandardCharsets.UTF_8));
    }
    long most = Math.min(MOST_TOGETHER, (long) MOST_BYTES * questions);
    try {
      HttpResponse<byte[]> response = BoundedHttp.ask(http, request, most, settings.deadline());
      if (response.statusCode() != 200) {
        return new Told.Nothing(response.statusCode(), "it answers " + response.statusCode());
      }
      Map<String, Object> members = StrictJson.object(response.body());
      return members == null
          ? new Told.Nothing(200, "its answer is no JSON object")
          : new Told.Members(members);
    } catch (IOException fault) {
      return new Told.Nothing(0, String.valueOf(fault.getMessage()));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return new Told.Nothing(0, "the question was broken off");
    }
  }
}
