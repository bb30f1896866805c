package dev.gatewarden.app.command.probe;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.platform.probing.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Logs an identity in by the recipe that the tester wrote.
final class Login {

  /// What stands behind a value of the recipe.
  @FunctionalInterface
  interface Filling {
    String of(String value) throws IOException;
  }

  private final Target target;
  private final Filling filling;

  Login(Target target, Filling filling) {
    this.target = target;
    this.filling = filling;
  }

  /// What a login would give, of the same form.
  static List<Presented> standIn(IdentitiesFile.Login recipe) {
    return List.of(
        recipe.token() == null
            ? new Presented(Where.COOKIE, "login", "", "stand-in")
            : new Presented(Where.HEADER, "Authorization", "Bearer ", "stand-in"));
  }

  /// The token, or the cookies, of the answer.
  ///
  /// @throws IOException where it does not work; the message repeats nothing of the answer
  List<Presented> as(String name, IdentitiesFile.Login recipe) throws IOException {
    URI address = address(name, recipe);
    if (!target.permits(address)) {
      throw new IOException(
          "`"
              + name
              + "` logs in at `"
              + Target.authority(address)
              + "`, which is not to be called;"
              + " name it by `--allow`");
    }
    boolean form = !recipe.form().isEmpty();
    String body = form ? form(recipe.form()) : Json.text(json(recipe.json()));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(target.patience())
            .header("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json")
            .method(recipe.method(), HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      List<Presented> got =
          response.statusCode() >= 400
              ? List.of()
              : presented(recipe.token(), recipe.cookie(), response);
      if (got.isEmpty()) {
        throw new IOException(
            "the login of `"
                + name
                + "` is answered "
                + response.statusCode()
                + " and gives no credential");
      }
      return recipe.csrf() == null ? got : formed(name, client, got, recipe.csrf());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("the login of `" + name + "` was interrupted", ended);
    }
  }

  /// The credential, and the token that forms of its session hold.
  private List<Presented> formed(
      String name, HttpClient client, List<Presented> got, IdentitiesFile.Csrf csrf)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(below(csrf.path())).timeout(target.patience()).GET();
    StringBuilder cookies = new StringBuilder();
    for (Presented each : got) {
      if (each.where() == Where.HEADER) {
        request.header(each.name(), each.prefix() + each.secret());
      } else {
        cookies.append(cookies.isEmpty() ? "" : "; ").append(each.name()).append('=');
        cookies.append(each.secret());
      }
    }
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies.toString());
    }
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    Answer answer = Answer.of(0, response.statusCode(), List.of(), response.body());
    Pointer at = Pointer.parse(csrf.at());
    String token = at == null ? null : Json.scalar(Json.at(answer.json(), at.tokens()));
    String field = csrf.field();
    String header = csrf.header();
    if (token == null || (field == null) == (header == null)) {
      throw new IOException(
          token == null
              ? "the `csrf` of `"
                  + name
                  + "` is answered "
                  + response.statusCode()
                  + " and holds nothing at `"
                  + csrf.at()
                  + "`"
              : "the `csrf` of `" + name + "` is sent in a `field`, or in a `header`");
    }
    List<Presented> all = new ArrayList<>(got);
    all.add(
        field == null
            ? new Presented(Where.HEADER, java.util.Objects.requireNonNull(header), "", token)
            : new Presented(Where.BODY, field, "", token));
    return all;
  }

  /// A token for these claims; null where none was signed.
  @Nullable String minted(IdentitiesFile.Mint mint, Map<String, Object> claims) {
    Map<String, Node> all = new LinkedHashMap<>();
    mint.json().forEach((name, value) -> all.put(name, Json.of(value)));
    claims.forEach(
        (name, value) ->
            all.put(
                name,
                switch (value) {
                  case Number number -> Json.number(number.toString());
                  default -> Json.of(value.toString());
                }));
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create(mint.url());
      if (!target.permits(address)) {
        return null;
      }
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(address)
                  .timeout(target.patience())
                  .header("Content-Type", "application/json")
                  .method(
                      mint.method(), HttpRequest.BodyPublishers.ofString(Json.text(Json.of(all))))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      String token = response.body().strip();
      return response.statusCode() < 300 && token.chars().filter(c -> c == '.').count() == 2
          ? token
          : null;
    } catch (IOException | IllegalArgumentException failed) {
      return null;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private URI address(String name, IdentitiesFile.Login recipe) throws IOException {
    String path = recipe.path();
    String url = recipe.url();
    if ((path == null) == (url == null)) {
      throw new IOException(
          "the login of `" + name + "` is sent to a `path` below the target, or to a `url`");
    }
    return url == null ? below(java.util.Objects.requireNonNull(path)) : address(url);
  }

  private URI below(String path) throws IOException {
    return address(target.root() + path);
  }

  private static URI address(String text) throws IOException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException wrong) {
      throw new IOException("`" + text + "` is no address", wrong);
    }
  }

  private Node.Obj json(Map<String, String> members) throws IOException {
    Map<String, Node> filled = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : members.entrySet()) {
      filled.put(each.getKey(), Json.of(filling.of(each.getValue())));
    }
    return Json.of(filled);
  }

  private String form(Map<String, String> members) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> each : members.entrySet()) {
      text.append(text.isEmpty() ? "" : "&")
          .append(Draft.encoded(each.getKey()))
          .append('=')
          .append(Draft.encoded(filling.of(each.getValue())));
    }
    return text.toString();
  }

  private static List<Presented> presented(
      @Nullable String pointer, @Nullable String only, HttpResponse<byte[]> response) {
    List<Presented> got = new ArrayList<>();
    if (pointer != null) {
      Answer answer = Answer.of(0, response.statusCode(), List.of(), response.body());
      Pointer at = Pointer.parse(pointer);
      String token = at == null ? null : Json.scalar(Json.at(answer.json(), at.tokens()));
      if (token != null) {
        got.add(new Presented(Where.HEADER, "Authorization", "Bearer ", token));
      }
      return got;
    }
    for (String cookie : response.headers().allValues("set-cookie")) {
      int equals = cookie.indexOf('=');
      int end = cookie.indexOf(';');
      if (equals > 0) {
        String value = cookie.substring(equals + 1, end < 0 ? cookie.length() : end);
        String name = cookie.substring(0, equals).strip();
        if (only == null || only.equals(name)) {
          got.add(new Presented(Where.COOKIE, name, "", value));
        }
      }
    }
    return got;
  }
}
