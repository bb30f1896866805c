package dev.gatewarden.app.command.probe;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Errand;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.platform.probing.Courier;
import dev.gatewarden.platform.probing.Target;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Logs an identity in by the recipe that the tester wrote.
final class Login {

  /// What stands behind a value of the recipe.
  @FunctionalInterface
  interface Filling {
    String of(String value) throws IOException;
  }

  private final Target target;
  private final Courier courier;
  private final Filling filling;

  /// @param courier carries what is sent
  Login(Target target, Courier courier, Filling filling) {
    this.target = target;
    this.courier = courier;
    this.filling = filling;
  }

  /// What a login would give, of the same form.
  static List<Presented> standIn(IdentitiesFile.Login recipe) {
    return List.of(
        recipe.token() == null
            ? new Presented(Where.COOKIE, "login", "", "stand-in")
            : new Presented(Where.HEADER, "Authorization", "Bearer ", "stand-in"));
  }

  /// The token, or the cookies, of the answer. A redirect is an answer and is not followed.
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
    String what = "login of " + name;
    boolean form = !recipe.form().isEmpty();
    Errand errand =
        form
            ? Errand.form(what, Identity.NOBODY, address.toString(), filled(recipe.form()))
            : Errand.json(what, Identity.NOBODY, address.toString(), json(recipe.json()));
    Answer answer = courier.send(errand.method(recipe.method()));
    List<Presented> got =
        answer.status() == 0 || answer.status() >= 400
            ? List.of()
            : presented(recipe.token(), recipe.cookie(), answer);
    if (got.isEmpty()) {
      throw new IOException(
          answer.status() == 0
              ? "the login of `" + name + "` is not answered"
              : "the login of `"
                  + name
                  + "` is answered "
                  + answer.status()
                  + " and gives no credential");
    }
    got.forEach(each -> courier.hide(each.secret()));
    return recipe.csrf() == null ? got : formed(name, got, recipe.csrf());
  }

  /// The credential, and the token that forms of its session hold.
  private List<Presented> formed(String name, List<Presented> got, IdentitiesFile.Csrf csrf)
      throws IOException {
    Identity session = Identity.NOBODY.presenting(name, got);
    Answer answer =
        courier.send(
            Errand.get(
                "forms of " + name, session, address(target.root() + csrf.path()).toString()));
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
                  + answer.status()
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
    // in one order, whatever the map's
    new TreeMap<>(claims)
        .forEach(
            (name, value) ->
                all.put(
                    name,
                    switch (value) {
                      case Number number -> Json.number(number.toString());
                      default -> Json.of(value.toString());
                    }));
    Answer answer =
        courier.send(
            Errand.json("a token", Identity.NOBODY, mint.url(), all).method(mint.method()));
    String token = answer.text().strip();
    if (!answer.ok() || token.chars().filter(c -> c == '.').count() != 2) {
      return null;
    }
    courier.hide(token);
    return token;
  }

  private URI address(String name, IdentitiesFile.Login recipe) throws IOException {
    String path = recipe.path();
    String url = recipe.url();
    if ((path == null) == (url == null)) {
      throw new IOException(
          "the login of `" + name + "` is sent to a `path` below the target, or to a `url`");
    }
    return address(url == null ? target.root() + path : url);
  }

  private static URI address(String text) throws IOException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException wrong) {
      throw new IOException("`" + text + "` is no address", wrong);
    }
  }

  private Map<String, Node> json(Map<String, String> members) throws IOException {
    Map<String, Node> json = new LinkedHashMap<>();
    filled(members).forEach((name, value) -> json.put(name, Json.of(value)));
    return json;
  }

  private Map<String, String> filled(Map<String, String> members) throws IOException {
    Map<String, String> filled = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : members.entrySet()) {
      filled.put(each.getKey(), filling.of(each.getValue()));
    }
    return filled;
  }

  private static List<Presented> presented(
      @Nullable String pointer, @Nullable String only, Answer answer) {
    List<Presented> got = new ArrayList<>();
    if (pointer != null) {
      Pointer at = Pointer.parse(pointer);
      String token = at == null ? null : Json.scalar(Json.at(answer.json(), at.tokens()));
      if (token != null) {
        got.add(new Presented(Where.HEADER, "Authorization", "Bearer ", token));
      }
      return got;
    }
    for (Draft.Pair header : answer.headers()) {
      String cookie = header.name().equals("set-cookie") ? header.value() : "";
      int equals = cookie.indexOf('=');
      int end = cookie.indexOf(';');
      if (equals > 0 && (end < 0 || equals < end)) {
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
