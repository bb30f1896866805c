package dev.gatewarden.acceptance.provider;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/// A person with a browser at the authorization server's pages.
public final class Visitor {
  private static final int MOST_STEPS = 10;

  private final AuthorizationServer server;
  private final String name;
  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Visitor(AuthorizationServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /// Follows an authorization request, logs in where asked, until the server sends the browser
  /// away.
  ///
  /// @return where it is sent, with `code` or `error`
  public URI authorize(URI request) {
    URI at = request;
    for (int i = 0; i < MOST_STEPS; i++) {
      HttpResponse<String> page = get(at);
      if (page.statusCode() != 302) {
        throw new AssertionError("`" + at + "` answers " + page.statusCode() + page.body());
      }
      URI next = at.resolve(page.headers().firstValue("location").orElseThrow());
      if (next.getPath().equals("/login")) {
        next = logIn(next);
      }
      if (!next.getAuthority().equals(server.issuer().getAuthority())) {
        return next;
      }
      at = next;
    }
    throw new AssertionError("the authorization does not end");
  }

  /// Opens a page of the server as it stands, following nothing.
  public HttpResponse<String> open(URI page) {
    return get(page);
  }

  /// Allows a device what its user code asks for.
  public void activate(String userCode) {
    logIn(server.at("/login"));
    URI verify = server.at("/oauth2/device_verification?user_code=" + userCode);
    HttpResponse<String> page = get(verify);
    if (page.statusCode() == 200 && page.body().contains("name=\"state\"")) {
      page = consent(page.body(), userCode);
    }
    if (page.statusCode() >= 400) {
      throw new AssertionError("`" + verify + "` answers " + page.statusCode() + page.body());
    }
  }

  /// Where the server sends who has logged in.
  private URI logIn(URI login) {
    String form = Asking.form(Map.of("username", name, "password", AuthorizationServer.PASSWORD));
    HttpResponse<String> answer = post(login, form);
    URI next = login.resolve(answer.headers().firstValue("location").orElse("/login?error"));
    if (String.valueOf(next.getQuery()).contains("error")) {
      throw new AssertionError("`" + name + "` cannot log in");
    }
    return next;
  }

  private HttpResponse<String> consent(String page, String userCode) {
    StringBuilder form =
        new StringBuilder(
            Asking.form(
                Map.of(
                    "client_id",
                    AuthorizationServer.DEVICE,
                    "state",
                    value(page, "state"),
                    "user_code",
                    userCode)));
    int at = page.indexOf("name=\"scope\" value=\"");
    while (at >= 0) {
      int from = at + "name=\"scope\" value=\"".length();
      form.append("&scope=").append(Asking.encoded(page.substring(from, page.indexOf('"', from))));
      at = page.indexOf("name=\"scope\" value=\"", from);
    }
    return post(server.at("/oauth2/device_verification"), form.toString());
  }

  private static String value(String page, String field) {
    String before = "name=\"" + field + "\" value=\"";
    int from = page.indexOf(before) + before.length();
    return page.substring(from, page.indexOf('"', from));
  }

  private HttpResponse<String> get(URI at) {
    return send(HttpRequest.newBuilder(at).header("accept", "text/html").build());
  }

  private HttpResponse<String> post(URI to, String form) {
    return send(
        HttpRequest.newBuilder(to)
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return browser.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new AssertionError("the authorization server does not answer", failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new AssertionError("the test is ended", ended);
    }
  }
}
