package dev.gatewarden.acceptance.session;

import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.acceptance.provider.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/// A browser at the gate: it keeps cookies, says where a request comes from, and remembers every
/// byte that it is told.
final class Browser {
  private final SignInGate gate;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final StringBuilder told = new StringBuilder();

  Browser(SignInGate gate) {
    this.gate = gate;
  }

  /// What came back.
  record Seen(int status, Map<String, java.util.List<String>> headers, String body) {
    String header(String name) {
      return String.join("\n", headers.getOrDefault(name, java.util.List.of()));
    }

    URI location() {
      return URI.create(header("location"));
    }
  }

  Map<String, String> cookies() {
    return cookies;
  }

  /// Every byte that the gate told it.
  String told() {
    return told.toString();
  }

  Seen get(String path, String... headers) {
    return send("GET", path, headers);
  }

  /// As a page of the same origin sends it.
  Seen post(String path) {
    return send("POST", path, "sec-fetch-site", "same-origin", "origin", gate.origin());
  }

  Seen send(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gate.at(path)).method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    if (!cookies.isEmpty()) {
      StringBuilder line = new StringBuilder();
      cookies.forEach(
          (name, value) ->
              line.append(line.isEmpty() ? "" : "; ").append(name).append('=').append(value));
      request.header("cookie", line.toString());
    }
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      answer.headers().map().forEach((name, values) -> told.append(name).append(values));
      told.append(answer.body());
      answer.headers().allValues("set-cookie").forEach(this::keep);
      return new Seen(answer.statusCode(), answer.headers().map(), answer.body());
    } catch (IOException failed) {
      throw new AssertionError("the gate does not answer", failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new AssertionError("the test is ended", ended);
    }
  }

  private void keep(String line) {
    String pair = line.substring(0, line.indexOf(';'));
    String name = pair.substring(0, pair.indexOf('='));
    if (line.contains("Max-Age=0;")) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(name.length() + 1));
    }
  }

  /// Goes to the sign-in page and through it; where the provider sends the browser back to.
  String throughProvider(AuthorizationServer server, String person, String login) {
    return throughProvider(server.visitor(person), login);
  }

  /// The same for a person whom the provider may know already.
  String throughProvider(Visitor person, String login) {
    Seen begun = get(login);
    if (begun.status() != 303) {
      throw new AssertionError("`" + login + "` answers " + begun.status() + begun.body());
    }
    URI back = person.authorize(begun.location());
    return back.getRawPath() + "?" + back.getRawQuery();
  }

  /// Signs somebody in.
  Seen signIn(AuthorizationServer server, String person) {
    return get(throughProvider(server, person, "/auth/login?return=/orders"));
  }
}
