package dev.gatewarden.gateway.identity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gets the text of a key set from where it is published. Waits.
interface KeyFetch {
  int MOST_BYTES = 512 << 10;
  Duration PATIENCE = Duration.ofSeconds(8);

  /// @throws IOException when it cannot be had; the message names the address and nothing secret
  byte[] fetch() throws IOException, InterruptedException;

  /// A key set in a file.
  record FromFile(Path file) implements KeyFetch {
    @Override
    public byte[] fetch() throws IOException {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("`" + file + "` is larger than a key set may be");
      }
      return Files.readAllBytes(file);
    }
  }

  /// A key set behind an address.
  record FromAddress(HttpClient http, URI jwks) implements KeyFetch {
    @Override
    public byte[] fetch() throws IOException, InterruptedException {
      return get(http, jwks);
    }
  }

  /// A key set that the issuer's metadata name.
  final class Discovering implements KeyFetch {
    private final HttpClient http;
    private final String issuer;
    private @Nullable URI jwks;

    Discovering(HttpClient http, String issuer) {
      this.http = http;
      this.issuer = issuer;
    }

    @Override
    public synchronized byte[] fetch() throws IOException, InterruptedException {
      URI named = discover();
      jwks = named;
      return get(http, named);
    }

    private URI discover() throws IOException, InterruptedException {
      IOException first = null;
      for (URI place : Metadata.places(issuer)) {
        try {
          return keysNamedBy(place);
        } catch (IOException e) {
          if (first == null) {
            first = e;
          } else {
            first.addSuppressed(e);
          }
        }
      }
      if (jwks != null) {
        return jwks;
      }
      throw first == null ? new IOException("`" + issuer + "` has no metadata") : first;
    }

    private URI keysNamedBy(URI address) throws IOException, InterruptedException {
      Map<String, Object> metadata = Metadata.of(get(http, address), issuer);
      if (metadata == null) {
        throw new IOException("`" + address + "` does not describe `" + issuer + "`");
      }
      if (!(metadata.get("jwks_uri") instanceof String text)) {
        throw new IOException("`" + address + "` names no key set");
      }
      try {
        URI named = URI.create(text);
        Reachable.orThrow(named);
        // Who is reached over a network has no say in what is asked on this machine.
        if (named.getScheme().equals("http") && !issuer.startsWith("http:")) {
          throw new IllegalArgumentException("not https");
        }
        return named;
      } catch (IllegalArgumentException e) {
        throw new IOException("`" + address + "` names a key set that may not be fetched", e);
      }
    }
  }

  /// The body behind an address: status 200, bounded in size and time, no redirects followed.
  private static byte[] get(HttpClient http, URI address) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        BoundedHttp.ask(
            http,
            HttpRequest.newBuilder(address)
                .header("accept", "application/json, application/jwk-set+json"),
            MOST_BYTES,
            PATIENCE);
    if (response.statusCode() != 200) {
      throw new IOException("`" + address + "` answers " + response.statusCode());
    }
    return response.body();
  }
}
