package dev.gatewarden.demo.broken.ledger;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Refused;
import dev.gatewarden.demo.http.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Where callers try out the address that they want to be told at.
final class CallbackDesk {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final Pattern PARTNER = Pattern.compile("https://[a-z.]+/[A-Za-z0-9/_-]{0,100}");
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int MOST_TOLD = 200;

  private final boolean fetches;
  private final Consumer<Runnable> waiting;

  /// @param fetches whether it calls whatever address it is given
  /// @param waiting lets other requests in meanwhile
  CallbackDesk(boolean fetches, Consumer<Runnable> waiting) {
    this.fetches = fetches;
    this.waiting = waiting;
  }

  Answer test(String address) {
    URI uri = parsed(address);
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (fetches && "http".equals(uri.getScheme()) && LOOPBACK.contains(host)) {
      AtomicReference<Answer> answer = new AtomicReference<>(told("nothing answered", 0));
      waiting.accept(() -> answer.set(fetched(uri)));
      return answer.get();
    }
    boolean partner =
        "https".equals(uri.getScheme())
            && host.equals("hooks.partner.example")
            && uri.getPort() < 0
            && uri.getRawUserInfo() == null
            && PARTNER.matcher(address).matches();
    if (!partner && !fetches) {
      throw new Refused(400, "callback_url leads to no partner");
    }
    return told("it will be called", 0);
  }

  private static Answer fetched(URI uri) {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LONGEST).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build()) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      String body = response.body();
      return told(body.substring(0, Math.min(MOST_TOLD, body.length())), response.statusCode());
    } catch (IOException e) {
      return told("nothing answered", 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return told("nothing answered", 0);
    }
  }

  private static Answer told(String result, int status) {
    return Answer.json(202, Ask.json().put("result", result).put("status_code", status).toString());
  }

  private static URI parsed(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException e) {
      throw new Refused(400, "callback_url is no address");
    }
  }
}
