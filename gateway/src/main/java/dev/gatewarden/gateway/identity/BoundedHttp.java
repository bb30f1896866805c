package dev.gatewarden.gateway.identity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One question over HTTP, whose answer is bounded in size and time, its body included. Waits.
public final class BoundedHttp {
  private BoundedHttp() {}

  /// Asks.
  ///
  /// @param http follows no redirect
  /// @param most the longest body, in bytes
  /// @throws IOException when there is no whole answer in time; the message names the address
  ///     without
  ///     its query, and nothing secret
  public static HttpResponse<byte[]> ask(
      HttpClient http, HttpRequest.Builder request, long most, Duration patience)
      throws IOException, InterruptedException {
    HttpRequest asked = request.timeout(patience).build();
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(
            asked,
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), most));
    try {
      return sent.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException("`" + plain(asked.uri()) + "` cannot be reached", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("`" + plain(asked.uri()) + "` does not answer in time", e);
    } finally {
      sent.cancel(true);
    }
  }

  private static String plain(URI address) {
    String text = address.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }
}
