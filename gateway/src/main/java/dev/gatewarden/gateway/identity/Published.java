package dev.gatewarden.gateway.identity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What an issuer publishes beside its keys: fetched over https, or on loopback, bounded in size
/// and time, no redirects followed.
final class Published {
  private static final int MOST_BYTES = 2 << 20;

  private Published() {}

  /// @param type the media type that is asked for and must be answered
  /// @throws IOException when it cannot be had; the message names the address alone
  static String text(HttpClient http, URI address, String type) throws IOException {
    if (!Reachable.is(address)) {
      throw new IOException("`" + address + "` may not be fetched");
    }
    try {
      HttpResponse<byte[]> response =
          BoundedHttp.ask(
              http,
              HttpRequest.newBuilder(address).header("accept", type),
              MOST_BYTES,
              KeyFetch.PATIENCE);
      String answered = response.headers().firstValue("content-type").orElse("");
      if (response.statusCode() != 200) {
        throw new IOException("`" + address + "` answers " + response.statusCode());
      }
      if (!answered.toLowerCase(Locale.ROOT).startsWith(type)) {
        throw new IOException("`" + address + "` answers with something else");
      }
      return new String(response.body(), StandardCharsets.ISO_8859_1);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("`" + address + "` was not waited for", stopped);
    }
  }
}
