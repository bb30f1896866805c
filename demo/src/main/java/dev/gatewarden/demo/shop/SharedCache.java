package dev.gatewarden.demo.shop;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A running shared cache, as a content network or a company's proxy has it: it does what RFC 9111
/// permits and nothing more, so what it leaks it was allowed to keep.
public final class SharedCache implements AutoCloseable {

  private static final int MOST_ENTRIES = 1000;
  private static final Set<String> PER_HOP =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private record Entry(Answer answer, Instant stored, Directives directives) {}

  private final URI origin;
  private final Clock clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Loopback server;

  private SharedCache(int port, URI origin, Clock clock) throws IOException {
    this.origin = origin;
    this.clock = clock;
    this.server = Loopback.start(port, this::answer);
  }

  /// @param port 0 takes any free one
  /// @param origin what it stands in front of
  /// @throws IOException when the port is taken
  public static SharedCache start(int port, URI origin, Clock clock) throws IOException {
    return new SharedCache(port, origin, clock);
  }

  public URI uri() {
    return server.uri();
  }

  /// Forgets everything.
  public void clear() {
    entries.clear();
  }

  @Override
  public void close() {
    server.close();
    client.shutdownNow();
  }

  private Answer answer(Incoming request) throws IOException, InterruptedException {
    boolean get = request.method().equals("GET");
    Entry kept = get ? fresh(request) : null;
    if (kept != null) {
      long age = Duration.between(kept.stored(), clock.instant()).toSeconds();
      return kept.answer().with("age", Long.toString(age)).with("cache-status", "demo; hit");
    }
    Answer answer = forward(request);
    Directives directives = Directives.of(answer.headers());
    if (get && answer.status() == 200 && directives.storable(request.bearer() != null)) {
      if (entries.size() < MOST_ENTRIES) {
        entries.put(request.target(), new Entry(answer, clock.instant(), directives));
      }
    } else if (!get && answer.status() < 400) {
      entries.remove(request.target());
    }
    return answer.with("cache-status", "demo; fwd=miss");
  }

  private @Nullable Entry fresh(Incoming request) {
    Entry entry = entries.get(request.target());
    if (entry == null) {
      return null;
    }
    Instant until = entry.stored().plus(entry.directives().lifetime());
    return clock.instant().isBefore(until) ? entry : null;
  }

  private Answer forward(Incoming request) throws IOException, InterruptedException {
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(origin.resolve(request.target()))
            .timeout(Duration.ofSeconds(10))
            .method(
                request.method(),
                request.body().length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!PER_HOP.contains(name)) {
                values.forEach(value -> onward.header(name, value));
              }
            });
    HttpResponse<byte[]> response =
        client.send(onward.build(), HttpResponse.BodyHandlers.ofByteArray());
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
      if (!PER_HOP.contains(header.getKey()) && !header.getKey().startsWith(":")) {
        headers.put(header.getKey(), String.join(", ", header.getValue()));
      }
    }
    return new Answer(response.statusCode(), headers, response.body());
  }
}
